from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .request_common import SmarthomeRequestCommon
from .shipped_common import SmarthomeShippedCommon

#: words that would tell money
SECRETS = ("price", "cost", "value", "amount", "margin", "profit", "subtotal")


class StagingPageCommon(SmarthomeShippedCommon):
    """Ten of one article and four of another are ordered, six and four are in stock."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.object.write({"engineer_id": cls.engineer.id, "address": "Lake street 1"})
        cls.lamp = cls._create_goods("PG-LAMP", 100, 0, barcode="4600000000024")
        cls.relay = cls._create_goods("PG-RELAY", 40, 0)
        cls._receive((cls.lamp, 6, 50), (cls.relay, 4, 20))
        cls.order = cls._sign((cls.lamp, 10), (cls.relay, 4))
        cls.taps = 0

    @classmethod
    def _page(cls, user=None):
        return cls.env["smarthome.staging"].with_user(user or cls.storekeeper)

    @classmethod
    def _tap(cls, method, *rows, user=None, token=None):
        """Tap a button of the page: rows of product and quantity, none for everything."""
        cls.taps += 1
        told = [{"product_id": product.id, "quantity": quantity} for product, quantity in rows]
        call = getattr(cls._page(user), method)
        page = call(cls.object.id, told, token or f"tap {cls.taps}")
        return cls._index(page)

    @classmethod
    def _index(cls, page):
        """Rows of a page by the code of the article, those under warranty with an asterisk."""
        return {row["code"] + "*" * row["warranty"]: row for row in page["rows"]}

    def _look(self, user=None):
        return self._index(self._page(user).get_page(self.object.id))

    def assertRow(self, row, **figures):
        self.assertEqual({name: row[name] for name in figures}, figures)


@tagged("post_install", "-at_install")
class TestStagingPage(StagingPageCommon):
    # === What is shown === #

    def test_page(self):
        page = self._page().get_page(self.object.id)
        self.assertEqual(page["object"]["address"], "Lake street 1")
        self.assertEqual(page["object"]["manager"], self.manager.name)
        self.assertEqual(page["object"]["engineer"], self.engineer.name)
        self.assertEqual(page["object"]["date"], "2026-12-01")
        rows = self._index(page)
        self.assertRow(
            rows["PG-LAMP"], needed=10, missing=10, available=6, stock=6, here=0, shipped=0
        )
        self.assertRow(rows["PG-RELAY"], needed=4, missing=4, available=4, here=0)

    def test_no_money(self):
        self._tap("put_in")
        page = self._page().get_page(self.object.id)
        names = {*page["object"], *page["rows"][0], *self._page().get_places()[0]}
        self.assertEqual([name for name in names if any(word in name for word in SECRETS)], [])

    def test_archived_place(self):
        """The place of a closed object is still looked at by its label."""
        self._tap("put_in", (self.lamp, 2))
        self._tap("ship")
        self._get_place().active = False
        self.assertRow(self._look()["PG-LAMP"], needed=10, missing=8, shipped=2)
        ids = [place["id"] for place in self._page().get_places()]
        self.assertNotIn(self.object.id, ids)

    def test_places(self):
        other = self._create_object(name="Empty", user_id=self.other_manager.id)
        other._get_staging_location(self.warehouse)
        places = {place["id"]: place for place in self._page().get_places()}
        own = places[self.object.id]
        self.assertEqual((own["here"], own["missing"], own["ready"]), (0, 2, 2))
        self.assertEqual((places[other.id]["here"], places[other.id]["missing"]), (0, 0))
        self._tap("put_in", (self.relay, 4))
        own = next(row for row in self._page().get_places() if row["id"] == self.object.id)
        self.assertEqual((own["here"], own["missing"], own["ready"]), (1, 1, 1))
        ids = [place["id"] for place in self._page(self.manager).get_places()]
        self.assertIn(self.object.id, ids)
        self.assertNotIn(other.id, ids)

    def test_figures_cost_no_query_each(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._page().get_page(self.object.id)
            return self.env.cr.sql_log_count - before

        count()
        few = count()
        goods = [self._create_goods(f"PG-{number}", 10, 0) for number in range(20)]
        self._sign(*((product, 1) for product in goods))
        count()
        self.assertLessEqual(count(), few + 3)

    # === What is done === #

    def test_put_in_everything(self):
        rows = self._tap("put_in")
        self.assertRow(rows["PG-LAMP"], missing=4, available=0, here=6, needed=10)
        self.assertRow(rows["PG-RELAY"], missing=0, here=4)
        self.assertEqual(self._count(self.lamp, self._get_place()), 6)
        gathering = self._get_open_pickings(self.order, self.warehouse.smarthome_staging_type_id)
        self.assertEqual(gathering.move_ids.product_uom_qty, 4, "the rest waits in a backorder")

    def test_put_in_some(self):
        rows = self._tap("put_in", (self.lamp, 2))
        self.assertRow(rows["PG-LAMP"], missing=8, available=4, here=2)
        self.assertRow(rows["PG-RELAY"], missing=4, available=4, here=0)
        with self.assertRaisesRegex(UserError, "only 4 are left"):
            self._tap("put_in", (self.lamp, 5))

    def test_nothing_in_stock(self):
        self._tap("put_in")
        with self.assertRaisesRegex(UserError, "Nothing of what is missing"):
            self._tap("put_in")

    def test_take_out(self):
        self._tap("put_in")
        rows = self._tap("take_out", (self.lamp, 2))
        self.assertRow(rows["PG-LAMP"], missing=6, available=2, here=4, needed=10)
        self.assertEqual(self._count(self.lamp, self.stock), 2)
        rows = self._tap("take_out")
        self.assertRow(rows["PG-LAMP"], missing=10, available=6, here=0)
        self.assertRow(rows["PG-RELAY"], missing=4, available=4, here=0)
        self.assertEqual(self._count(self.relay, self._get_place()), 0)
        with self.assertRaisesRegex(UserError, "Less of"):
            self._tap("take_out", (self.lamp, 1))

    def test_ship_in_goes(self):
        self._tap("put_in")
        rows = self._tap("ship", (self.lamp, 2))
        self.assertRow(rows["PG-LAMP"], missing=4, here=4, shipped=2, needed=10)
        self.assertEqual(self.order.order_line.mapped("qty_delivered"), [2, 0])
        rows = self._tap("ship")
        self.assertRow(rows["PG-LAMP"], missing=4, here=0, shipped=6)
        self.assertRow(rows["PG-RELAY"], missing=0, here=0, shipped=4)
        self.assertEqual(self.order.order_line.mapped("qty_delivered"), [6, 4])
        with self.assertRaisesRegex(UserError, "Nothing that could be shipped"):
            self._tap("ship")

    def test_more_than_ordered(self):
        self._receive((self.relay, 3, 20))
        rows = self._tap("put_in", (self.relay, 6))
        self.assertRow(rows["PG-RELAY"], here=6, missing=0)
        self._tap("ship", (self.relay, 6))
        self.assertEqual(self._get_extras(self.order).qty_delivered, 2)

    def test_two_contracts(self):
        """One quantity over the moves of two contracts."""
        second = self._sign((self.relay, 3))
        self._receive((self.relay, 3, 20))
        self._tap("put_in", (self.relay, 6))
        self._tap("ship")
        self.assertEqual(sum((self.order | second).order_line.mapped("qty_delivered")), 6)
        self.assertFalse(self._get_extras(self.order | second))

    def test_the_same_tap_is_done_once(self):
        self._tap("put_in", (self.lamp, 2), token="same")
        rows = self._tap("put_in", (self.lamp, 2), token="same")
        self.assertRow(rows["PG-LAMP"], here=2, missing=8)
        for token in ("", None, "x" * 65, 7):
            with self.subTest(token=token), self.assertRaises(UserError):
                self._page().put_in(self.object.id, [], token)

    def test_taps_are_forgotten(self):
        self._tap("put_in", (self.lamp, 1))
        taps = self.env["smarthome.staging.tap"]
        taps._gc_taps()
        self.assertTrue(taps.search([]))
        self.env.cr.execute("UPDATE smarthome_staging_tap SET create_date = '2020-01-01'")
        taps._gc_taps()
        self.assertFalse(taps.search([]))

    # === Beyond the proposals, under warranty === #

    def _add_here(self, product, quantity, user=None, **values):
        wizard = self.env["smarthome.add.goods"].with_user(user or self.storekeeper)
        wizard = wizard.with_context(smarthome_staging_page=True, default_object_id=self.object.id)
        with Form(wizard) as form:
            form.product_id = product
            form.quantity = quantity
            for name, value in values.items():
                setattr(form, name, value)
        return form.record.action_add()

    def test_extra(self):
        wire = self._create_goods("PG-WIRE", 5, 0)
        self._receive((wire, 3, 2))
        action = self._add_here(wire, 2)
        self.assertEqual(action["type"], "ir.actions.act_window_close")
        row = self._look()["PG-WIRE"]
        self.assertRow(row, here=2, missing=0, is_extra=True)
        self._tap("ship")
        self.assertEqual(self._get_extras(self.order).product_id, wire)

    def test_extra_beyond_the_stock(self):
        wire = self._create_goods("PG-WIRE", 5, 0)
        self._receive((wire, 3, 2))
        self._add_here(wire, 5)
        self.assertRow(self._look()["PG-WIRE"], here=3, missing=2, available=0, is_extra=True)

    def test_manager_asks_for_extra(self):
        self._add_here(self.relay, 1, user=self.manager)
        self.assertRow(self._look()["PG-RELAY"], here=0, missing=5)

    def test_warranty(self):
        self._receive((self.relay, 1, 20))
        self._tap("put_in")
        self._add_here(self.relay, 1, is_warranty=True, reason="Dead")
        rows = self._look()
        self.assertRow(rows["PG-RELAY"], here=4)
        self.assertRow(rows["PG-RELAY*"], here=1, warranty=True)
        self._tap("take_out", (self.relay, 1))
        rows = self._look()
        self.assertRow(rows["PG-RELAY"], here=3, missing=1)
        self.assertRow(rows["PG-RELAY*"], here=1)
        self._page().ship(
            self.object.id,
            [{"product_id": self.relay.id, "quantity": 1, "warranty": True}],
            "warranty",
        )
        self.assertRow(self._look()["PG-RELAY*"], shipped=1, here=0)
        self.assertEqual(self.order.order_line[1].qty_delivered, 0)

    def test_replaced_unit_lowers_nothing(self):
        """The failed unit goes back, and what was shipped by the contract stays shipped."""
        self._tap("put_in")
        self._tap("ship")
        self._receive((self.relay, 1, 20))
        self._add_here(self.relay, 1, is_warranty=True, reason="Dead", comes_back=True)
        back = self.object.picking_ids.filtered(
            lambda picking: picking.picking_type_code == "incoming"
        )
        self._validate(back, user=self.storekeeper)
        self.assertRow(self._look()["PG-RELAY"], shipped=4, needed=4)

    # === Numbers and codes === #

    def test_serial_numbers(self):
        camera = self._create_goods("PG-CAM", 90, 0, tracking="serial")
        lots = self.env["stock.lot"].create(
            [{"name": f"SN-{number}", "product_id": camera.id} for number in range(3)]
        )
        for lot in lots:
            self.env["stock.quant"]._update_available_quantity(camera, self.stock, 1, lot_id=lot)
        self._sign((camera, 3))
        found = self._page().find_code(self.object.id, "SN-2")
        self.assertEqual(found["lot_id"], lots[2].id)
        rows = [
            {"product_id": camera.id, "quantity": 1, "lot_id": lots[2].id},
            {"product_id": camera.id, "quantity": 1, "lot_id": lots[0].id},
        ]
        page = self._index(self._page().put_in(self.object.id, rows, "numbers"))
        self.assertEqual(set(page["PG-CAM"]["lots"]), {"SN-0", "SN-2"})
        self._page().ship(self.object.id, rows[:1], "ship number")
        shipped = self.object.picking_ids.move_line_ids.filtered(
            lambda line: line.state == "done" and line.location_dest_id.usage == "customer"
        )
        self.assertEqual(shipped.lot_id, lots[2])
        self._page().take_out(self.object.id, rows[1:], "take number")
        self.assertRow(self._look()["PG-CAM"], here=0, missing=2, shipped=1)

    def test_codes(self):
        def find(code):
            found = self._page().find_code(self.object.id, code)
            return found and (found["product_id"], found["quantity"])

        self.assertEqual(find("4600000000024"), (self.lamp.id, 1))
        self.assertEqual(find(" pg-lamp "), (self.lamp.id, 1))
        dozen = self.env.ref("uom.product_uom_dozen")
        self.env["product.uom"].create(
            {"product_id": self.relay.id, "uom_id": dozen.id, "barcode": "BOX-12"}
        )
        self.assertEqual(find("BOX-12"), (self.relay.id, 12))
        self.assertFalse(find("nobody knows"))
        self.assertFalse(find(""))

    # === Who may what === #

    def test_who_looks(self):
        for user in self.storekeeper, self.head, self.manager, self.engineer, self.purchasing:
            with self.subTest(user.login):
                self.assertTrue(self._page(user).get_page(self.object.id)["rows"])
        other_engineer = self._create_user("other_engineer", "engineer")
        for user in (self.other_manager, other_engineer, self.secretary, self.installer):
            page = self._page(user)
            with self.subTest(user.login), self.assertRaisesRegex(AccessError, "is open to"):
                page.get_page(self.object.id)
            with self.assertRaises(AccessError):
                page.find_code(self.object.id, "PG-LAMP")
            self.assertEqual([p for p in page.get_places() if p["id"] == self.object.id], [])
        unsigned = self._create_object(name="Unsigned")
        with self.assertRaisesRegex(UserError, "no staging place yet"):
            self._page().get_page(unsigned.id)
        with self.assertRaises(AccessError):
            self._page(self.engineer).get_page(unsigned.id)

    def test_who_moves(self):
        for user in self.engineer, self.manager, self.purchasing, self.accountant:
            for method in ("put_in", "take_out", "ship"):
                with self.subTest(f"{user.login} {method}"), self.assertRaises(AccessError):
                    self._tap(method, user=user)
        self._tap("put_in", (self.lamp, 1), user=self.head)
        self._tap("ship", user=self.head)
        self.assertEqual(self.order.order_line[0].qty_delivered, 1)
        for user in self.engineer, self.secretary:
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._add_here(self.relay, 1, user=user)

    def test_rights(self):
        expected = {
            self.storekeeper: (True, True, False, False),
            self.head: (True, True, True, True),
            self.manager: (False, True, True, True),
            self.engineer: (False, False, True, True),
            self.purchasing: (False, False, False, False),
        }
        for user, rights in expected.items():
            told = self._page(user).get_page(self.object.id)["rights"]
            with self.subTest(user.login):
                told = (told["move"], told["add"], told["confirm"], told["open"])
                self.assertEqual(told[:3], rights[:3])
                if user == self.storekeeper:
                    self.assertFalse(told[3])


@tagged("post_install", "-at_install")
class TestStagingExpected(SmarthomeRequestCommon):
    def test_expected(self):
        """What is missing says when the vendor brings it."""
        self._sign((self.goods, 10))
        request = self._request()
        self._approve(request)
        purchase = self._order(request.line_ids)
        purchase.order_line.date_planned = "2026-12-20 10:00:00"
        purchase.button_confirm()
        page = self.env["smarthome.staging"].with_user(self.storekeeper)
        row = page.get_page(self.object.id)["rows"][0]
        self.assertEqual((row["missing"], row["available"]), (10, 0))
        self.assertEqual(row["expected"], "2026-12-20")
