from base64 import b64encode

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .acceptance_common import PIXEL
from .test_contract import SmarthomeContractCommon


class SmarthomeAcceptanceCommon(SmarthomeContractCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.object.engineer_id = cls.engineer
        cls.contract = cls._create_contract()
        cls.env.flush_all()

    def _codes(self, user=None):
        site = self.object.with_user(user or self.manager)
        site.invalidate_recordset()
        return [row["code"] for row in site.closing_obstacles]


@tagged("post_install", "-at_install")
class TestAcceptance(SmarthomeAcceptanceCommon):
    def _create_act(self, **values):
        Act = self.env["smarthome.acceptance"].with_user(self.engineer)
        return Act.create({"object_id": self.object.id, **values})

    def _create_photo(self, user=None, **values):
        defaults = {"name": "working.png", "raw": PIXEL}
        return (
            self.env["ir.attachment"]
            .with_user(user or self.engineer)
            .create({**defaults, **values})
        )

    def test_signing_on_the_telephone(self):
        self._deliver()
        self.assertEqual(self._codes(self.engineer), ["act", "photo", "works"])
        act = self._create_act(photo_ids=self._create_photo().ids)
        self.assertEqual(act.client_name, self.client.name)
        self.assertEqual(self._codes(self.engineer), ["act", "works"])
        with self.assertRaisesRegex(UserError, "sign first"):
            act.action_sign()
        act.signature = b64encode(PIXEL)
        act.with_context(force_report_rendering=True).action_sign()
        self.assertTrue(act.document_id.raw.startswith(b"%PDF"))
        self.assertEqual(act.document_id.folder_id.code, "acts")
        self.assertTrue(act.document_id.with_user(self.manager).is_signed_act)
        self.assertEqual(self._codes(self.engineer), ["works"])
        documents = act.document_id
        act.with_context(force_report_rendering=True).action_sign()
        self.assertEqual(act.document_id, documents)

    def test_title_says_the_day_as_its_reader_does(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        act = self._create_act(date="2026-12-01")
        self.assertIn("12/01/2026", act.with_context(lang="en_US").display_name)
        self.assertIn("01.12.2026", act.with_context(lang="ru_RU").display_name)

    def test_signed_act_is_kept(self):
        act = self._create_act(signature=b64encode(PIXEL))
        with self.assertRaises(UserError):
            act.signed_on = "2026-01-01"
        act.with_context(force_report_rendering=True).action_sign()
        with self.assertRaises(UserError):
            act.client_name = "Somebody else"
        with self.assertRaises(UserError):
            act.unlink()
        act.photo_ids = self._create_photo().ids
        self.assertNotIn("photo", self._codes())

    def test_photos_are_one_s_own_pictures(self):
        act = self._create_act()
        for photo in (
            self._create_photo(raw=b"just words", name="words.txt"),
            self._create_photo(self.manager),
            self._create_photo(res_model="smarthome.object", res_id=self.object.id),
        ):
            with self.assertRaises(UserError):
                act.photo_ids = photo.ids

    def test_scan_marked_as_signed_counts_but_is_no_photo(self):
        folder = self.object.folder_ids.filtered(lambda folder: folder.code == "acts")
        scan = (
            self.env["smarthome.document"]
            .with_user(self.manager)
            .create({"folder_id": folder.id, "name": "scan.png", "raw": PIXEL})
        )
        self.assertEqual(self._codes()[:1], ["act"])
        scan.is_signed_act = True
        self.assertEqual(self._codes()[:1], ["photo"])

    def test_access(self):
        act = self._create_act()
        self.env.flush_all()
        self.assertEqual(act.with_user(self.manager).client_name, self.client.name)
        for user in self.other_manager, self._create_user("other_engineer", "engineer"):
            self.assertFalse(self.env["smarthome.acceptance"].with_user(user).search([]) & act)
            with self.assertRaises(AccessError):
                act.with_user(user).read(["client_name"])
            with self.assertRaises(AccessError):
                self.env["smarthome.acceptance"].with_user(user).create(
                    {"object_id": self.object.id}
                )


@tagged("post_install", "-at_install")
class TestObjectWorks(SmarthomeAcceptanceCommon):
    def _lines(self, user):
        self.env.invalidate_all()
        return self.object.with_user(user).work_line_ids

    def test_engineer_sees_works_and_pay_without_prices(self):
        line = self._lines(self.engineer)
        self.assertRecordValues(
            line,
            [
                {
                    "article": "W-CON",
                    "quantity": 3,
                    "done_quantity": 0,
                    "left_quantity": 3,
                    "pay": 12,
                }
            ],
        )
        self.assertFalse({"price_unit", "price_subtotal", "amount"} & line._fields.keys())
        with self.assertRaises(AccessError):
            self.contract.order_line[0].with_user(self.engineer).read(["price_unit"])
        with self.assertRaises(AccessError):
            self._lines(self.manager).read(["pay"])

    def test_engineer_marks_works_done(self):
        action = self._lines(self.engineer).action_mark_done()
        Wizard = self.env["smarthome.mark.done"].with_user(self.engineer)
        with Form(Wizard.with_context(**action["context"])) as form:
            self.assertEqual(form.quantity, 3)
            form.quantity = 2
            form.installer_id = self.installer
        form.record.action_done()
        done = self.object.done_ids
        self.assertRecordValues(
            done, [{"quantity": 2, "installer_id": self.installer.id, "pay": 8.0}]
        )
        self.assertEqual(self._lines(self.engineer).left_quantity, 1)
        self.assertAlmostEqual(self.object.done_percent, 66.67, places=1)
        self.object.with_user(self.engineer).action_all_works_done()
        self.assertEqual(self.object.done_percent, 100)
        self.assertNotIn("works", self._codes())

    def test_others_reach_no_lines(self):
        lines = self._lines(self.manager)
        stranger = self._create_user("other_engineer", "engineer")
        for user in self.other_manager, stranger:
            self.assertFalse(self.env["smarthome.object.line"].with_user(user).search([]) & lines)
            with self.assertRaises(AccessError):
                lines.with_user(user).action_all_done()
        for user in self.storekeeper, self.secretary:
            with self.assertRaises(AccessError):
                lines.with_user(user).read(["quantity"])

    def test_dates_of_work(self):
        self.assertEqual(self.object.work_date_start, self.contract.smarthome_date_start)
        self.assertEqual(self.object.work_date_end, self.contract.smarthome_date_end)

    def test_engineer_writes_down_an_expense(self):
        Expense = self.env["smarthome.expense"].with_user(self.engineer)
        file = (
            self.env["ir.attachment"]
            .with_user(self.engineer)
            .create({"name": "receipt.png", "raw": PIXEL})
        )
        with Form(Expense.with_context(default_object_id=self.object.id)) as form:
            form.name = "Lorry"
            form.kind = "transport"
            form.amount = 10
        form.record.sudo().with_user(self.engineer)
        expense = form.record
        self.assertEqual(self.object.with_user(self.manager).expense_ids.amount, 10)
        own = Expense.create(
            {"object_id": self.object.id, "name": "Drill", "amount": 5, "file_ids": file.ids}
        )
        self.assertEqual(own.with_user(self.manager).file_ids.name, "receipt.png")
        self.assertEqual(file.with_user(self.manager).raw, PIXEL)
        with self.assertRaises(AccessError):
            expense.amount = 1
        for user in self.other_manager, self.secretary, self.storekeeper:
            with self.assertRaises(AccessError):
                own.with_user(user).read(["amount"])

    def test_engineer_closes_nothing(self):
        with self.assertRaises(AccessError):
            self.object.with_user(self.engineer).action_close()
        with self.assertRaises(AccessError):
            self.object.with_user(self.engineer).has_papers = True


@tagged("post_install", "-at_install")
class TestClosingScreens(SmarthomeAcceptanceCommon):
    def test_checklist_leads_to_where_it_is_done(self):
        site = self.object.with_user(self.manager)
        self.assertEqual(self._codes()[:4], ["act", "photo", "money", "works"])
        models = {
            "act": "smarthome.acceptance",
            "photo": "smarthome.acceptance",
            "money": "sale.order",
            "works": "smarthome.object.line",
        }
        for code, model in models.items():
            self.assertEqual(site.action_open_obstacle(code)["res_model"], model)
        self.assertFalse(site.action_open_obstacle("papers"))
        with self.assertRaises(AccessError):
            self.object.with_user(self.other_manager).action_open_obstacle("money")

    def test_profit_is_live(self):
        self._deliver()
        site = self.object.with_user(self.manager)
        rows = {row["code"]: row for row in site.profit_rows["rows"]}
        self.assertFalse(site.profit_rows["is_final"])
        self.assertEqual((rows["goods_revenue"]["fact"], rows["work_revenue"]["fact"]), (200, 0))
        self.assertEqual(rows["work_revenue"]["difference"], -30)
        action = site.action_open_profit_row("goods_revenue")
        self.assertEqual(action["res_id"], self.contract.id)
        with self.assertRaises(AccessError):
            self.object.with_user(self.engineer).read(["profit_rows"])
        with self.assertRaises(AccessError):
            self.object.with_user(self.engineer).action_open_profit_row("goods_revenue")

    def test_head_forgives_what_is_owed(self):
        self.contract.action_smarthome_receive(225)
        action = self.object.with_user(self.head).action_forgive()
        Forgiven = self.env["smarthome.forgiven.remainder"].with_user(self.head)
        with Form(Forgiven.with_context(**action["context"])) as form:
            self.assertEqual(form.amount, 5)
            form.reason = "A scratch"
        self.assertNotIn("money", self._codes())
        with self.assertRaises(UserError):
            self.object.with_user(self.head).action_forgive()
        with self.assertRaisesRegex(UserError, "no more than"):
            Forgiven.create({"order_id": self.contract.id, "amount": 1, "reason": "Again"})

    def test_reopening_by_the_form(self):
        self.object.stage = "closed"
        action = self.object.with_user(self.head).action_ask_reopening()
        wizard = self.env["smarthome.reason"].with_user(self.head)
        wizard.with_context(**action["context"]).create({"reason": "A mistake"}).action_apply()
        self.assertEqual(self.object.stage, "acceptance")

    def test_closed_object_takes_no_expense(self):
        self.object.stage = "closed"
        with self.assertRaisesRegex(UserError, "reopens it first"):
            self.env["smarthome.expense"].with_user(self.manager).create(
                {"object_id": self.object.id, "name": "Late", "amount": 1}
            )
