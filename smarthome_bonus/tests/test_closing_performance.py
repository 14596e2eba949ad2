from odoo.tests import tagged

from .common import SmarthomeBonusCommon


@tagged("post_install", "-at_install")
class TestClosingPerformance(SmarthomeBonusCommon):
    def _create_sites(self, count):
        sites = self.env["smarthome.object"]
        for number in range(count):
            site = self._create_object(name=f"Object {number}")
            self._create_ready(site)
            sites |= site
        self.env.flush_all()
        self.env.invalidate_all()
        return sites

    def _count_queries(self, sites):
        before = self.env.cr.sql_log_count
        sites.action_close()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_queries_do_not_grow_with_the_batch(self):
        """Closing many objects at once costs as many queries as closing a few, bonus included."""
        self._count_queries(self._create_sites(1))
        few = self._count_queries(self._create_sites(3))
        sites = self._create_sites(12)
        many = self._count_queries(sites)
        self.assertEqual(sites.bonus_ids.mapped("amount"), [9.8] * 12)
        self.assertLessEqual(many, few + 3)
