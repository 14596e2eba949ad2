from odoo.fields import Command
from odoo.tests import tagged

from .common import SmarthomeCrmCommon


@tagged("post_install", "-at_install")
class TestWorksPerformance(SmarthomeCrmCommon):
    """No query per line: a long proposal asks the database as often as a short one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        category = cls.env["product.category"].create({"name": "Any"})
        cls.goods = [cls._create_goods(f"Q{number}", 10, 5, category) for number in range(10)]
        cls.works = [cls._create_work(f"WQ{number}", 3, 1) for number in range(5)]
        cls._create_norm(cls.works[0], category)
        for number, work in enumerate(cls.works[1:]):
            cls._create_norm(work, cls.goods[number], 2)

    def _count(self, method):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        method()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def _order(self, lines):
        return self._create_proposal(*((self.goods[n % 10], 1 + n % 3) for n in range(lines)))

    def test_generate(self):
        orders = [self._order(lines) for lines in (10, 10, 100)]
        counts = [self._count(order.action_generate_works) for order in orders]
        self.assertLessEqual(counts[2], counts[1] * 1.15)

    def test_create(self):
        """Odoo itself asks for analytic distributions of each line; ours adds nothing per line."""
        lines = self._order(100).order_line.copy_data()
        commands = [
            Command.create({name: vals[name] for name in ("product_id", "product_uom_qty")})
            for vals in lines
        ]
        Order = self.env["sale.order"]

        def create(count, values):
            return self._count(lambda: Order.create({**values, "order_line": commands[:count]}))

        plain, ours = {"partner_id": self.client.id}, {"smarthome_object_id": self.object.id}
        create(10, plain), create(10, ours)
        added_by_few = create(10, ours) - create(10, plain)
        added_by_many = create(100, ours) - create(100, plain)
        self.assertLessEqual(added_by_many, added_by_few + 2)

    def test_forecast_of_many(self):
        self._order(5)
        orders = self.env["sale.order"].browse()
        for _number in range(20):
            orders |= self._order(5)
        few = self._count(lambda: orders[:2].mapped("smarthome_profit"))
        many = self._count(lambda: orders.mapped("smarthome_profit"))
        self.assertEqual(few, many)
