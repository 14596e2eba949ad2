from odoo.tests import tagged

from .common import SmarthomeCrmCommon

COLUMNS = (
    "date",
    "direction",
    "name",
    "phone_readable",
    "kind",
    "need",
    "answer",
    "situation",
    "is_open",
    "outcome",
)


@tagged("post_install", "-at_install")
class TestCallPerformance(SmarthomeCrmCommon):
    """The list of calls asks the same number of queries whatever its length."""

    def _count_queries(self, domain, limit=80):
        """The fewest of some turns: what Odoo keeps in its caches may be asked for once more."""
        return min(self._count_once(domain, limit) for _turn in range(3))

    def _count_once(self, domain, limit):
        specification = {name: {} for name in COLUMNS}
        for name in ("object_id", "user_id"):
            specification[name] = {"fields": {"display_name": {}}}
        calls = self.env["smarthome.call"].with_user(self.manager)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        calls.web_search_read(domain, specification, limit=limit)
        return self.env.cr.sql_log_count - before

    def _create_calls(self, count):
        self.env["smarthome.call"].create(
            [
                {
                    "phone": f"+37529{number:07d}",
                    "state": "planned",
                    "user_id": self.manager.id,
                    "object_id": self.object.id,
                }
                for number in range(count)
            ]
        )

    def test_list_and_search(self):
        default = [("is_open", "=", True), ("date", "<", "today +1d")]
        number = [("phone", "ilike", "29000")]
        self._create_calls(5)
        few = self._count_queries(default, limit=2), self._count_queries(number, limit=2)
        self._create_calls(100)
        many = self._count_queries(default), self._count_queries(number)
        self.assertEqual(few, many)

    def test_objects_made_in_bulk(self):
        values = {"name": "Bulk", "type_id": self.object_type.id, "user_id": self.manager.id}
        objects = self.env["smarthome.object"]
        objects._plan_missing_calls()

        def count(number):
            before = self.env.cr.sql_log_count
            created = objects.create([dict(values) for _copy in range(number)])
            self.env.flush_all()
            self.assertTrue(all(created.mapped("next_call_date")))
            return self.env.cr.sql_log_count - before

        count(2)
        few = count(10)
        self.assertLess(count(60) - few, 50, "planning asks no query for each object")
