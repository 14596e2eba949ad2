from unittest.mock import patch

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, HttpCase, tagged

from .common import SmarthomeCrmCommon


@tagged("post_install", "-at_install")
class TestProposalGoods(SmarthomeCrmCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.camera = cls._create_goods("PASTE-1", price=100.0, cost=60.0)
        cls.relay = cls._create_goods("PASTE 2", price=40.0, cost=25.0)
        cls.mount = cls._create_work("W-PASTE", price=30.0, rate=10.0)
        cls._create_norm(cls.mount, cls.camera)
        cls.order = cls._create_proposal((cls.camera, 1)).with_user(cls.manager)

    def _paste(self, text, **values):
        action = self.order.action_smarthome_paste_goods()
        wizards = self.env[action["res_model"]].with_user(self.manager)
        with Form(wizards.with_context(**action["context"])) as form:
            form.text = text
            for name, value in values.items():
                form[name] = value
        return form.record

    def _goods(self):
        lines = self.order.order_line.sorted(lambda line: (line.sequence, line.id))
        return [(line.product_id.default_code, line.product_uom_qty) for line in lines]

    def test_pasted_rows_come_before_the_works(self):
        self.order.action_generate_works()
        wizard = self._paste("paste-1\t2\n\nPASTE2 ; 1,5")
        self.assertEqual((wizard.good_count, wizard.bad_count), (2, 0))
        wizard.action_apply()
        self.assertEqual(
            self._goods(),
            [("PASTE-1", 1), ("PASTE-1", 2), ("PASTE 2", 1.5), (False, 0), ("W-PASTE", 1)],
        )
        self.order.action_generate_works()
        self.assertEqual(self._goods()[-1], ("W-PASTE", 3))

    def _append(self, *rows):
        """Append lines as the web client does: numbered after the last one."""
        last = max(self.order.order_line.mapped("sequence"))
        with Form(self.order) as form:
            for number, (product, quantity) in enumerate(rows, 1):
                with form.order_line.new() as line:
                    line.product_id = product
                    line.product_uom_qty = quantity
                    line.sequence = last + number

    def test_appended_goods_come_before_the_works(self):
        self.order.action_generate_works()
        self._append((self.relay, 2), (self.camera, 3))
        works = [(False, 0), ("W-PASTE", 1)]
        self.assertEqual(self._goods(), [("PASTE-1", 1), ("PASTE 2", 2), ("PASTE-1", 3), *works])
        before = self._goods()
        self.order.action_generate_works()
        self.assertEqual(self._goods()[:-1], before[:-1])

    def test_appended_works_stay_among_the_works(self):
        self.order.action_generate_works()
        typed = self._create_work("W-TYPED", price=5.0, rate=1.0)
        self._append((typed, 1))
        self.assertEqual([code for code, _quantity in self._goods()][-1], "W-TYPED")
        self._append((self.relay, 1))
        self.assertEqual(
            [code for code, _quantity in self._goods()],
            ["PASTE-1", "PASTE 2", False, "W-PASTE", "W-TYPED"],
        )

    def test_a_section_below_the_works_comes_along_with_its_goods(self):
        self.order.action_generate_works()
        last = max(self.order.order_line.mapped("sequence"))
        lines = [
            {"display_type": "line_section", "name": "Garage", "sequence": last + 1},
            {"product_id": self.relay.id, "sequence": last + 2},
        ]
        self.order.write({"order_line": [Command.create(line) for line in lines]})
        lines = self.order.order_line.sorted(lambda line: (line.sequence, line.id))
        self.assertEqual(
            lines.mapped(lambda line: line.product_id.default_code or line.name),
            ["PASTE-1", "Garage", "PASTE 2", "Works", "W-PASTE"],
        )

    def test_saving_answers_in_the_new_order(self):
        self.order.action_generate_works()
        values = {"product_id": self.relay.id, "sequence": 999}
        lines = {"fields": {"product_id": {}}, "order": "sequence ASC, id ASC"}
        (answer,) = self.order.web_save(
            {"order_line": [Command.create(values)]}, {"order_line": lines}
        )
        products = [line["product_id"] for line in answer["order_line"]]
        self.assertEqual(products, [self.camera.id, self.relay.id, False, self.mount.id])

    def test_the_place_of_many_goods_costs_no_query_each(self):
        """Odoo asks for the analytic distribution of each line: its queries are taken off."""
        self.order.action_generate_works()

        def count_queries(**context):
            lines = [
                Command.create({"product_id": self.relay.id, "sequence": 500 + number})
                for number in range(20)
            ]
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.order.with_context(**context).write({"order_line": lines})
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count_queries()
        without_place = count_queries(smarthome_generating=True)
        self.assertLessEqual(count_queries(), without_place + 2)

    def test_bad_rows_stop_all_unless_chosen(self):
        text = "PASTE-1\t2\nNO-SUCH\t1\nPASTE2\tmany"
        wizard = self._paste(text)
        self.assertEqual((wizard.good_count, wizard.bad_count), (1, 2))
        with self.assertRaisesRegex(UserError, "NO-SUCH"):
            wizard.action_apply()
        self.assertEqual(len(self.order.order_line), 1)
        self._paste(text, good_only=True).action_apply()
        self.assertEqual(self._goods(), [("PASTE-1", 1), ("PASTE-1", 2)])

    def test_ambiguous_article(self):
        self._create_goods("PASTE-1", price=1.0, cost=1.0)
        self.assertIn("several", self._paste("PASTE-1 1").line_ids.message)

    def test_signed_proposals_take_no_goods(self):
        self.order.sudo().action_confirm()
        for action in (
            self.order.action_smarthome_paste_goods,
            self.order.action_smarthome_catalog,
        ):
            with self.assertRaisesRegex(UserError, "additional"):
                action()

    def test_catalog_opens_on_favourites(self):
        context = self.order.action_smarthome_catalog()["context"]
        self.assertEqual(context["order_id"], self.order.id)
        self.assertTrue(context["search_default_goods"])
        self.env["product.template"].search([("is_favorite", "=", True)]).is_favorite = False
        self.assertNotIn(
            "search_default_favorites", self.order.action_smarthome_catalog()["context"]
        )
        self.camera.is_favorite = True
        context = self.order.action_smarthome_catalog()["context"]
        self.assertTrue(context["search_default_favorites"])

    def test_catalog_never_shows_the_works(self):
        self.order.action_generate_works()
        section = self.order.order_line.filtered("smarthome_is_works_section")
        self.assertNotIn(section.id, [row["id"] for row in self.order._get_sections("order_line")])
        self.order.order_line.filtered(lambda line: line.product_id == self.camera).unlink()
        self.assertFalse(self.order._get_first_goods_section())

    def test_totals_for_the_catalogue(self):
        totals = self.order.smarthome_get_totals()
        self.assertEqual((totals["amount_total"], totals["profit"]), (100.0, 40.0))
        may_read = type(self.order)._has_field_access

        def hide_profit(order, field, operation):
            return field.name != "smarthome_profit" and may_read(order, field, operation)

        with patch.object(type(self.order), "_has_field_access", hide_profit):
            self.assertNotIn("profit", self.order.smarthome_get_totals())

    def test_discount_amount(self):
        self.order.order_line.discount = 10.0
        self.assertEqual(self.order.smarthome_discount_amount, 10.0)
        self.order.write(
            {"order_line": [Command.create({"product_id": self.relay.id, "discount": 100})]}
        )
        self.assertEqual(self.order.smarthome_discount_amount, 50.0)

    def test_rate_of_the_day(self):
        self.assertFalse(self.order.smarthome_rate_of_day)
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["res.currency.rate"].search([("currency_id", "=", euro.id)]).unlink()
        self.env["res.currency.rate"].create(
            {"currency_id": euro.id, "name": "2020-01-01", "rate": 0.8}
        )
        pricelist = self.env["product.pricelist"].create({"name": "EUR", "currency_id": euro.id})
        order = self._create_proposal((self.camera, 1), pricelist_id=pricelist.id)
        for code, shown in (("en_US", "1 EUR = 1.2500 USD"), ("ru_RU", "1 EUR = 1,2500 USD")):
            self.env["res.lang"]._activate_lang(code)
            self.assertEqual(order.with_context(lang=code).smarthome_rate_of_day, shown)


@tagged("post_install", "-at_install")
class TestProposalCatalog(SmarthomeCrmCommon, HttpCase):
    def test_goods_land_before_the_works(self):
        """Whatever section the catalogue names, goods never come among the works."""
        camera = self._create_goods("CAT-1", price=100.0, cost=60.0)
        relay = self._create_goods("CAT-2", price=40.0, cost=25.0)
        self._create_norm(self._create_work("W-CAT", price=30.0, rate=10.0), camera)
        order = self._create_proposal((camera, 1))
        order.with_user(self.manager).action_generate_works()
        works = order.order_line.filtered("smarthome_is_works_section")
        self.authenticate(self.manager.login, self.manager.login)
        for product, section in ((relay, False), (camera, works.id)):
            self.make_jsonrpc_request(
                "/product/catalog/update_order_line_info",
                {
                    "res_model": "sale.order",
                    "order_id": order.id,
                    "product_id": product.id,
                    "quantity": 2,
                    "child_field": "order_line",
                    "section_id": section,
                },
            )
        order.invalidate_recordset()
        lines = order.order_line.sorted(lambda line: (line.sequence, line.id))
        self.assertEqual(
            [(line.product_id.default_code, line.product_uom_qty) for line in lines],
            [("CAT-1", 2), ("CAT-2", 2), (False, 0), ("W-CAT", 1)],
        )
