from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..const import HEAD, PROFIT_GROUPS


class SmarthomeObject(models.Model):
    """Closing (ЗАКРЫТИЕ): what is missing, the final profit, and the way back."""

    _inherit = "smarthome.object"

    has_papers = fields.Boolean(
        string="Accounting Papers Collected",
        copy=False,
        tracking=True,
        groups=PROFIT_GROUPS,
    )

    def write(self, vals):
        """Moving an object into “Closed” by hand closes it like the button does."""
        if self.env.su or "stage" not in vals:
            return super().write(vals)
        stage = vals["stage"]
        if stage == "closed":
            moving = self.filtered(lambda record: record.stage != "closed")
            moving._check_move(stage)
            moving.action_close()
            vals = {name: value for name, value in vals.items() if name != "stage"}
        else:
            self.filtered(lambda record: record.stage == "closed")._refuse_reopening(stage)
        return super().write(vals)

    def _refuse_reopening(self, stage):
        """A closed object is reopened with a reason only, so that its statement is set aside."""
        self._check_move(stage)
        if self:
            raise UserError(self.env._("A closed object is reopened by its button, with a reason."))

    def _get_closing_obstacles(self):
        """What stands in the way of closing; other addons add to the list.

        :return: list of dicts: ``code``, ``message`` (a sentence), ``model`` and ``domain`` of
            where it is done
        """
        self.ensure_one()
        orders = self._get_signed_orders()
        if not orders:
            return [self._prepare_obstacle("contract", self.env._("No proposal is signed."))]
        return [
            *self._get_act_obstacles(),
            *self._get_money_obstacles(orders),
            *self._get_paper_obstacles(orders),
            *self._get_work_obstacles(orders),
        ]

    def _prepare_obstacle(self, code, message, records=None):
        return {
            "code": code,
            "message": message,
            "model": records._name if records is not None else self._name,
            "ids": records.ids if records is not None else self.ids,
        }

    def _get_act_obstacles(self):
        """The signed act and a photo of the working equipment."""
        return []

    def _get_money_obstacles(self, orders):
        obstacles = []
        for order in orders:
            balance = order._get_unforgiven_balance()
            if order.currency_id.compare_amounts(balance, 0) > 0:
                message = self.env._(
                    "%(contract)s: %(amount)s is not received.",
                    contract=order.name,
                    amount=order.currency_id.format(balance),
                )
                obstacles.append(self._prepare_obstacle("money", message, order))
        return obstacles

    def _get_paper_obstacles(self, orders):
        cashless = "cashless" in orders.smarthome_receipt_ids.mapped("method")
        if not cashless or self.has_papers:
            return []
        message = self.env._("Something was paid cashless, and the accounting papers are missing.")
        return [self._prepare_obstacle("papers", message)]

    def _get_work_obstacles(self, orders):
        works = orders.order_line.filtered(lambda line: line.smarthome_kind == "work")
        left = works.filtered(
            lambda line: (
                line.product_uom_id.compare(line.smarthome_done_quantity, line.product_uom_qty) < 0
            )
        )
        if not left:
            return []
        names = ", ".join(left[:5].mapped("product_id.display_name"))
        message = self.env._("Works not done: %(count)s (%(works)s).", count=len(left), works=names)
        return [self._prepare_obstacle("works", message, left)]

    def action_close(self):
        """Close the object and all its contracts; the final profit is frozen.

        Pressed twice, or by two people at once, it closes once.

        :raise UserError: one message that lists everything missing
        """
        self.check_access("write")
        if not (self.env.su or self.env.user._smarthome_has_role("manager")):
            raise AccessError(self.env._("An object is closed by its manager."))
        self._lock_for_closing()
        closing = self.filtered(lambda record: record.stage != "closed").sudo()
        closing._fetch_for_closing()
        refusals = [record._get_refusal_to_close() for record in closing]
        if any(refusals):
            raise UserError("\n".join(filter(None, refusals)))
        closing._close()
        return True

    def _fetch_for_closing(self):
        """Read what closing looks at for all objects at once; other addons add theirs.

        Of more than a thousand records, ``mapped`` would read one field and leave the others to
        each object.
        """
        orders = self.order_ids
        orders.order_line.fetch()
        orders.smarthome_receipt_ids.fetch()
        orders.smarthome_forgiven_ids.fetch()
        self.expense_ids.fetch()
        self.folder_ids.document_ids.fetch()
        self.folder_ids.document_ids.attachment_id.fetch()

    def _get_refusal_to_close(self):
        """All that stands in the way of closing in one text; empty where nothing does."""
        self.ensure_one()
        obstacles = self._get_closing_obstacles()
        if not obstacles:
            return ""
        title = self.env._("%(object)s cannot be closed yet:", object=self.display_name)
        return "\n".join([title, *(f"• {obstacle['message']}" for obstacle in obstacles)])

    def _lock_for_closing(self):
        """Let whoever else closes the object, or changes what its closing counts, wait.

        Updated and not only locked: PostgreSQL refuses whoever waited, and Odoo repeats his
        request, which then sees what the other one did.
        """
        if not self:
            return
        self.flush_recordset()
        self.env.cr.execute("UPDATE smarthome_object SET id = id WHERE id IN %s", [tuple(self.ids)])
        self.invalidate_recordset()

    def _check_still_open(self):
        """Refuse changes of what the final profit of a closed object stands on.

        :raise UserError: a head has to reopen the object first
        """
        sites = self.sudo()
        sites._lock_for_closing()
        for site in sites.filtered(lambda site: site.stage == "closed"):
            raise UserError(self.env._("%s is closed: a head reopens it first.", site.display_name))

    def _close(self):
        """Freeze the final profits and close, by set; ``smarthome_bonus`` adds the bonus here.

        Nobody is rung about a closed object: its planned calls are cancelled.

        :return: the profit statements, one for each object
        """
        today = fields.Date.context_today(self)
        statements = self.env["smarthome.profit.statement"].create(
            [record._prepare_statement_values(today) for record in self]
        )
        self.write({"stage": "closed", "date_closed": today})
        self._cancel_planned_calls()
        return statements

    def _prepare_statement_values(self, today):
        """Values of the profit statement that the closing of this object freezes."""
        self.ensure_one()
        return {
            "object_id": self.id,
            "user_id": self.user_id.id,
            "date": today,
            "row_ids": [Command.create(row) for row in self._get_profit_rows()],
        }

    def action_reopen_closed(self, reason):
        """Reopen a closed object: a head's, for mistakes.

        :param str reason: kept in the chatter and with the statement set aside
        """
        self.check_access("write")
        if not (self.env.su or self.env.user.has_group(HEAD)):
            raise AccessError(self.env._("A closed object is reopened by heads only."))
        if not (reason or "").strip():
            raise UserError(self.env._("Write why the object is reopened."))
        self._lock_for_closing()
        for record in self.filtered(lambda record: record.stage == "closed"):
            record.sudo()._reopen(reason)

    def _reopen(self, reason):
        """Set the statement aside; nothing is deleted."""
        current = self.statement_ids.filtered("is_current")
        current.write({"is_current": False, "reopen_reason": reason})
        current.flush_recordset(["is_current"])
        self.write({"stage": "acceptance", "date_closed": False})
        self.message_post(body=self.env._("Reopened: %(reason)s", reason=reason))
        return current
