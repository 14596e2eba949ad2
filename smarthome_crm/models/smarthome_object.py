from urllib.parse import quote

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..const import PROFIT_GROUPS
from ..tools.phone import MIN_DIGITS, digits_of, to_e164

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
#: what is over: aside in the kanban, outside the filter "Open"
STAGES_OVER = ("closed", "refused")
#: where the address of an object is shown
MAP_URL = "https://yandex.ru/maps/?text=%s"


class SmarthomeObject(models.Model):
    """The site to be equipped, from the first call to the closing (ОБЪЕКТ)."""

    _name = "smarthome.object"
    _description = "Object"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _rec_names_search = ["number", "name"]

    number = fields.Char(readonly=True, copy=False, index="trigram")
    name = fields.Char(required=True, tracking=True, index="trigram")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
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
    phone = fields.Char(
        compute="_compute_phone",
        compute_sudo=True,
        search="_search_phone",
    )
    email = fields.Char(related="partner_id.email", string="E-mail")
    contact_ids = fields.One2many(
        comodel_name="smarthome.object.contact",
        inverse_name="object_id",
        string="Contacts",
    )
    address = fields.Char(tracking=True, index="trigram")
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
        domain=lambda self: [
            ("all_group_ids", "in", self.env.ref("smarthome_base.group_smarthome_engineer").ids)
        ],
    )
    stage = fields.Selection(
        selection=STAGES,
        required=True,
        default="new",
        index=True,
        copy=False,
        tracking=True,
        group_expand=True,
    )
    source_id = fields.Many2one(
        comodel_name="utm.source",
        string="Source",
        index="btree_not_null",
    )
    expected_amount = fields.Monetary(string="Expected Sum", groups=PROFIT_GROUPS)
    tag_ids = fields.Many2many(comodel_name="smarthome.object.tag", string="Tags")
    refusal_reason_id = fields.Many2one(
        comodel_name="smarthome.refusal.reason",
        string="Reason of Refusal",
        copy=False,
        tracking=True,
    )
    previous_object_id = fields.Many2one(
        comodel_name="smarthome.object",
        string="Earlier Object",
        index="btree_not_null",
        copy=False,
        help="The closed object of the client who came back.",
    )
    next_object_ids = fields.One2many(
        comodel_name="smarthome.object",
        inverse_name="previous_object_id",
        string="Later Objects",
    )
    description = fields.Html(string="Notes")
    call_ids = fields.One2many(comodel_name="smarthome.call", inverse_name="object_id")
    call_count = fields.Integer(
        string="Number of Calls",
        compute="_compute_call_count",
    )
    order_ids = fields.One2many(
        comodel_name="sale.order",
        inverse_name="smarthome_object_id",
        string="Proposals",
    )

    _number_uniq = models.Constraint(
        "UNIQUE(company_id, number)", "An object with this number exists."
    )
    _open_idx = models.Index(
        "(user_id, next_call_date, id DESC) WHERE active IS TRUE"
        " AND stage IN ('new', 'survey', 'proposal', 'negotiation', 'contract', 'in_work',"
        " 'acceptance')"
    )
    _stage_idx = models.Index("(stage, next_call_date, id DESC) WHERE active IS TRUE")

    @api.depends("partner_id.phone")
    def _compute_phone(self):
        for record in self:
            record.phone = record.partner_id.phone

    @api.model
    def _search_phone(self, operator, value):
        """Find by the number of the client or of a contact, in whatever notation.

        Whoever may see the object may find it by such a number, so partners are read in sudo.
        """
        if operator == "in":
            return Domain.OR(self._search_phone("ilike", one) for one in value if one)
        if operator not in ("ilike", "like", "="):
            return NotImplemented
        partners = self._find_partners_by_phone(value)
        contacts = self.env["smarthome.object.contact"].sudo()
        contacts = contacts.search_fetch([("partner_id", "in", partners.ids)], ["object_id"])
        return Domain("partner_id", "in", partners.ids) | Domain("id", "in", contacts.object_id.ids)

    @api.model
    def _find_partners_by_phone(self, number):
        """Partners whose telephone is the number, or holds its digits.

        :param number: text as a person writes it, with or without the country
        :return: res.partner in sudo
        """
        Partner = self.env["res.partner"].sudo().with_context(active_test=False)
        exact = to_e164(number, self.env.company.country_id.code)
        if exact and (partners := Partner.search([("phone_sanitized", "=", exact)])):
            return partners
        digits = digits_of(number).lstrip("0")
        if len(digits) < MIN_DIGITS:
            return Partner
        return Partner.search([("phone_sanitized", "like", digits)], limit=1000)

    def _compute_call_count(self):
        groups = self.env["smarthome.call"]._read_group(
            [("object_id", "in", self.ids)], ["object_id"], ["__count"]
        )
        counts = {record.id: count for record, count in groups}
        for record in self:
            record.call_count = counts.get(record._origin.id, 0)

    @api.depends("number", "name")
    def _compute_display_name(self):
        for record in self:
            record.display_name = " ".join(filter(None, (record.number, record.name)))

    @api.model_create_multi
    def create(self, vals_list):
        unnumbered = [vals for vals in vals_list if not vals.get("number")]
        numbers = self._get_next_numbers(len(unnumbered))
        for vals, number in zip(unnumbered, numbers, strict=True):
            vals["number"] = number
        return super().create(vals_list)

    @api.model
    def _get_next_numbers(self, count):
        """Take numbers of the sequence, many of them with one query.

        :return: list of texts
        """
        if not count:
            return []
        sequence = (
            self.env["ir.sequence"]
            .sudo()
            .search(
                [
                    ("code", "=", self._name),
                    ("company_id", "in", [self.env.company.id, False]),
                ],
                order="company_id",
                limit=1,
            )
        )
        if sequence.implementation != "standard" or sequence.use_date_range:
            return [sequence._next() for _index in range(count)]
        prefix, suffix = sequence._get_prefix_suffix()
        rows = self.env.execute_query(
            SQL(
                "SELECT nextval(%s) FROM generate_series(1, %s)",
                f"ir_sequence_{sequence.id:03d}",
                count,
            )
        )
        return [f"{prefix}{number:0{sequence.padding}d}{suffix}" for (number,) in rows]

    @api.model
    def formatted_read_group(self, domain, groupby=(), aggregates=(), **kwargs):
        """What is over stands folded aside in the kanban."""
        groups = super().formatted_read_group(domain, groupby, aggregates, **kwargs)
        if groupby and groupby[0] == "stage" and self.env.context.get("read_group_expand"):
            for group in groups:
                group["__fold"] = group["stage"] in STAGES_OVER
        return groups

    def action_open_map(self):
        """Show the address on a map, in a new tab."""
        self.ensure_one()
        if not self.address:
            raise UserError(self.env._("Write the address of the object first."))
        return {"type": "ir.actions.act_url", "url": MAP_URL % quote(self.address), "target": "new"}

    def action_new_proposal(self):
        """Make a proposal of the object and open it.

        Client, manager, pricelist, currency and coefficient of works come from the object and
        its client.

        :return: action of the new proposal's form
        """
        self.ensure_one()
        if not self.partner_id:
            raise UserError(
                self.env._("Choose the client of the object first: the proposal is made for him.")
            )
        order = self.env["sale.order"].create(self._prepare_proposal_values())
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smarthome_crm.sale_order_action_proposals"
        )
        return {**action, "views": [(False, "form")], "view_mode": "form", "res_id": order.id}

    def _prepare_proposal_values(self):
        """Values of a new proposal; what is not here Odoo and the object compute."""
        return {
            "smarthome_object_id": self.id,
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "source_id": self.source_id.id,
        }

    def action_open_proposals(self):
        """Open the proposals of the object."""
        return self._open_related(
            "smarthome_crm.sale_order_action_proposals", "smarthome_object_id"
        )

    def action_open_calls(self):
        """Open the calls of the object, those that were and those planned."""
        return self._open_related("smarthome_crm.smarthome_call_action", "object_id")

    def action_answer_next_call(self):
        """Write the answer of the planned call, by the form that asks for the next date."""
        self.ensure_one()
        if not self.next_call_id:
            raise UserError(self.env._("No call is planned; choose the date of the next call."))
        return self.next_call_id.action_open_answer()

    def action_record_call(self):
        """Open the form of a new call about the object."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Call"),
            "res_model": "smarthome.call",
            "views": [(False, "form")],
            "context": {
                "default_object_id": self.id,
                "default_partner_id": self.partner_id.id,
                "default_phone": self.phone,
                "default_name": self.partner_id.name,
            },
        }

    def _open_related(self, xmlid, field_name):
        """Action over the records that point at the object by the field."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        action["domain"] = [(field_name, "=", self.id)]
        action["context"] = {f"default_{field_name}": self.id}
        return action

    def action_new_object_of_client(self):
        """Begin a new object of a client who came back, linked to this one."""
        self.ensure_one()
        if self.stage not in STAGES_OVER:
            raise UserError(self.env._("%s is still open: go on with it.", self.display_name))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New object of this client"),
            "res_model": self._name,
            "views": [(False, "form")],
            "context": {
                f"default_{name}": value for name, value in self._prepare_next_object().items()
            },
        }

    def _prepare_next_object(self):
        """Values of the next object of the same client."""
        return {
            "previous_object_id": self.id,
            "partner_id": self.partner_id.id,
            "type_id": self.type_id.id,
            "address": self.address,
            "source_id": self.source_id.id,
        }
