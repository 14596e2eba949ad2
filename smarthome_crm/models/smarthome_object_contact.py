from odoo import fields, models


class SmarthomeObjectContact(models.Model):
    _name = "smarthome.object.contact"
    _description = "Contact of an Object"
    _order = "sequence, id"

    object_id = fields.Many2one(
        comodel_name="smarthome.object",
        required=True,
        ondelete="cascade",
        index=True,
    )
    sequence = fields.Integer(default=10)
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Contact",
        required=True,
        ondelete="restrict",
        index=True,
    )
    part = fields.Selection(
        selection=[
            ("owner", "Owner"),
            ("designer", "Designer"),
            ("builder", "Builder"),
            ("other", "Other"),
        ],
        required=True,
        default="owner",
    )
    phone = fields.Char(related="partner_id.phone", readonly=False)
    email = fields.Char(related="partner_id.email", readonly=False)

    _partner_uniq = models.Constraint(
        "UNIQUE(object_id, partner_id, part)", "This contact stands in the object already."
    )
