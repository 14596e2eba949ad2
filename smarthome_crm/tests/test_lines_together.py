from odoo.fields import Command
from odoo.tests import tagged

from .common import SmarthomeCrmCommon


@tagged("post_install", "-at_install")
class TestLinesTogether(SmarthomeCrmCommon):
    """What Odoo asks of the database for each line, a proposal asks for all of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.goods = cls._create_goods("LINES", 100, 60)
        cls.models = cls.env["account.analytic.distribution.model"]
        cls.models.search([]).unlink()

    def _count_queries(self, lines):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self._create_proposal(*[(self.goods, 1)] * lines)
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def test_no_query_for_a_line(self):
        self._count_queries(2)
        few, many = self._count_queries(2), self._count_queries(42)
        self.assertLess(many - few, 50, "one query a line is Odoo's pricelist, two were analytic")

    def test_analytic_distribution_still_works(self):
        """A distribution made later is found, and gone when it is deleted."""
        self.assertFalse(self._create_proposal((self.goods, 1)).order_line.analytic_distribution)
        plan = self.env["account.analytic.plan"].create({"name": "Sites"})
        account = self.env["account.analytic.account"].create({"name": "A", "plan_id": plan.id})
        model = self.models.create(
            {"product_id": self.goods.id, "analytic_distribution": {account.id: 100}}
        )
        order = self._create_proposal((self.goods, 1))
        self.assertEqual(order.order_line.analytic_distribution, {str(account.id): 100})
        order.order_line = [Command.clear()]
        model.unlink()
        self.assertFalse(self._create_proposal((self.goods, 1)).order_line.analytic_distribution)
