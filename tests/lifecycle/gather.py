"""In Odoo's shell, with the warehouse addon: contracts from before it, gathered and shipped."""

from lifecycle.steps import find_open, move


def get_state(site):
    """What an object's contract says: figures of its line, and what is to be done next."""
    line = site.order_ids.order_line
    costs = {row["code"]: row["fact"] for row in site._get_profit_rows()}
    return {
        "shipped": line._get_shipped_quantity(),
        "staged": sum(site.staging_location_ids.quant_ids.mapped("quantity")),
        "cost": costs["goods_cost"],
        "moves": site.order_ids.picking_ids.move_ids.filtered(
            lambda one: one.state not in ("done", "cancel")
        ).mapped(lambda one: (one.picking_type_id.sequence_code, one.product_uom_qty)),
        "foreign": len(line.move_ids.filtered(lambda one: one.smarthome_object_id != site)),
    }


sites = env["smarthome.object"].search([("name", "=like", "Life _")], order="id")
found = {"before": [get_state(site) for site in sites]}
for site in sites[:2]:
    move(find_open(site.order_ids))
found["gathered"] = [get_state(site) for site in sites]
move(find_open(sites[0].order_ids))
found["shipped"] = [get_state(site) for site in sites]
env.cr.commit()
print("FOUND", found)
