from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _action_confirm(self):
        """The object's staging place is there before its goods are asked for."""
        for order in self.filtered("smarthome_object_id"):
            order.smarthome_object_id._get_staging_location(order.warehouse_id)
        return super()._action_confirm()

    def _action_cancel(self):
        """Cancelled as the program: its pickings and purchases are not the manager's to read."""
        signed = self.filtered(lambda order: order.smarthome_object_id and order.state == "sale")
        signed.check_access("write")
        super(SaleOrder, signed.sudo())._action_cancel()
        return super(SaleOrder, self - signed)._action_cancel()


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _prepare_procurement_values(self):
        """Goods of objects go over the object's staging place, unless the line says a route."""
        values = super()._prepare_procurement_values()
        record = self.order_id.smarthome_object_id
        if not record or self.env.context.get("smarthome_without_staging"):
            return values
        warehouse = values["warehouse_id"] or self.order_id.warehouse_id
        values["smarthome_object_id"] = record.id
        values["route_ids"] = values["route_ids"] or warehouse.sudo().smarthome_staging_route_id
        return values
