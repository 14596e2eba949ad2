from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import SmarthomeCrmCommon


@tagged("post_install", "-at_install")
class TestCallTour(SmarthomeCrmCommon, HttpCase):
    """A call by keyboard, its object, and the control call answered from the list."""

    def test_call(self):
        self.object.user_id = self.other_manager
        self.env.company.country_id = self.env.ref("base.by")
        login = self.manager.login
        self.start_tour("/odoo/smarthome-calls", "smarthome_call_new", login=login)
        call = self.env["smarthome.call"].search(
            [("phone", "=", "+375297001122"), ("outcome", "=", "object")]
        )
        site = call.object_id
        self.assertRecordValues(
            call, [{"name": "Anna", "need": "Light and climate", "is_first_time": True}]
        )
        self.assertRecordValues(site, [{"address": "Lake street 1", "user_id": self.manager.id}])
        site.next_call_date = fields.Datetime.now() - timedelta(days=1)
        self.start_tour("/odoo/smarthome-calls", "smarthome_call_answer", login=login)
        self.assertEqual(site.last_answer, "Waits for the proposal")
        self.assertGreater(site.next_call_date, fields.Datetime.now() + timedelta(days=5))


@tagged("post_install", "-at_install")
class TestCallTourOnPhone(TestCallTour):
    """The same on a telephone."""

    allow_inherited_tests_method = True
    browser_size = "390x844"
    touch_enabled = True
