"""Documents in the folders: a sketch paced on the site, the brief, photographs."""

from .pictures import draw_photo, draw_sketch

BRIEF = """ТЕХНИЧЕСКОЕ ЗАДАНИЕ
Объект: {name}
Адрес: {address}

1. Управление светом с клавиш и телефона, сцены «Ушёл», «Кино», «Ночь».
2. Защита от протечек в санузлах и на кухне.
3. Охрана по периметру, оповещение на телефон.
4. Все устройства в одном приложении, работа без интернета.

Дополнительно: {need}.
"""


def tell(teller):
    """Put documents into the folders of objects that were visited."""
    for key, login, rooms in (
        ("raubichi", "engineer", ((9, 6), (5, 6), (6, 5), (4, 5))),
        ("borovlyany", "manager", ((7, 5), (4, 5), (5, 4))),
        ("technopark", "manager_engineer", ((12, 8), (6, 8), (8, 4))),
        ("bath", "manager", ((6, 4), (3, 4))),
    ):
        site = teller.by(login, teller.find(f"object_{key}"))
        need = teller.find(f"object_{key}").call_ids.sorted("date")[:1].need
        put(site, "brief", "ТЗ.txt", make_brief(site, need))
        put(site, "brief", "Эскиз плана.png", draw_sketch(rooms))
        put(site, "photo", "Общий вид.png", draw_photo(rooms))


def put(site, code, name, content):
    """Lay a file into a folder of an object."""
    folder = site.folder_ids.filtered(lambda folder: folder.code == code)
    return site.env["smarthome.document"].create(
        {"folder_id": folder.id, "name": name, "raw": content}
    )


def make_brief(site, need):
    text = BRIEF.format(name=site.name, address=site.address or "", need=need or "по согласованию")
    return text.encode()
