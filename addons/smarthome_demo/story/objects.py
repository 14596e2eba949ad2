"""A dozen objects: each begins with a call, made into an object by its manager."""

from odoo.fields import Command

#: in the order in which they came: name of the object's identifier, then what is known of it
OBJECTS = {
    "kolodishchi": {
        "name": "Дом в Колодищах",
        "type": "house",
        "client": ("Виталий Шумский", "+375 29 611-01-01", "shumsky@example.com"),
        "address": "Колодищи, ул. Лесная, 14",
        "manager": "manager",
        "engineer": "engineer",
        "source": "recommendation",
        "need": "Свет, отопление и охрана в готовом доме",
        "days": -190,
        "expected": 14000,
    },
    "pritytskogo": {
        "name": "Квартира на Притыцкого",
        "type": "apartment",
        "client": ("Татьяна Мельник", "+375 29 611-02-02", "melnik@example.com"),
        "address": "Минск, ул. Притыцкого, 83, кв. 41",
        "manager": "manager2",
        "engineer": "engineer",
        "source": "website",
        "need": "Протечки, климат, шторы",
        "days": -120,
        "expected": 5200,
    },
    "technopark": {
        "name": "Офис «ТехноПарк»",
        "type": "office",
        "client": ("ООО «ТехноПарк»", "+375 17 360-03-03", "office@technopark.example.com"),
        "address": "Минск, ул. Скрыганова, 6",
        "manager": "manager_engineer",
        "engineer": "manager_engineer",
        "source": "exhibition",
        "need": "Видеонаблюдение, доступ, сеть на три этажа",
        "days": -75,
        "expected": 9800,
        "contacts": (("builder_company", "builder"),),
    },
    "raubichi": {
        "name": "Коттедж в Раубичах",
        "type": "house",
        "client": ("Андрей Лапицкий", "+375 44 611-04-04", "lapitsky@example.com"),
        "address": "Раубичи, Озёрный переулок, 3",
        "manager": "manager",
        "engineer": "engineer",
        "source": "designer",
        "need": "Весь дом: свет KNX, климат, мультирум, видео",
        "days": -45,
        "expected": 26000,
        "contacts": (("designer", "designer"), ("builder", "builder")),
    },
    "lake": {
        "name": "Дом у озера",
        "type": "house",
        "client": ("Герман Фишер", "+375 29 611-05-05", "fischer@example.com"),
        "address": "Нарочь, Береговая, 21",
        "manager": "manager",
        "source": "recommendation",
        "need": "Предложение в евро, свет и безопасность",
        "days": -30,
        "expected": 12000,
        "contacts": (("designer_studio", "designer"),),
    },
    "zhdanovichi": {
        "name": "Таунхаус в Ждановичах",
        "type": "house",
        "client": ("Кирилл Астахов", "+375 33 611-06-06", "astahov@example.com"),
        "address": "Ждановичи, ул. Парковая, 8/2",
        "manager": "manager2",
        "source": "search",
        "need": "Сравнивает три компании, просит скидку",
        "days": -21,
        "expected": 7000,
    },
    "line": {
        "name": "Салон красоты «Линия»",
        "type": "shop",
        "client": ("Юлия Сергеева", "+375 29 611-07-07", "linia@example.com"),
        "address": "Минск, ул. Якуба Коласа, 30",
        "manager": "manager2",
        "source": "social",
        "need": "Музыка и камеры",
        "days": -20,
        "expected": 2500,
    },
    "mayak": {
        "name": "Квартира в «Маяке Минска»",
        "type": "apartment",
        "client": ("Анна Ковалёва", "+375 29 611-08-08", "kovaleva@example.com"),
        "address": "Минск, ул. Петра Мстиславца, 11, кв. 207",
        "manager": "manager",
        "source": "designer",
        "need": "Список оборудования прислала в Excel",
        "days": -12,
        "expected": 11500,
        "contacts": (("designer", "designer"),),
    },
    "pobediteley": {
        "name": "Офис на Победителей",
        "type": "office",
        "client": ("ЗАО «Вектор»", "+375 17 360-09-09", "vector@example.com"),
        "address": "Минск, пр-т Победителей, 7А",
        "manager": "manager2",
        "source": "advertising",
        "need": "Переговорные: свет, звук, шторы",
        "days": -9,
        "expected": 6400,
    },
    "borovlyany": {
        "name": "Дом в Боровлянах",
        "type": "house",
        "client": ("Максим Гринько", "+375 44 611-10-10", "grinko@example.com"),
        "address": "Боровляны, ул. Берёзовая, 5",
        "manager": "manager",
        "engineer": "engineer",
        "source": "website",
        "need": "Стройка, нужны закладные под кабель",
        "days": -5,
        "expected": 15000,
        "contacts": (("builder", "builder"),),
    },
    "svetly": {
        "name": "Магазин «Светлый»",
        "type": "shop",
        "client": ("ИП Дорошевич", "+375 29 611-11-11", "svetly@example.com"),
        "address": "Минск, ул. Калиновского, 55",
        "manager": "manager2",
        "source": "search",
        "need": "Камеры и охрана",
        "days": -2,
        "expected": 3000,
    },
    "nemiga": {
        "name": "Квартира на Немиге",
        "type": "apartment",
        "client": ("Ольга Рудак", "+375 29 611-12-12", "rudak@example.com"),
        "address": "Минск, ул. Немига, 36, кв. 19",
        "manager": "manager",
        "source": "recommendation",
        "need": "Протечки и управление шторами",
        "days": -1,
        "expected": 2800,
    },
}


def tell(teller):
    """Record the first calls, make the objects, add contacts."""
    for key, about in OBJECTS.items():
        call = record_first_call(teller, about)
        make_object(teller, key, about, call)


def record_first_call(teller, about):
    """The secretary takes the call and hands it to the manager."""
    name, phone, _email = about["client"]
    return teller.by("secretary", "smarthome.call").create(
        {
            "direction": "in",
            "date": teller.at(about["days"], 10.5),
            "phone": phone,
            "name": name,
            "need": about["need"],
            "address": about["address"],
            "object_name": about["name"],
            "object_type_id": object_type(teller, about).id,
            "source_id": teller.env.ref(f"smarthome_crm.utm_source_{about['source']}").id,
            "rung_user_id": teller.person("secretary").id,
            "answered_by_id": teller.person("secretary").id,
            "ring_seconds": 4 + len(name) % 9,
            "user_id": teller.person(about["manager"]).id,
        }
    )


def object_type(teller, about):
    return teller.env.ref(f"smarthome_crm.object_type_{about['type']}")


def make_object(teller, key, about, call):
    """The manager makes the object of his call and completes it."""
    login = about["manager"]
    call = teller.by(login, call)
    call.action_create_object()
    site = teller.keep(f"object_{key}", call.object_id)
    teller.keep(f"call_first_{key}", call)
    site.partner_id.write({"email": about["client"][2], "lang": teller.lang})
    site.write(
        {
            "expected_amount": about["expected"],
            "engineer_id": teller.person(about["engineer"]).id if about.get("engineer") else False,
            "contact_ids": [
                Command.create({"partner_id": teller.find(f"partner_{partner}").id, "part": part})
                for partner, part in about.get("contacts", ())
            ],
        }
    )
