from odoo import api, fields, models
from odoo.exceptions import UserError

from .sale_order_line_works import GENERATION_FIELDS


class SaleOrder(models.Model):
    """Numbers and versions of proposals: КП-12, then КП-12/2, КП-12/3."""

    _inherit = "sale.order"

    smarthome_base_order_id = fields.Many2one(
        comodel_name="sale.order",
        string="First Version",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        export_string_translation=False,
    )
    smarthome_version = fields.Integer(
        string="Version",
        default=1,
        readonly=True,
        copy=False,
    )
    smarthome_version_count = fields.Integer(
        string="Versions",
        compute="_compute_smarthome_version_count",
    )
    smarthome_status = fields.Selection(
        selection=[
            ("working", "Working"),
            ("sent", "Sent"),
            ("contract", "Contract"),
            ("closed", "Closed"),
            ("refused", "Refused"),
        ],
        string="Proposal Status",
        compute="_compute_smarthome_status",
        store=True,
        precompute=True,
    )

    _smarthome_version_uniq = models.UniqueIndex(
        "(smarthome_base_order_id, smarthome_version) WHERE smarthome_base_order_id IS NOT NULL",
        "Somebody else made this version of the proposal just now: open the proposal again.",
    )

    def _compute_smarthome_version_count(self):
        bases = {order: order._get_base_order()._origin.id for order in self}
        counts = dict(
            self.sudo()._read_group(
                [("smarthome_base_order_id", "in", [base for base in bases.values() if base])],
                ["smarthome_base_order_id"],
                ["__count"],
            )
        )
        counts = {base.id: count for base, count in counts.items()}
        for order, base in bases.items():
            order.smarthome_version_count = 1 + counts.get(base, 0)

    @api.depends("state", "smarthome_object_id.stage")
    def _compute_smarthome_status(self):
        statuses = {"draft": "working", "sent": "sent", "sale": "contract", "cancel": "refused"}
        for order in self:
            is_closed = order.state == "sale" and order.smarthome_object_id.stage == "closed"
            order.smarthome_status = "closed" if is_closed else statuses.get(order.state)

    @api.model_create_multi
    def create(self, vals_list):
        """Number the proposals of objects by their own sequence."""
        default_object = self.env.context.get("default_smarthome_object_id")
        numbered = []
        for vals in vals_list:
            is_proposal = vals.get("smarthome_object_id", default_object)
            if is_proposal and vals.get("name", self.env._("New")) == self.env._("New"):
                vals = {**vals, "name": self._get_next_proposal_number(vals.get("company_id"))}
            numbered.append(vals)
        return super().create(numbered)

    def copy_data(self, default=None):
        """Leave the coefficient of heads to ``copy``: a manager may not write it himself."""
        vals_list = super().copy_data(default)
        if not self._can_set_coefficient() and "smarthome_work_coefficient" not in (default or {}):
            for vals in vals_list:
                vals.pop("smarthome_work_coefficient", None)
        return vals_list

    def copy(self, default=None):
        """Copy works with what made them: the traces then name the lines of the copy."""
        copies = super().copy(default)
        if "order_line" not in (default or {}):
            for order, copy in zip(self, copies, strict=True):
                copy.sudo()._take_over_works(order.sudo())
        return copies

    @api.model
    def _get_next_proposal_number(self, company_id=None):
        sequences = self.env["ir.sequence"].with_company(company_id)
        return sequences.next_by_code("smarthome.proposal")

    def _take_over_works(self, original):
        """Bring over from the original what copying its lines leaves behind."""
        self.ensure_one()
        if self.smarthome_object_id == original.smarthome_object_id:
            if self.smarthome_work_coefficient != original.smarthome_work_coefficient:
                self.smarthome_work_coefficient = original.smarthome_work_coefficient
        old_lines = original._get_copiable_order_lines()
        if not any(old_lines.mapped("smarthome_is_generated")):
            return
        new_lines = dict(zip(old_lines.ids, self.order_line.sorted("id"), strict=True))
        for old_line in old_lines:
            if old_line.smarthome_is_generated or old_line.smarthome_is_works_section:
                line = new_lines[old_line.id].with_context(smarthome_generating=True)
                line.write(line._prepare_generation_copy(old_line, new_lines))

    # === VERSIONS === #

    def _get_base_order(self):
        """The first version; it may lie beyond what the user may read."""
        self.ensure_one()
        return self.smarthome_base_order_id or self

    def _get_versions(self):
        """All versions of the proposal that the user may read, the first one first."""
        base = self._get_base_order()
        return self.search(
            ["|", ("id", "=", base.id), ("smarthome_base_order_id", "=", base.id)],
            order="smarthome_version, id",
        )

    def action_smarthome_new_version(self):
        """Copy the proposal as its next version and open it.

        Hand changes and traces of works stay, purchase prices are taken anew.

        :raise UserError: the proposal belongs to no object
        """
        self.ensure_one()
        self.check_access("read")
        if not self.smarthome_object_id:
            raise UserError(
                self.env._("Choose the object first: only its proposals have versions.")
            )
        version = self._create_version()
        return version._get_proposal_action()

    def _create_version(self):
        base = self.sudo()._get_base_order()
        number = base._lock_versions()
        version = self.copy({"name": f"{base.name}/{number}"})
        version.sudo().write({"smarthome_base_order_id": base.id, "smarthome_version": number})
        return version

    def _lock_versions(self):
        """Let a second person who makes a version wait, and give the next free number.

        The row is updated, not only locked: whoever waited is refused by PostgreSQL, and Odoo
        repeats his request, which then sees the version made meanwhile.
        """
        self.ensure_one()
        self.flush_recordset()
        self.env.cr.execute(
            "UPDATE sale_order SET smarthome_version = smarthome_version WHERE id = %s", [self.id]
        )
        last = self.search(
            [("smarthome_base_order_id", "=", self.id)], order="smarthome_version desc", limit=1
        )
        return max(last.smarthome_version, 1) + 1

    def action_smarthome_versions(self):
        """List the versions of the proposal."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "smarthome_crm.sale_order_action_proposals"
        )
        action.update(
            {
                "name": self.env._("Versions of %(name)s", name=self._get_base_order().sudo().name),
                "domain": [("id", "in", self._get_versions().ids)],
                "context": {},
            }
        )
        action.pop("path", None)
        return action

    def action_smarthome_compare(self):
        """Show the differences to the version before, side by side."""
        self.ensure_one()
        versions = self._get_versions()
        if len(versions) < 2:
            raise UserError(
                self.env._("There is one version only: make a new version to compare it with.")
            )
        position = max(versions.ids.index(self.id), 1)
        wizard = self.env["smarthome.version.compare"].create(
            {"left_id": versions[position - 1].id, "right_id": versions[position].id}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Differences of Versions"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def _get_proposal_action(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.id,
            "views": [(False, "form")],
        }


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _prepare_generation_copy(self, original, new_lines):
        """Values that make the copy of a generated line follow the norms as its original does.

        :param new_lines: dict: id of a line of the original proposal -> its copy
        """
        self.ensure_one()
        values = {name: original[name] for name in GENERATION_FIELDS}
        values["smarthome_trace"] = [
            [norm, new_lines[goods].id if goods in new_lines else goods, quantity]
            for norm, goods, quantity in original.smarthome_trace or []
        ]
        if original.smarthome_is_percent:
            values["smarthome_rate"] = self._smarthome_copy_rate(original)
        return values

    def _smarthome_copy_rate(self, original):
        """Rate of a percent of the equipment, which generating works set on the original."""
        self.ensure_one()
        rate, old, new = original.smarthome_rate, original.currency_id, self.currency_id
        if old == new or not rate:
            return rate
        return old._convert(
            rate, new, self.company_id, self.order_id.date_order.date(), round=False
        )
