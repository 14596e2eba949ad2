from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.smarthome_crm.const import PRICE_GROUPS

#: decisions about what was shipped beyond the proposal, and the states they lead to
DECISIONS = {
    "charge": "charged",
    "absorb": "absorbed",
    "take_back": "taken_back",
    "undecide": "waiting",
}


class SaleOrderLine(models.Model):
    """Extra lines («вне КП»): what was shipped beyond the contract, and the manager's decision.

    Their quantity is always what is at the object; their price is 0 until somebody decides.
    """

    _inherit = "sale.order.line"

    smarthome_is_extra = fields.Boolean(
        string="Beyond the Proposal",
        copy=False,
        readonly=True,
        help="Shipped to the object, though the signed proposal did not foresee it.",
    )
    smarthome_extra_state = fields.Selection(
        selection=[
            ("waiting", "Undecided"),
            ("charged", "Charged"),
            ("absorbed", "Absorbed"),
            ("taken_back", "Taken Back"),
        ],
        string="Decision",
        copy=False,
        readonly=True,
        index="btree_not_null",
    )
    smarthome_exceeds_line_id = fields.Many2one(
        comodel_name="sale.order.line",
        string="Exceeds",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="Line of the contract of which more was shipped than ordered.",
    )
    smarthome_proposed_price = fields.Monetary(
        string="Net Price",
        compute="_compute_smarthome_proposed_price",
        groups=PRICE_GROUPS,
        help="Net price of the contract if the product is there, else the pricelist's.",
    )
    smarthome_extra_amount = fields.Monetary(
        string="Client's Sum",
        compute="_compute_smarthome_extra_amount",
        groups=PRICE_GROUPS,
        help="What the client pays; while it is undecided, what he would pay.",
    )

    @property
    def _kept_fields(self):
        names = ("smarthome_is_extra", "smarthome_extra_state", "smarthome_exceeds_line_id")
        return (*super()._kept_fields, *names)

    @api.depends("smarthome_extra_state", "product_uom_qty")
    def _compute_smarthome_proposed_price(self):
        for line in self:
            price = 0.0
            if line.smarthome_extra_state in ("waiting", "taken_back"):
                values = line.sudo()._get_charged_values()
                price = values["price_unit"] * (1 - values["discount"] / 100)
            line.smarthome_proposed_price = price

    @api.depends("smarthome_proposed_price", "product_uom_qty", "price_subtotal")
    def _compute_smarthome_extra_amount(self):
        for line in self:
            proposed = line.smarthome_proposed_price * line.product_uom_qty
            line.smarthome_extra_amount = proposed or line.price_subtotal

    def _compute_price_unit(self):
        """The price of an extra line is decided, not computed."""
        lines = self.filtered(lambda line: not line.smarthome_extra_state)
        super(SaleOrderLine, lines)._compute_price_unit()

    def _compute_discount(self):
        lines = self.filtered(lambda line: not line.smarthome_extra_state)
        super(SaleOrderLine, lines)._compute_discount()

    @api.depends("smarthome_extra_state")
    def _compute_qty_to_invoice(self):
        """Only what the client is charged for comes on a bill."""
        super()._compute_qty_to_invoice()
        for line in self:
            if line.smarthome_is_extra and line.smarthome_extra_state != "charged":
                line.qty_to_invoice = -line.qty_invoiced

    @api.depends("smarthome_extra_state")
    def _compute_invoice_status(self):
        """What is given for nothing keeps no contract from being invoiced."""
        super()._compute_invoice_status()
        for line in self:
            is_free = line.smarthome_extra_state in ("absorbed", "taken_back")
            if is_free and line.invoice_status in ("no", "upselling"):
                line.invoice_status = "invoiced"

    @api.model_create_multi
    def create(self, vals_list):
        """Make no lines for goods of objects on behalf of sale_stock: the house has made them.

        Its loops ask for a line of whatever has none, warranty goods among them, which never
        stand in a contract.
        """
        return super().create([vals for vals in vals_list if not self._is_made_by_loop(vals)])

    @api.model
    def _is_made_by_loop(self, vals):
        ids = [command[1] for command in vals.get("move_ids") or () if command[0] == 4]
        return bool(self.env["stock.move"].sudo().browse(ids).smarthome_object_id)

    # === DECISIONS === #

    def action_smarthome_charge(self):
        """Charge the client: the contract line's net price, else the pricelist's."""
        for line in self._begin_decision("charge"):
            line.write(line._get_charged_values())
            line._end_decision("charge")

    def action_smarthome_absorb(self):
        """Leave the goods to the client for nothing; they stay in the object's cost."""
        for line in self._begin_decision("absorb"):
            line._end_decision("absorb")

    def action_smarthome_take_back(self):
        """Ask the warehouse to take the goods back; when they are back the line is settled."""
        for line in self._begin_decision("take_back"):
            line._end_decision("take_back")
            line._request_returns(line.product_uom_qty)

    def action_smarthome_undecide(self):
        """Take a decision back, e.g. a wrong tap: the goods wait again, at no price.

        :raise UserError: the client has a bill with the goods
        """
        self._check_may_decide()
        lines = self.sudo()
        lines._lock_decision()
        for line in lines.filtered(
            lambda line: line.smarthome_extra_state in ("charged", "absorbed")
        ):
            if line.product_uom_id.compare(line.qty_invoiced, 0) > 0:
                raise UserError(
                    self.env._(
                        "«%(product)s» stands on a bill already.",
                        product=line.product_id.display_name,
                    )
                )
            line = line.with_context(smarthome_contract_change=True, smarthome_generating=True)
            line.write({"price_unit": 0.0, "technical_price_unit": 0.0, "discount": 0.0})
            line._end_decision("undecide")
            line.order_id._schedule_decision()

    def _begin_decision(self, decision):
        """Check who decides, let a second decision of the same moment wait, and see what is left.

        :return: lines in sudo that still wait; those decided alike already are left out
        :raise UserError: another decision was taken
        """
        self._check_may_decide()
        lines = self.sudo()
        lines._lock_decision()
        lines = lines.filtered(
            lambda line: line.smarthome_extra_state != DECISIONS[decision]
        ).with_context(smarthome_contract_change=True, smarthome_generating=True)
        for line in lines:
            if not line._can_be_decided():
                raise UserError(
                    self.env._(
                        "«%(product)s» waits for no decision any more.",
                        product=line.product_id.display_name,
                    )
                )
            line._cancel_open_returns()
        return lines

    def _check_may_decide(self):
        """Let the object's manager and heads decide, while the object is open.

        :raise AccessError: somebody else asks
        """
        self.check_access("read")
        user = self.env.user
        for site in self.sudo().order_id.smarthome_object_id:
            is_manager = user._smarthome_has_role("manager") and site.user_id == user
            if not (self.env.su or is_manager or user._smarthome_has_role("head")):
                raise AccessError(
                    self.env._(
                        "The manager of %(object)s decides about goods beyond the proposal.",
                        object=site.display_name,
                    )
                )
            site._check_still_open()

    def _lock_decision(self):
        """Let whoever decides about these lines at this moment wait, and see what he decided."""
        self.flush_recordset()
        if self:
            self.env.cr.execute(
                "UPDATE sale_order_line SET id = id WHERE id IN %s", [tuple(self.ids)]
            )
        self.invalidate_recordset()

    def _can_be_decided(self):
        """Undecided lines, and those that were to come back and are still at the object."""
        self.ensure_one()
        state = self.smarthome_extra_state
        is_there = self.product_uom_id.compare(self.qty_delivered, 0) > 0
        return state == "waiting" or (state == "taken_back" and is_there)

    def _end_decision(self, decision):
        """Write the decision down, bring the plan of payments in step and tell the chatter."""
        self.ensure_one()
        self.write({"smarthome_extra_state": DECISIONS[decision]})
        self.order_id._adopt_new_total()
        self.order_id._unschedule_decision()
        states = dict(self._fields["smarthome_extra_state"]._description_selection(self.env))
        self.order_id.message_post(
            body=self.env._(
                "Beyond the proposal, %(quantity)s %(unit)s of %(product)s: %(decision)s.",
                quantity=f"{self.product_uom_qty:g}",
                unit=self.product_uom_id.name,
                product=self.product_id.display_name,
                decision=states[DECISIONS[decision]],
            ),
        )

    def _get_charged_values(self):
        """Price, discount and taxes that the client pays if the line is charged."""
        self.ensure_one()
        like = self.smarthome_exceeds_line_id or self._find_contract_line()
        if not like:
            price = self._get_pricelist_price()
            price = self.product_id._get_tax_included_unit_price_from_price(
                price,
                product_taxes=self.product_id.taxes_id._filter_taxes_by_company(self.company_id),
                fiscal_position=self.order_id.fiscal_position_id,
            )
            return {"price_unit": price, "technical_price_unit": price, "discount": 0.0}
        price = like.price_unit
        if like.product_uom_id != self.product_uom_id:
            price = like.product_uom_id._compute_price(price, self.product_uom_id)
        return {
            "price_unit": price,
            "technical_price_unit": price,
            "discount": like.discount,
            "tax_ids": [fields.Command.set(like.tax_ids.ids)],
        }

    def _find_contract_line(self):
        """The line by which the contract, or another of its family, sells the product."""
        self.ensure_one()
        orders = self.order_id | self.order_id._get_family()
        for order in orders.filtered(lambda order: order.currency_id == self.order_id.currency_id):
            if found := order._get_lines_of(self.product_id)[:1]:
                return found
        return self.browse()

    def _without_undecided(self):
        """Lines without extra ones that wait for a decision or went back, nor an empty section."""
        open_states = ("waiting", "taken_back")
        shown = self.filtered(lambda line: line.smarthome_extra_state not in open_states)
        if any(line.smarthome_extra_state for line in shown):
            return shown
        return shown.filtered(lambda line: not line.smarthome_is_extra)

    # === QUANTITIES === #

    def _to_product_unit(self, quantity):
        """Turn a quantity of the line into the product's unit."""
        self.ensure_one()
        return self.product_uom_id._compute_quantity(
            quantity, self.product_id.uom_id, rounding_method="HALF-UP"
        )

    def _get_awaited_quantity(self):
        """What is ordered and not yet at the object, in the product's unit."""
        self.ensure_one()
        ordered = self._to_product_unit(self.product_uom_qty)
        return max(ordered - self._get_delivered_units(), 0.0)
