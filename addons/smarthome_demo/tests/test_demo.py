from odoo import fields
from odoo.tests import TransactionCase, tagged

from odoo.addons.smarthome_crm.const import STAGES_WITHOUT_CALL


@tagged("post_install", "-at_install")
class TestDemo(TransactionCase):
    """The demo shows everything once, also after an update."""

    def _get_made(self, model):
        names = self.env["ir.model.data"].search(
            [("module", "=", "smarthome_demo"), ("model", "=", model)]
        )
        return self.env[model].browse(names.mapped("res_id"))

    def test_people_have_no_password_yet(self):
        users = self._get_made("res.users")
        self.assertEqual(len(users), 10)
        self.env.cr.execute(
            "SELECT count(password) FROM res_users WHERE id IN %s", [tuple(users.ids)]
        )
        self.assertEqual(self.env.cr.fetchone()[0], 0)
        both = users.filtered(lambda user: user.login == "manager_engineer")
        self.assertTrue(
            both._smarthome_has_role("manager") and both._smarthome_has_role("engineer")
        )

    def test_each_object_and_proposal_stands_there_once(self):
        objects, orders = self._get_made("smarthome.object"), self._get_made("sale.order")
        self.assertEqual(len(objects), len(set(objects.mapped("name"))))
        same_name = self.env["smarthome.object"].search([("name", "in", objects.mapped("name"))])
        self.assertEqual(same_name, objects.sorted("id", reverse=True))
        self.assertEqual(
            set(objects.mapped("stage")),
            {*self.env["smarthome.object"]._fields["stage"].get_values(self.env)},
        )
        self.assertEqual(
            set(orders.mapped("smarthome_status")),
            {"working", "sent", "contract", "closed", "refused"},
        )
        self.assertEqual(orders.currency_id, self.env.ref("base.USD") | self.env.ref("base.EUR"))

    def test_open_objects_have_a_next_call(self):
        for record in self._get_made("smarthome.object"):
            if record.stage not in STAGES_WITHOUT_CALL:
                self.assertTrue(record.next_call_id, record.name)

    def test_proposal_of_the_brief_has_the_expected_figures(self):
        order = self.env.ref("smarthome_demo.proposal_mayak")
        self.assertRecordValues(
            order,
            [
                {
                    "amount_untaxed": 11482.18,
                    "smarthome_profit": 4212.22,
                    "smarthome_works_pay": 1541.76,
                }
            ],
        )

    def test_categories_of_goods_speak_russian(self):
        names = self.env["product.category"].search([]).mapped("name")
        self.assertFalse({"Goods", "Services", "Expenses"} & set(names))

    def test_bonus_is_paid_and_waits(self):
        """The house's bonus is paid with last month's salary, that of the small job waits."""
        house = self.env.ref("smarthome_demo.object_kolodishchi")
        entry = house.bonus_ids
        self.assertRecordValues(entry, [{"state": "paid", "user_id": house.user_id.id}])
        self.assertGreater(entry.amount, 0)
        salary = entry.salary_statement_id
        self.assertEqual(salary.state, "paid")
        self.assertEqual(salary.total, 500 + entry.amount)
        scenes = self.env.ref("smarthome_demo.object_scenes")
        self.assertEqual(scenes.bonus_ids.mapped("state"), ["accrued"])
        self.assertGreater(scenes.bonus_ids.amount, 0)
        newcomer = self.env.ref("smarthome_demo.employee_manager_engineer")
        today = fields.Date.today()
        self.assertTrue(newcomer.user_id._smarthome_get_on_probation(today, newcomer.company_id))
        statements = self.env["smarthome.salary.statement"].search([("month", "=", salary.month)])
        drafts = statements.filtered(lambda statement: statement.state == "draft")
        self.assertEqual(drafts.user_id, self.env.ref("smarthome_demo.user_head"))
