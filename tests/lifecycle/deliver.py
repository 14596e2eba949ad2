"""In Odoo's shell, without the warehouse addon: what was staged is delivered, and so is new."""

from lifecycle.steps import find_open, move

from odoo.fields import Command

sites = env["smarthome.object"].search([("name", "=like", "Life _")], order="id")
staged = sites[1].order_ids
move(find_open(staged))
order = env["sale.order"].create(
    {
        "partner_id": sites.partner_id.id,
        "order_line": [
            Command.create({"product_id": staged.order_line.product_id.id, "product_uom_qty": 4})
        ],
    }
)
order.action_confirm()
while pickings := find_open(order):
    move(pickings)
found = {
    "delivered": [
        *sites.order_ids.order_line.mapped("qty_delivered"),
        order.order_line.qty_delivered,
    ],
    "left": order.order_line.product_id.qty_available,
}
print("FOUND", found)
