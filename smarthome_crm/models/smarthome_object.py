from odoo import api, fields, models

STAGES = [
    ("new", "New"),
    ("survey", "Survey"),
    ("proposal", "Proposal"),
    ("negotiation", "Negotiation"),
    ("contract", "Contract"),
    ("in_work", "In Work"),
    ("acceptance", "Acceptance"),
    ("closed", "Closed"),
    ("refused", "Refused"),
]
#: stages in which the next call may be missing
STAGES_WITHOUT_CALL = ("in_work", "acceptance", "closed")


class SmarthomeObject(models.Model):
    """The site to be equipped, from the first call to the closing (ОБЪЕКТ)."""

    _name = "smarthome.object"
    _description = "Object"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _rec_names_search = ["name", "number"]

    number = fields.Char(readonly=True, copy=False, index=True)
    name = fields.Char(required=True, tracking=True, index=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    type_id = fields.Many2one(
        comodel_name="smarthome.object.type",
        string="Type",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env["smarthome.object.type"].search([], limit=1),
        tracking=True,
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Client",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        check_company=True,
    )
    contact_ids = fields.One2many(
        comodel_name="smarthome.object.contact",
        inverse_name="object_id",
        string="Contacts",
    )
    address = fields.Char(tracking=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Manager",
        default=lambda self: self.env.user,
        index=True,
        tracking=True,
    )
    engineer_id = fields.Many2one(
        comodel_name="res.users",
        string="Lead Engineer",
        index="btree_not_null",
        tracking=True,
    )
    stage = fields.Selection(
        selection=STAGES,
        required=True,
        default="new",
        index=True,
        tracking=True,
        group_expand=True,
    )
    source_id = fields.Many2one(comodel_name="utm.source", string="Source")
    expected_amount = fields.Monetary(string="Expected Sum")
    tag_ids = fields.Many2many(comodel_name="smarthome.object.tag", string="Tags")
    refusal_reason_id = fields.Many2one(comodel_name="smarthome.refusal.reason", tracking=True)
    previous_object_id = fields.Many2one(
        comodel_name="smarthome.object",
        string="Earlier Object",
        index="btree_not_null",
        help="The closed object of the client who came back.",
    )
    call_ids = fields.One2many(comodel_name="smarthome.call", inverse_name="object_id")
    order_ids = fields.One2many(
        comodel_name="sale.order",
        inverse_name="smarthome_object_id",
        string="Proposals",
    )

    @api.depends("number", "name")
    def _compute_display_name(self):
        for record in self:
            record.display_name = " ".join(filter(None, (record.number, record.name)))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if not vals.get("number"):
                vals["number"] = self.env["ir.sequence"].next_by_code("smarthome.object")
        return super().create(vals_list)
