from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .request_common import SmarthomeRequestCommon


@tagged("post_install", "-at_install")
class TestRequest(SmarthomeRequestCommon):
    """What a request proposes, and who approves it."""

    def test_proposes_what_the_contracts_need(self):
        self._receive((self.goods, 4, 60))
        order = self._sign((self.goods, 10), (self.work, 1))
        self._pick(order, {self.goods: 4})
        self._ship(order, {self.goods: 3})
        request = self._request()
        self.assertEqual(request.line_ids.mapped("product_qty"), [6.0])  # 10 - 3 shipped - 1 staged
        self.assertEqual(request.line_ids.product_id, self.goods)
        self.assertEqual(request.requested_by, self.manager)
        self.assertEqual(request.smarthome_object_id, self.object)

    def test_asks_once(self):
        self._sign((self.goods, 10))
        request = self._request()
        request.line_ids.product_qty = 7
        self.assertEqual(self._request(), request)
        self.assertEqual(request.line_ids.product_qty, 10)  # the 3 that were left out
        request.button_to_approve()
        action = self.object.with_user(self.manager).action_new_request()
        self.assertFalse(action["res_id"])

    def test_cancelled_is_asked_again(self):
        self._sign((self.goods, 10))
        request = self._request()
        self._approve(request)
        request.with_user(self.purchasing).line_ids.do_cancel()
        self.assertEqual(request.state, "rejected")
        self.assertEqual(self._request().line_ids.product_qty, 10)

    def test_more_is_needed_when_the_contract_grows(self):
        order = self._sign((self.goods, 10))
        self._approve(self._request())
        self._receive((self.goods, 10, 60))
        self._pick(order)
        order.order_line.sudo().with_context(smarthome_contract_change=True).product_uom_qty = 15
        self.assertEqual(self._request().line_ids.product_qty, 5)

    def test_additional_contract(self):
        first = self._sign((self.goods, 10))
        self._approve(self._request())
        self._sign((self.goods, 2), smarthome_main_order_id=first.id)
        self.assertEqual(self._request().line_ids.product_qty, 2)

    def test_units_of_the_contract(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self._create_proposal((self.goods, 2))
        order.order_line.product_uom_id = dozen
        order.action_confirm()
        request = self._request()
        self.assertEqual(request.line_ids.product_qty, 24)
        self.assertEqual(request.line_ids.product_uom_id, self.goods.uom_id)
        self.assertEqual(self._get_supply(order).requested_quantity, 2)

    @freeze_time("2026-11-23")
    def test_needed_before_the_installation(self):
        self.env.company.smarthome_request_days = 3
        self._sign((self.goods, 1), smarthome_date_start="2026-12-08")  # a Tuesday
        self.assertEqual(self._request().smarthome_needed_date, date(2026, 12, 3))

    @freeze_time("2026-12-07")
    def test_needed_at_once(self):
        self._sign((self.goods, 1), smarthome_date_start="2026-12-08")
        self.assertEqual(self._request().smarthome_needed_date, date(2026, 12, 7))

    def test_one_date_for_all_lines(self):
        request = self._request_of(("A", "B"))
        request.smarthome_needed_date = "2027-02-01"
        self.assertEqual(set(request.line_ids.mapped("date_required")), {date(2027, 2, 1)})

    def _request_of(self, codes):
        self._sign(*((self._create_goods(code, 10, 5), 1) for code in codes))
        return self._request()

    def test_line_by_hand_belongs_to_the_contract(self):
        order = self._sign((self.goods, 5))
        request = self.env["purchase.request"].with_user(self.manager)
        request = request.create({"smarthome_object_id": self.object.id})
        line = request.line_ids.create(
            {"request_id": request.id, "product_id": self.goods.id, "product_qty": 2}
        )
        self.assertEqual(line.smarthome_sale_line_id.sudo(), order.order_line)
        self.assertEqual(line.product_uom_id, self.goods.uom_id)
        self.assertEqual(self._get_supply(order).to_request_quantity, 3)

    # === APPROVAL === #

    def test_engineer_approves(self):
        self._sign((self.goods, 5))
        request = self._request()
        request.button_to_approve()
        activity = request.activity_ids
        self.assertEqual(activity.user_id, self.engineer)
        with self.assertRaises(AccessError):
            request.with_user(self.manager).button_approved()
        with self.assertRaises(AccessError):
            request.with_user(self.manager).write({"state": "approved"})
        with self.assertRaises(AccessError):
            request.with_user(self.purchasing).button_approved()
        request.with_user(self.engineer).button_approved()
        self.assertEqual(
            (request.state, request.smarthome_approver_id), ("approved", self.engineer)
        )
        self.assertFalse(activity.exists())

    def test_purchasing_is_told(self):
        self._sign((self.goods, 5))
        request = self._approve(self._request())
        notices = self.env["mail.notification"].search(
            [
                ("mail_message_id.model", "=", request._name),
                ("mail_message_id.res_id", "=", request.id),
            ]
        )
        self.assertIn(self.purchasing.partner_id, notices.res_partner_id)

    def test_returned_with_a_remark(self):
        self._sign((self.goods, 5))
        request = self._request()
        request.button_to_approve()
        wizard = self.env["smarthome.request.return"].with_user(self.engineer)
        wizard.create({"request_id": request.id, "remark": "White ones"}).action_return()
        self.assertEqual((request.state, request.smarthome_remark), ("draft", "White ones"))
        self.assertEqual(request.activity_ids.user_id, self.manager)
        with self.assertRaises(UserError):
            request.with_user(self.manager).button_to_approve()
            request.with_user(self.engineer).action_smarthome_return("  ")

    def test_engineer_does_not_approve_alone(self):
        self._sign((self.goods, 5))
        request = self._request(self.engineer)
        request.button_to_approve()
        self.assertEqual(request.activity_ids.user_id, self.manager)
        with self.assertRaises(AccessError):
            request.with_user(self.engineer).button_approved()
        request.with_user(self.manager).button_approved()
        self.assertEqual(request.state, "approved")

    def test_manager_who_is_the_engineer_too(self):
        self.manager.group_ids += self.env.ref("smarthome_base.group_smarthome_engineer")
        self.object.engineer_id = self.manager
        self._sign((self.goods, 5))
        request = self._request()
        request.button_to_approve()
        self.assertFalse(request.activity_ids)
        with self.assertRaises(AccessError):
            request.with_user(self.manager).button_approved()
        request.with_user(self.head).button_approved()
        self.assertEqual(request.smarthome_approver_id, self.head)

    def test_head_approves_his_own(self):
        self._sign((self.goods, 5))
        request = self._request(self.head)
        request.button_to_approve()
        request.button_approved()
        self.assertEqual(request.smarthome_approver_id, self.head)

    def test_without_an_engineer(self):
        self.object.engineer_id = False
        self._sign((self.goods, 5))
        request = self._request()
        with self.assertRaisesRegex(UserError, "lead engineer"):
            request.button_to_approve()

    def test_another_engineer(self):
        self._sign((self.goods, 5))
        request = self._request()
        request.button_to_approve()
        other = self._create_user("other_engineer", "engineer")
        self.object.engineer_id = other
        self.assertEqual((request.activity_ids.user_id, request.assigned_to), (other, other))
        request.with_user(other).button_approved()
        self.assertEqual(request.state, "approved")

    def test_another_manager(self):
        self._sign((self.goods, 5))
        request = self._request()
        self.object.with_user(self.head).user_id = self.other_manager
        self.assertNotIn(self.manager.partner_id, request.sudo().message_partner_ids)
        with self.assertRaises(AccessError):
            request.with_user(self.manager).read(["name"])
        request.with_user(self.other_manager).button_to_approve()
        self.assertEqual(request.state, "to_approve")

    def test_lines_of_a_draft_are_deleted(self):
        """Whoever asks may not read purchase orders, and needs none to drop a line."""
        self._sign((self.goods, 5))
        request = self._request()
        self.env.invalidate_all()
        request.line_ids.unlink()
        self.assertFalse(request.line_ids)

    def test_what_is_sent_is_not_changed(self):
        self._sign((self.goods, 5))
        request = self._request()
        request.button_to_approve()
        with self.assertRaises(AccessError):
            request.with_user(self.manager).line_ids.product_qty = 50
        request.with_user(self.engineer).line_ids.product_qty = 4
        request.with_user(self.engineer).button_approved()
        with self.assertRaises(AccessError):
            request.with_user(self.engineer).line_ids.product_qty = 50
        with self.assertRaises(AccessError):
            request.with_user(self.manager).line_ids.unlink()

    def test_taken_back(self):
        self._sign((self.goods, 5))
        request = self._request()
        request.button_to_approve()
        request.with_user(self.manager).button_draft()
        self.assertEqual(request.state, "draft")

    def test_closed_object(self):
        self._sign((self.goods, 5))
        self.object.sudo().stage = "closed"
        with self.assertRaises(UserError):
            self.object.with_user(self.manager).action_new_request()

    def test_nothing_is_signed(self):
        with self.assertRaises(UserError):
            self.object.with_user(self.manager).action_new_request()

    def test_from_the_contract(self):
        order = self._sign((self.goods, 5))
        action = order.with_user(self.manager).action_smarthome_new_request()
        self.assertEqual(action["res_model"], "purchase.request")
