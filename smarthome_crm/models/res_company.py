from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    smarthome_first_control_days = fields.Integer(
        string="First Control Call in Days",
        default=1,
        help="Working days from today that are proposed for the first control call.",
    )
    smarthome_call_hour = fields.Float(
        string="Hour of Control Calls",
        default=11.0,
        help="Hour of the day, in the manager's time zone, proposed for planned calls.",
    )
