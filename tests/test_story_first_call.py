"""From the first telephone call to a refusal: what a manager does, with the company's own files."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta
from story import StoryCommon

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from odoo.addons.smarthome_crm.tests.sheet_reader import SheetReader
from odoo.addons.smarthome_crm.tools.call_dates import to_local

PHONE = "8 (029) 744-55-66"


@tagged("post_install", "-at_install")
class TestFirstCall(StoryCommon):
    """The story is told once in order; the cases of the expected figures are played on the way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.object_type.profit_floor = 20.0
        cls.manager.email = "manager@example.com"

    def test_story(self):
        self._check_catalogue()
        call = self._take_call()
        site = self._make_object(call)
        order = self._make_proposal(site)
        self._check_cases(order)
        self._check_export(order)
        self._send(order)
        self._check_delivery(order)
        self._answer(site)
        self._refuse(site)

    # === The catalogue === #

    def _check_catalogue(self):
        goods, works = self._import_catalogue()
        self.assertEqual(goods.new_count, 72)
        self.assertEqual(self.env["product.product"].search_count(self._works_domain()), 28)
        self.assertEqual(self.env["smarthome.work.norm"].search_count([]), 51)
        for record in (goods, works):
            record.action_apply()
            self.assertEqual((record.new_count, record.changed_count), (0, 0))

    def _works_domain(self):
        return [("smarthome_is_work", "=", True), ("default_code", "=like", "W-%")]

    # === The call and the object === #

    def _take_call(self):
        """The secretary writes it down and hands it to the manager, who finds it waiting."""
        call = self.env["smarthome.call"].with_user(self.secretary)
        call = call.create(
            {
                "phone": PHONE,
                "name": "Анна",
                "need": "Свет и протечки",
                "address": "Минск, ул. Немига, 1",
                "object_type_id": self.object_type.id,
                "user_id": self.manager.id,
                "answered_by_id": self.secretary.id,
                "ring_seconds": 6,
            }
        )
        self.assertRecordValues(
            call,
            [{"state": "done", "is_first_time": True, "phone_sanitized": "+375297445566"}],
        )
        mine = call.with_user(self.manager)
        self.assertIn(mine, mine.search([("is_open", "=", True)]))
        with self.assertRaises(UserError):
            mine.write({"outcome": "information"})
        mine.source_id = self.env.ref("smarthome_crm.utm_source_recommendation")
        return mine

    def _make_object(self, call):
        """One press makes the object, its client and its first control call; a second opens it."""
        action = call.action_create_object()
        self.assertEqual(call.action_create_object()["res_id"], action["res_id"])
        site = call.object_id
        self.assertRecordValues(
            site,
            [
                {
                    "user_id": self.manager.id,
                    "type_id": self.object_type.id,
                    "stage": "new",
                    "address": "Минск, ул. Немига, 1",
                }
            ],
        )
        self.assertEqual(site.partner_id.phone, "+375 29 744-55-66")
        self.assertEqual(len(site.folder_ids), 5)
        self.assertGreater(site.next_call_date, fields.Datetime.now())
        self._check_diary(site, "control")
        return site

    def _check_diary(self, site, kind):
        """The next call stands in the diary of the manager on its day, once."""
        call = site.next_call_id
        self.assertEqual(call.kind, kind)
        activity = self.env["mail.activity"].with_user(self.manager)
        activity = activity.search([("smarthome_call_id", "=", call.id)])
        day = to_local(call.date, "Europe/Minsk").date()
        self.assertEqual(activity.mapped("date_deadline"), [day])
        self.assertEqual(activity.user_id, self.manager)

    # === The proposal === #

    def _make_proposal(self, site):
        site.partner_id.email = "anna@example.com"
        action = site.action_new_proposal()
        order = self.env["sale.order"].with_user(self.manager).browse(action["res_id"])
        self.assertEqual(order.user_id, self.manager)
        brief = self._import(self.manager, "brief", "client-brief.xlsx", order_id=order.id)
        self.assertEqual(brief.new_count, 31)
        self.assertEqual(len(order.order_line.filtered("product_id")), 31)
        rooms = order.order_line.filtered(lambda line: line.display_type == "line_section")
        self.assertEqual(rooms[:3].mapped("name"), ["Щит", "Гостиная", "Спальня"])
        return order

    def _check_cases(self, order):
        """The figures of the three cases, each work included; twice equals once."""
        for case in [*self.expected["cases"], self.expected["cases"][0]]:
            order.with_user(self.head).smarthome_work_coefficient = case["coefficient"]
            goods = order.order_line.filtered(lambda line: line.smarthome_kind == "goods")
            goods.discount = case["goods_discount_percent"]
            for _time in range(2):
                order.action_generate_works()
                with self.subTest(coefficient=case["coefficient"]):
                    self._check_case(order, case)

    def _check_case(self, order, case):
        names = {
            "smarthome_goods_revenue": "goods_revenue",
            "smarthome_goods_cost": "goods_cost",
            "smarthome_works_revenue": "works_revenue",
            "smarthome_works_pay": "works_pay",
            "smarthome_hours": "hours",
            "amount_untaxed": "amount_untaxed",
            "smarthome_profit": "profit",
            "smarthome_profit_percent": "profit_percent",
        }
        found = {key: round(order[name], 6) for name, key in names.items()}
        self.assertEqual(found, {key: case[key] for key in found})
        works = order.sudo().order_line.filtered(lambda line: line.smarthome_kind == "work")
        rows = [
            {
                "work": line.product_id.default_code,
                "qty": line.product_uom_qty,
                "price": line.price_unit,
                "subtotal": line.price_subtotal,
                "pay": line.smarthome_pay,
                "hours": round(line.smarthome_hours, 6),
            }
            for line in works
        ]
        self.assertEqual(rows, case["works"])

    # === Excel === #

    def _check_export(self, order):
        """Every figure and formula is read back, and none of cost, pay or profit is among them."""
        filename, content = order._get_proposal_xlsx()
        self.assertTrue(filename.startswith("КП-") and filename.endswith(".xlsx"), filename)
        reader = SheetReader(content)
        for cell in reader.formulas():
            stored = reader.stored[cell].value
            self.assertAlmostEqual(float(reader.evaluate(cell)), stored, 6, cell)
        lines = order.order_line.filtered("smarthome_kind")
        self.assertEqual(len(reader.formulas()) >= len(lines), True)
        rows = [(row[1], row[4], row[5], row[7]) for row in reader.lines()]
        wanted = [
            (
                line.product_id.default_code,
                line.product_uom_qty,
                line.price_unit,
                line.price_subtotal,
            )
            for line in lines
        ]
        self.assertEqual(sorted(rows), sorted(wanted))
        values = [v for row in reader.stored.iter_rows(values_only=True) for v in row]
        self.assertIn(order.amount_total, values)
        for secret in (
            order.smarthome_goods_cost,
            order.smarthome_works_pay,
            order.smarthome_profit,
        ):
            self.assertNotIn(secret, values)

    # === Sending and what follows === #

    def _send(self, order):
        """By e-mail through Odoo's composer, the file attached."""
        action = order.action_quotation_send()
        composer = self.env[action["res_model"]].with_user(self.manager)
        composer = Form(composer.with_context(**action["context"])).save()
        self.assertEqual(composer.attachment_ids.mapped("name"), [order._get_proposal_filename()])
        composer.action_send_mail()
        message = order.message_ids.filtered(lambda message: message.message_type == "comment")[:1]
        self.assertEqual(message.attachment_ids.mapped("name"), [order._get_proposal_filename()])
        self.assertIn(order.partner_id, message.partner_ids)
        self.assertEqual((order.state, order.smarthome_sent_way), ("sent", "email"))
        self.assertEqual(order.smarthome_object_id.stage, "negotiation")

    def _check_delivery(self, order):
        site = order.smarthome_object_id
        self.assertEqual(site.next_call_date, order._get_delivery_check_date())
        self._check_diary(site, "delivery")
        planned = site.call_ids.filtered(lambda call: call.state == "planned")
        self.assertEqual(len(planned), 1)

    def _answer(self, site):
        """An answer needs the next date; it stands in the diary."""
        call = site.next_call_id
        with self.assertRaises(UserError), self.env.cr.savepoint():
            call.action_answer("Получил, думает")
        day = fields.Date.today() + timedelta(days=3)
        following = call.action_answer("Получил, думает", next_date=day)
        self.assertEqual((call.state, site.last_answer), ("done", "Получил, думает"))
        self.assertEqual(site.next_call_id, following)
        self.assertEqual(to_local(following.date, "Europe/Minsk").date(), day)
        self._check_diary(site, "control")

    def _refuse(self, site):
        """A refused object has its reason and is rung in a year."""
        reason = self.env["smarthome.refusal.reason"].search([], limit=1)
        site.action_refuse(reason.id)
        self.assertRecordValues(site, [{"stage": "refused", "refusal_reason_id": reason.id}])
        in_a_year = fields.Date.today() + relativedelta(years=1)
        day = to_local(site.next_call_date, "Europe/Minsk").date()
        self.assertLessEqual(in_a_year, day)
        self.assertLess(day, in_a_year + timedelta(days=4))
        self._check_diary(site, site.next_call_id.kind)
