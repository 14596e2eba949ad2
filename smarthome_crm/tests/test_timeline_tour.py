from datetime import date

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .test_contract import SmarthomeContractCommon


@tagged("post_install", "-at_install")
class TestTimelineTour(SmarthomeContractCommon, HttpCase):
    """The timeline under the hands of a head and of a manager."""

    browser_size = "1400x900"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["smarthome.object"].search([("id", "!=", cls.object.id)]).active = False
        cls.contract = cls._create_contract()
        today = date.today()
        cls.contract.write({"smarthome_date_start": today, "smarthome_date_end": today})
        cls.object.engineer_id = cls.engineer

    def _get_shifts(self):
        """Days from today to the start and to the hand-over."""
        today = date.today()
        dates = self.contract.smarthome_date_start, self.contract.smarthome_date_end
        return [(day - today).days for day in dates]

    def _start(self, user, tour):
        self.start_tour("/odoo/smarthome-in-work", tour, login=user.login)

    def test_head_moves(self):
        self._start(self.head, "smarthome_timeline_head")
        self.assertEqual(self._get_shifts(), [14, 21])

    def test_manager_does_not(self):
        self._start(self.manager, "smarthome_timeline_manager")
        self.assertEqual(self._get_shifts(), [0, 0])
        self._check_refused_by_rpc()

    def _check_refused_by_rpc(self):
        self.authenticate(self.manager.login, self.manager.login)
        day = str(date.today())
        params = {
            "model": "smarthome.object",
            "method": "action_move_dates",
            "args": [[self.object.id], day, day],
            "kwargs": {},
        }
        with mute_logger("odoo.http"):
            answer = self.url_open("/web/dataset/call_kw", json={"params": params}).json()
        self.assertEqual(answer["error"]["data"]["name"], "odoo.exceptions.AccessError")


@tagged("post_install", "-at_install")
class TestTimelineTourOnPhone(TestTimelineTour):
    """The same on a telephone."""

    allow_inherited_tests_method = True
    browser_size = "390x844"
    touch_enabled = True
