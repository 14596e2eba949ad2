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

    @api.model_create_multi
    def create(self, vals_list):
        """A source added among those of calls is named by its words there."""
        for vals in vals_list:
            if vals.get("smarthome_title") and not vals.get("name"):
                vals["name"] = vals["smarthome_title"]
        return super().create(vals_list)

    @api.depends("name", "smarthome_title")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for source in self:
            source.display_name = source.smarthome_title or source.name
