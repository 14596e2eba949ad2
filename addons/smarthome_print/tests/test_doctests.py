import doctest

from odoo.tests import BaseCase, tagged

from ..models import smarthome_print_resource
from ..tools import pages, paper, slots


@tagged("post_install", "-at_install")
class TestDoctests(BaseCase):
    def test_examples(self):
        for module in (pages, paper, slots, smarthome_print_resource):
            with self.subTest(module=module.__name__):
                result = doctest.testmod(module)
                self.assertGreater(result.attempted, 0)
                self.assertEqual(result.failed, 0)
