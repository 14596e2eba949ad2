from urllib.parse import urlencode

from odoo.tests import HttpCase, tagged

# the module and not its classes: pytest would run an imported class here once more
from odoo.addons.web.tests import test_js


@tagged("post_install", "-at_install")
class TestBonusHoot(HttpCase):
    """The unit tests of this addon's components, in a real browser."""

    def test_components(self):
        suite = urlencode({"id": test_js.HOOTCommon._generate_hash(self, "@smarthome_bonus")})
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&{suite}",
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=test_js.unit_test_error_checker,
        )
