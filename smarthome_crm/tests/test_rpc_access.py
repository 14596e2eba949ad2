from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..const import PRICE_GROUPS
from .common import SmarthomeCrmCommon

#: words in names of fields that tell money, at their end or between underscores
SECRETS = ("price", "cost", "value", "amount", "margin", "profit", "pay", "rate", "floor", "wage")
WITHOUT_PRICES = ("secretary", "engineer", "storekeeper", "installer")


@tagged("post_install", "-at_install")
class TestRpcAccess(SmarthomeCrmCommon):
    """What a person without the right learns or does by calls that no screen makes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.goods = cls._create_goods("RPC-1", 100, 60)
        cls.work = cls._create_work("W-RPC", 10, 4)
        cls.norm = cls._create_norm(cls.work, cls.goods)
        cls.order = cls._create_proposal((cls.goods, 2), (cls.work, 3))
        cls.portal = new_test_user(cls.env, login="sh_portal", groups="base.group_portal")
        cls.employee = new_test_user(cls.env, login="sh_employee", groups="base.group_user")

    def assertRefused(self, call):
        """A field that is out of reach, or that the database cannot sort and sum by at all."""
        try:
            call()
        except (AccessError, ValueError):
            return
        self.fail("The call went through.")

    # === Fields === #

    def _get_last_field(self, field):
        """The field at the end of the path of a related one."""
        while field.related and not field.store:
            model = self.env[field.model_name]
            *path, last = field.related.split(".")
            for name in path:
                model = self.env[model._fields[name].comodel_name]
            field = model._fields[last]
        return field

    def test_related_money_is_not_sorted_by(self):
        """Odoo sorts and searches by related fields past their groups: money is none of them."""
        open_fields = [
            str(field)
            for name, model in self.env.registry.items()
            if not model._abstract and not name.startswith("hr.")
            for field in model._fields.values()
            if field.type in ("float", "integer", "monetary")
            and field.groups
            and field.related
            and not (field.store or field.inherited)
            and any(word in field.name.split("_") for word in SECRETS)
            and self._get_last_field(field).store
        ]
        self.assertEqual(open_fields, [])

    def test_floor_is_not_sorted_by(self):
        self.order.partner_id = self.portal.partner_id
        self.order.message_subscribe(partner_ids=self.portal.partner_id.ids)
        self.order.state = "sent"
        self.object_type.profit_floor = 30
        orders = self.env["sale.order"].with_user(self.portal)
        self.assertEqual(orders.search([]), self.order)
        name = "smarthome_profit_floor"
        for call in (
            lambda: orders.search([], order=name),
            lambda: orders.search([(name, "=", 30)]),
            lambda: orders._read_group([], [name]),
            lambda: orders._read_group([], [], [f"{name}:max"]),
        ):
            self.assertRefused(call)
        self.assertEqual(self.order.with_user(self.manager).smarthome_profit_floor, 30)

    def test_nobody_searches_by_debts_of_others(self):
        for role in ("secretary", "manager", "engineer", "storekeeper", "installer", "employee"):
            partners = self.env["res.partner"].with_user(getattr(self, role))
            for name in ("credit", "debit"):
                with self.subTest(role=role, name=name), self.assertRaises(AccessError):
                    partners.search([(name, ">", 0)])
        self.env["res.partner"].with_user(self.accountant).search([("credit", ">", 0)])

    def test_extra_prices_of_variants(self):
        fields = (("product.attribute.value", "default_extra_price"),)
        fields += (("product.combo.item", "extra_price"),)
        for role in WITHOUT_PRICES:
            user = getattr(self, role)
            self.assertFalse(user.has_groups(PRICE_GROUPS))
            for model, name in fields:
                self.assertNotIn(name, self.env[model].with_user(user).fields_get())
        for model, name in fields:
            self.assertIn(name, self.env[model].with_user(self.manager).fields_get())

    def test_all_of_a_product_is_read(self):
        """An export of all that a storekeeper may read does not stumble over the norms."""
        category = self.env["product.category"].create({"name": "Relays"})
        for record in (self.goods, self.goods.product_tmpl_id, category):
            for role in ("storekeeper", "secretary", "installer", "accountant", "employee"):
                model = record.with_user(getattr(self, role))
                self.assertNotIn("smarthome_norm_ids", model.fields_get())
            for role in ("engineer", "manager", "purchasing", "head"):
                model = record.with_user(getattr(self, role))
                self.assertIn("smarthome_norm_ids", model.fields_get())
            self.assertTrue(record.with_user(self.storekeeper).read([]))
