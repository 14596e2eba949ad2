from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..const import HEAD, STAFF
from ..tools.call_dates import add_working_days

#: hours that one installer works a day, for proposing the day of hand-over
HOURS_OF_DAY = 8
#: what signing freezes of a line, and what it freezes
SIGNED_OF_LINES = {
    "smarthome_signed_quantity": "product_uom_qty",
    "smarthome_signed_subtotal": "price_subtotal",
    "smarthome_signed_price": "price_unit",
    "smarthome_signed_discount": "discount",
}


class SaleOrder(models.Model):
    """The contract (ДОГОВОР): what a proposal becomes when it is signed."""

    _inherit = "sale.order"

    smarthome_contract_number = fields.Char(
        string="Contract Number",
        copy=False,
        index="btree_not_null",
        tracking=True,
    )
    smarthome_date_signed = fields.Date(string="Signed on", copy=False, tracking=True)
    smarthome_date_start = fields.Date(
        string="Start of Installation",
        copy=False,
        tracking=True,
    )
    smarthome_date_end = fields.Date(
        string="Expected Hand-over",
        compute="_compute_smarthome_date_end",
        store=True,
        readonly=False,
        copy=False,
        tracking=True,
        help="Proposed from the planned hours of the works and the size of the crew.",
    )
    smarthome_is_end_by_hand = fields.Boolean(copy=False, export_string_translation=False)
    smarthome_engineer_id = fields.Many2one(
        related="smarthome_object_id.engineer_id",
        string="Lead Engineer",
        readonly=False,
    )
    smarthome_signed_coefficient = fields.Float(
        string="Signed Coefficient",
        digits=(16, 4),
        copy=False,
        readonly=True,
        groups=STAFF,
    )
    smarthome_usual_coefficient = fields.Float(
        string="Usual Coefficient at Signing",
        digits=(16, 4),
        copy=False,
        readonly=True,
        groups=STAFF,
        help="What the type of object gave then, beside the signed one.",
    )
    smarthome_is_opened = fields.Boolean(
        string="Opened for Changes",
        copy=False,
        help="A head opened the signed contract: its lines can be changed by hand.",
    )

    _smarthome_contract_number_uniq = models.UniqueIndex(
        "(company_id, smarthome_contract_number) WHERE smarthome_contract_number IS NOT NULL",
        "A contract with this number exists.",
    )

    @api.depends("smarthome_date_start", "smarthome_hours", "company_id", "smarthome_main_order_id")
    def _compute_smarthome_date_end(self):
        """Propose the hand-over; a signed contract keeps its date, and so does what a hand wrote.

        What is additional is not handed over before its contract.
        """
        for order in self:
            start = order.smarthome_date_start
            if order.state == "sale" or not start:
                continue
            is_kept = order.smarthome_is_end_by_hand and order.smarthome_date_end
            if not is_kept or order.smarthome_date_end < start:
                order.smarthome_date_end = order._propose_hand_over(start)

    def _propose_hand_over(self, start):
        """The day of hand-over by the planned hours, were the installation to begin on a day.

        :param start: the day
        """
        self.ensure_one()
        crew = max(self.company_id.smarthome_crew_size, 1)
        days = -(-self.smarthome_hours // (crew * HOURS_OF_DAY))
        proposed = add_working_days(start, max(int(days) - 1, 0))
        promised = self.smarthome_main_order_id.smarthome_date_end
        return max(proposed, promised or proposed)

    # === SIGNING === #

    def action_confirm(self):
        """Sign proposals: they become contracts and their forecast is promised.

        :raise UserError: one sentence naming all that a proposal of an object lacks
        """
        proposals = self.filtered("smarthome_object_id")
        if proposals:
            proposals.check_access("write")
            proposals.smarthome_object_id._check_still_open()
        for order in proposals:
            order._check_can_be_signed()
        result = super().action_confirm()
        proposals._freeze_promise()
        return result

    def _check_can_be_signed(self):
        """Refuse to sign a proposal that lacks something; other addons add to the list."""
        self.ensure_one()
        self._refuse_to_sign(self._get_missing_for_signing())

    def _refuse_to_sign(self, missing):
        """Name what a proposal lacks to be signed.

        :param missing: list of texts, empty where nothing is missing
        :raise UserError: one sentence with all of them
        """
        if missing:
            raise UserError(
                self.env._(
                    "%(proposal)s cannot be signed yet. Missing: %(missing)s.",
                    proposal=self.name,
                    missing=", ".join(missing),
                )
            )

    def _get_missing_for_signing(self):
        """Names of what a proposal lacks to be signed.

        :return: list of texts
        """
        self.ensure_one()
        is_priced = any(line.smarthome_kind and line.price_subtotal for line in self.order_line)
        return [
            *([] if self.partner_id else [self.env._("the client")]),
            *self._get_missing_dates(),
            *([] if is_priced else [self.env._("a line with a price")]),
        ]

    def _get_missing_dates(self):
        """Names of the dates that a proposal lacks, which the question before signing asks for.

        :return: list of texts, all of them among ``_get_missing_for_signing``
        """
        self.ensure_one()
        begin, end = self.smarthome_date_start, self.smarthome_date_end
        checks = (
            (begin, self.env._("the start of installation")),
            (end, self.env._("the expected hand-over")),
            (not begin or not end or begin <= end, self.env._("a hand-over after the start")),
        )
        return [name for is_there, name in checks if not is_there]

    def _validate_order(self):
        """A client's consent in the portal is recorded; the manager's confirmation signs."""
        of_objects = self.filtered("smarthome_object_id")
        for order in of_objects:
            order.message_post(body=self.env._("The client agreed to the proposal in the portal."))
            order.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=order.user_id.id or self.env.uid,
                summary=self.env._("Sign the contract: the client agreed"),
            )
        return super(SaleOrder, self - of_objects)._validate_order()

    def _freeze_promise(self):
        """Write down what was promised, by set: quantities and sums of lines at signing."""
        if not self:
            return
        today = fields.Date.context_today(self)
        for order in self:
            order.sudo().write(order._prepare_signing_values(today))
            order.smarthome_object_id.sudo()._advance_to_contract()
        self._freeze_lines()

    def _prepare_signing_values(self, today):
        """Values that a proposal gets when it is signed."""
        self.ensure_one()
        sequence = self.env["ir.sequence"].with_company(self.company_id)
        number = self.smarthome_contract_number or sequence.next_by_code("smarthome.contract")
        return {
            "smarthome_contract_number": number,
            "smarthome_date_signed": self.smarthome_date_signed or today,
            "smarthome_signed_coefficient": self.smarthome_work_coefficient,
            "smarthome_usual_coefficient": self.smarthome_object_id.type_id.work_coefficient or 1.0,
            "smarthome_is_opened": False,
        }

    def _get_frozen_coefficient(self):
        """Coefficient of work payment as it was signed, 0 too, or as it stands before signing."""
        if self.state == "sale" and self.smarthome_usual_coefficient:
            return self.smarthome_signed_coefficient
        return self.smarthome_work_coefficient

    def _freeze_lines(self):
        """Freeze what the lines say; reductions were written when they were settled.

        The values go to the database with the state of the lines, in the same statement.
        """
        frozen = [
            (self.order_line._fields[name], source) for name, source in SIGNED_OF_LINES.items()
        ]
        for line in self.sudo().order_line:
            if not line.smarthome_reduces_line_id:
                for field, source in frozen:
                    field._update_cache(line, line[source], dirty=True)

    def _action_cancel(self):
        """A contract of a closed object is not cancelled: its final profit stands on it."""
        self.filtered(lambda order: order.state == "sale")._check_can_be_cancelled()
        return super()._action_cancel()

    def _is_smarthome_contract(self):
        """Tell whether the order is a signed proposal of an object."""
        self.ensure_one()
        return bool(self.smarthome_object_id) and self.state == "sale"

    def _check_can_be_cancelled(self):
        """Refuse to lose sight of money received and of works done.

        :raise UserError: the object is closed, or something of the contract was carried out
        """
        contracts = self.filtered("smarthome_object_id")
        contracts.smarthome_object_id._check_still_open()
        for order in contracts.sudo():
            if not order.currency_id.is_zero(order.smarthome_received):
                raise UserError(
                    self.env._(
                        "%(contract)s: %(amount)s is received. Give it back first, or reverse "
                        "the receipts.",
                        contract=order.name,
                        amount=order.currency_id.format(order.smarthome_received),
                    )
                )
            if any(order.order_line.mapped("smarthome_done_quantity")):
                raise UserError(
                    self.env._(
                        "%(contract)s: works are done already, and their pay would be lost from "
                        "the object.",
                        contract=order.name,
                    )
                )

    # === OPENING === #

    def action_smarthome_open_contract(self, reason):
        """Let a head change lines and prices of a signed contract by hand.

        :param str reason: kept in the chatter
        :raise UserError: not a head, not signed, or no reason given
        """
        self.check_access("write")
        if not (self.env.su or self.env.user.has_group(HEAD)):
            raise UserError(self.env._("A signed contract is opened by heads only."))
        if not (reason or "").strip():
            raise UserError(self.env._("Write why the contract is opened."))
        self.smarthome_object_id._check_still_open()
        for order in self.filtered(lambda order: order.state == "sale"):
            order.smarthome_is_opened = True
            order.message_post(
                body=Markup("%s<br/>%s") % (self.env._("The contract is opened."), reason)
            )

    def action_smarthome_close_contract(self):
        """End the changes by hand: the contract is closed to them again."""
        self.check_access("write")
        self.smarthome_is_opened = False
        for order in self:
            order.message_post(body=self.env._("The contract is closed to changes again."))

    def write(self, vals):
        """Only signing and heads change what a signed contract says of itself."""
        if vals.get("smarthome_is_opened") and not (self.env.su or self.env.user.has_group(HEAD)):
            raise UserError(self.env._("A signed contract is opened by heads only."))
        result = super().write(vals)
        if "smarthome_date_end" in vals:
            self._mark_end_by_hand()
        return result

    def _mark_end_by_hand(self):
        """Remember where another hand-over is written than the one proposed."""
        for order in self.filtered(lambda order: order.state != "sale"):
            start, end = order.smarthome_date_start, order.smarthome_date_end
            is_by_hand = bool(start and end and end != order._propose_hand_over(start))
            if order.smarthome_is_end_by_hand != is_by_hand:
                order.smarthome_is_end_by_hand = is_by_hand

    def _to_company_currency(self, amount):
        """Turn an amount of the contract into company currency at its rate of signing."""
        if not self or self.currency_id == self.company_id.currency_id:
            return amount
        return self.company_id.currency_id.round(amount / (self.currency_rate or 1.0))
