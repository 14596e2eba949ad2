from odoo import api, fields, models

from odoo.addons.smarthome_crm.const import PRICE_GROUPS

#: what a decision about extra goods is asked by
ACTIVITY = "smarthome_stock.mail_activity_decide_extra"


class SaleOrder(models.Model):
    """What was shipped beyond the contract, and what was given under warranty."""

    _inherit = "sale.order"

    smarthome_extra_ids = fields.One2many(
        comodel_name="sale.order.line",
        inverse_name="order_id",
        string="Beyond the Proposal",
        domain=[("smarthome_is_extra", "=", True), ("display_type", "=", False)],
        copy=False,
        readonly=True,
        groups=PRICE_GROUPS,
    )
    smarthome_waiting_count = fields.Integer(
        string="Undecided",
        compute="_compute_smarthome_waiting_count",
        help="Goods beyond the proposal that wait for the manager's decision.",
    )
    smarthome_warranty_ids = fields.One2many(
        comodel_name="stock.move",
        inverse_name="smarthome_warranty_order_id",
        string="Warranty",
        domain=[
            "|",
            ("location_dest_id.usage", "=", "customer"),
            ("location_id.usage", "=", "customer"),
        ],
        copy=False,
        readonly=True,
    )

    @api.depends("order_line.smarthome_extra_state")
    def _compute_smarthome_waiting_count(self):
        groups = (
            self.env["sale.order.line"]
            .sudo()
            ._read_group(
                [("order_id", "in", self.ids), ("smarthome_extra_state", "=", "waiting")],
                ["order_id"],
                ["__count"],
            )
        )
        counts = {order.id: count for order, count in groups}
        for order in self:
            order.smarthome_waiting_count = counts.get(order._origin.id, 0)

    def _get_lines_of(self, product):
        """Lines by which the contract sells a product, in their order."""
        self.ensure_one()
        return self.order_line.filtered(
            lambda line: (
                line.product_id == product
                and line.smarthome_kind == "goods"
                and not line.smarthome_is_extra
                and not line.smarthome_reduces_line_id
            )
        )

    def _lock_shipping(self):
        """Let shipments of the same contracts follow each other: both would count the same rest."""
        self.flush_model()
        self.env["sale.order.line"].flush_model()
        if self:
            self.env.cr.execute("UPDATE sale_order SET id = id WHERE id IN %s", [tuple(self.ids)])
        self.order_line.invalidate_recordset(["product_uom_qty", "qty_delivered"])

    def _get_copiable_order_lines(self):
        """A copy proposes what the contract did; what was shipped beyond it is this object's."""
        return (
            super()._get_copiable_order_lines().filtered(lambda line: not line.smarthome_is_extra)
        )

    def _get_order_lines_to_report(self):
        """The client's papers show what is decided."""
        return super()._get_order_lines_to_report()._without_undecided()

    def _get_export_lines(self, for_office):
        lines = super()._get_export_lines(for_office)
        return lines if for_office else lines._without_undecided()

    # === EXTRA LINES === #

    def _add_extra(self, product, uom, quantity, exceeded):
        """Put goods that go beyond the contract onto a line that waits for a decision.

        :param exceeded: line of the contract of which too much was shipped, or none
        :return: the line
        """
        self.ensure_one()
        lines = self.order_line.with_context(
            smarthome_contract_change=True,
            smarthome_generating=True,
            skip_procurement=True,
            sale_no_log_for_new_lines=True,
        )
        waiting = lines.filtered(
            lambda line: (
                line.smarthome_extra_state == "waiting"
                and line.product_id == product
                and line.product_uom_id == uom
            )
        )[:1]
        if waiting:
            waiting._write_signed(product_uom_qty=waiting.product_uom_qty + quantity)
            return waiting
        if not lines.filtered(lambda line: line.smarthome_is_extra):
            lines.create(self._prepare_extra_section())
        self._schedule_decision()
        return lines.create(self._prepare_extra_values(product, uom, quantity, exceeded))

    def _prepare_extra_section(self):
        """Values of the section below which extra lines stand."""
        self.ensure_one()
        return {
            "order_id": self.id,
            "display_type": "line_section",
            "name": self.with_context(lang=self._get_lang()).env._("Beyond the proposal"),
            "smarthome_is_extra": True,
            "sequence": max(self.order_line.mapped("sequence"), default=0) + 1,
        }

    def _prepare_extra_values(self, product, uom, quantity, exceeded):
        """Values of a line of goods that go beyond the contract."""
        self.ensure_one()
        return {
            "order_id": self.id,
            "product_id": product.id,
            "product_uom_id": uom.id,
            "product_uom_qty": quantity,
            "price_unit": 0.0,
            "technical_price_unit": 0.0,
            "discount": 0.0,
            "smarthome_is_extra": True,
            "smarthome_extra_state": "waiting",
            "smarthome_exceeds_line_id": exceeded.id,
            "sequence": max(self.order_line.mapped("sequence"), default=0) + 1,
        }

    def _schedule_decision(self):
        """Ask the manager once about all that waits."""
        self.ensure_one()
        if self.activity_search([ACTIVITY]):
            return
        self.activity_schedule(
            ACTIVITY,
            user_id=self.smarthome_object_id.user_id.id or self.user_id.id or self.env.uid,
        )

    def _unschedule_decision(self):
        """The manager need not be asked when nothing waits any more."""
        for order in self.sudo():
            states = order.order_line.mapped("smarthome_extra_state")
            if "waiting" not in states:
                order.activity_unlink([ACTIVITY])
