from odoo.tests import TransactionCase, tagged

from ..tools.bulk import fill

#: by the clock or by what no row holds
UNKNOWN = {
    "smarthome.call": {"object_name", "object_type_id", "first_control_date", "state"},
    "smarthome.object": set(),
    "sale.order": {"smarthome_profit", "smarthome_goods_revenue"},
}


@tagged("post_install", "-at_install")
class TestBulk(TransactionCase):
    """Rows made in bulk hold what the program itself would have computed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.before = {
            model: cls.env[model].search([], order="id desc", limit=1).id for model in UNKNOWN
        }
        fill(cls.env, objects=2000, calls=10000, products=50)

    def _sample(self, model):
        return self.env[model].search([("id", ">", self.before[model])], order="id")[::37]

    def test_counts(self):
        calls = self.env["smarthome.call"].search_count(
            [("id", ">", self.before["smarthome.call"])]
        )
        self.assertEqual(calls, 10000)
        self.assertGreater(len(self._sample("smarthome.object")), 50)

    def test_stored_computes(self):
        for model in ("smarthome.object", "smarthome.call"):
            records = self._sample(model)
            names = [
                name
                for name, field in records._fields.items()
                if field.compute and field.store and name not in UNKNOWN[model]
            ]
            stored = {
                name: records.mapped(lambda record, name=name: record[name]) for name in names
            }
            for name in names:
                self.env.add_to_compute(records._fields[name], records)
            self.env.flush_all()
            for name in names:
                found = records.mapped(lambda record, name=name: record[name])
                self.assertEqual(found, stored[name], f"{model}.{name}")

    def test_open_objects_are_called(self):
        records = self._sample("smarthome.object")
        self.assertTrue(records.filtered("next_call_id"))
        for record in records:
            self.assertEqual(bool(record.next_call_id), record._is_to_be_called())
