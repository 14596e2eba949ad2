from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .test_additional import SmarthomeAdditionalCommon


@tagged("post_install", "-at_install")
class TestTimeline(SmarthomeAdditionalCommon):
    """Bars of the objects in work, and moving them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract.write(
            {"smarthome_date_start": "2026-12-01", "smarthome_date_end": "2026-12-10"}
        )
        cls.object.engineer_id = cls.engineer
        cls._save()
        cls.object.change_ids.sudo().unlink()

    @classmethod
    def _save(cls):
        """What ends a save: the flush before the commit."""
        cls.env.flush_all()
        cls.cr.flush()

    def _get_bars(self, user, records=None):
        domain = [("id", "in", (records or self.object).ids)]
        return self.env["smarthome.object"].with_user(user).get_timeline(domain)

    def _get_dates(self, orders):
        return [(order.smarthome_date_start.day, order.smarthome_date_end.day) for order in orders]

    @freeze_time("2026-12-12 09:00:00")
    def test_bar(self):
        timeline = self._get_bars(self.engineer)
        self.assertEqual(
            timeline["bars"],
            [
                {
                    "id": self.object.id,
                    "number": self.object.number,
                    "name": "Lake house",
                    "address": "",
                    "engineer": [self.engineer.id, "Test engineer"],
                    "manager": [self.manager.id, "Test manager"],
                    "stage": ["contract", "Contract"],
                    "start": "2026-12-01",
                    "end": "2026-12-10",
                    "done": 0.0,
                    "days_left": -2,
                    "is_closed": False,
                }
            ],
        )
        self.assertFalse(timeline["is_cut"])

    def test_everybody_sees_his_own(self):
        """A head sees all and moves; managers and engineers see theirs; others none."""
        for user, count, may_move in (
            (self.head, 1, True),
            (self.accountant, 1, False),
            (self.manager, 1, False),
            (self.engineer, 1, False),
            (self.other_manager, 0, False),
            (self._create_user("engineer2", "engineer"), 0, False),
        ):
            timeline = self._get_bars(user)
            self.assertEqual(
                (len(timeline["bars"]), timeline["may_move"]), (count, may_move), user.login
            )
        for user in self.storekeeper, self.installer:
            with self.assertRaises(AccessError):
                self._get_bars(user)

    def test_queries_do_not_grow(self):
        counts = []
        for number in 2, 30:
            records = self.env["smarthome.object"].union(
                *[self._create_object(engineer_id=self.engineer.id) for _index in range(number)]
            )
            self._save()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.assertEqual(len(self._get_bars(self.head, records)["bars"]), number)
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    def test_head_moves_and_the_engineer_hears(self):
        self.object.with_user(self.head).action_move_dates("2026-12-08", "2026-12-17")
        self.assertEqual(self.contract.smarthome_date_start, date(2026, 12, 8))
        self.assertEqual(self.object.work_date_end, date(2026, 12, 17))
        self._save()
        self.assertEqual(set(self.object.change_ids.mapped("kind")), {"date"})
        self.assertEqual(self.object.change_ids.user_id, self.head)
        message = self.env["mail.message"].search(
            [("message_type", "=", "user_notification")], order="id desc", limit=1
        )
        self.assertEqual(message.notified_partner_ids, self.engineer.partner_id)
        self.object.with_user(self.head).action_move_dates("2026-12-08", "2026-12-17")
        self._save()
        self.assertEqual(len(self.object.change_ids), 2)

    def test_contracts_of_an_object_go_together(self):
        """Moved as a whole all go along; stretched, only what stands at the moved edge."""
        other = self.contract.with_user(self.manager)._create_additional().with_env(self.env)
        other.order_line = self.contract.order_line.copy({"order_id": other.id})
        other.write({"smarthome_date_start": "2026-12-03", "smarthome_date_end": "2026-12-05"})
        other.action_confirm()
        orders = self.contract + other
        move = self.object.with_user(self.head).action_move_dates
        for dates, expected in (
            (("2026-12-04", "2026-12-13"), [(4, 13), (6, 8)]),
            (("2026-12-04", "2026-12-20"), [(4, 20), (6, 8)]),
            (("2026-12-07", "2026-12-20"), [(7, 20), (7, 8)]),
        ):
            move(*dates)
            self.assertEqual(self._get_dates(orders), expected)
            self.assertEqual(str(self.object.work_date_start), dates[0])
            self.assertEqual(str(self.object.work_date_end), dates[1])

    def test_refusals(self):
        for user in self.manager, self.engineer, self.accountant, self.other_manager:
            with self.assertRaisesRegex(AccessError, "Only the head"):
                self.object.with_user(user).action_move_dates("2026-12-08", "2026-12-17")
        move = self.object.with_user(self.head).action_move_dates
        for dates in ("2026-12-08", "2026-12-07"), (False, "2026-12-07"), ("2026-12-08", False):
            with self.assertRaisesRegex(UserError, "cannot come before"):
                move(*dates)
        with self.assertRaisesRegex(UserError, "no contract with dates"):
            self._create_object().with_user(self.head).action_move_dates("2026-12-08", "2026-12-17")
        self.object.stage = "closed"
        with self.assertRaisesRegex(UserError, "is closed"):
            move("2026-12-08", "2026-12-17")
        self.assertEqual(self._get_dates(self.contract), [(1, 10)])


@tagged("post_install", "-at_install")
class TestShares(SmarthomeAdditionalCommon):
    """Shares of goods shipped and works done in the list of objects in work."""

    def _get_arch(self, xmlid, view_type):
        view = self.env.ref(f"smarthome_crm.{xmlid}")
        self.env.registry.clear_cache("templates")
        return self.env["smarthome.object"].get_view(view.id, view_type)["arch"]

    def _knows(self, answer):
        return patch.object(type(self.object), "_knows_shipments", lambda _self: answer)

    def test_shipped_stands_where_it_is_known(self):
        for xmlid, view_type in (
            ("smarthome_object_view_list_work", "list"),
            ("smarthome_object_view_kanban_work", "kanban"),
        ):
            for answer in False, True:
                with self._knows(answer):
                    arch = self._get_arch(xmlid, view_type)
                self.assertEqual("shipped_percent" in arch, answer, xmlid)
                self.assertEqual("Shipped" in arch, answer, xmlid)
                self.assertIn("done_percent", arch)
        self.env.registry.clear_cache("templates")

    def test_share_of_shipped(self):
        """Weighed by price: 4 of 10 goods of 100, and 1 of 1 of 1000."""
        big = self._create_goods("BIG", 1000, 600)
        contract = self._create_contract((big, 1))
        shipped = {self.goods_line.id: 4, contract.order_line.id: 1}
        line = type(self.goods_line)
        with patch.object(line, "_get_shipped_quantity", lambda line: shipped[line.id]):
            self.assertEqual(self.object.shipped_percent, 70)

    def test_share_of_shipped_by_set(self):
        """A list of more objects asks no more."""
        objects = self.object
        for _index in range(3):
            site = self._create_object()
            self._create_contract((self.goods, 2), smarthome_object_id=site.id)
            objects |= site
        for site in objects:
            self._deliver(site)
        self.env.flush_all()
        counts = []
        for records in self.object, objects:
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.assertEqual(set(records.mapped("shipped_percent")), {100})
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    def test_share_of_works(self):
        self.env["smarthome.work.done"].create({"order_line_id": self.work_line.id, "quantity": 4})
        self.assertEqual(self.object.done_percent, 40)
