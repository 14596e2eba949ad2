"""What the scripts of this folder do with pickings."""


def find_open(order):
    """Pickings of an order that can be done now."""
    return order.picking_ids.filtered(lambda one: one.state in ("confirmed", "assigned"))


def move(pickings, quantity=None):
    """Validate pickings of one product: all, or a quantity; what is left becomes a backorder."""
    pickings.action_assign()
    for line in pickings.move_ids:
        line.write({"quantity": quantity or line.product_uom_qty, "picked": True})
    pickings.with_context(skip_backorder=True).button_validate()
    assert set(pickings.mapped("state")) == {"done"}, pickings.mapped("state")
