"""In Odoo's shell: contracts of the time before the warehouse addon, delivered in Odoo's own way.

Five, of which two are delivered; three, of which none is; two, all delivered, of a closed object.
"""

from lifecycle.steps import find_open, move

from odoo.fields import Command

category = env["product.category"].create({"name": "Life", "property_cost_method": "average"})
goods = env["product.product"].create(
    {
        "name": "Life goods",
        "default_code": "LIFE",
        "type": "consu",
        "is_storable": True,
        "categ_id": category.id,
        "list_price": 100,
        "taxes_id": [Command.clear()],
    }
)
purchase = env["purchase.order"].create(
    {
        "partner_id": env["res.partner"].create({"name": "Life vendor"}).id,
        "order_line": [
            Command.create(
                {
                    "product_id": goods.id,
                    "product_qty": 20,
                    "price_unit": 60,
                    "tax_ids": [Command.clear()],
                }
            )
        ],
    }
)
purchase.button_confirm()
move(purchase.picking_ids)
client = env["res.partner"].create({"name": "Life client"})
kind = env["smarthome.object.type"].create({"name": "Life villa"})
for ordered, delivered in ((5, 2), (3, 0), (2, 2)):
    site = env["smarthome.object"].create(
        {"name": f"Life {ordered}", "type_id": kind.id, "partner_id": client.id}
    )
    order = env["sale.order"].create(
        {
            "smarthome_object_id": site.id,
            "smarthome_date_start": "2026-12-01",
            "smarthome_date_end": "2026-12-10",
            "order_line": [Command.create({"product_id": goods.id, "product_uom_qty": ordered})],
        }
    )
    order.action_confirm()
    if delivered:
        move(find_open(order), delivered)
    assert order.order_line.qty_delivered == delivered, order.order_line.qty_delivered
site.stage = "closed"
env.cr.commit()
