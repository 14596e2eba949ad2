from datetime import date

from odoo.tests import tagged

from .acceptance_common import PIXEL
from .test_contract import SmarthomeContractCommon
from .tour_common import RussianTourCase


@tagged("post_install", "-at_install")
class TestContractTour(SmarthomeContractCommon, RussianTourCase):
    """From a proposal of 230 to the closed object, by its manager and its engineer.

    2 goods of 100 (cost 60) and 3 works of 10 (rate 4 x 1.5), then one more of each:
    340 - 3 x 60 - 4 x 4 x 1.5 = 136.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._speak_russian(cls.manager, cls.engineer)
        cls._offer_file("working.png", PIXEL)
        cls.client.name = "Пётр"
        cls.object_type.work_coefficient = 1.5
        cls.object.write({"name": "Дом у озера", "engineer_id": cls.engineer.id})
        cls._create_norm(cls.work, cls.goods)
        cls.order = cls._create_proposal((cls.goods, 2), (cls.work, 3), smarthome_date_start=False)

    def _walk(self, path, tour, user):
        self.start_tour(f"/odoo/{path}", tour, login=user.login, timeout=180)

    def test_from_contract_to_closing(self):
        self._walk(f"smarthome-proposals/{self.order.id}", "smarthome_contract", self.manager)
        self._check_contract()
        self._print_really()
        path = f"smarthome-objects/{self.object.id}"
        self._walk(path, "smarthome_acceptance", self.engineer)
        self._check_acceptance()
        self._deliver()
        self._walk(path, "smarthome_closing", self.manager)
        self._check_closing()

    def _print_really(self):
        """Tests of Odoo print no PDF unless they are told to."""
        reports = self.env.registry["ir.actions.report"]
        render = reports._render_qweb_pdf

        def _render_qweb_pdf(records, *args, **kwargs):
            return render(records.with_context(force_report_rendering=True), *args, **kwargs)

        self.patch(reports, "_render_qweb_pdf", _render_qweb_pdf)

    def _check_contract(self):
        additional = self.object.order_ids - self.order
        self.assertEqual(additional.smarthome_main_order_id, self.order)
        dates = {
            "smarthome_date_start": date(2040, 6, 4),
            "smarthome_date_end": date(2040, 6, 15),
            "smarthome_status": "contract",
        }
        self.assertRecordValues(
            self.order + additional,
            [
                {**dates, "amount_total": 230, "smarthome_received": 115, "smarthome_profit": 92},
                {**dates, "amount_total": 110, "smarthome_received": 0, "smarthome_profit": 44},
            ],
        )
        plan = (self.order + additional).smarthome_milestone_ids
        self.assertEqual(plan.mapped("amount"), [115, 92, 23, 55, 44, 11])
        self.assertEqual(plan.mapped("state"), ["paid", *["planned"] * 5])
        self.assertRecordValues(
            self.order.smarthome_receipt_ids,
            [{"amount": 115, "method": "cash", "note": "Задаток"}],
        )

    def _check_acceptance(self):
        self.assertFalse(self.object.with_user(self.engineer).unread_change_count)
        self.assertEqual(sum(self.object.done_ids.mapped("quantity")), 4)
        act = self.object.acceptance_ids
        self.assertTrue(act.signed_on)
        self.assertTrue(act.signature)
        self.assertTrue(act.document_id.raw.startswith(b"%PDF"))
        folder = self.object.folder_ids.filtered(lambda folder: folder.code == "acts")
        self.assertIn("working.png", folder.document_ids.mapped("name"))

    def _check_closing(self):
        self.assertRecordValues(
            self.object, [{"stage": "closed", "received_amount": 340, "balance_amount": 0}]
        )
        self.assertEqual(set(self.object.order_ids.mapped("smarthome_status")), {"closed"})
        self.assertRecordValues(
            self.object.statement_ids,
            [{"forecast_profit": 136, "final_profit": 136, "final_revenue": 340}],
        )


@tagged("post_install", "-at_install")
class TestContractTourOnPhone(TestContractTour):
    """The same on a telephone and on the engineer's."""

    allow_inherited_tests_method = True
    browser_size = "390x844"
    touch_enabled = True
