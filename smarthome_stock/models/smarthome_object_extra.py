from odoo import api, fields, models

from odoo.addons.smarthome_crm.const import PRICE_GROUPS


class SmarthomeObject(models.Model):
    """Goods beyond the proposals at an object: the list, the obstacle and the profit."""

    _inherit = "smarthome.object"

    extra_line_ids = fields.Many2many(
        comodel_name="sale.order.line",
        string="Beyond the Proposals",
        compute="_compute_extra_line_ids",
        groups=PRICE_GROUPS,
    )

    @api.depends("order_ids.order_line.smarthome_extra_state")
    def _compute_extra_line_ids(self):
        for record in self:
            record.extra_line_ids = record.order_ids.order_line.filtered("smarthome_extra_state")

    def _get_closing_obstacles(self):
        """Nobody closes an object before it is settled what the client keeps and pays for."""
        obstacles = super()._get_closing_obstacles()
        lines = self._get_signed_orders().order_line
        waiting = lines.filtered(lambda line: line.smarthome_extra_state == "waiting")
        coming = lines.filtered(
            lambda line: line.smarthome_extra_state == "taken_back" and line._can_be_decided()
        )
        if waiting:
            message = self.env._(
                "Beyond the proposal, undecided: %(goods)s.", goods=waiting._name_quantities()
            )
            obstacles.append(self._prepare_obstacle("extras", message, waiting))
        if coming:
            message = self.env._(
                "To be taken back, still at the object: %(goods)s.", goods=coming._name_quantities()
            )
            obstacles.append(self._prepare_obstacle("extras", message, coming))
        return obstacles

    def action_open_obstacle(self, code):
        """What waits for a decision opens in the list where it is decided."""
        if code != "extras":
            return super().action_open_obstacle(code)
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "smarthome_stock.sale_order_line_action_extra"
        )
        action.update(domain=[("id", "in", self.extra_line_ids.ids)], context={})
        action.pop("path", None)
        return action

    @api.model
    def _get_codes_without_money(self):
        """The lead engineer sees what of the goods stands in the way."""
        return (*super()._get_codes_without_money(), "installed", "shipments", "staging")

    def _prepare_revenue_row(self, kind, name, orders):
        """Goods of the proposals alone; what was charged beyond them has a row of its own."""
        row = super()._prepare_revenue_row(kind, name, orders)
        if kind == "goods":
            row["fact"] -= self._get_extra_revenue(orders)
        return row

    def _get_profit_rows(self):
        rows = super()._get_profit_rows()
        orders = self._get_signed_orders().filtered("smarthome_extra_ids")
        if not orders:
            return rows
        place = next(i for i, row in enumerate(rows) if row["code"] == "goods_revenue") + 1
        rows.insert(place, self._prepare_extra_row(orders))
        return [{**row, "sequence": position} for position, row in enumerate(rows, 1)]

    def _prepare_extra_row(self, orders):
        return {
            "code": "extra_revenue",
            "name": self.env._("Goods beyond the proposals"),
            "is_revenue": True,
            "forecast": 0.0,
            "fact": self._get_extra_revenue(orders),
            "res_model": "sale.order.line",
            "res_ids": orders.smarthome_extra_ids.ids,
        }

    @api.model
    def _get_extra_revenue(self, orders):
        """What clients pay for goods beyond contracts, in company currency."""
        return sum(
            order._to_company_currency(
                sum(line._get_final_revenue() for line in order.smarthome_extra_ids)
            )
            for order in orders
        )


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _name_quantities(self):
        """The lines' products with their quantities, the first five of them."""
        names = [f"{line.product_id.display_name} × {line.product_uom_qty:g}" for line in self[:5]]
        return ", ".join(names) + ("…" if len(self) > 5 else "")
