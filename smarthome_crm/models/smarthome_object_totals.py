from odoo import api, fields, models

from ..const import PROFIT_GROUPS


class SmarthomeObject(models.Model):
    """What the proposals of an object come to, in the company's currency."""

    _inherit = "smarthome.object"

    proposal_count = fields.Integer(
        string="Number of Proposals",
        compute="_compute_proposal_totals",
        store=True,
    )
    proposal_amount = fields.Monetary(
        string="Sum of Proposals",
        compute="_compute_proposal_totals",
        store=True,
        groups=PROFIT_GROUPS,
        help="Without tax: the contracts once one is signed, before that the newest proposal.",
    )
    is_signed = fields.Boolean(
        string="Has a Contract",
        compute="_compute_proposal_totals",
        store=True,
        help="At least one of its proposals is signed.",
    )

    @api.depends(
        "order_ids.state",
        "order_ids.amount_untaxed",
        "order_ids.currency_rate",
    )
    def _compute_proposal_totals(self):
        """One query for the whole recordset, also when it is a page of a kanban."""
        orders_by_object = self._get_proposals_by_object()
        self._origin.fetch(["company_id"])
        for record in self:
            orders = orders_by_object.get(record._origin.id, [])
            signed = [order for order in orders if order.state == "sale"]
            open_orders = [order for order in orders if order.state in ("draft", "sent")]
            record.proposal_count = len(orders)
            record.is_signed = bool(signed)
            record.proposal_amount = sum(
                record.currency_id.round(order.amount_untaxed / (order.currency_rate or 1.0))
                for order in signed or open_orders[:1]
            )

    def _get_proposals_by_object(self):
        """Proposals with their amounts, newest first.

        :return: dict: id of the object -> list of sale.order in sudo
        """
        orders = (
            self.env["sale.order"]
            .sudo()
            .search_fetch(
                [("smarthome_object_id", "in", self._origin.ids)],
                ["smarthome_object_id", "state", "amount_untaxed", "currency_rate"],
                order="id desc",
            )
        )
        result = {}
        for order in orders:
            result.setdefault(order.smarthome_object_id.id, []).append(order)
        return result
