from odoo.tests import TransactionCase, tagged

from ..hooks import post_init_hook


@tagged("post_install", "-at_install")
class TestFont(TransactionCase):
    def test_new_companies_have_cyrillic(self):
        self.assertEqual(self.env["res.company"].create({"name": "Новая"}).font, "Roboto")

    def test_only_the_default_is_replaced(self):
        default, chosen = self.env["res.company"].create(
            [
                {"name": "Без выбора", "font": "Lato"},
                {"name": "С выбором", "font": "Montserrat"},
            ]
        )
        post_init_hook(self.env)
        self.assertEqual(default.font, "Roboto")
        self.assertEqual(chosen.font, "Montserrat")
