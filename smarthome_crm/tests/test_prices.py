from lxml import etree

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from .common import SmarthomeCrmCommon

PRICES = {
    "product.template": ("list_price", "tax_string"),
    "product.product": ("list_price", "lst_price", "price_extra", "tax_string"),
}


@tagged("post_install", "-at_install")
class TestPrices(SmarthomeCrmCommon):
    """Prices for clients are seen by whoever sells, invoices or keeps the catalogue."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.goods = cls._create_goods("PRC-1", 123.45, 60)
        cls.crew = cls.secretary | cls.engineer | cls.storekeeper | cls.installer
        cls.traders = cls.manager | cls.head | cls.purchasing | cls.accountant
        cls.env.flush_all()

    def _products(self, user):
        self.env.invalidate_all()
        yield from (self.goods.with_user(user), self.goods.product_tmpl_id.with_user(user))

    def test_cost_is_that_of_the_proposals_company(self):
        """A head at work in one company adds goods to a proposal of another: 70, not 60."""
        other = self.env["res.company"].create(
            {"name": "Branch", "currency_id": self.env.company.currency_id.id}
        )
        goods = self._create_goods("BR-1", 100, 60)
        goods.with_company(other).standard_price = 70
        site = self._create_object(name="Of the branch", company_id=other.id)
        companies = (self.env.company | other).ids
        order = self.env["sale.order"].with_context(allowed_company_ids=companies)
        order = order.create(
            {
                "smarthome_object_id": site.id,
                "company_id": other.id,
                "order_line": [Command.create({"product_id": goods.id, "product_uom_qty": 2})],
            }
        )
        self.assertEqual(order.smarthome_goods_cost, 140)
        order.order_line.sudo()._smarthome_update_costs()
        self.assertEqual(order.smarthome_goods_cost, 140)

    def test_crew_reads_no_prices(self):
        allow_export = self.env.ref("base.group_allow_export")
        self.crew.group_ids += allow_export
        for user in self.crew:
            for product in self._products(user):
                for name in PRICES[product._name]:
                    with self.subTest(user=user.login, model=product._name, field=name):
                        self._check_hidden(product, name)

    def _check_hidden(self, product, name):
        with self.assertRaises(AccessError):
            product.read([name])
        with self.assertRaises(AccessError):
            product.export_data([name])
        with self.assertRaises(AccessError):
            product.write({name: 1})
        self.assertNotIn(name, product.fields_get())
        self.assertNotIn(name, product.read()[0])
        if product._fields[name].store:
            with self.assertRaises(AccessError):
                product.search([(name, ">", 100)])
            with self.assertRaises(AccessError):
                product.formatted_read_group([], ["uom_id"], [f"{name}:sum"])

    def test_crew_works_with_goods(self):
        for user in self.crew:
            for product in self._products(user):
                self.assertEqual(product.read(["display_name"])[0]["id"], product.id)
                self.assertIn(product.id, dict(product.name_search("PRC-1")))
                self.assertTrue(product.search([("default_code", "=", "PRC-1")]))
                groups = product.formatted_read_group(
                    [("id", "in", product.ids)], ["uom_id"], ["__count"]
                )
                self.assertEqual(groups[0]["__count"], 1)
                for kind in ("list", "kanban", "form"):
                    self._check_view(product, kind)

    def _check_view(self, product, kind):
        """What the screen reads is there, and no label of a price stands alone."""
        arch = product.get_views([(False, kind)])["views"][kind]["arch"]
        tree = etree.fromstring(arch)
        names = {node.get("name") for node in tree.iter("field")}
        self.assertFalse(names & set(PRICES[product._name]))
        labels = {node.get("for") for node in tree.iter("label")}
        self.assertFalse(labels & {"list_price", "lst_price"})
        fields = product.fields_get()
        product.web_read({name: {} for name in names & fields.keys()})

    def test_price_rows_are_hidden(self):
        row = Command.create({"product_tmpl_id": self.goods.product_tmpl_id.id, "fixed_price": 99})
        pricelist = self.env["product.pricelist"].create({"name": "Friends", "item_ids": [row]})
        for user in self.crew:
            rows = self.env["product.pricelist.item"].with_user(user)
            self.assertFalse(rows.search([("pricelist_id", "=", pricelist.id)]), user.login)
        for user in self.traders:
            rows = self.env["product.pricelist.item"].with_user(user)
            self.assertTrue(rows.search([("pricelist_id", "=", pricelist.id)]), user.login)

    def test_traders_read_prices(self):
        salesman = new_test_user(
            self.env, login="sh_salesman", groups="sales_team.group_sale_salesman"
        )
        for user in self.traders | salesman:
            for product in self._products(user):
                values = product.read(list(PRICES[product._name]))[0]
                self.assertEqual(values["list_price"], 123.45, user.login)

    def test_two_roles_see_what_either_sees(self):
        both = self._create_user("keeper_manager", "storekeeper", "manager")
        self.assertEqual(self.goods.with_user(both).list_price, 123.45)

    def test_salesman_sells(self):
        """Prices are found for a salesman, and by the program behind a storekeeper."""
        salesman = new_test_user(
            self.env, login="sh_seller", groups="sales_team.group_sale_salesman"
        )
        with Form(self.env["sale.order"].with_user(salesman)) as form:
            form.partner_id = self.env["res.partner"].create({"name": "Passer-by"})
            with form.order_line.new() as line:
                line.product_id = self.goods
        self.assertEqual(form.record.order_line.price_unit, 123.45)
        order = self._create_proposal((self.goods, 1))
        line = order.order_line.with_user(self.storekeeper).sudo()
        line.product_uom_qty = 3
        self.assertEqual(line.price_subtotal, 370.35)

    def test_portal_shows_the_proposal(self):
        order = self._create_proposal((self.goods, 2))
        order.sudo().state = "sent"
        portal = new_test_user(self.env, login="sh_portal", groups="base.group_portal")
        portal.partner_id.parent_id = order.partner_id
        order.message_subscribe(partner_ids=portal.partner_id.ids)
        self.env.flush_all()
        line = order.order_line.with_user(portal)
        self.assertEqual(line.read(["price_unit"])[0]["price_unit"], 123.45)
