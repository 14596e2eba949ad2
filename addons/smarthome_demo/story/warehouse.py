"""The warehouse: goods bought from two vendors, gathered for objects, shipped, installed."""

from odoo.fields import Command

#: goods with a number of their own, and for how many months they are under warranty
NUMBERED = {
    "WB-8": 24,
    "AJ-HUB2P": 24,
    "HK-NVR7608": 36,
    "HK-NVR7616": 36,
    "MT-RB5009": 12,
    "MT-CRS326": 12,
}
#: articles that the second vendor sells begin like this; all other goods are the first one's
SECOND_VENDOR = (
    "KNX",
    "SW-KNX",
    "TRM",
    "FCU",
    "DALI",
    "UTP",
    "VVG",
    "AC-",
    "GFR",
    "ENC",
    "MCB",
    "RCD",
)
#: what the second vendor sells too, dearer than the first
DEARER = {"HK-2CD2143": 99.5, "MT-CRS326": 181, "LOCK-EM300": 36}
#: the two deliveries before the first contract: vendor, days from today, article and quantity
DELIVERIES = (
    (
        "vendor",
        -32,
        "WB-8\t6\nWB-MR6C\t12\nWB-MDM3\t10\nAJ-HUB2P\t5\nAJ-MP\t14\nAJ-DP\t16\nAJ-LP\t24\n"
        "NPT-BUG12\t8\nPSU-24\t6\nSM-GLY60\t5\nWB-MSW4\t8\nHK-2CD2143\t6\nHK-NVR7616\t2\n"
        "HK-NVR7608\t2\nHDD-8TB\t4\nHDD-4TB\t3\nMT-RB5009\t3\nRCK-12U\t2\nPP-24\t4\nUB-U6P\t8\n"
        "RD-EM\t4\nLOCK-EM300\t4\nPOE-8\t3",
    ),
    (
        "vendor2",
        -18,
        "ENC-72\t2\nTRM-KNX\t6\nMCB-10\t90\nRCD-40\t8\nUTP-6\t2400\nVVG-3x15\t700\nHK-2CD2143\t4\nMT-CRS326\t4",
    ),
)
#: shipped to the object in work so far; the rest of what is gathered waits at its place
FIRST_SHIPMENT = ("MT-RB5009", "MT-CRS326", "RCK-12U", "PP-24", "UTP-6", "RD-EM", "LOCK-EM300")
#: brought along although no proposal foresaw it
BEYOND = ("MCB-10", 4)
#: the price of a vendor that went up after proposals were made
RAISED = ("KNX-DA4", 336)


# === BEFORE THE CONTRACTS === #


def stock_up(teller):
    """Vendors' prices, goods with numbers, and the first two deliveries."""
    name_places(teller)
    number_goods(teller)
    set_prices(teller)
    for vendor, days, rows in DELIVERIES:
        order = buy(teller, vendor, days, rows)
        receive(teller, order, teller.at(days + 2, 11))


def name_places(teller):
    """Places that were made before the company spoke Russian get the names of the regulation."""
    for warehouse in teller.env["stock.warehouse"].search([]):
        warehouse.name = "Склад"
        warehouse.smarthome_staging_location_id.name = "Комплектация"
        warehouse.smarthome_staging_type_id.name = "Комплектация"
        warehouse.smarthome_staging_route_id.name = "Комплектация по объектам"
    teller.env.company._get_defective_location().name = "Брак"


def number_goods(teller):
    """Controllers, recorders and network devices are told apart by their numbers."""
    for code, months in NUMBERED.items():
        template = find_product(teller, code).product_tmpl_id
        template.write({"tracking": "serial", "smarthome_warranty_months": months})


def set_prices(teller):
    """The price list is the first vendor's; a part of it is bought from the second one."""
    second = teller.find("partner_vendor2")
    sellers = teller.by("purchasing", "product.supplierinfo").search([])
    sellers.delay = 5
    sellers.filtered(
        lambda one: one.product_tmpl_id.default_code.startswith(SECOND_VENDOR)
    ).partner_id = second
    sellers.create(
        [
            {
                "product_tmpl_id": find_product(teller, code).product_tmpl_id.id,
                "partner_id": second.id,
                "price": price,
                "delay": 3,
            }
            for code, price in DEARER.items()
        ]
    )


def buy(teller, vendor, days, rows):
    """A confirmed purchase order at the vendor's prices.

    :param str rows: lines of article and quantity
    :return: purchase.order
    """
    pairs = [row.split("\t") for row in rows.split("\n")]
    order = teller.by("purchasing", "purchase.order").create(
        {
            "partner_id": teller.find(f"partner_{vendor}").id,
            "date_order": teller.at(days, 10),
            "order_line": [
                Command.create(
                    {"product_id": find_product(teller, code).id, "product_qty": float(quantity)}
                )
                for code, quantity in pairs
            ],
        }
    )
    order.button_confirm()
    return order


def receive(teller, orders, moment):
    """The storekeeper takes in what was ordered, and writes down the numbers."""
    pickings = teller.by("storekeeper", orders.sudo().picking_ids)
    for move in pickings.move_ids.filtered(lambda one: one.has_tracking == "serial"):
        write_numbers(move)
    validate(teller, pickings, moment)


