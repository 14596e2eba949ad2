"""From the signed contract to the closed object, every figure worked out by hand.

The contract is case 1 of ``client-brief.expected.json``, no taxes, coefficient 1:

============================  ==========  =========  ========  =======  =========
                                   goods       cost     works      pay     profit
============================  ==========  =========  ========  =======  =========
contract                         8046.00    5728.20   3436.18  1541.76    4212.22
additional: 2 sirens AJ-SIR       152.00     108.00                         44.00
  2 sensors W-SENS                                      22.00    10.00      12.00
  W-START, 8 % and 3.5 %                                12.16     5.32       6.84
less: a curtain SM-GLY60         -268.00    -198.00                        -70.00
  and its W-CRT                                        -46.00   -21.00     -25.00
additional in all                -116.00     -90.00    -11.84    -5.68     -32.16
both                             7930.00    5638.20   3424.34  1536.08    4180.06
============================  ==========  =========  ========  =======  =========
"""

from base64 import b64encode
from datetime import timedelta

from story import StoryCommon

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.smarthome_crm.tests.acceptance_common import PIXEL

#: 50 and 40 % of 11482.18; the last takes the rest
PLAN = [5741.09, 4592.87, 1148.22]
#: of 11168.18, what the reduction leaves: the first is paid, the others keep their proportion
PLAN_REDUCED = [5741.09, 4341.67, 1085.42]
#: 50/40/10 % of what the additional proposal adds, 152.00 + 22.00 + 12.16 = 186.16
PLAN_ADDITIONAL = [93.08, 74.46, 18.62]
#: code: (forecast, fact), the difference is a lorry of 120.00 and the forgiven 0.16
STATEMENT = {
    "goods_revenue": (7930.00, 7930.00),
    "work_revenue": (3424.34, 3424.34),
    "other_revenue": (0.0, 0.0),
    "goods_cost": (-5638.20, -5638.20),
    "other_cost": (0.0, 0.0),
    "works_pay": (-1536.08, -1536.08),
    "forgiven": (0.0, -0.16),
    "expense_transport": (0.0, -120.00),
}
FINAL_PROFIT = 4059.90


