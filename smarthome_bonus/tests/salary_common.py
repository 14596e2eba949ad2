from odoo.fields import Date

from .common import SmarthomeBonusCommon


class SalaryCommon(SmarthomeBonusCommon):
    """The first manager as an employee; November 2026 is the month."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        cls.manager.lang = "en_US"
        cls.employee = cls.env["hr.employee"].create(
            {"name": "Ivan", "user_id": cls.manager.id, "date_version": "2026-01-01"}
        )
        cls.month = Date.to_date("2026-11-10")

    def _make(self, month=None, employees=None):
        return self.env["smarthome.salary.statement"]._make_month(
            Date.to_date(month) or self.month, employees or self.employee
        )

    def _earn(self, amount, approved="2026-11-20"):
        """An entry of so much, approved on a day."""
        site = self._create_object(name=f"Object {amount} {approved}")
        statement = self.env["smarthome.profit.statement"].create(
            {"object_id": site.id, "user_id": self.manager.id, "date": approved}
        )
        return self.env["smarthome.bonus"].create(
            {
                "object_id": site.id,
                "user_id": self.manager.id,
                "statement_id": statement.id,
                "closing_id": statement.id,
                "kind": "closing",
                "date": approved,
                "base": amount * 10,
                "amount": amount,
                "state": "approved",
                "date_approved": approved,
            }
        )

    def _bring_in_roubles(self, *rates):
        """The currency of payment, with pairs (day, rate)."""
        roubles = self.env.ref("base.BYN")
        roubles.active = True
        roubles.rate_ids.unlink()
        self.env["res.currency.rate"].create(
            [{"currency_id": roubles.id, "name": day, "rate": rate} for day, rate in rates]
        )
        return roubles

    @classmethod
    def _create_employee(cls, name, **values):
        defaults = {"name": name, "date_version": "2026-01-01", "company_id": cls.env.company.id}
        return cls.env["hr.employee"].create({**defaults, **values})