def write_numbers(move):
    """Each unit has its number: the article, the receipt and the place in it."""
    move.move_line_ids = [Command.clear()] + [
        Command.create(
            {
                "picking_id": move.picking_id.id,
                "product_id": move.product_id.id,
                "lot_name": f"{move.product_id.default_code}-{move.id:04}{number:02}",
                "quantity": 1,
                "location_id": move.location_id.id,
                "location_dest_id": move.location_dest_id.id,
            }
        )
        for number in range(1, int(move.product_uom_qty) + 1)
    ]


# === AFTER A CONTRACT === #


def supply(teller, order, stages):
    """Goods of a contract as far as its object is: part of them, all shipped, all installed."""
    if stages == 1:
        gather(teller, order, -8)
        ship(teller, order, -7, FIRST_SHIPMENT)
        return
    gather(teller, order, -9)
    ship(teller, order, -7)
    install(teller, order, is_all=stages > 2)


def gather(teller, order, days):
    """Put what is in stock into the object's place."""
    warehouse = order.sudo().warehouse_id
    pickings = find_open(teller, order, warehouse.smarthome_staging_type_id)
    pickings.action_assign()
    validate(teller, pickings, teller.at(days, 10))


def ship(teller, order, days, codes=None):
    """Ship what lies at the object's place: all, or some articles."""
    pickings = find_open(teller, order, order.sudo().warehouse_id.out_type_id)
    validate(teller, pickings, teller.at(days, 14), codes)


def find_open(teller, order, picking_type):
    """Open pickings of the object of an order, in the storekeeper's hands."""
    pickings = order.sudo().smarthome_object_id.picking_ids.filtered(
        lambda one: one.picking_type_id == picking_type and one.state not in ("done", "cancel")
    )
    return teller.by("storekeeper", pickings)


def validate(teller, pickings, moment, codes=None):
    """Do pickings as of a moment; what is not there waits in backorders."""
    for move in pickings.move_ids:
        chosen = codes is None or move.product_id.default_code in codes
        move.picked = chosen and move.quantity > 0
    pickings.with_context(skip_backorder=True).button_validate()
    done = pickings.sudo().filtered(lambda one: one.state == "done")
    done.move_ids.filtered(lambda move: move.state == "done").date = moment
    done.date_done = moment


def install(teller, order, is_all):
    """The engineer confirms what his crew put in; of the last goods only when all is done."""
    lines = order.sudo().order_line.filtered(lambda line: line.smarthome_kind == "goods")
    lines = lines.filtered("qty_delivered")
    engineer = order.sudo().smarthome_object_id.engineer_id
    teller.by(engineer.login, "smarthome.installation").create(
        [
            {
                "order_line_id": line.id,
                "quantity": line.qty_delivered,
                "date": teller.at(-4, 16).date(),
                "installer_id": teller.person("installer").id,
            }
            for line in (lines if is_all else lines[:-2])
        ]
    )


# === WHAT HAPPENED THEN === #


def tell(teller):
    """Goods beyond a proposal, a failed device, a price that went up; what is popular."""
    order = teller.find("proposal_technopark")
    bring_along(teller, order)
    replace_failed(teller, order)
    raise_price(teller)
    teller.env["product.product"]._cron_count_popularity()


def bring_along(teller, order):
    """The crew asked for breakers: they stand in the proposal and wait for the manager."""
    code, quantity = BEYOND
    add(teller, order, code, quantity=quantity)
    gather(teller, order, -3)
    ship(teller, order, -3, (code,))


def replace_failed(teller, order):
    """A switch failed after a thunderstorm: a new one goes, the failed one comes back."""
    product = find_product(teller, "MT-CRS326")
    shipped = order.sudo().order_line.filtered(lambda line: line.product_id == product)
    add(
        teller,
        order,
        "MT-CRS326",
        quantity=1,
        is_warranty=True,
        reason="Не включается после грозы, порты 1-8 сгорели",
        replaced_lot_id=shipped.move_ids.lot_ids[:1].id,
        comes_back=True,
    )
    gather(teller, order, -2)
    ship(teller, order, -1, ("MT-CRS326",))
    back = find_open(teller, order, order.sudo().warehouse_id.in_type_id)
    validate(teller, back, teller.at(-1, 17))


def add(teller, order, code, **values):
    """The storekeeper adds goods to what goes to an object."""
    site = order.sudo().smarthome_object_id
    wizard = teller.by("storekeeper", "smarthome.add.goods").create(
        {"object_id": site.id, "product_id": find_product(teller, code).id, **values}
    )
    wizard.action_add()


def raise_price(teller):
    """Purchasing brings in a higher price: open proposals warn of it."""
    code, price = RAISED
    seller = find_product(teller, code).seller_ids[:1]
    teller.by("purchasing", seller).price = price


def find_product(teller, code):
    """The product with an article."""
    return teller.env["product.product"].search([("default_code", "=", code)], limit=1)
