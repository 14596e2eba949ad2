from odoo import models


class ResPartner(models.Model):
    """Callers are recognised by the numbers of contacts."""

    _inherit = "res.partner"

    _smarthome_phone_idx = models.Index("(phone_sanitized text_pattern_ops)")
