from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestMonthName(TransactionCase):
    def test_months_of_groups_are_named_not_declined(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        rates = self.env["res.currency.rate"].with_context(lang="ru_RU")
        rate = rates.create(
            {"name": "2026-11-24", "rate": 3, "currency_id": self.env.ref("base.BYN").id}
        )
        (group,) = rates.formatted_read_group([("id", "=", rate.id)], ["name:month"])
        self.assertEqual(group["name:month"][1], "ноябрь 2026")
