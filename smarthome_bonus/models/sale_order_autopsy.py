from odoo import models


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
        for line in self.order_line.filtered(lambda line: line.smarthome_kind and line.discount):
            signed = line.smarthome_signed_subtotal
            if line.discount < 100:
                given += self._smarthome_round(signed / (1 - line.discount / 100)) - signed
            else:
                given += self._smarthome_round(line.price_unit * line.smarthome_signed_quantity)
        return self._to_company_currency(given)

    def _get_coefficient_pay(self):
        """Pay of works beyond what the usual coefficient of the type of object would give."""
        self.ensure_one()
        coefficient = self._get_frozen_coefficient()
        usual = self.smarthome_object_id.type_id.work_coefficient or 1.0
        if not coefficient:
            return 0.0
        pay = self.smarthome_works_pay
        return self._to_company_currency(pay - self._smarthome_round(pay / coefficient * usual))


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _is_beyond_contract(self):
        """Tell whether the line came after signing: nothing of it was promised."""
        self.ensure_one()
        return not self.smarthome_signed_quantity

    def _get_quantity_effect(self):
        """What the line brought more or less than promised, by its quantity alone.

        :return: pair: [revenue, cost below zero] in company currency, and ``extra`` for lines
            beyond the contract or ``return``
        """
        self.ensure_one()
        order = self.order_id
        revenue = order._to_company_currency(
            self._get_final_revenue() - self.smarthome_signed_subtotal
        )
        if self._is_beyond_contract():
            return [revenue, -order._to_company_currency(self._get_final_cost())], "extra"
        quantity = self._get_shipped_quantity() - self.smarthome_signed_quantity
        cost = order._smarthome_round(quantity * self.smarthome_purchase_price)
        return [revenue, -order._to_company_currency(cost)], "return"

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
