from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import SmarthomeStockCommon


@tagged("post_install", "-at_install")
class TestPriceHistory(SmarthomeStockCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.camera = cls._create_goods("HIST-1", 100, 0, is_storable=True)
        cls.other_vendor = cls.env["res.partner"].create({"name": "Other vendor"})

    def _history(self, product=None, user=None):
        self.env.flush_all()
        history = self.env["smarthome.price.history"].with_user(user or self.purchasing)
        return history.search([("product_id", "=", (product or self.camera).id)])

    def _sources(self):
        return sorted((row.source, row.quantity, round(row.price, 2)) for row in self._history())

    def test_receipts_by_vendor(self):
        self._receive((self.camera, 10, 60))
        self._receive((self.camera, 30, 64), vendor=self.other_vendor)
        receipts = self._history().filtered(lambda row: row.source == "receipt")
        self.assertRecordValues(
            receipts.sorted("price"),
            [
                {"partner_id": self.vendor.id, "quantity": 10, "price": 60},
                {"partner_id": self.other_vendor.id, "quantity": 30, "price": 64},
            ],
        )

    def test_other_unit_discount_and_currency(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["res.currency.rate"].search([("currency_id", "=", euro.id)]).unlink()
        self.env["res.currency.rate"].create(
            {"currency_id": euro.id, "name": "2020-01-01", "rate": 0.5}
        )
        order = self.env["purchase.order"].create(
            {
                "partner_id": self.vendor.id,
                "currency_id": euro.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.camera.id,
                            "product_qty": 2,
                            "product_uom_id": self.env.ref("uom.product_uom_dozen").id,
                            "price_unit": 400,
                            "discount": 10,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
            }
        )
        order.button_confirm()
        self._validate(order.picking_ids)
        receipt = self._history().filtered(lambda row: row.source == "receipt")
        self.assertEqual((receipt.quantity, round(receipt.price, 4)), (24, 60))
        self.assertEqual(receipt.reference, order.name)

    def test_bills(self):
        self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.vendor.id,
                "invoice_date": fields.Date.today(),
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": self.camera.id,
                            "quantity": 4,
                            "price_unit": 55,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
            }
        ).action_post()
        self.assertEqual(self._sources(), [("bill", 4, 55)])

    def test_vendors_prices_leave_a_trace(self):
        seller = self.env["product.supplierinfo"].create(
            {
                "partner_id": self.vendor.id,
                "product_tmpl_id": self.camera.product_tmpl_id.id,
                "price": 50,
            }
        )
        seller.price = 52
        seller.price = 52
        seller.delay = 9
        self.assertEqual(self._sources(), [("vendor", 0, 50), ("vendor", 0, 52)])
        self.assertEqual(self.camera.smarthome_last_purchase_price, 52)
        self.assertEqual(self.camera.smarthome_average_purchase_price, 0)
        self._receive((self.camera, 1, 58))
        self.camera.invalidate_recordset()
        self.assertEqual(self.camera.smarthome_last_purchase_price, 58)

    def test_average_is_of_the_window(self):
        old = self._receive((self.camera, 100, 10))
        self._receive((self.camera, 1, 58))
        old.move_ids.date = fields.Datetime.subtract(fields.Datetime.now(), months=13)
        self.env.flush_all()
        self.assertEqual(self.camera.smarthome_average_purchase_price, 58)

    def test_whose_it_is_to_read(self):
        self._receive((self.camera, 1, 58))
        rows = self._history()
        for role in ("purchasing", "head", "accountant"):
            with self.subTest(role=role):
                self.assertEqual(self._history(user=getattr(self, role)), rows)
                action = self.camera.with_user(getattr(self, role)).action_smarthome_price_history()
                self.assertEqual(action["res_model"], "smarthome.price.history")
        for role in ("manager", "engineer", "storekeeper", "secretary", "installer"):
            user = getattr(self, role)
            for model in ("smarthome.price.history", "smarthome.vendor.price"):
                records = self.env[model].with_user(user)
                with self.subTest(role=role, model=model), self.assertRaises(AccessError):
                    records.search([])
                with self.subTest(role=role, model=model), self.assertRaises(AccessError):
                    records.formatted_read_group([], [], ["__count"])

    def test_nobody_writes_history(self):
        self.env["product.supplierinfo"].create(
            {
                "partner_id": self.vendor.id,
                "product_tmpl_id": self.camera.product_tmpl_id.id,
                "price": 50,
            }
        )
        price = self.env["smarthome.vendor.price"].search(
            [("product_tmpl_id", "=", self.camera.product_tmpl_id.id)]
        )
        for user in (self.purchasing, self.head):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                price.with_user(user).price = 1
