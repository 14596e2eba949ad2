from odoo import api, fields, models


class UtmSource(models.Model):
    """Sources that a first-time caller is asked about."""

    _inherit = "utm.source"
    _order = "smarthome_sequence, name, id"

    smarthome_is_asked = fields.Boolean(
        string="Asked in Calls",
        index=True,
        help="Stands among the answers to «how did you find us?».",
    )
    smarthome_sequence = fields.Integer(string="Order in Calls", default=100)
    smarthome_title = fields.Char(string="Words in Calls", translate=True)

    @api.depends("name", "smarthome_title")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for source in self:
            source.display_name = source.smarthome_title or source.name
