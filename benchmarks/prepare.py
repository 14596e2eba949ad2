"""The large base: 100 000 objects, 1 000 000 calls, 10 000 products, as many proposals."""

from odoo.addons.smarthome_demo.tools.bulk import fill


def prepare(env):
    """Fill the base; called once by ``./smarthome bench``."""
    fill(env)
