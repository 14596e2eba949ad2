from datetime import timedelta

from odoo import fields

from odoo.addons.smarthome_crm.tools.call_dates import (
    SATURDAY,
    add_working_days,
    at_hour,
    to_local,
)

MODULE = "smarthome_demo"
LANGUAGE = "ru_RU"
ZONE = "Europe/Minsk"


class Teller:
    """Lets the people of the demo work: who does it, when, and under which name it is kept."""

    def __init__(self, env):
        has_language = env["res.lang"]._lang_get(LANGUAGE)
        self.lang = LANGUAGE if has_language else "en_US"
        self.env = env(context={**env.context, "lang": self.lang, "tz": ZONE})
        self.now = fields.Datetime.now()
        self.today = to_local(self.now, ZONE).date()

    # === Who === #

    def settle_people(self):
        """Let everybody read the program in the demo's language and the company's time."""
        made = self.env["ir.model.data"].search(
            [("module", "=", MODULE), ("model", "=", "res.users")]
        )
        users = self.env["res.users"].browse(made.mapped("res_id"))
        users.partner_id.lang = self.lang
        self.env.company.partner_id.lang = self.lang
        admin = self.env.ref("base.user_admin")
        admin.tz = admin.tz or ZONE

    def person(self, login):
        """The user with one of the demo's logins."""
        return self.env.ref(f"{MODULE}.user_{login}")

    def by(self, login, records):
        """Records, or a model by its name, in the hands of a person.

        :param login: of the demo's person
        :param records: recordset or name of a model
        """
        if isinstance(records, str):
            records = self.env[records]
        return records.with_env(self.env).with_user(self.person(login))

    # === When === #

    def at(self, days, hour):
        """Moment so many days from today at an hour in Minsk, as naive UTC; before, a working day."""
        day = self.today + timedelta(days=days)
        while days < 0 and day.weekday() >= SATURDAY:
            day -= timedelta(days=1)
        return at_hour(day, hour, ZONE)

    def at_work(self, days, hour):
        """Moment so many working days from today at an hour in Minsk, as naive UTC."""
        return at_hour(add_working_days(self.today, days), hour, ZONE)

    # === Under which name === #

    def find(self, name):
        """The record that was kept under a name."""
        return self.env.ref(f"{MODULE}.{name}")

    def keep(self, name, record):
        """Give a record an external identifier, by which the demo is found and removed.

        :return: the record
        """
        self.env["ir.model.data"].sudo()._update_xmlids(
            [{"xml_id": f"{MODULE}.{name}", "record": record.sudo(), "noupdate": True}]
        )
        return record
