"""Contracts signed before signing froze prices, discounts and the usual coefficient."""


def migrate(cr, version):
    """Freeze what stands there today; what was signed with is known no better."""
    cr.execute(
        "UPDATE sale_order_line line SET smarthome_signed_price = line.price_unit,"
        " smarthome_signed_discount = line.discount FROM sale_order contract"
        " WHERE contract.id = line.order_id AND contract.state = 'sale'"
        " AND contract.smarthome_object_id IS NOT NULL AND line.smarthome_signed_quantity <> 0"
        " AND line.smarthome_reduces_line_id IS NULL AND line.smarthome_signed_price IS NULL"
    )
    cr.execute(
        "UPDATE sale_order contract SET smarthome_usual_coefficient = kind.work_coefficient"
        " FROM smarthome_object site JOIN smarthome_object_type kind ON kind.id = site.type_id"
        " WHERE site.id = contract.smarthome_object_id AND contract.state = 'sale'"
        " AND contract.smarthome_usual_coefficient IS NULL"
    )
