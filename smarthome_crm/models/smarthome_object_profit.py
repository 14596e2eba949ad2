from odoo import fields, models

from ..const import PROFIT_GROUPS


class SmarthomeObject(models.Model):
    """The profit statement of an object, from rows that other addons can add."""

    _inherit = "smarthome.object"

    expense_ids = fields.One2many(
        comodel_name="smarthome.expense",
        inverse_name="object_id",
        string="Other Expenses",
        groups=PROFIT_GROUPS,
    )
    forgiven_ids = fields.One2many(
        comodel_name="smarthome.forgiven.remainder",
        inverse_name="object_id",
        string="Forgiven Remainders",
        groups=PROFIT_GROUPS,
    )
    statement_ids = fields.One2many(
        comodel_name="smarthome.profit.statement",
        inverse_name="object_id",
        string="Profit Statements",
        groups=PROFIT_GROUPS,
    )
    date_closed = fields.Date(string="Closed on", copy=False, tracking=True)

    def _get_signed_orders(self):
        """Signed proposals of the object: its contracts, read together with those of others."""
        orders = self.order_ids
        signed = orders.filtered(lambda order: order.state == "sale")
        return signed.with_prefetch(orders._prefetch_ids)

    def _get_profit_rows(self):
        """Rows of the profit statement, in company currency, costs below zero.

        Source: the regulation, "Money, exactly", final profit. Other addons extend the list or
        replace the fact of a row by its ``code``.

        :return: list of dicts for ``smarthome.profit.row``
        """
        self.ensure_one()
        orders = self._get_signed_orders()
        rows = [
            self._prepare_revenue_row("goods", self.env._("Goods"), orders),
            self._prepare_revenue_row("work", self.env._("Works"), orders),
            self._prepare_revenue_row("other", self.env._("Other lines"), orders),
            self._prepare_cost_row("goods_cost", self.env._("Cost of goods"), orders),
            self._prepare_cost_row("other_cost", self.env._("Cost of other lines"), orders),
            self._prepare_pay_row(orders),
            self._prepare_forgiven_row(),
            *self._prepare_expense_rows(),
        ]
        return [{**row, "sequence": position} for position, row in enumerate(rows, 1)]

    def _prepare_revenue_row(self, kind, name, orders):
        names = {
            "goods": "smarthome_goods_revenue",
            "work": "smarthome_works_revenue",
            "other": "smarthome_other_revenue",
        }
        fact = 0.0
        for order in orders:
            lines = order.order_line.filtered(lambda line: line.smarthome_kind == kind)
            fact += order._to_company_currency(sum(line._get_final_revenue() for line in lines))
        return {
            "code": f"{kind}_revenue",
            "name": name,
            "is_revenue": True,
            "forecast": sum(order._to_company_currency(order[names[kind]]) for order in orders),
            "fact": fact,
            "res_model": "sale.order",
            "res_ids": orders.ids,
        }

    def _prepare_cost_row(self, code, name, orders):
        kind = "goods" if code == "goods_cost" else "other"
        fact = 0.0
        for order in orders:
            lines = order.order_line.filtered(lambda line: line.smarthome_kind == kind)
            fact -= order._to_company_currency(sum(line._get_final_cost() for line in lines))
        forecast = sum(order._to_company_currency(order[f"smarthome_{code}"]) for order in orders)
        return {
            "code": code,
            "name": name,
            "forecast": -forecast,
            "fact": fact,
            "res_model": "sale.order",
            "res_ids": orders.ids,
        }

    def _prepare_pay_row(self, orders):
        fact = 0.0
        for order in orders:
            works = order.order_line.filtered(lambda line: line.smarthome_kind == "work")
            fact -= order._to_company_currency(sum(line._get_final_pay() for line in works))
        forecast = sum(order._to_company_currency(order.smarthome_works_pay) for order in orders)
        return {
            "code": "works_pay",
            "name": self.env._("Pay of works"),
            "forecast": -forecast,
            "fact": fact,
            "res_model": "sale.order",
            "res_ids": orders.ids,
        }

    def _prepare_forgiven_row(self):
        return {
            "code": "forgiven",
            "name": self.env._("Forgiven remainder"),
            "is_revenue": True,
            "forecast": 0.0,
            "fact": -sum(self.forgiven_ids.mapped("company_amount")),
            "res_model": "smarthome.forgiven.remainder",
            "res_ids": self.forgiven_ids.ids,
        }

    def _prepare_expense_rows(self):
        kinds = dict(self.env["smarthome.expense"]._fields["kind"]._description_selection(self.env))
        return [
            {
                "code": f"expense_{kind}",
                "name": kinds[kind],
                "forecast": 0.0,
                "fact": -sum(expenses.mapped("amount")),
                "res_model": "smarthome.expense",
                "res_ids": expenses.ids,
            }
            for kind, expenses in self.expense_ids.grouped("kind").items()
        ]


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _get_final_revenue(self):
        """Revenue of the line at closing: goods by what was shipped, works by what was done."""
        self.ensure_one()
        if self.smarthome_kind == "goods":
            return self._get_contract_amount(self._get_shipped_quantity())
        if self.smarthome_kind == "work":
            return self._get_contract_amount(self.smarthome_done_quantity)
        return self.price_subtotal

    def _get_final_cost(self):
        """Cost of the line at closing, in the contract's currency."""
        self.ensure_one()
        if self.smarthome_kind == "goods":
            return self._get_shipped_cost()
        return self.order_id._smarthome_round(self.product_uom_qty * self.smarthome_purchase_price)

    def _get_final_pay(self):
        """Pay of works done: quantity x rate x coefficient, both frozen at signing."""
        self.ensure_one()
        order = self.order_id
        coefficient = order._get_frozen_coefficient()
        return order._smarthome_round(
            self.smarthome_done_quantity * self.smarthome_rate * coefficient
        )
