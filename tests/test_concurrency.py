"""Two people at one proposal at the same moment, each in a transaction of his own."""

from together import Together

from odoo.fields import Command
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestSameMoment(Together):
    name = "Same moment"
    roles = {"same_moment_manager": "manager", "same_moment_head": "head"}

    def setUp(self):
        super().setUp()
        self.users, self.order_id = self._run(self._make)

    # === Committed records === #

    def _make(self, env):
        """Two people, a proposal with goods of a category that has norms; all of it committed."""
        users = self._make_people(env)
        partner = env["res.partner"].create({"name": self.name, "user_id": users[0]})
        site = env["smarthome.object"].create(
            {"name": self.name, "partner_id": partner.id, "user_id": users[0]}
        )
        category = env["product.category"].create({"name": self.name})
        goods = self._make_product(env, "goods", type="consu", categ_id=category.id)
        works = [
            self._make_product(env, f"work {number}", type="service", smarthome_is_work=True)
            for number in range(3)
        ]
        env["smarthome.work.norm"].create(
            [
                {"target": "category", "category_id": category.id, "work_id": work.id}
                for work in works
            ]
        )
        lines = [Command.create({"product_id": goods.id, "product_uom_qty": 2})] * 5
        order = env["sale.order"].create({"smarthome_object_id": site.id, "order_line": lines})
        return users, order.id

    def _make_product(self, env, name, **values):
        values = {"name": f"{self.name} {name}", "list_price": 10, "taxes_id": [], **values}
        return env["product.product"].create(values)

    # === The moment === #

    def test_works_are_generated_once(self):
        def generate(env):
            return env["sale.order"].browse(self.order_id).action_generate_works()

        tries, told = self._press_together(*((user, generate) for user in self.users))
        self.assertEqual(len(told), 2, "both succeed")
        self.assertGreaterEqual(len(tries), 3, "the second one began anew")
        self._run(self._check_works)

    def _check_works(self, env):
        lines = env["sale.order"].browse(self.order_id).order_line
        works = lines.filtered("smarthome_is_generated")
        self.assertEqual(len(works), len(works.product_id), "no work stands there twice")
        ours = works.filtered(lambda line: line.product_id.name.startswith(self.name))
        self.assertEqual(ours.mapped("product_uom_qty"), [10.0] * 3)
        self.assertEqual(len(lines.filtered("smarthome_is_works_section")), 1)
        self.assertEqual(len(lines), 5 + len(works) + 1)
