from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.smarthome_crm.models.smarthome_object import STAGES
from odoo.addons.smarthome_crm.models.smarthome_object_stages import (
    ROLES_INTO_STAGE,
    TRANSITIONS,
)

from .common import SmarthomeCrmCommon


@tagged("post_install", "-at_install")
class TestObject(SmarthomeCrmCommon):
    """An object: its number, stages, sums, proposals, and how it is found."""

    def test_numbers_of_many_with_one_query(self):
        sequence = self.env["ir.sequence"].search([("code", "=", "smarthome.object")])
        with patch.object(type(sequence), "_next", side_effect=AssertionError):
            objects = self.env["smarthome.object"].create(
                [{"name": f"Object {index}"} for index in range(30)]
            )
        numbers = objects.mapped("number")
        self.assertEqual(len(set(numbers)), 30)
        self.assertTrue(all(number.startswith("ОБ-") for number in numbers))
        values = [int(number.removeprefix("ОБ-")) for number in numbers]
        self.assertEqual(values, list(range(values[0], values[0] + 30)))
        sequence.implementation = "no_gap"
        self.assertEqual(len(set(self.env["smarthome.object"]._get_next_numbers(3))), 3)

    @mute_logger("odoo.sql_db")
    def test_number_is_unique(self):
        with self.assertRaisesRegex(Exception, "number exists|number_uniq"), self.cr.savepoint():
            self._create_object(number=self.object.number)

    def test_copy_takes_a_number_and_folders_of_its_own(self):
        copy = self.object.copy()
        self.assertNotEqual(copy.number, self.object.number)
        self.assertEqual(len(copy.folder_ids), 5)
        self.assertEqual(copy.stage, "new")

    def test_lifecycle_knows_every_stage(self):
        stages = {key for key, _title in STAGES}
        self.assertEqual(set(TRANSITIONS), stages)
        self.assertEqual(set(ROLES_INTO_STAGE), stages)
        self.assertTrue(set().union(*TRANSITIONS.values()) <= stages)

    def test_manager_moves_his_object(self):
        record = self.object.with_user(self.manager)
        for stage in ("survey", "proposal", "negotiation", "contract", "in_work", "acceptance"):
            record.stage = stage
        with self.assertRaisesRegex(UserError, "cannot be closed yet"):
            record.stage = "closed"
        self.object.stage = "closed"
        with self.assertRaisesRegex(AccessError, "head"):
            record.stage = "acceptance"
        with self.assertRaisesRegex(UserError, "with a reason"):
            self.object.with_user(self.head).stage = "acceptance"

    def test_no_leaps(self):
        record = self.object.with_user(self.manager)
        with self.assertRaisesRegex(UserError, "cannot go from “New” to “Closed”"):
            record.stage = "closed"
        with self.assertRaisesRegex(UserError, "cannot go"):
            record.with_user(self.head).stage = "in_work"

    def test_engineer_moves_only_the_works(self):
        self.object.engineer_id = self.engineer
        record = self.object.with_user(self.engineer)
        with self.assertRaises(AccessError):
            record.stage = "survey"
        self.object.stage = "contract"
        record.stage = "in_work"
        record.stage = "acceptance"
        with self.assertRaises(AccessError):
            record.stage = "closed"

    def test_refusal_needs_a_reason(self):
        record = self.object.with_user(self.manager)
        with self.assertRaisesRegex(UserError, "reason"):
            record.stage = "refused"
        reason = self.env["smarthome.refusal.reason"].create({"name": "Test reason"})
        record.write({"stage": "refused", "refusal_reason_id": reason.id})
        record.stage = "negotiation"
        self.assertFalse(record.refusal_reason_id)

    def test_new_object_begins_early(self):
        with self.assertRaisesRegex(UserError, "before the contract"):
            self.env["smarthome.object"].with_user(self.manager).create(
                {"name": "Late", "type_id": self.object_type.id, "stage": "closed"}
            )

    def test_totals_of_proposals(self):
        goods = self._create_goods("A", 100, 60)
        first = self._create_proposal((goods, 1))
        self.assertRecordValues(
            self.object, [{"proposal_count": 1, "proposal_amount": 100, "is_signed": False}]
        )
        second = self._create_proposal((goods, 3))
        self.assertEqual(self.object.proposal_amount, 300)
        second.action_cancel()
        self.assertEqual(self.object.proposal_amount, 100)
        first.action_confirm()
        third = self._create_proposal((goods, 7))
        self.assertRecordValues(
            self.object, [{"proposal_count": 3, "proposal_amount": 100, "is_signed": True}]
        )
        third.action_confirm()
        self.assertEqual(self.object.proposal_amount, 800)

    def test_totals_in_the_companys_currency(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["res.currency.rate"].search([("currency_id", "=", euro.id)]).unlink()
        self.env["res.currency.rate"].create(
            {"currency_id": euro.id, "rate": 0.5, "company_id": self.env.company.id}
        )
        pricelist = self.env["product.pricelist"].create({"name": "Euro", "currency_id": euro.id})
        goods = self._create_goods("A", 100, 60)
        order = self._create_proposal((goods, 1), pricelist_id=pricelist.id)
        self.assertEqual(order.amount_untaxed, 50)
        self.assertEqual(self.object.proposal_amount, 100)

    def test_new_proposal_in_one_click(self):
        self.object_type.work_coefficient = 1.25
        pricelist = self.env["product.pricelist"].create({"name": "Of the client"})
        self.client.property_product_pricelist = pricelist
        action = self.object.with_user(self.manager).action_new_proposal()
        order = self.env["sale.order"].browse(action["res_id"])
        self.assertRecordValues(
            order,
            [
                {
                    "smarthome_object_id": self.object.id,
                    "partner_id": self.client.id,
                    "user_id": self.manager.id,
                    "pricelist_id": pricelist.id,
                    "currency_id": pricelist.currency_id.id,
                    "smarthome_work_coefficient": 1.25,
                }
            ],
        )
        self.object.partner_id = False
        with self.assertRaisesRegex(UserError, "client of the object first"):
            self.object.with_user(self.manager).action_new_proposal()

    def test_client_who_comes_back(self):
        record = self.object.with_user(self.manager)
        with self.assertRaisesRegex(UserError, "still open"):
            record.action_new_object_of_client()
        self.object.stage = "closed"
        action = record.action_new_object_of_client()
        form = Form(
            self.env["smarthome.object"].with_user(self.manager).with_context(**action["context"])
        )
        form.name = "Second house"
        created = form.save()
        self.assertEqual(created.previous_object_id, self.object)
        self.assertEqual(created.partner_id, self.client)
        self.assertEqual(self.object.next_object_ids, created)

    def test_address_opens_a_map(self):
        self.object.address = "Минск, Немига 5"
        self.assertIn("%D0%9C", self.object.action_open_map()["url"])
        self.object.address = False
        with self.assertRaises(UserError):
            self.object.action_open_map()

    def test_found_by_telephone_in_whatever_notation(self):
        self.env.company.country_id = self.env.ref("base.by")
        self.client.write({"phone": "+375 29 123-45-67", "country_id": self.env.ref("base.by").id})
        designer = self.env["res.partner"].create(
            {"name": "Designer", "phone": "+375 33 765-43-21"}
        )
        self.object.contact_ids = [Command.create({"partner_id": designer.id, "part": "designer"})]
        Object = self.env["smarthome.object"].with_user(self.manager)
        for number in ("+375291234567", "8 029 123-45-67", "80291234567", "123 45 67", "29123"):
            self.assertEqual(Object.search([("phone", "ilike", number)]), self.object, number)
        self.assertEqual(Object.search([("phone", "=", "+375337654321")]), self.object)
        self.assertFalse(Object.search([("phone", "ilike", "9999999")]))
        self.assertFalse(Object.search([("phone", "ilike", "-")]))
        self.assertFalse(
            self.env["smarthome.object"]
            .with_user(self.other_manager)
            .search([("phone", "ilike", "+375291234567")])
        )

    def test_found_by_number_and_name(self):
        Object = self.env["smarthome.object"].with_user(self.manager)
        for text in (self.object.number, self.object.number[-4:], "Lake"):
            self.assertIn(self.object.id, [found[0] for found in Object.name_search(text)])

    def test_engineer_reads_no_money(self):
        """Nor filters, groups, sorts or exports by it."""
        self.object.write({"engineer_id": self.engineer.id, "expected_amount": 5000})
        self.engineer.group_ids += self.env.ref("base.group_allow_export")
        record = self.object.with_user(self.engineer)
        self.assertEqual(record.proposal_count, 0)
        for name in ("expected_amount", "proposal_amount"):
            self.assertNotIn(name, record.fields_get())
            for attempt in (
                lambda name=name: record.read([name]),
                lambda name=name: record.web_read({name: {}}),
                lambda name=name: record.export_data([name]),
                lambda name=name: record.search([(name, ">", 0)]),
                lambda name=name: record.search([], order=name),
                lambda name=name: record.formatted_read_group([], [], [f"{name}:sum"]),
                lambda name=name: record.write({name: 1}),
            ):
                with self.assertRaises(AccessError):
                    attempt()
        self.assertNotIn("expected_amount", record.get_view(view_type="form")["arch"])
        self.assertEqual(self.object.with_user(self.manager).expected_amount, 5000)
        self.assertEqual(self.object.with_user(self.accountant).expected_amount, 5000)

    def test_roles_without_objects(self):
        for user in (self.secretary, self.purchasing, self.storekeeper, self.installer):
            Object = self.env["smarthome.object"].with_user(user)
            for attempt in (
                lambda Object=Object: Object.search([]),
                lambda Object=Object: Object.name_search("Lake"),
                lambda Object=Object: Object.formatted_read_group([], [], ["__count"]),
                lambda Object=Object: Object.browse(self.object.id).read(["name"]),
            ):
                with self.assertRaises(AccessError):
                    attempt()

    def test_what_is_over_is_folded(self):
        Object = self.env["smarthome.object"].with_context(read_group_expand=True)
        groups = Object.formatted_read_group([], ["stage"], ["__count"])
        self.assertEqual([group["stage"] for group in groups], [key for key, _title in STAGES])
        self.assertEqual(
            [group["stage"] for group in groups if group["__fold"]], ["closed", "refused"]
        )


@tagged("post_install", "-at_install")
class TestObjectQueries(SmarthomeCrmCommon):
    """A page of objects costs the same number of queries, however many there are."""

    VIEWS = ("list", "kanban")

    def _spec(self, view_type):
        arch = self.env["smarthome.object"].get_view(view_type=view_type)
        fields = self.env["smarthome.object"].get_views([(False, view_type)])
        names = fields["models"]["smarthome.object"]["fields"]
        return {
            name: {"fields": {"display_name": {}}} if names[name].get("relation") else {}
            for name in names
            if f'name="{name}"' in arch["arch"] and name != "activity_ids"
        }

    def _read_page(self, spec, limit):
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        records = (
            self.env["smarthome.object"]
            .with_user(self.manager)
            .web_search_read([("user_id", "=", self.manager.id)], spec, limit=limit)["records"]
        )
        self.assertEqual(len(records), limit)
        return self.cr.sql_log_count - before

    def test_no_query_per_row(self):
        self.env["smarthome.object"].create(
            [
                {
                    "name": f"Object {index}",
                    "type_id": self.object_type.id,
                    "user_id": self.manager.id,
                    "partner_id": self.env["res.partner"].create({"name": f"C{index}"}).id,
                }
                for index in range(80)
            ]
        )
        self.env.flush_all()
        for view_type in self.VIEWS:
            spec = self._spec(view_type)
            self._read_page(spec, 5)
            self.assertEqual(self._read_page(spec, 80), self._read_page(spec, 5), view_type)

    def test_totals_of_many_with_the_same_queries(self):
        objects = self.env["smarthome.object"].create(
            [{"name": f"Object {index}", "type_id": self.object_type.id} for index in range(40)]
        )
        self.env.flush_all()
        counts = []
        for some in (objects[:4], objects):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.env.add_to_compute(some._fields["proposal_amount"], some)
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
