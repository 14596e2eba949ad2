from datetime import date

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from .test_contract import SmarthomeContractCommon


@tagged("post_install", "-at_install")
class TestSigning(SmarthomeContractCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_proposal((cls.goods, 2))

    def test_lists_of_contracts_are_read_once_there_is_one(self):
        asked = {"name": {}, "work_line_ids": {"fields": {}}, "goods_line_ids": {"fields": {}}}
        site = self.object.with_user(self.manager)
        empty = {"id": site.id, "name": site.name, "work_line_ids": [], "goods_line_ids": []}
        self.assertEqual(site.web_read(asked), [empty])
        self.order.action_confirm()
        self.env.flush_all()
        self.env.invalidate_all()
        [values] = site.web_read(asked)
        self.assertEqual(
            [line["id"] for line in values["goods_line_ids"]], self.order.order_line.ids
        )

    def test_alone_it_is_signed_by_one_question(self):
        action = self.order.with_user(self.manager).action_smarthome_sign()
        self.assertEqual(self.order.smarthome_status, "working")
        Wizard = self.env["smarthome.sign"].with_user(self.manager)
        wizard = Form(Wizard.with_context(**action["context"])).save()
        self.assertFalse(wizard.line_ids)
        wizard.action_sign()
        self.assertEqual(self.order.smarthome_status, "contract")

    def test_no_question_before_the_question(self):
        arch = self.order.with_user(self.manager).get_views([(False, "form")])["views"]["form"]
        for button in etree.fromstring(arch["arch"]).iter("button"):
            if button.get("name") == "action_smarthome_sign":
                self.assertFalse(button.get("confirm"))

    def test_odoos_own_invoicing_is_hidden_where_our_payments_rule(self):
        self.order.action_confirm()
        with Form(self.order.with_user(self.head)) as form:
            self.assertTrue(form._get_modifier("payment_term_id", "invisible"))
        arch = self.order.with_user(self.head).get_views([(False, "form")])["views"]["form"]
        for button in etree.fromstring(arch["arch"]).iter("button"):
            if (button.get("id") or "").startswith("create_invoice"):
                self.assertIn("smarthome_object_id", button.get("invisible"))

    def test_what_is_missing_comes_before_the_question(self):
        order = self._create_proposal(smarthome_date_start=False)
        with self.assertRaisesRegex(UserError, r"Missing: a line with a price\.$"):
            order.with_user(self.manager).action_smarthome_sign()

    def _ask(self, order):
        action = order.with_user(self.manager).action_smarthome_sign()
        return Form(
            self.env["smarthome.sign"].with_user(self.manager).with_context(**action["context"])
        )

    def test_missing_dates_are_asked_for(self):
        """24 hours of work by two installers: Friday and Monday."""
        order = self._create_proposal((self.work, 3), smarthome_date_start=False)
        form = self._ask(order)
        with self.assertRaisesRegex(AssertionError, "required"):
            form.save()
        form.date_start = "2026-12-04"
        self.assertEqual(form.date_end, date(2026, 12, 7))
        form.date_end = "2026-12-01"
        wizard = form.save()
        with self.assertRaisesRegex(UserError, "a hand-over after the start"), self.cr.savepoint():
            wizard.action_sign()
        form.date_end = "2026-12-20"
        form.save().action_sign()
        self.assertRecordValues(
            order,
            [
                {
                    "smarthome_status": "contract",
                    "smarthome_date_start": date(2026, 12, 4),
                    "smarthome_date_end": date(2026, 12, 20),
                }
            ],
        )

    def test_dates_that_are_there_stay(self):
        self.order.smarthome_date_end = "2027-01-20"
        form = self._ask(self.order)
        self.assertEqual((form.date_start, form.date_end), (date(2026, 12, 1), date(2027, 1, 20)))
        form.save().action_sign()
        self.assertEqual(self.order.smarthome_date_end, date(2027, 1, 20))

    def test_signing_without_the_question_still_refuses(self):
        self.order.write({"smarthome_date_start": False, "smarthome_date_end": False})
        with self.assertRaisesRegex(UserError, "start of installation, the expected hand-over"):
            self.order.with_user(self.manager).action_confirm()
        wizard = self.env["smarthome.sign"].with_user(self.manager)
        with self.assertRaisesRegex(UserError, "start of installation, the expected hand-over"):
            wizard.create({"order_id": self.order.id}).action_sign()

    def test_others_are_declined_in_the_same_step(self):
        declined = self._create_proposal((self.goods, 3))
        kept = self._create_proposal((self.goods, 4))
        action = self.order.with_user(self.manager).action_smarthome_sign()
        self.assertEqual(self.order.state, "draft")
        Wizard = self.env["smarthome.sign"].with_user(self.manager)
        with Form(Wizard.with_context(**action["context"])) as form:
            self.assertEqual(len(form.line_ids), 2)
            with form.line_ids.edit(0) as line:
                line.is_declined = line.order_id == declined
            with form.line_ids.edit(1) as line:
                line.is_declined = line.order_id == declined
        form.record.action_sign()
        self.assertEqual(self.order.state, "sale")
        self.assertEqual(declined.smarthome_status, "refused")
        self.assertEqual(kept.smarthome_status, "working")
        self.assertIn(
            self.order.name,
            declined.message_ids.mapped("body")[0] + str(declined.message_ids.mapped("body")),
        )

    def test_status_follows_the_object(self):
        self.order.action_confirm()
        self.object.stage = "closed"
        self.assertEqual(self.order.smarthome_status, "closed")

    def test_opening_with_a_reason(self):
        self.order.action_confirm()
        action = self.order.with_user(self.head).action_smarthome_ask_opening()
        Wizard = self.env["smarthome.reason"]
        values = {"reason": "A slip in the price"}
        wizard = Wizard.with_user(self.manager).with_context(**action["context"]).create(values)
        with self.assertRaises(UserError):
            wizard.action_apply()
        wizard = Wizard.with_user(self.head).with_context(**action["context"]).create(values)
        wizard.action_apply()
        self.assertTrue(self.order.smarthome_is_opened)


@tagged("post_install", "-at_install")
class TestNextStep(SmarthomeContractCommon):
    """The buttons that stand out, and those by the thumb, are what comes next."""

    BAR = "//div[hasclass('o_smarthome_bottom_bar')]"

    def _get_buttons(self, record, place, styles):
        """Names of the visible buttons of these classes, as the manager sees them."""
        form = Form(record.with_user(self.manager))
        values = form._get_eval_context()
        names = []
        for button in form._view["tree"].xpath(f"{place}//button"):
            hidden = [node.get("invisible") for node in (button, *button.iterancestors())]
            is_hidden = any(safe_eval(one, values) for one in hidden if one)
            if not is_hidden and set(styles) & set((button.get("class") or "").split()):
                names.append(button.get("name"))
        return names

    def _primary(self, record):
        return self._get_buttons(record, "//header", ["oe_highlight", "btn-primary"])

    def _by_thumb(self, record):
        return self._get_buttons(record, self.BAR, ["btn-primary", "btn-secondary"])

    def test_new_object(self):
        self.assertEqual(self._primary(self.object), ["action_new_proposal"])
        self.assertEqual(
            self._by_thumb(self.object),
            ["action_new_proposal", "action_answer_next_call", "action_record_call"],
        )

    def test_object_in_work(self):
        self._create_contract()
        self.object.stage = "in_work"
        self.object.next_call_id.state = "cancelled"
        self.assertEqual(self._primary(self.object), ["action_receive"])
        self.assertEqual(self._by_thumb(self.object), ["action_new_additional", "action_receive"])
        action = self.object.with_user(self.manager).action_new_additional()
        self.assertEqual(action["res_model"], "sale.order")
        added = self.object.order_ids.filtered("smarthome_main_order_id")
        self.assertEqual(added.smarthome_status, "working")

    def test_among_several_contracts_one_is_chosen(self):
        with self.assertRaisesRegex(UserError, "no signed contract"):
            self.object.action_new_additional()
        contracts = self._create_contract() + self._create_contract()
        action = self.object.with_user(self.manager).action_new_additional()
        self.assertEqual(self.env["sale.order"].search(action["domain"]), contracts)

    def test_closed_object(self):
        contract = self._create_contract()
        self.object.stage = "closed"
        self.assertEqual(self._primary(self.object), ["action_new_object_of_client"])
        self.assertEqual(
            self._by_thumb(self.object), ["action_new_object_of_client", "action_record_call"]
        )
        self.assertFalse(self._primary(contract))
        self.assertFalse(self._by_thumb(contract))
        with self.assertRaisesRegex(UserError, "reopens it first"):
            contract.with_user(self.manager)._action_cancel()
        self.assertEqual(contract.state, "sale")

    def test_sent_proposal(self):
        order = self._create_proposal((self.goods, 2))
        self.assertEqual(self._primary(order), ["action_generate_works", "action_export_xlsx"])
        order.state = "sent"
        self.assertEqual(self._primary(order), ["action_smarthome_sign"])
        self.assertEqual(
            self._by_thumb(order),
            ["action_export_xlsx", "action_quotation_send", "action_smarthome_sign"],
        )


@tagged("post_install", "-at_install")
class TestPaymentScreens(SmarthomeContractCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._create_contract()

    def _receive(self, user, **values):
        action = self.contract.with_user(user).action_smarthome_open_receive()
        with Form(
            self.env["smarthome.receive"].with_user(user).with_context(**action["context"])
        ) as form:
            for name, value in values.items():
                form[name] = value
        return form

    def test_receive_proposes_the_first_open_payment(self):
        form = self._receive(self.manager)
        self.assertEqual((form.amount, form.settled_amount), (115, 115))
        form.record.action_receive()
        self.assertEqual(self.contract.smarthome_received, 115)
        self.assertEqual(self._receive(self.accountant).amount, 92)

    def test_receive_in_another_currency(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        euro.rate_ids.unlink()
        euro.rate_ids = [Command.create({"name": "2020-01-01", "rate": 0.8})]
        form = self._receive(self.manager, currency_id=euro, amount=100)
        self.assertEqual(form.settled_amount, 125)
        form.settled_amount = 120
        form.save().action_receive()
        self.assertRecordValues(
            self.contract.smarthome_receipt_ids,
            [{"amount": 100, "currency_id": euro.id, "settled_amount": 120}],
        )

    def test_reverse_with_a_reason(self):
        receipt = self.contract.action_smarthome_receive(50)
        action = receipt.with_user(self.manager).action_ask_reversal()
        wizard = self.env["smarthome.reason"].with_user(self.manager)
        wizard = wizard.with_context(**action["context"]).create({"reason": "A false note"})
        wizard.action_apply()
        self.assertEqual(self.contract.smarthome_received, 0)

    def test_plan_by_hand_adds_up(self):
        """Rows may change in one save as they like, so long as they add up at its end."""
        first, second, last = self.contract.smarthome_milestone_ids
        contract = self.contract.with_user(self.manager)
        contract.smarthome_milestone_ids = [
            Command.update(first.id, {"amount": 100}),
            Command.delete(second.id),
            Command.update(last.id, {"amount": 30}),
            Command.create({"name": "At the hand-over", "amount": 100, "due_rule": "hand_over"}),
        ]
        self.cr.precommit.run()
        contract.smarthome_milestone_ids[0].amount = 99
        with self.assertRaisesRegex(UserError, "229.*230.*1.00"):
            self.cr.precommit.run()

    def test_opened_contract_is_planned_anew_when_closed(self):
        self.contract.action_smarthome_receive(115)
        head = self.contract.with_user(self.head)
        head.action_smarthome_open_contract("One more switch")
        head.order_line[0].product_uom_qty = 3
        head.action_smarthome_close_contract()
        self.cr.precommit.run()
        self.assertEqual(self.contract.smarthome_milestone_ids.mapped("amount"), [115, 172, 43])

    def test_another_manager_opens_no_form(self):
        with self.assertRaises(AccessError):
            self._receive(self.other_manager)
