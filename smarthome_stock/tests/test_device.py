from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .shipped_common import SmarthomeShippedCommon


@tagged("post_install", "-at_install")
class TestDevice(SmarthomeShippedCommon):
    """Panels with serial numbers and 24 months of warranty."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.object.engineer_id = cls.engineer
        cls.panel = cls._create_goods(
            "SN-1", 300, 0, tracking="serial", is_storable=True, smarthome_warranty_months=24
        )
        cls.lots = cls.env["stock.lot"].create(
            [{"name": f"SN-00{number}", "product_id": cls.panel.id} for number in (1, 2, 3)]
        )
        for lot in cls.lots:
            cls.env["stock.quant"]._update_available_quantity(cls.panel, cls.stock, 1, lot_id=lot)

    def _get_devices(self, user=None):
        self.env.flush_all()
        self.env["smarthome.device"].invalidate_model()
        return self.object.with_user(user or self.engineer).device_ids

    def _ship_panels(self, quantity):
        order = self._sign((self.panel, quantity))
        self._ship_all(order)
        return order

    @freeze_time("2026-11-25 09:00:00")
    def test_where_it_stands(self):
        order = self._ship_panels(2)
        devices = self._get_devices()
        self.assertEqual(devices.lot_id, self.lots[:2])
        self.assertEqual(set(devices.mapped("since")), {date(2026, 11, 25)})
        self.assertEqual(set(devices.mapped("warranty_until")), {date(2028, 11, 25)})
        shipment = order.picking_ids.filtered(
            lambda one: one.picking_type_id == self.warehouse.out_type_id
        )
        wizard = self.env["stock.return.picking"].create({"picking_id": shipment.id})
        wizard.product_return_moves.quantity = 1
        back = wizard._create_return()
        back.move_ids.move_line_ids.lot_id = self.lots[0]
        self._validate(back)
        self.assertEqual(self._get_devices().lot_id, self.lots[1])

    def test_replaced_under_warranty(self):
        self._ship_panels(2)
        gathering = self._add(
            self.panel,
            1,
            is_warranty=True,
            reason="Dark",
            replaced_lot_id=self.lots[0].id,
        )
        self._validate(gathering)
        self._validate(
            self.object.picking_ids.filtered(lambda one: one.state in ("assigned", "confirmed"))
        )
        devices = self._get_devices()
        self.assertEqual(devices.lot_id, self.lots[1:])
        self.assertEqual(devices.mapped("is_warranty"), [False, True])

    def test_over_shipment_takes_its_number(self):
        """One panel is signed, two are gathered: the second number stands on the extra line."""
        order = self._sign((self.panel, 1))
        gathering = self._get_open_pickings(order, self.warehouse.smarthome_staging_type_id)
        self._add(self.panel, 1, picking=gathering)
        self._ship_all(order)
        extra = self._get_extras(order)
        self.assertEqual(extra.product_uom_qty, 1)
        self.assertEqual(len(extra.move_ids.move_line_ids.lot_id), 1)
        self.assertEqual(len(self._get_devices()), 2)

    def test_access(self):
        self._ship_panels(1)
        device = self._get_devices(self.env.user)
        for user in self.manager, self.engineer, self.head, self.storekeeper, self.accountant:
            self.assertEqual(device.with_user(user).lot_id.id, self.lots[0].id)
        for user in self.other_manager, self.installer, self.secretary, self.purchasing:
            with self.assertRaises(AccessError):
                device.with_user(user).read(["lot_id"])
