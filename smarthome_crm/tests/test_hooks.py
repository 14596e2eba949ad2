from odoo.tests import TransactionCase, tagged

from odoo.addons.smarthome_crm.hooks import post_init_hook


@tagged("post_install", "-at_install")
class TestHooks(TransactionCase):
    def test_companies_begin_in_their_own_currency(self):
        """Without a pricelist of its own a company would sell by the first foreign one."""
        company = self.env.company
        lists = self.env["product.pricelist"].with_context(active_test=False)
        lists.search([("company_id", "=", company.id)]).action_archive()
        company.tax_calculation_rounding_method = "round_globally"
        post_init_hook(self.env)
        own = self.env["product.pricelist"].search([("company_id", "=", company.id)])
        self.assertEqual(own.currency_id, company.currency_id)
        self.assertEqual(company.tax_calculation_rounding_method, "round_per_line")

    def test_saving_the_settings_archives_no_pricelist(self):
        """Odoo's settings switch off what the employee's group does not imply."""
        own = self.env["product.pricelist"].search([("company_id", "=", self.env.company.id)])
        settings = self.env["res.config.settings"].create({})
        for name in ("group_product_pricelist", "group_uom", "group_discount_per_so_line"):
            self.assertTrue(settings[name], name)
        settings.execute()
        self.assertEqual(own.mapped("active"), [True] * len(own))
