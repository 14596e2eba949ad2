"""The diary: talks that were, calls to make overdue, today and later, calls from outside."""

#: days from today, hour, kind, answer of talks about objects
TALKS = {
    "raubichi": (
        (-40, 12, "control", "Ждёт дизайн-проект, просил напомнить через две недели"),
        (-24, 11, "decision", "Проект готов, смету смотрит с женой"),
        (-8, 16, "decision", "Согласен, готовит аванс"),
    ),
    "lake": (
        (-26, 11, "control", "Попросил пересчитать в евро"),
        (-6, 15, "decision", "Хочет скидку 5 % на оборудование"),
    ),
    "zhdanovichi": ((-14, 11, "delivery", "КП получил, сравнивает с двумя другими"),),
    "mayak": ((-7, 12, "control", "Пришлёт список оборудования в Excel"),),
    "pobediteley": ((-4, 10, "control", "Выезд согласован с администратором"),),
}
#: the next call of an object: overdue, today, later (days from today, hour, kind)
NEXT_CALLS = {
    "zhdanovichi": (-3, 11, "decision"),
    "pobediteley": (-1, 15.5, "control"),
    "svetly": (0, 17.5, "control"),
    "mayak": (0, 16, "control"),
    "lake": (0, 12.5, "decision"),
    "borovlyany": (1, 11, "control"),
    "nemiga": (2, 11, "control"),
    "bath": (4, 10.5, "control"),
    "raubichi": (6, 12, "other"),
}


def tell(teller):
    """Write the talks, move the next calls to their days, take what rang besides."""
    for key, talks in TALKS.items():
        for talk in talks:
            write_talk(teller, teller.find(f"object_{key}"), *talk)
    for key, (days, hour, kind) in NEXT_CALLS.items():
        site = teller.find(f"object_{key}")
        site = teller.by(site.user_id.login, site)
        site.next_call_date = teller.at(days, hour) if days <= 0 else teller.at_work(days, hour)
        site.next_call_id.kind = kind
    tell_incoming(teller)
    tell_planned(teller)


def write_talk(teller, site, days, hour, kind, answer):
    """A talk of the manager with the client of an object."""
    return teller.by(site.user_id.login, "smarthome.call").create(
        {
            "direction": "out",
            "state": "done",
            "kind": kind,
            "date": teller.at(days, hour),
            "object_id": site.id,
            "partner_id": site.partner_id.id,
            "name": site.partner_id.name,
            "phone": site.partner_id.phone,
            "answer": answer,
        }
    )


def tell_incoming(teller):
    """Answered, intercepted, missed, unwanted, and one that waits for the manager."""
    source = teller.env.ref("smarthome_crm.utm_source_website")
    secretary = teller.person("secretary")
    answered = {"rung_user_id": secretary.id, "answered_by_id": secretary.id}
    record(
        teller,
        "secretary",
        "known",
        -1,
        11.2,
        phone="+375 44 611-04-04",
        **answered,
        ring_seconds=7,
        user_id=teller.person("manager").id,
        outcome="information",
        answer="Уточнял дату начала монтажа, соединила с менеджером",
    )
    record(
        teller,
        "manager2",
        "intercepted",
        -1,
        14.7,
        phone="+375 33 622-20-20",
        name="Евгений, строится в Тарасово",
        rung_user_id=secretary.id,
        answered_by_id=teller.person("manager2").id,
        ring_seconds=21,
        source_id=source.id,
        need="Цена «под ключ» за дом 220 м²",
        outcome="information",
        answer="Перезвонит сам",
    )
    record(
        teller,
        "secretary",
        "missed",
        0,
        9.1,
        phone="+375 44 622-30-30",
        state="missed",
        rung_user_id=secretary.id,
        ring_seconds=32,
        user_id=teller.person("manager").id,
    )
    record(
        teller,
        "secretary",
        "fresh",
        0,
        9.6,
        phone="+375 25 622-40-40",
        name="Светлана",
        **answered,
        ring_seconds=5,
        user_id=teller.person("manager").id,
        need="Студия в новостройке, умный свет и шторы",
    )
    spam = record(
        teller,
        "secretary",
        "spam",
        -2,
        16.1,
        phone="+375 29 622-50-50",
        **answered,
        ring_seconds=4,
        name="Реклама окон",
        user_id=False,
    )
    spam.action_spam()


def record(teller, login, key, days, hour, **values):
    """An incoming call, recorded by a person.

    What lies in today's future, when the demo is installed early in the day, rang a day before.
    """
    moment = teller.at(days, hour)
    if moment > teller.now:
        moment = teller.at(days - 1, hour)
    values = {"direction": "in", "state": "done", "date": moment, **values}
    call = teller.by(login, "smarthome.call").create(values)
    return teller.keep(f"call_{key}", call)


def tell_planned(teller):
    """The secretary's caller asked to be rung back."""
    call = record(
        teller,
        "manager",
        "callback",
        -1,
        17.2,
        phone="+375 29 622-60-60",
        name="Артём Войтович",
        need="Дом из бруса, консультация",
        source_id=teller.env.ref("smarthome_crm.utm_source_recommendation").id,
        answered_by_id=teller.person("manager").id,
        ring_seconds=9,
    )
    call.action_plan_call_back(teller.at_work(1, 14))
