from odoo import fields, models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    smarthome_call_id = fields.Many2one(
        comodel_name="smarthome.call",
        index="btree_not_null",
        ondelete="cascade",
    )
