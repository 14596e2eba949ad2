from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import tagged

from ..tools.call_dates import to_local
from .common import SmarthomeCrmCommon
from .tour_common import RussianTourCase


@tagged("post_install", "-at_install")
class TestRefusalTour(SmarthomeCrmCommon, RussianTourCase):
    """An object is refused with a reason, and its client is rung in a year."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._speak_russian(cls.manager)
        cls.object.name = "Дом у озера"
        cls.reason = cls.env["smarthome.refusal.reason"].create({"name": "Tour reason"})

    def test_refusal(self):
        before = to_local(fields.Datetime.now(), self.manager.tz).date()
        self.start_tour(
            f"/odoo/smarthome-objects/{self.object.id}",
            "smarthome_refusal",
            login=self.manager.login,
        )
        self.assertRecordValues(
            self.object,
            [
                {
                    "stage": "refused",
                    "refusal_reason_id": self.reason.id,
                    "last_answer": "Строят в другом месте",
                }
            ],
        )
        call = self.object.next_call_id
        self.assertEqual((call.state, call.user_id), ("planned", self.manager))
        day = to_local(call.date, self.manager.tz).date()
        in_a_year = before + relativedelta(years=1)
        self.assertLessEqual(in_a_year, day)
        self.assertLessEqual((day - in_a_year).days, 3, "the next working day")
        activity = self.env["mail.activity"].search([("smarthome_call_id", "=", call.id)])
        self.assertEqual(activity.user_id, self.manager)


@tagged("post_install", "-at_install")
class TestRefusalTourOnPhone(TestRefusalTour):
    """The same on a telephone."""

    allow_inherited_tests_method = True
    browser_size = "390x844"
    touch_enabled = True
