"""The base to compare with: plain Odoo with as many sale orders, clients and products."""

from odoo.addons.smarthome_demo.tools.bulk import fill_plain


def prepare(env):
    """Fill the base; called once by ``./smarthome bench``."""
    fill_plain(env)