@tagged("post_install", "-at_install")
class TestContractStory(StoryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.env.company.chart_template:
            cls.env["account.chart.template"].try_loading("generic_coa", company=cls.env.company)
        cls.env.company.account_sale_tax_id = False
        cls.template = cls.env.ref("smarthome_crm.payment_template_50_40_10")
        cls.start = fields.Date.today() + timedelta(days=7)

    def test_story(self):
        self._import_catalogue()
        order = self._make_proposal()
        self._refuse_to_sign(order)
        self._sign(order)
        self._refuse_changes(order)
        self._receive_cash(order)
        self._receive_cashless(order)
        self._move_in(order)
        additional = self._add_and_reduce(order)
        self._read_changes(order)
        self._ship(order.smarthome_object_id)
        self._do_works(order)
        self._close(order, additional)
        self._refuse_after_closing(order)
        self._reopen(order.smarthome_object_id)

    def _line(self, order, code, place=-1):
        """A line by its article; the last one where several rooms have it."""
        return order.order_line.filtered(lambda line: line.product_id.default_code == code)[place]

    def _save(self):
        """What ends a request: the flush before the commit."""
        self.env.flush_all()
        self.cr.flush()

    # === The proposal === #

    def _make_proposal(self):
        action = self.object.with_user(self.manager).action_new_proposal()
        order = self.env["sale.order"].with_user(self.manager).browse(action["res_id"])
        self._import(self.manager, "brief", "client-brief.xlsx", order_id=order.id)
        order.action_generate_works()
        case = self.expected["cases"][0]
        self.assertEqual(order.smarthome_profit, case["profit"])
        self.assertEqual(order.amount_total, 11482.18)
        return order

    def _refuse_to_sign(self, order):
        """Each refusal is one sentence that names what is missing; nothing is signed by it."""
        with self._refused("start of installation, the expected hand-over"):
            order.action_confirm()
        order.smarthome_date_start = self.start
        order.smarthome_date_end = self.start - timedelta(days=1)
        with self._refused("Missing: a hand-over after the start"):
            order.action_confirm()
        order.smarthome_date_end = self.start + timedelta(days=20)
        empty = order.smarthome_object_id.action_new_proposal()
        empty = order.browse(empty["res_id"])
        empty.write({"smarthome_date_start": self.start, "smarthome_date_end": self.start})
        with self._refused("Missing: a line with a price"):
            empty.action_confirm()
        empty.sudo().unlink()
        with self.assertRaises(AccessError):
            order.with_user(self.other_manager).action_confirm()
        with self._refused("is not signed"):
            order.action_smarthome_receive(100)
        self.assertEqual(order.state, "draft")
        self.assertFalse(order.smarthome_contract_number)

    def _sign(self, order):
        order.smarthome_payment_template_id = self.template
        self._sign_by_form(order)
        self.assertEqual((order.state, order.smarthome_status), ("sale", "contract"))
        self.assertRegex(order.smarthome_contract_number, r"^Д-\d{4}-\d{3,}$")
        self.assertEqual(order.smarthome_date_signed, fields.Date.context_today(order))
        self.assertEqual(order.smarthome_object_id.stage, "contract")
        rows = order.smarthome_milestone_ids
        self._assert_money(rows.mapped("amount"), PLAN)
        today = fields.Date.context_today(order)
        self.assertEqual(
            rows.mapped("date_due"), [today, self.start, self.start + timedelta(days=20)]
        )
        with self.assertRaises(UserError):
            order.action_confirm()

    def _refuse_changes(self, order):
        """Lines are closed to every hand, the head's too; prices and norms of today change nothing."""
        line = self._line(order, "AJ-MP")
        for user in self.manager, self.head:
            for values in {"product_uom_qty": 3}, {"price_unit": 1}, {"discount": 50}:
                with self._refused("is signed: its lines"):
                    line.with_user(user).write(values)
        with self._refused("is signed: its lines"):
            order.order_line = [Command.create({"product_id": line.product_id.id})]
        with self.assertRaises(UserError):
            line.unlink()
        with self.assertRaises(UserError):
            order.action_generate_works()
        with self.assertRaises(UserError):
            order.action_smarthome_open_contract("I would like to")
        product = line.sudo().product_id
        product.standard_price = 1
        self._save()
        self.assertEqual((order.smarthome_profit, order.amount_total), (4212.22, 11482.18))
        product.standard_price = 29

    # === Money === #

    def _receive_cash(self, order):
        """3000.00 of 5741.09; a false 50.00 is reversed and never deleted."""
        order.action_smarthome_receive(3000, "cash", note="In an envelope")
        mistake = order.action_smarthome_receive(50, "card")
        with self.assertRaises(AccessError):
            mistake.unlink()
        with self.assertRaises(UserError):
            mistake.sudo().unlink()
        with self.assertRaises(UserError):
            mistake.amount = 5
        with self._refused("Write why"):
            mistake.action_reverse(" ")
        mistake.action_reverse("Another client's")
        rows = order.smarthome_milestone_ids
        self.assertEqual(rows.mapped("state"), ["partly", "planned", "planned"])
        self._assert_money(rows.mapped("balance"), [2741.09, 4592.87, 1148.22])
        with self.assertRaises(UserError):
            rows[0].unlink()

    def _receive_cashless(self, order):
        """The accountant invoices the open 2741.09; its payment makes one receipt."""
        row = order.smarthome_milestone_ids[0]
        row.action_request_invoice()
        row.action_request_invoice()
        asked = order.sudo().activity_ids.filtered(lambda one: one.user_id == self.accountant)
        self.assertEqual(len(asked), 1)
        with self.assertRaises(AccessError):
            row.action_make_invoice()
        action = row.with_user(self.accountant).action_make_invoice()
        self.assertEqual(
            row.with_user(self.accountant).action_make_invoice()["res_id"], action["res_id"]
        )
        invoice = self.env["account.move"].with_user(self.accountant).browse(action["res_id"])
        self.assertEqual(invoice.amount_total, 2741.09)
        invoice.action_post()
        self.assertEqual(order.smarthome_received, 3000)
        self._pay(invoice)
        receipt = order.smarthome_receipt_ids.filtered("invoice_id")
        self.assertRecordValues(
            receipt, [{"amount": 2741.09, "method": "cashless", "invoice_id": invoice.id}]
        )
        self.assertEqual(order.smarthome_received, 5741.09)
        rows = order.smarthome_milestone_ids
        self.assertEqual(rows.mapped("state"), ["paid", "planned", "planned"])
        self.assertEqual((order.smarthome_profit, order.amount_total), (4212.22, 11482.18))

    def _pay(self, invoice):
        """Paid in accounting, and found by the bank: still the same money."""
        wizard = self.env["account.payment.register"].with_user(self.accountant)
        wizard = wizard.with_context(active_model="account.move", active_ids=invoice.ids)
        payment = wizard.create({})._create_payments()
        payment.filtered(lambda one: one.state == "in_process").action_validate()
        invoice.sudo()._sync_smarthome_receipts()

    # === What changes === #

    def _move_in(self, order):
        """An engineer gets the object; from now on he hears of every change."""
        order.smarthome_object_id.engineer_id = self.engineer
        self._save()
        site = order.smarthome_object_id.with_user(self.engineer)
        site.action_mark_changes_read()
        site.stage = "in_work"
        self.assertFalse(site.unread_change_count)

    def _add_and_reduce(self, order):
        """2 sirens more with their works, a curtain less with its work; see the table above."""
        action = order.action_smarthome_new_additional()
        additional = order.browse(action["res_id"])
        siren = self.env["product.product"].search([("default_code", "=", "AJ-SIR")])
        lines = self._line(order, "SM-GLY60"), self._line(order, "W-CRT")
        additional.order_line = [
            Command.create({"product_id": siren.id, "product_uom_qty": 2}),
            *(Command.create(line._prepare_reduction_values(1)) for line in lines),
        ]
        additional.action_generate_works()
        works = additional.order_line.filtered("smarthome_is_generated")
        self.assertEqual(
            [(work.product_id.default_code, work.price_subtotal) for work in works],
            [("W-SENS", 22.0), ("W-START", 12.16)],
        )
        self.assertEqual(additional.name, f"{order.name}-Д1")
        forecast = additional.amount_untaxed, additional.smarthome_profit
        self._assert_money(forecast, [-127.84, -32.16])
        self.assertTrue(additional._get_proposal_xlsx()[1])
        self._sign_by_form(additional)
        self._save()
        self._check_reduced(order, additional)
        return additional

    def _check_reduced(self, order, additional):
        """11482.18 - 268.00 - 46.00 and 186.16 beside it; the promises stay."""
        self._assert_money([order.amount_total, additional.amount_total], [11168.18, 186.16])
        self._assert_money([order.smarthome_profit, additional.smarthome_profit], [4212.22, -32.16])
        self._assert_money(order.smarthome_milestone_ids.mapped("amount"), PLAN_REDUCED)
        self._assert_money(additional.smarthome_milestone_ids.mapped("amount"), PLAN_ADDITIONAL)
        self.assertEqual(self._line(order, "SM-GLY60").product_uom_qty, 0)
        self.assertEqual(self._line(order, "W-CRT").product_uom_qty, 2)
        site = order.smarthome_object_id
        self._assert_money(
            [site.contract_amount, site.received_amount, site.balance_amount],
            [11354.34, 5741.09, 5613.25],
        )

    def _read_changes(self, order):
        """Signed, three lines more, two less: six rows, one message; the engineer reads them."""
        site = order.smarthome_object_id
        unread = site.change_ids.filtered(lambda change: not change.is_read)
        self.assertEqual(len(unread), 6)
        texts = {change.name: (change.old_text, change.new_text) for change in unread}
        curtain = self._line(order, "W-CRT").product_id.display_name
        self.assertEqual([text.split()[0] for text in texts[curtain]], ["3", "2"])
        notices = self.env["mail.message"].search(
            [("message_type", "=", "user_notification"), ("res_id", "=", site.id)]
        )
        notice = notices.filtered(lambda one: f"{order.name}-Д1" in one.body)
        self.assertEqual(len(notice), 1)
        self.assertIn(self.engineer.partner_id, notice.notified_partner_ids)
        self.assertIn(self.storekeeper.partner_id, notice.notified_partner_ids)
        site.with_user(self.manager).action_mark_changes_read()
        self.assertFalse(any(unread.mapped("is_read")), "the manager reads for himself only")
        site.with_user(self.engineer).action_mark_changes_read()
        self.assertTrue(all(unread.mapped("is_read")))
        self.assertIn(self.engineer.name, unread[0].with_user(self.manager).readers)

    # === Works === #

    def _do_works(self, order):
        """500 of 580 metres by an installer, no metre too many, then all the rest."""
        Done = self.env["smarthome.work.done"].with_user(self.engineer)
        line = {"order_line_id": self._line(order, "W-CBL").id, "installer_id": self.installer.id}
        done = Done.create({**line, "quantity": 500})
        self.assertEqual(done.pay, 350.0)  # 500 x 0.7
        with self._refused("additional proposal"):
            Done.create({**line, "quantity": 81})
        order.smarthome_object_id.with_user(self.engineer).stage = "acceptance"

    # === Closing === #

    def _obstacles(self, site):
        return [obstacle["code"] for obstacle in site.sudo()._get_closing_obstacles()]

    def _refuse_to_close(self, site, *codes):
        """One error that lists each thing missing, whoever presses."""
        self.env.invalidate_all()
        obstacles = site.sudo()._get_closing_obstacles()
        self.assertEqual([obstacle["code"] for obstacle in obstacles], list(codes))
        for press in site.action_close, lambda: site.write({"stage": "closed"}):
            with self._refused("cannot be closed yet") as refusal:
                press()
            lines = str(refusal.exception).splitlines()[1:]
            self.assertEqual(lines, [f"• {obstacle['message']}" for obstacle in obstacles])
        self.assertFalse(site.sudo().statement_ids)

    def _close(self, order, additional):
        """Six things are missing; each is done and leaves the list."""
        site = order.smarthome_object_id
        self._refuse_to_close(site, "act", "photo", "money", "money", "papers", "works")
        site.with_user(self.engineer).action_all_works_done()
        self._refuse_to_close(site, "act", "photo", "money", "money", "papers")
        self._accept(site)
        order.action_smarthome_receive(5427.09, "card")
        self._refuse_to_close(site, "money", "papers")
        additional.action_smarthome_receive(186, "cash")
        self._forgive(additional)
        site.has_papers = True
        self._spend(site)
        self.assertFalse(self._obstacles(site))
        with self.assertRaises(AccessError):
            site.with_user(self.engineer).action_close()
        site.action_close()
        site.action_close()
        self._check_closed(site)

    def _accept(self, site):
        """On the engineer's telephone: photo first, then the client's finger."""
        photo = self.env["ir.attachment"].with_user(self.engineer)
        photo = photo.create({"name": "working.png", "raw": PIXEL})
        act = self.env["smarthome.acceptance"].with_user(self.engineer)
        act = act.create({"object_id": site.id, "photo_ids": photo.ids})
        self._refuse_to_close(site, "act", "money", "money", "papers")
        with self._refused("sign first"):
            act.action_sign()
        act.signature = b64encode(PIXEL)
        act.action_sign()
        self.assertEqual(act.document_id.folder_id.code, "acts")
        self._refuse_to_close(site, "money", "money", "papers")

    def _forgive(self, additional):
        """186.16 - 186.00: a head forgives 0.16 and not a cent more; a manager nothing."""
        Forgiven = self.env["smarthome.forgiven.remainder"]
        values = {"order_id": additional.id, "amount": 0.16, "reason": "No change at hand"}
        with self.assertRaises(AccessError):
            Forgiven.with_user(self.manager).create(values)
        with self._refused("no more than"):
            Forgiven.with_user(self.head).create({**values, "amount": 0.17})
        Forgiven.with_user(self.head).create(values)

    def _spend(self, site):
        values = {"object_id": site.id, "name": "Lorry", "kind": "transport", "amount": 120}
        self.env["smarthome.expense"].with_user(self.manager).create(values)

    def _check_closed(self, site):
        """4180.06 promised, less the lorry and the forgiven: 4059.90."""
        self.assertEqual(site.stage, "closed")
        self.assertEqual(set(site.order_ids.mapped("smarthome_status")), {"closed"})
        statement = site.statement_ids
        self.assertEqual(len(statement), 1)
        rows = {row.code: (round(row.forecast, 6), round(row.fact, 6)) for row in statement.row_ids}
        self.assertEqual(rows, STATEMENT)
        self._assert_money(
            [statement.forecast_profit, statement.final_profit, statement.final_revenue],
            [4180.06, FINAL_PROFIT, 11354.18],
        )

    def _refuse_after_closing(self, order):
        site = order.smarthome_object_id
        with self._refused("reopen"):
            order.action_smarthome_new_additional()
        with self._refused("reopens it first"):
            order.smarthome_receipt_ids[0].action_reverse("Too late")
        with self._refused("reopens it first"):
            self._spend(site)
        with self._refused("reopened by its button"):
            site.with_user(self.head).stage = "acceptance"
        with self.assertRaises(AccessError):
            site.action_reopen_closed("I forgot something")
        with self.assertRaises(UserError):
            site.with_user(self.head).action_reopen_closed("")
        self.assertEqual(site.stage, "closed")

    def _reopen(self, site):
        """A head reopens for a mistake; closing anew makes a second statement of the same sum."""
        site.with_user(self.head).action_reopen_closed("A paper was missing")
        self.assertEqual(site.stage, "acceptance")
        self.assertFalse(site.statement_ids.filtered("is_current"))
        site.action_close()
        self._assert_money(site.statement_ids.mapped("final_profit"), [FINAL_PROFIT] * 2)
        self.assertEqual(site.statement_ids.mapped("is_current"), [True, False])
