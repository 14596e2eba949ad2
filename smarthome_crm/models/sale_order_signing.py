from odoo import fields, models
from odoo.exceptions import UserError

from ..tools.schedule import exact


class SaleOrder(models.Model):
    """Buttons of the contract: sign, open, receive; and the plan that adds up to the total."""

    _inherit = "sale.order"

    smarthome_overdue_amount = fields.Monetary(
        string="Overdue Amount",
        compute="_compute_smarthome_overdue_amount",
    )

    def _compute_smarthome_overdue_amount(self):
        for order in self:
            rows = order.smarthome_milestone_ids.filtered(lambda row: row.state == "overdue")
            order.smarthome_overdue_amount = order._smarthome_round(sum(rows.mapped("balance")))

    # === SIGNING === #

    def action_smarthome_sign(self):
        """Ask once whether to sign, and what becomes of the object's other working proposals.

        Dates that are missing are asked for there.

        :return: action of the question
        :raise UserError: one sentence naming all else that the proposal lacks
        """
        self.ensure_one()
        asked = self._get_missing_dates()
        missing = self._get_missing_for_signing()
        self._refuse_to_sign([name for name in missing if name not in asked])
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Sign the contract"),
            "res_model": "smarthome.sign",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_order_id": self.id},
        }

    def _get_other_working_proposals(self):
        """Variants of the proposal, needless once it is signed.

        Additional proposals are variants of those to the same contract only.
        """
        self.ensure_one()
        return self.smarthome_object_id.order_ids.filtered(
            lambda order: (
                order.state in ("draft", "sent")
                and order != self
                and order.smarthome_main_order_id == self.smarthome_main_order_id
            )
        )

    def _smarthome_decline_for(self, contract):
        """Decline proposals because another one was signed.

        :param contract: the signed proposal, named in the chatter
        """
        for order in self:
            order.message_post(
                body=self.env._("Declined: %(contract)s was signed.", contract=contract.name)
            )
        self._action_cancel()

    # === WIZARDS === #

    def action_smarthome_ask_opening(self):
        """Ask a head why the contract is opened to changes by hand."""
        self.ensure_one()
        return self.env["smarthome.reason"]._open("open_contract", self)

    def action_smarthome_open_receive(self):
        """Open the small form of money received."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Receive money"),
            "res_model": "smarthome.receive",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_order_id": self.id,
                "default_object_id": self.smarthome_object_id.id,
            },
        }

    # === THE PLAN ADDS UP === #

    def action_smarthome_close_contract(self):
        """Bring the planned payments in step with lines changed by hand."""
        result = super().action_smarthome_close_contract()
        self.filtered("smarthome_milestone_ids").action_smarthome_plan_payments()
        return result

    def _check_plan_later(self):
        """Check the planned payments once, when all of the save is written.

        Rows are written one by one, and between them they cannot add up.
        """
        data = self.env.cr.precommit.data
        if "smarthome_plan" not in data:
            data["smarthome_plan"] = set()
            self.env.cr.precommit.add(self.env["sale.order"]._check_plans)
        self.browse(set(self.ids) - data["smarthome_plan"])._lock_plan()
        data["smarthome_plan"].update(self.ids)

    def _lock_plan(self):
        """Let a second person who plans payments of the same contract at this moment wait.

        Updated and not only locked, as ``_lock_works`` explains: each would see his own rows
        only, and both plans together would be twice the total.
        """
        if self:
            self.env.cr.execute("UPDATE sale_order SET id = id WHERE id IN %s", [tuple(self.ids)])

    def _check_plans(self):
        """Check the contracts whose planned payments this transaction changed."""
        ids = self.env.cr.precommit.data.pop("smarthome_plan", ())
        orders = self.sudo().browse(ids).exists()
        orders._check_plan()

    def _check_plan(self):
        """Refuse planned payments that do not add up to the contract.

        :raise UserError: one sentence with both sums and the difference
        """
        for order in self.filtered(lambda order: order.state == "sale"):
            rows = order.smarthome_milestone_ids
            unit = order.currency_id.rounding
            planned = sum(exact(row.amount, unit) for row in rows)
            left = exact(order.amount_total, unit) - planned
            if rows and left and not order.smarthome_is_opened:
                order._raise_plan_differs(float(planned), float(left))

    def _raise_plan_differs(self, planned, left):
        format_amount = self.currency_id.format
        raise UserError(
            self.env._(
                "The planned payments of %(contract)s come to %(planned)s, the contract to "
                "%(total)s: change them by %(left)s.",
                contract=self.name,
                planned=format_amount(planned),
                total=format_amount(self.amount_total),
                left=format_amount(left),
            )
        )
