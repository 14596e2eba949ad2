"""In Odoo's shell: take away the addons named in ``modules``, with all that stands on them."""

names = env["ir.module.module"].search([("name", "in", modules), ("state", "=", "installed")])
names.button_immediate_uninstall()
