from odoo.tests import tagged

from odoo.addons.smarthome_crm.tests.tour_common import RussianTourCase

from .salary_common import SalaryCommon


@tagged("post_install", "-at_install")
class TestSalaryTour(SalaryCommon, RussianTourCase):
    """A month from its making to the employee's own screen: 500 and a bonus of 10."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._speak_russian(cls.manager, cls.head, cls.accountant)
        cls.employee.name = "Иван Тестовый"
        cls.env["smarthome.salary.statement"].search([]).bonus_ids.salary_statement_id = False
        cls.env["smarthome.salary.statement"].search([]).state = "draft"
        cls.env["smarthome.salary.statement"].search([]).unlink()

    def test_from_making_to_my_salary(self):
        entry = self._earn(10, "2026-10-20")
        self.start_tour(
            "/odoo/smarthome-salaries", "smarthome_salary_head", login=self.head.login, timeout=120
        )
        statement = self.env["smarthome.salary.statement"].search(
            [("employee_id", "=", self.employee.id)]
        )
        self.assertRecordValues(statement, [{"state": "confirmed", "total": 510}])
        path = f"/odoo/smarthome-salaries/{statement.id}"
        self.start_tour(path, "smarthome_salary_accountant", login=self.accountant.login)
        self.assertEqual((statement.state, entry.state), ("paid", "paid"))
        self.start_tour(
            "/odoo/smarthome-my-salary", "smarthome_salary_mine", login=self.manager.login
        )


@tagged("post_install", "-at_install")
class TestSalaryTourOnPhone(TestSalaryTour):
    """The same on a telephone."""

    allow_inherited_tests_method = True
    browser_size = "390x844"
    touch_enabled = True
