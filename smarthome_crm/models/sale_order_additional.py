from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .sale_order import FORECAST_FIELDS


class SaleOrder(models.Model):
    """Additional proposals (доп. КП): what changes a contract once it is signed."""

    _inherit = "sale.order"

    smarthome_main_order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Main Contract",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The contract that this additional proposal changes.",
    )
    smarthome_additional_ids = fields.One2many(
        comodel_name="sale.order",
        inverse_name="smarthome_main_order_id",
        string="Additional Proposals",
        copy=False,
    )
    smarthome_additional_count = fields.Integer(
        string="Number of Additional Proposals",
        compute="_compute_smarthome_additional_count",
    )
    smarthome_additional_number = fields.Integer(
        copy=False,
        readonly=True,
        export_string_translation=False,
    )

    _smarthome_additional_uniq = models.UniqueIndex(
        "(smarthome_main_order_id, smarthome_additional_number) "
        "WHERE smarthome_main_order_id IS NOT NULL AND smarthome_additional_number > 0",
        "Somebody else made this additional proposal just now: open the contract again.",
    )

    @api.depends("smarthome_additional_ids")
    def _compute_smarthome_additional_count(self):
        groups = self._read_group(
            [("smarthome_main_order_id", "in", self.ids)], ["smarthome_main_order_id"], ["__count"]
        )
        counts = {main.id: count for main, count in groups}
        for order in self:
            order.smarthome_additional_count = counts.get(order._origin.id, 0)

    @api.constrains("smarthome_main_order_id", "smarthome_object_id")
    def _check_main_order(self):
        for order in self.sudo().filtered("smarthome_main_order_id"):
            main = order.smarthome_main_order_id
            if main.smarthome_object_id != order.smarthome_object_id or main == order:
                raise ValidationError(
                    self.env._(
                        "%(proposal)s adds to a contract of its own object only.",
                        proposal=order.name,
                    )
                )

    def copy_data(self, default=None):
        """A copy for another object adds nothing to the contract of this one."""
        vals_list = super().copy_data(default)
        for order, vals in zip(self, vals_list, strict=True):
            if vals.get("smarthome_object_id") != order.smarthome_object_id.id:
                vals.pop("smarthome_main_order_id", None)
                for command in vals.get("order_line", []):
                    if isinstance(command[2], dict):
                        command[2].pop("smarthome_reduces_line_id", None)
        return vals_list

    # === MAKING === #

    def action_smarthome_new_additional(self):
        """Make an additional proposal of the contract's object and open it.

        Client, pricelist, coefficient of works, dates and payments are the contract's.

        :return: action of the new proposal's form
        :raise UserError: not a contract, or its object is closed
        """
        return self._create_additional()._get_proposal_action()

    def action_smarthome_additional(self):
        """List the additional proposals of the contract."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "smarthome_crm.sale_order_action_proposals"
        )
        action.update(
            name=self.env._("Additional Proposals of %(contract)s", contract=self.name),
            domain=[("smarthome_main_order_id", "=", self.id)],
            context={},
        )
        action.pop("path", None)
        return action

    def _create_additional(self):
        """Create the next additional proposal, by the right to write the contract.

        In sudo, because the coefficient of the contract, which a manager may not set, goes over.

        :return: the proposal, in the user's own environment
        """
        self.ensure_one()
        self.check_access("write")
        self._check_can_be_added_to()
        main = self.smarthome_main_order_id or self
        main.check_access("read")
        number = main.sudo()._lock_additional()
        return self.sudo().create(main._prepare_additional_values(number)).with_env(self.env)

    def _check_can_be_added_to(self):
        if self.state != "sale" or not self.smarthome_object_id:
            raise UserError(
                self.env._("%(name)s is not signed yet: change it itself.", name=self.name)
            )
        if self.smarthome_object_id.stage == "closed":
            raise UserError(
                self.env._(
                    "%(object)s is closed: a head has to reopen it first.",
                    object=self.smarthome_object_id.display_name,
                )
            )

    def _lock_additional(self):
        """Let a second person who adds at the same moment wait, and give the next free number.

        Updated and not only locked: PostgreSQL refuses whoever waited, and Odoo repeats his
        request, which then sees the proposal made meanwhile.
        """
        self.ensure_one()
        self.flush_recordset()
        self.env.cr.execute("UPDATE sale_order SET id = id WHERE id = %s", [self.id])
        last = self.search(
            [("smarthome_main_order_id", "=", self.id)],
            order="smarthome_additional_number desc",
            limit=1,
        )
        return last.smarthome_additional_number + 1

    def _prepare_additional_values(self, number):
        """Values of an additional proposal; its name derives from the contract's: КП-12-Д1."""
        self.ensure_one()
        return {
            "name": f"{self.name}-Д{number}",
            "smarthome_main_order_id": self.id,
            "smarthome_additional_number": number,
            "smarthome_object_id": self.smarthome_object_id.id,
            "partner_id": self.partner_id.id,
            "partner_invoice_id": self.partner_invoice_id.id,
            "partner_shipping_id": self.partner_shipping_id.id,
            "company_id": self.company_id.id,
            "pricelist_id": self.pricelist_id.id,
            "fiscal_position_id": self.fiscal_position_id.id,
            "payment_term_id": self.payment_term_id.id,
            "source_id": self.source_id.id,
            "smarthome_work_coefficient": self._get_frozen_coefficient(),
            "smarthome_payment_template_id": self.smarthome_payment_template_id.id,
            "smarthome_date_start": self.smarthome_date_start,
            "smarthome_date_end": self.smarthome_date_end,
        }

    # === SIGNING REDUCTIONS === #

    def write(self, vals):
        """Settle reductions between signing and whatever signing sets off, e.g. procurement."""
        if vals.get("state") not in ("sale", "cancel"):
            return super().write(vals)
        if vals["state"] == "cancel":
            self.filtered(lambda order: order.state == "sale")._get_reductions()._give_back()
            return super().write(vals)
        signed = self.filtered(lambda order: order.state != "sale")
        reductions = signed._get_reductions()
        if reductions:
            reductions._check_can_be_reduced()
            signed.flush_recordset(FORECAST_FIELDS)
        result = super().write(vals)
        reductions._reduce_originals()
        return result

    def _get_reductions(self):
        """Lines in sudo that lower lines of signed contracts."""
        return self.sudo().order_line.filtered("smarthome_reduces_line_id")

    def _adopt_new_total(self):
        """Bring what follows the total of a signed contract in step with it."""
        for order in self:
            if order.smarthome_milestone_ids:
                order._resplit_milestones()
