"""What happens at objects in work: money, works done, expenses, the signed act."""

from .documents import put
from .pictures import draw_photo, draw_sketch

#: rooms of the pictures that stand for the scanned act and the photo of the equipment
ROOMS = ((6, 5), (4, 5), (5, 4))


def pay(teller, order, stages):
    """The advance by card, the rest in cash before the hand-over."""
    advance, *rest = order.smarthome_milestone_ids
    order.action_smarthome_receive(
        advance.amount, "card", teller.at(-12, 12).date(), note="Предоплата"
    )
    for row in rest if stages > 2 else rest[:-1]:
        order.action_smarthome_receive(row.amount, "cash", teller.at(-2, 15).date())


def install(teller, order, stages):
    """The crew marks its works; a lorry brought the boxes."""
    works = order.sudo().order_line.filtered(lambda line: line.smarthome_kind == "work")
    done = works if stages > 1 else works[: len(works) // 2]
    teller.by(order.user_id.login, "smarthome.work.done").create(
        [
            {
                "order_line_id": line.id,
                "quantity": line.product_uom_qty,
                "date": teller.at(-4, 17).date(),
                "installer_id": teller.person("installer").id,
            }
            for line in done
        ]
    )
    teller.by(order.user_id.login, "smarthome.expense").create(
        {
            "object_id": order.smarthome_object_id.id,
            "name": "Доставка оборудования на объект",
            "kind": "transport",
            "amount": 45,
            "date": teller.at(-10, 10).date(),
        }
    )


def accept(teller, order):
    """The scanned act with the client's signature, and a photo of what works."""
    site = teller.by(order.user_id.login, order.smarthome_object_id)
    act = put(site, "acts", "Акт подписанный.png", draw_sketch(ROOMS))
    act.is_signed_act = True
    put(site, "acts", "Щит в работе.png", draw_photo(ROOMS))
