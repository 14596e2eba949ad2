from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..const import PROFIT_GROUPS

#: what the lead engineer sees of the checklist: no money
CODES_WITHOUT_MONEY = ("contract", "act", "photo", "works")


class SmarthomeObject(models.Model):
    """What the tabs of closing and of profit show, and where they lead."""

    _inherit = "smarthome.object"

    closing_obstacles = fields.Json(compute="_compute_closing_obstacles")
    profit_rows = fields.Json(compute="_compute_profit_rows", groups=PROFIT_GROUPS)

    def _compute_closing_obstacles(self):
        """The checklist: what is missing, one row each."""
        sees_money = self.env.su or self.env.user._smarthome_has_role("manager", "accountant")
        for record in self:
            if not record._origin.id or record.stage == "closed":
                record.closing_obstacles = []
                continue
            record.closing_obstacles = [
                {"code": obstacle["code"], "message": obstacle["message"]}
                for obstacle in record._origin.sudo()._get_closing_obstacles()
                if sees_money or obstacle["code"] in self._get_codes_without_money()
            ]

    @api.model
    def _get_codes_without_money(self):
        """Codes of the obstacles that the lead engineer sees; other addons add theirs."""
        return CODES_WITHOUT_MONEY

    def _compute_profit_rows(self):
        """The profit statement: live before closing, frozen after it."""
        for record in self:
            site = record._origin.sudo()
            statement = site.statement_ids.filtered("is_current")[:1]
            if statement:
                rows = [row._to_client() for row in statement.row_ids]
            elif site._get_signed_orders():
                rows = [self._prepare_client_row(row) for row in site._get_profit_rows()]
            else:
                rows = []
            record.profit_rows = {"rows": rows, "is_final": bool(statement)}

    def _prepare_client_row(self, row):
        return {
            "code": row["code"],
            "name": row["name"],
            "is_revenue": row.get("is_revenue", False),
            "forecast": row["forecast"],
            "fact": row["fact"],
            "difference": row["fact"] - row["forecast"],
        }

    def action_open_obstacle(self, code):
        """Open where an obstacle to closing is removed.

        :param str code: of the obstacle
        :return: action, or False where it is gone already
        """
        self.ensure_one()
        self.check_access("read")
        if code in ("act", "photo"):
            return self.action_acceptance()
        obstacles = self.sudo()._get_closing_obstacles()
        found = [obstacle for obstacle in obstacles if obstacle["code"] == code]
        if not found or found[0]["model"] == self._name:
            return False
        ids = [one for obstacle in found for one in obstacle["ids"]]
        if code == "works":
            return self._open_records("smarthome.object.line", ids)
        return self._open_records(found[0]["model"], ids)

    def action_open_profit_row(self, code):
        """Open the documents behind a row of the profit statement.

        :param str code: of the row
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user._smarthome_has_role("manager", "accountant"):
            raise AccessError(self.env._("The profit is shown to managers and accountants."))
        site = self.sudo()
        statement = site.statement_ids.filtered("is_current")[:1]
        rows = [
            {"code": row.code, "res_model": row.res_model, "res_ids": row.res_ids}
            for row in statement.row_ids
        ] or site._get_profit_rows()
        for row in rows:
            if row["code"] == code and row.get("res_model") and row.get("res_ids"):
                return self._open_records(row["res_model"], row["res_ids"])
        return False

    def _open_records(self, model, ids):
        """Action over records, one of them as a form."""
        model = self.env[model].browse(ids)
        action = {
            "type": "ir.actions.act_window",
            "name": model._description,
            "res_model": model._name,
            "domain": [("id", "in", ids)],
            "views": [(False, "list"), (False, "form")],
        }
        if len(ids) == 1:
            action.update(res_id=ids[0], views=[(False, "form")])
        return action

    def action_ask_reopening(self):
        """Ask a head why the closed object is reopened."""
        self.ensure_one()
        return self.env["smarthome.reason"]._open("reopen_object", self)

    def action_forgive(self):
        """Open the small form by which a head forgives what is left of a contract."""
        self.ensure_one()
        orders = self._get_signed_orders()
        owing = orders.filtered(lambda order: order._get_unforgiven_balance() > 0)[:1]
        if not owing:
            raise UserError(self.env._("Nothing is left to forgive: all is received."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Forgive the remainder"),
            "res_model": "smarthome.forgiven.remainder",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_order_id": owing.id,
                "default_amount": owing._get_unforgiven_balance(),
                "dialog_size": "medium",
            },
        }


class SmarthomeProfitRow(models.Model):
    _inherit = "smarthome.profit.row"

    def _to_client(self):
        """What the screen shows of the row."""
        self.ensure_one()
        names = ("code", "name", "is_revenue", "forecast", "fact", "difference")
        return {name: self[name] for name in names}


class SaleOrder(models.Model):
    _inherit = "sale.order"

    smarthome_forgiven_ids = fields.One2many(
        comodel_name="smarthome.forgiven.remainder",
        inverse_name="order_id",
        string="Forgiven Remainders",
        copy=False,
        groups=PROFIT_GROUPS,
    )

    def _get_unforgiven_balance(self):
        """What the client still owes of the contract, less what heads forgave."""
        self.ensure_one()
        forgiven = sum(self.sudo().smarthome_forgiven_ids.mapped("amount"))
        return self._smarthome_round(self.smarthome_balance - forgiven)
