from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .shipped_common import SmarthomeShippedCommon

#: the smallest PNG: a photo of the working equipment
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8cf500f000381017fa5c2b6"
    "5b0000000049454e44ae426082"
)


@tagged("post_install", "-at_install")
class TestStockStory(SmarthomeShippedCommon):
    """Equipment of one object, from two vendors to the final profit, counted by hand.

    Signed: A 10 x 100, B 4 x 250 less 10 %, work 2 x 10 (rate 4). C stands in no proposal (40).
    Purchase prices when the lines were added: A 55, B 130, C 20.

    Forecast of the contract, never changed afterwards:
        goods 10 x 100 + 4 x 225 = 1900, works 20; cost 10 x 55 + 4 x 130 = 1070; pay 8
        profit 1920 - 1070 - 8 = 842

    Stock at average cost             | quantity | unit   | value   | A on hand     | average
    1. vendor 1: A 4 (of 6)           |   +4     |  50    |  200.00 |  4            | 50
       vendor 1: B 5                  |   +5     | 130.40 |  652.00 |               |
    2. first go: A 3 of 4 staged      |   -3     |  50    | -150.00 |  1 (staged)   | 50
       first go: B 4                  |   -4     | 130.40 | -521.60 |               |
    3. vendor 1: the other A 2        |   +2     |  50    |  100.00 |  3            | 50
       vendor 2: A 6                  |   +6     |  56    |  336.00 |  9            | 486 / 9 = 54
       vendor 2: C 3                  |   +3     |  21.50 |   64.50 |               |
    4. second go: A 7 of the contract |   -7     |  54    | -378.00 |  2            | 54
       second go: A 2 beyond it       |   -2     |  54    | -108.00 |  0            |
       second go: C 2, in no proposal |   -2     |  21.50 |  -43.00 |               |
    5. warranty: B 1                  |   -1     | 130.40 | -130.40 |               |
       the failed B, defective        |   +1     |   0    |    0.00 |               |
    6. A 1 comes back, reduced        |   +1     |  54    |   54.00 |  1            | 54
    Left: A 1 at 54.00, C 1 at 21.50, B 0 and one defective at 0.

    Additional proposal: A -1 x 100, work +1 x 10; forecast -90 + 55 - 4 = -39.
    Decisions: A 2 charged at 100 = 200, C 2 absorbed.

    Final profit
        goods A 9 x 100 + B 4 x 225                               1800.00
        beyond the proposals A 2 x 100                             200.00
        works 3 x 10                                                30.00
        cost 150 + 521.60 + 378 + 108 + 43 - 54                  -1146.60
        warranty                                                  -130.40
        pay 3 x 4                                                  -12.00
        profit                                                     741.00
    The client pays 1000 + 900 + 20 + 200 - 100 + 10 = 2030.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.object.engineer_id = cls.engineer
        cls.second_vendor = cls.env["res.partner"].create({"name": "Second vendor"})
        cls.a = cls._create_goods("STORY-A", 100, 55)
        cls.b = cls._create_goods("STORY-B", 250, 130)
        cls.c = cls._create_goods("STORY-C", 40, 20)
        cls.order = cls._create_proposal((cls.a, 10), (cls.b, 4), (cls.work, 2))
        cls.line_a, cls.line_b, cls.line_work = cls.order.order_line
        cls.line_b.discount = 10
        cls.order.with_user(cls.manager).action_confirm()

    def test_story(self):
        """Steps an hour apart: the average cost follows the moments of the moves."""
        self._check_forecast()
        begin = fields.Datetime.now()
        steps = (
            self._receive_first,
            self._first_go,
            self._receive_rest,
            self._second_go,
            self._give_warranty,
            self._decide,
            self._reduce,
        )
        for hours, step in enumerate(steps, 1):
            with freeze_time(begin + timedelta(hours=hours)):
                step()
        self._check_lines()
        self._check_stock()
        self._check_profit()
        self._close()

    # === THE STORY === #

    def _order(self, vendor, *rows):
        """A purchase order of the purchasing department: rows of product, quantity, price."""
        order = (
            self.env["purchase.order"]
            .with_user(self.purchasing)
            .create(
                {
                    "partner_id": vendor.id,
                    "order_line": [
                        Command.create(
                            {
                                "product_id": product.id,
                                "product_qty": quantity,
                                "price_unit": price,
                                "tax_ids": [Command.clear()],
                            }
                        )
                        for product, quantity, price in rows
                    ],
                }
            )
        )
        order.button_confirm()
        return order.sudo()

    def _take_in(self, order, quantities=None):
        pickings = order.picking_ids.filtered(lambda one: one.state not in ("done", "cancel"))
        return self._validate(pickings, quantities, self.storekeeper)

    def _receive_first(self):
        """1.: a part is received."""
        self.first = self._order(self.vendor, (self.a, 6, 50), (self.b, 5, 130.4))
        self.second = self._order(self.second_vendor, (self.a, 6, 56), (self.c, 3, 21.5))
        self._take_in(self.first, {self.a: 4, self.b: 5})
        self.assertEqual(self.a.standard_price, 50)

    def _first_go(self):
        """2.: what is there is gathered, and a part of it shipped."""
        self._pick(self.order, {self.a: 4, self.b: 4}, self.storekeeper)
        self.assertEqual(self._count(self.a, self._get_place()), 4)
        self._ship(self.order, {self.a: 3, self.b: 4}, self.storekeeper)
        self.assertEqual((self.line_a.qty_delivered, self.line_b.qty_delivered), (3, 4))
        self.assertEqual(self._get_facts()["goods_cost"], -671.6)

    def _receive_rest(self):
        """3.: the rest arrives from both vendors."""
        self._take_in(self.first)
        self._take_in(self.second)
        self.assertEqual(self.a.standard_price, 54)

    def _second_go(self):
        """4.: too much of A goes, and C, which nobody proposed."""
        gathering = self._get_open_pickings(self.order, self.warehouse.smarthome_staging_type_id)
        self._add(self.c, 2, picking=gathering)
        self._pick(self.order, {self.a: 8, self.c: 2}, self.storekeeper)
        self._ship(self.order, None, self.storekeeper)
        extras = self._get_extras(self.order).sorted("product_id")
        self.assertRecordValues(
            extras,
            [
                {"product_id": self.a.id, "qty_delivered": 2, "price_subtotal": 0},
                {"product_id": self.c.id, "qty_delivered": 2, "price_subtotal": 0},
            ],
        )
        self.assertEqual(self.order.smarthome_waiting_count, 2)

    def _give_warranty(self):
        """5.: a failed B is replaced and taken in as defective."""
        gathering = self._add(
            self.b, 1, is_warranty=True, reason="Does not switch on", comes_back=True
        )
        self._validate(gathering, user=self.storekeeper)
        rest = self.object.picking_ids.filtered(lambda one: one.state == "assigned")
        self.assertEqual(len(rest), 2)
        self._validate(rest, user=self.storekeeper)
        self.assertFalse(self.object._get_open_pickings())

    def _decide(self):
        extra_a, extra_c = self._get_extras(self.order).sorted("product_id")
        extra_a.with_user(self.manager).action_smarthome_charge()
        extra_c.with_user(self.manager).action_smarthome_absorb()

    def _reduce(self):
        """6.: one A is agreed away and comes back; a work is added."""
        action = self.order.with_user(self.manager).action_smarthome_new_additional()
        self.additional = self.env["sale.order"].browse(action["res_id"])
        self.additional.order_line = [
            Command.create(self.line_a._prepare_reduction_values(1)),
            Command.create({"product_id": self.work.id, "product_uom_qty": 1}),
        ]
        self.additional.with_user(self.manager).action_confirm()
        back = self.line_a._get_open_returns().picking_id
        self._validate(back, user=self.storekeeper)

    # === THE FIGURES === #

    def _check_forecast(self):
        self.assertRecordValues(
            self.order,
            [
                {
                    "smarthome_goods_revenue": 1900,
                    "smarthome_works_revenue": 20,
                    "smarthome_goods_cost": 1070,
                    "smarthome_works_pay": 8,
                    "smarthome_profit": 842,
                    "smarthome_profit_percent": 43.85,
                }
            ],
        )

    def _check_lines(self):
        goods = self.order.order_line.filtered(lambda line: line.smarthome_kind == "goods")
        self.assertRecordValues(
            goods,
            [
                {
                    "product_id": product.id,
                    "product_uom_qty": ordered,
                    "qty_delivered": shipped,
                    "price_subtotal": subtotal,
                    "smarthome_extra_state": state,
                }
                for product, ordered, shipped, subtotal, state in (
                    (self.a, 9, 9, 900, False),
                    (self.b, 4, 4, 900, False),
                    (self.a, 2, 2, 200, "charged"),
                    (self.c, 2, 2, 0, "absorbed"),
                )
            ],
        )
        warranty = self.order.smarthome_warranty_ids.filtered(
            lambda move: move.location_dest_id.usage == "customer"
        )
        self.assertRecordValues(warranty, [{"product_id": self.b.id, "value": 130.4}])
        self.assertEqual(self.order.amount_total + self.additional.amount_total, 2030)
        self.assertEqual(self.additional.smarthome_profit, -39)
        self._check_forecast()

    def _check_stock(self):
        place, defective = self._get_place(), self.env.company._get_defective_location()
        for product, in_stock, broken, value in (
            (self.a, 1, 0, 54),
            (self.b, 0, 1, 0),
            (self.c, 1, 0, 21.5),
        ):
            with self.subTest(product=product.default_code):
                self.assertEqual(self._count(product, self.stock), in_stock)
                self.assertEqual(self._count(product, place), 0)
                self.assertEqual(self._count(product, defective), broken)
                self.assertEqual(product.free_qty, in_stock)
                self.assertAlmostEqual(product.total_value, value, 2)
        ordered = (self.first | self.second).order_line
        self.assertEqual(ordered.mapped("qty_received"), ordered.mapped("product_qty"))

    def _check_profit(self):
        self.assertEqual(
            self._get_facts(),
            {
                "goods_revenue": 1800,
                "extra_revenue": 200,
                "goods_cost": -1146.6,
                "warranty_cost": -130.4,
            },
        )

    def _close(self):
        """The engineer confirms goods and works, the client pays, and the object is closed."""
        self.assertLessEqual({"installed", "works", "money"}, set(self._get_codes()))
        self.object.with_user(self.engineer).action_all_installed()
        self.object.with_user(self.engineer).action_all_works_done()
        self.order.with_user(self.manager).action_smarthome_receive(2020)
        self.additional.with_user(self.manager).action_smarthome_receive(10)
        acts = self.object.folder_ids.filtered(lambda folder: folder.code == "acts")
        for name, content in (("act.pdf", b"%PDF-1.4 scanned"), ("working.png", PIXEL)):
            self.env["smarthome.document"].create(
                {
                    "folder_id": acts.id,
                    "name": name,
                    "raw": content,
                    "is_signed_act": name == "act.pdf",
                }
            )
        self.assertEqual(self._get_codes(), [])
        self.object.with_user(self.manager).action_close()
        self.assertRecordValues(
            self.object.statement_ids,
            [{"forecast_profit": 842 - 39, "final_profit": 741, "final_revenue": 2030}],
        )
