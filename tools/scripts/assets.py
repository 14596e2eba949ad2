"""In Odoo's shell: build all asset bundles, so that the first page is quick."""

env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
