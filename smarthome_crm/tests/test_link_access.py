from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .acceptance_common import PIXEL
from .common import SmarthomeCrmCommon


@tagged("post_install", "-at_install")
class TestLinkAccess(SmarthomeCrmCommon):
    """Clients and files of others, tied to records that every employee may make."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.client.write({"phone": "+375297770026", "street": "Lake street 1"})
        cls.employee = new_test_user(cls.env, login="sh_employee", groups="base.group_user")
        document = cls.env["smarthome.document"].create(
            {"folder_id": cls.object.folder_ids[0].id, "name": "plan.png", "raw": PIXEL}
        )
        cls.file = document.attachment_id
        cls.order = cls._create_proposal((cls._create_goods("LNK", 10, 5), 1))
        cls.strangers = (cls.other_manager, cls.secretary, cls.storekeeper, cls.installer)
        cls.strangers += (cls.engineer, cls.purchasing, cls.employee)
        cls.env.flush_all()

    def assertClosed(self, user, model, call):
        self.env.invalidate_all()
        with self.subTest(user=user.login, model=model), self.assertRaises(AccessError):
            call(self.env[model].with_user(user))

    def test_client_is_not_linked_by_his_number(self):
        """The name of a linked client shows to whoever may read the link."""
        number = self.client.id
        for user in self.strangers:
            for model, field in (
                ("calendar.filters", "partner_id"),
                ("mail.message", "author_id"),
                ("mail.compose.message", "author_id"),
                ("calendar.attendee", "partner_id"),
            ):
                self.assertClosed(user, model, lambda one, f=field: one.create({f: number}))
                key = f"default_{field}"
                self.assertClosed(
                    user, model, lambda one, k=key: one.with_context(**{k: number}).create({})
                )
            line = self.env["calendar.filters"].with_user(user)
            line = line.create({"partner_id": user.partner_id.id})
            with self.assertRaises(AccessError):
                line.write({"partner_id": number})
        values = {"res_model": "sale.order", "res_id": self.order.id, "amount": 1}
        values["partner_id"] = number
        self.assertClosed(self.other_manager, "payment.link.wizard", lambda one: one.create(values))
        line = self.env["calendar.filters"].with_user(self.manager).create({"partner_id": number})
        self.assertEqual(line.partner_id, self.client)

    def test_unsaved_form_shows_no_client(self):
        number = self.client.id
        spec = {"partner_id": {"fields": {"display_name": {}}}, "phone": {}, "email": {}}
        activity = {"res_model": "res.partner", "res_id": number}
        contact = {"contact_ids": [[0, "virtual_1", {"partner_id": number}]]}
        for user in self.strangers:
            for model, values, fields in (
                ("calendar.attendee", {"partner_id": number}, spec),
                ("mail.activity", activity, {"res_name": {}}),
                ("mail.message", {"model": "res.partner", "res_id": number}, {"record_name": {}}),
            ):
                self.assertClosed(
                    user, model, lambda one, v=values, f=fields: one.onchange(v, list(v), f)
                )
            self.assertClosed(
                user,
                "calendar.attendee",
                lambda one: one.with_context(default_partner_id=number).onchange({}, [], spec),
            )
        lines = {"contact_ids": {"fields": {"phone": {}}}}
        for model, values, fields in (
            ("res.partner", {"parent_id": number}, {"street": {}}),
            ("smarthome.object", contact, lines),
        ):
            self.assertClosed(
                self.other_manager,
                model,
                lambda one, v=values, f=fields: one.onchange(v, list(v), f),
            )

    def test_own_forms_open(self):
        """A link that is there already, and what one may read, hinder nobody."""
        partners = self.env["res.partner"].with_user(self.manager)
        shown = partners.onchange({"parent_id": self.client.id}, ["parent_id"], {"street": {}})
        self.assertEqual(shown["value"]["street"], "Lake street 1")
        line = self.env["calendar.filters"].create(
            {"user_id": self.other_manager.id, "partner_id": self.client.id}
        )
        line = line.with_user(self.other_manager)
        line.onchange({"partner_id": self.client.id}, ["partner_id"], {"partner_id": {}})
        line.write({"partner_id": self.client.id})

    def test_file_is_not_read_through_a_letter(self):
        if "snailmail.letter" not in self.env:
            return
        number = self.file.id
        values = {"model": "res.partner", "partner_id": self.env.company.partner_id.id}
        values |= {"res_id": self.env.company.partner_id.id, "attachment_id": number}
        for user in self.strangers:
            for call in (
                lambda one: one.create(values),
                lambda one: one.onchange(
                    {"attachment_id": number}, ["attachment_id"], {"attachment_datas": {}}
                ),
            ):
                self.assertClosed(user, "snailmail.letter", call)

    def test_message_to_the_client_of_another(self):
        """The form of an SMS looks for the recipient as the program."""
        values = {"res_model": "smarthome.object", "res_id": self.object.id, "body": "Hello"}
        values["composition_mode"] = "comment"
        fields = ("recipient_single_number_itf", "recipient_single_description")
        for user in self.strangers:
            for context in (
                {f"default_{name}": value for name, value in values.items()},
                {"active_model": "smarthome.object", "active_id": self.object.id},
            ):
                self.assertClosed(
                    user,
                    "sms.composer",
                    lambda one, c=context: one.with_context(**c).onchange(
                        {}, [], dict.fromkeys(fields, {})
                    ),
                )
            self.assertClosed(
                user, "sms.composer", lambda one: one.create(values).read(list(fields))
            )
        form = self.env["sms.composer"].with_user(self.manager).create(values)
        self.assertEqual(form.recipient_single_number_itf, "+375297770026")

    def test_meeting_with_a_client(self):
        """Who comes to a meeting is told with name, phone and e-mail."""
        partners = self.client | self.manager.partner_id
        values = {"start": "2030-01-01 10:00:00", "stop": "2030-01-01 11:00:00"}
        events = self.env["calendar.event"].with_user(self.manager)
        visit = events.create({"name": "Visit", "partner_ids": partners.ids, **values})
        talk = events.create({"name": "Talk", **values})
        self.env.flush_all()
        for user in self.strangers:
            events = self.env["calendar.event"].with_user(user)
            attendees = self.env["calendar.attendee"].with_user(user)
            with self.subTest(user=user.login):
                self.assertEqual(events.search([("id", "in", (visit | talk).ids)]), talk)
                self.assertFalse(attendees.search([("phone", "=", self.client.phone)]))
                found = attendees.search([("event_id", "=", visit.id)])
                self.assertNotIn(self.client, found.sudo().partner_id)
            for call in (
                lambda one: one.browse(visit.id).write({"name": "Mine"}),
                lambda one: one.browse(visit.id).read(["name"]),
            ):
                self.assertClosed(user, "calendar.event", call)
        for user in (self.manager, self.head):
            event = visit.with_user(user)
            self.assertEqual(event.attendee_ids.partner_id, partners)
        visit.with_user(self.head).partner_ids += self.engineer.partner_id
        self.assertEqual(visit.with_user(self.engineer).name, "Visit")
        visit.with_user(self.manager).unlink()
