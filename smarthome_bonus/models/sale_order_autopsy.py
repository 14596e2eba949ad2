from odoo import models
from odoo.tools import float_compare

#: digits by which prices and discounts are compared, more than they are kept with
PRECISE = 6


class SaleOrder(models.Model):
    """What a signed proposal tells the profit autopsy, in company currency."""

    _inherit = "sale.order"

    def _get_promised_profit(self):
        """Forecast profit, summed like the profit statement sums it."""
        self.ensure_one()
        signs = {
            "smarthome_goods_revenue": 1,
            "smarthome_works_revenue": 1,
            "smarthome_other_revenue": 1,
            "smarthome_goods_cost": -1,
            "smarthome_works_pay": -1,
            "smarthome_other_cost": -1,
        }
        return sum(sign * self._to_company_currency(self[name]) for name, sign in signs.items())

    def _get_discount_given(self):
        """Discounts of the lines as they were signed, without tax."""
        self.ensure_one()
        given = 0.0
        for line in self.order_line.filtered("smarthome_kind"):
            discount, signed = line.smarthome_signed_discount, line.smarthome_signed_subtotal
            if discount == 100:
                signed_price = line.smarthome_signed_price
                given += self._smarthome_round(signed_price * line.smarthome_signed_quantity)
            elif discount:
                given += self._smarthome_round(signed / (1 - discount / 100)) - signed
        return self._to_company_currency(given)

    def _get_coefficient_pay(self):
        """Pay of works beyond what the type's usual coefficient at signing would have given."""
        self.ensure_one()
        coefficient, usual = self._get_frozen_coefficient(), self.smarthome_usual_coefficient
        pay = self.smarthome_works_pay
        if coefficient:
            return self._to_company_currency(pay - self._smarthome_round(pay / coefficient * usual))
        works = self.order_line.filtered(lambda line: line.smarthome_kind == "work")
        spared = sum(
            self._smarthome_round(line.smarthome_signed_quantity * line.smarthome_rate * usual)
            for line in works
        )
        return -self._to_company_currency(spared)


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _is_beyond_contract(self):
        """Tell whether the line came after signing: nothing of it was promised."""
        self.ensure_one()
        return not self.smarthome_signed_quantity

    def _get_quantity_effect(self):
        """What the line brought more or less than promised, by its quantity at the signed price.

        :return: pair: [revenue, cost below zero] in company currency, and ``extra`` for lines
            beyond the contract or ``return``
        """
        self.ensure_one()
        order = self.order_id
        revenue = order._to_company_currency(
            self._get_final_revenue() - self.smarthome_signed_subtotal
        )
        revenue -= self._get_late_price_effect()
        if self._is_beyond_contract():
            return [revenue, -order._to_company_currency(self._get_final_cost())], "extra"
        quantity = self._get_shipped_quantity() - self.smarthome_signed_quantity
        cost = order._smarthome_round(quantity * self.smarthome_purchase_price)
        return [revenue, -order._to_company_currency(cost)], "return"

    def _get_late_price_effect(self):
        """What a head took off the price or gave on it in the signed and opened contract."""
        self.ensure_one()
        if self.smarthome_reduces_line_id or self._is_beyond_contract():
            return 0.0
        pairs = (
            (self.price_unit, self.smarthome_signed_price),
            (self.discount, self.smarthome_signed_discount),
        )
        if not any(float_compare(*pair, precision_digits=PRECISE) for pair in pairs):
            return 0.0
        quantities = {
            "goods": self._get_shipped_quantity,
            "work": lambda: self.smarthome_done_quantity,
            "other": lambda: self.product_uom_qty,
        }
        share = quantities[self.smarthome_kind]() / self.smarthome_signed_quantity
        promised = self.order_id._smarthome_round(share * self.smarthome_signed_subtotal)
        return self.order_id._to_company_currency(self._get_final_revenue() - promised)

    def _get_price_effect(self):
        """What the goods shipped cost less than planned, below zero where they cost more."""
        self.ensure_one()
        if self._is_beyond_contract():
            return 0.0
        order = self.order_id
        planned = order._smarthome_round(
            self._get_shipped_quantity() * self.smarthome_purchase_price
        )
        return order._to_company_currency(planned - self._get_final_cost())

    def _get_autopsy_vendor(self):
        """The vendor of the goods: the first of the product's; may be none."""
        self.ensure_one()
        return self.product_id.seller_ids[:1].partner_id
