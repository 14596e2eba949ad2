"""What is done once, when the addon is installed."""


def post_init_hook(env):
    """Give companies that still have Odoo's default font, which lacks Cyrillic, one that has it."""
    companies = env["res.company"].with_context(active_test=False)
    companies.search([("font", "in", ("Lato", False))]).font = "Roboto"
