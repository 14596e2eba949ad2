"""What the stories share: an empty company, and its own files brought in."""

import base64
import json
from contextlib import contextmanager

from odoo.exceptions import UserError
from odoo.tools import file_open

from odoo.addons.smarthome_crm.tests.common import SmarthomeCrmCommon

DATA = "smarthome_crm/tests/data"


def read(filename):
    with file_open(f"{DATA}/{filename}", "rb") as file:
        return file.read()


class StoryCommon(SmarthomeCrmCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.country_id = cls.env.ref("base.by")
        cls.expected = json.loads(read("client-brief.expected.json"))
        cls.manager.tz = "Europe/Minsk"
        cls._forget_catalogue()

    @classmethod
    def _forget_catalogue(cls):
        """Begin as an empty company, whatever the base knows."""
        cls.env["smarthome.work.norm"].with_context(active_test=False).search([]).unlink()
        products = cls.env["product.product"].with_context(active_test=False).search([])
        products.default_code = False
        cls.env["product.category"].search([]).smarthome_is_equipment = True

    @contextmanager
    def _refused(self, sentence):
        """A refusal in these words; nothing of what was tried stays."""
        with self.assertRaises(UserError) as refusal:
            yield refusal
        self.assertRegex(str(refusal.exception), sentence)

    def _sign_by_form(self, order):
        """Sign as the button does: its question is answered by yes."""
        action = order.action_smarthome_sign()
        form = order.env[action["res_model"]].with_context(**action["context"])
        form.create({}).action_sign()

    def _ship(self, site):
        """Where a warehouse is installed, all that is signed is gathered and shipped."""
        if "smarthome_stock" not in self.env["ir.module.module"]._installed():
            return
        quants = self.env["stock.quant"].sudo()
        for step in ("gathered", "shipped"):
            pickings = site.sudo().order_ids.picking_ids
            pickings = pickings.filtered(lambda one: one.state not in ("waiting", "done", "cancel"))
            for move in pickings.move_ids.filtered(lambda one: one.state != "cancel"):
                if step == "gathered" and move.product_id.is_storable:
                    quants._update_available_quantity(
                        move.product_id, move.location_id, move.product_qty
                    )
                move.write({"quantity": move.product_uom_qty, "picked": True})
            pickings._action_done()
        site.with_user(self.engineer).action_all_installed()

    def _assert_money(self, found, wanted):
        self.assertEqual([round(amount, 6) for amount in found], wanted)

    def _import(self, user, kind, filename, **values):
        record = (
            self.env["smarthome.import"]
            .with_user(user)
            .create(
                {
                    "kind": kind,
                    "file": base64.b64encode(read(filename)),
                    "filename": filename,
                    **values,
                }
            )
        )
        record.action_check()
        record.action_apply()
        self.assertFalse(record.error_count, record.line_ids.mapped("message"))
        return record

    def _import_catalogue(self):
        """Goods by purchasing, works with their norms by a head.

        :return: both imports
        """
        goods = self._import(self.purchasing, "goods", "price-list-goods.xlsx")
        return goods, self._import(self.head, "works", "works-and-norms.xlsx")
