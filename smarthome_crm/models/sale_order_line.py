from odoo import api, fields, models

from ..const import COST_GROUPS, STAFF


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    smarthome_kind = fields.Selection(
        selection=[("goods", "Goods"), ("work", "Work"), ("other", "Other")],
        string="Kind",
        compute="_compute_smarthome_kind",
        store=True,
        precompute=True,
        help="Sections, notes and down payments have none and never count.",
    )
    smarthome_purchase_price = fields.Float(
        string="Purchase Price",
        compute="_compute_smarthome_unit_costs",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        groups=COST_GROUPS,
        help="Purchase price of one unit, without tax, in the proposal's currency, taken when the "
        "line was added or brought up to date by its button.",
    )
    smarthome_rate = fields.Float(
        string="Installer's Rate",
        compute="_compute_smarthome_unit_costs",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        groups=COST_GROUPS,
        help="Installer's pay for one unit before the coefficient, in the proposal's currency.",
    )
    smarthome_cost = fields.Monetary(
        string="Cost",
        compute="_compute_smarthome_amounts",
        store=True,
        precompute=True,
        groups=COST_GROUPS,
    )
    smarthome_pay = fields.Monetary(
        string="Pay",
        compute="_compute_smarthome_amounts",
        store=True,
        precompute=True,
        groups=COST_GROUPS,
    )
    smarthome_hours = fields.Float(
        string="Planned Hours",
        digits=(16, 4),
        compute="_compute_smarthome_amounts",
        store=True,
        precompute=True,
        groups=STAFF,
    )

    @api.depends("product_id", "display_type", "is_downpayment")
    def _compute_smarthome_kind(self):
        for line in self:
            product = line.product_id
            counts = product and not line.display_type and not line.is_downpayment
            line.smarthome_kind = counts and product.product_tmpl_id._smarthome_kind()

    @api.depends("product_id", "product_uom_id", "currency_id")
    def _compute_smarthome_unit_costs(self):
        """Take cost and rate once, when the line gets its product, unit or currency.

        A signed line keeps them; a line that a head adds to a contract takes those of its day.

        A work priced as a percent of the equipment gets its rate when works are generated.
        """
        for line in self:
            if line.state == "sale" and line._origin:
                continue
            if line.smarthome_is_percent:
                line.smarthome_purchase_price = 0.0
                continue
            line._take_unit_costs()

    def _take_unit_costs(self):
        """Take the purchase price and the installer's rate that the product has today."""
        self.ensure_one()
        kind = self.smarthome_kind
        product = self.product_id.with_company(self.company_id or self.env.company)
        is_bought = kind in ("goods", "other")
        self.smarthome_rate = self._smarthome_convert(
            product.smarthome_installer_rate if kind == "work" else 0.0
        )
        self.smarthome_purchase_price = self._smarthome_convert(
            product.standard_price if is_bought else 0.0
        )

    def _smarthome_convert(self, amount):
        """Turn money for one unit of the product into the line's unit and currency, unrounded."""
        self.ensure_one()
        if not amount:
            return 0.0
        unit, company = self.product_id.uom_id, self.company_id or self.env.company
        if self.product_uom_id and self.product_uom_id != unit:
            amount = unit._compute_price(amount, self.product_uom_id)
        currency = self.currency_id
        if currency and currency != company.currency_id:
            amount = company.currency_id._convert(
                amount, currency, company, self.order_id.date_order.date(), round=False
            )
        return amount

    @api.depends(
        "smarthome_kind",
        "product_uom_qty",
        "product_uom_id",
        "smarthome_purchase_price",
        "smarthome_rate",
        "order_id.smarthome_work_coefficient",
    )
    def _compute_smarthome_amounts(self):
        for order, lines in self.grouped("order_id").items():
            if order.state == "sale":
                lines = lines.filtered(lambda line: not line._origin)
            coefficient = order._get_frozen_coefficient()
            for line in lines:
                quantity, rate = line.product_uom_qty, line.smarthome_rate
                cost = quantity * line.smarthome_purchase_price
                line.smarthome_cost = order._smarthome_round(cost) if cost else 0.0
                pay = quantity * rate * coefficient
                line.smarthome_pay = order._smarthome_round(pay) if pay else 0.0
                line.smarthome_hours = line._get_planned_hours()

    def _get_planned_hours(self):
        """Planned hours of the line: quantity in the work's own unit x its hours per unit."""
        self.ensure_one()
        if self.smarthome_kind != "work" or not self.product_id.smarthome_planned_hours:
            return 0.0
        quantity = self.product_uom_qty
        if self.product_uom_id != self.product_id.uom_id:
            quantity = self.product_uom_id._compute_quantity(
                quantity, self.product_id.uom_id, round=False
            )
        return quantity * self.product_id.smarthome_planned_hours

    def _smarthome_update_costs(self):
        """Bring the purchase prices and rates of open lines up to date."""
        for line in self.filtered(
            lambda line: line.smarthome_kind and not line.smarthome_is_percent
        ):
            line._take_unit_costs()

    def _add_precomputed_values(self, vals_list):
        """Costs are taken for everybody who makes a line, though few may read them."""
        return super(SaleOrderLine, self.sudo())._add_precomputed_values(vals_list)
