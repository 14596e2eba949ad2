from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import float_compare

from ..const import HEAD, PROFIT_GROUPS

CONSENT_ACTIVITY = "smarthome_crm.mail_activity_type_consent"

#: what only asking, giving and refusing consent write
CONSENT_FIELDS = (
    "smarthome_consent_decision",
    "smarthome_consent_asker_id",
    "smarthome_consent_user_id",
    "smarthome_consent_date",
    "smarthome_consent_reason",
    "smarthome_consent_revenue",
    "smarthome_consent_profit",
)


class SaleOrder(models.Model):
    """Consent of a head to a proposal whose profit is below the floor of its type of object."""

    _inherit = "sale.order"

    #: no related field: those can be sorted, searched and summed past their own groups
    smarthome_profit_floor = fields.Float(
        string="Floor of Profitability",
        compute="_compute_smarthome_profit_floor",
        compute_sudo=True,
        groups=PROFIT_GROUPS,
    )
    smarthome_consent = fields.Selection(
        selection=[
            ("unneeded", "Not needed"),
            ("needed", "Needed"),
            ("asked", "Asked for"),
            ("given", "Given"),
            ("refused", "Refused"),
        ],
        string="Consent to Low Profit",
        compute="_compute_smarthome_consent",
        compute_sudo=True,
        groups=PROFIT_GROUPS,
    )
    smarthome_consent_decision = fields.Selection(
        selection=[("asked", "Asked for"), ("given", "Given"), ("refused", "Refused")],
        string="Decision on Consent",
        readonly=True,
        copy=False,
        groups=PROFIT_GROUPS,
    )
    smarthome_consent_asker_id = fields.Many2one(
        comodel_name="res.users",
        string="Consent Asked by",
        readonly=True,
        copy=False,
        groups=PROFIT_GROUPS,
    )
    smarthome_consent_user_id = fields.Many2one(
        comodel_name="res.users",
        string="Consent Decided by",
        readonly=True,
        copy=False,
        groups=PROFIT_GROUPS,
    )
    smarthome_consent_date = fields.Datetime(
        string="Consent Decided on",
        readonly=True,
        copy=False,
        groups=PROFIT_GROUPS,
    )
    smarthome_consent_reason = fields.Char(
        string="Reason of the Decision",
        readonly=True,
        copy=False,
        groups=PROFIT_GROUPS,
    )
    smarthome_consent_revenue = fields.Monetary(
        string="Revenue Consented to",
        readonly=True,
        copy=False,
        groups=PROFIT_GROUPS,
    )
    smarthome_consent_profit = fields.Monetary(
        string="Profit Consented to",
        readonly=True,
        copy=False,
        groups=PROFIT_GROUPS,
    )

    @api.depends("smarthome_object_id.type_id.profit_floor")
    def _compute_smarthome_profit_floor(self):
        for order in self:
            order.smarthome_profit_floor = order.smarthome_object_id.type_id.profit_floor

    @api.depends(
        "smarthome_object_id.type_id.profit_floor",
        "smarthome_profit",
        "smarthome_profit_percent",
        "smarthome_consent_decision",
        "smarthome_consent_revenue",
        "smarthome_consent_profit",
    )
    def _compute_smarthome_consent(self):
        for order in self:
            if not order._is_below_floor():
                order.smarthome_consent = "unneeded"
            elif order.smarthome_consent_decision == "asked" or order._is_decision_valid():
                order.smarthome_consent = order.smarthome_consent_decision
            else:
                order.smarthome_consent = "needed"

    def _is_below_floor(self):
        """Tell whether the forecast profit is below the floor; without revenue, below zero."""
        self.ensure_one()
        if not self.smarthome_object_id:
            return False
        currency = self.currency_id
        if currency.is_zero(self._smarthome_revenue()):
            return currency.compare_amounts(self.smarthome_profit, 0.0) < 0
        floor = self.smarthome_object_id.type_id.profit_floor
        return float_compare(self.smarthome_profit_percent, floor, precision_digits=2) < 0

    def _smarthome_revenue(self):
        """Revenue of goods, works and other lines, the base of the profit's percent."""
        self.ensure_one()
        return (
            self.smarthome_goods_revenue
            + self.smarthome_works_revenue
            + self.smarthome_other_revenue
        )

    def _is_decision_valid(self):
        """A decision speaks of the figures it was made on and is void for any others."""
        self.ensure_one()
        compare = self.currency_id.compare_amounts
        return (
            bool(self.smarthome_consent_decision)
            and not compare(self.smarthome_consent_revenue, self._smarthome_revenue())
            and not compare(self.smarthome_consent_profit, self.smarthome_profit)
        )

    # === CONSENT THAT IS NEEDED NO MORE === #

    def _compute_smarthome_forecast(self):
        """A changed profit may make an asked consent needless."""
        super()._compute_smarthome_forecast()
        self._review_asked_consents()

    def _review_asked_consents(self):
        """Have asked consents looked at when the figures of the transaction stand.

        On the way there the profit may pass the floor more than once.
        """
        asked = self.sudo().filtered(
            lambda order: order.id and order.smarthome_consent_decision == "asked"
        )
        if not asked:
            return
        precommit = self.env.cr.precommit
        if "smarthome.consents" not in precommit.data:
            precommit.add(self.env["sale.order"].sudo()._withdraw_needless_consents)
        precommit.data.setdefault("smarthome.consents", set()).update(asked.ids)

    def _withdraw_needless_consents(self):
        """Close the activities of heads whose proposals are above the floor again."""
        ids = self.env.cr.precommit.data.pop("smarthome.consents", ())
        for order in self.browse(sorted(ids)).exists():
            if order.smarthome_consent_decision == "asked" and not order._is_below_floor():
                order.write(dict.fromkeys(CONSENT_FIELDS, False))
                order.activity_unlink([CONSENT_ACTIVITY], only_automated=False)
                order._message_log(
                    body=self.env._("No consent is needed: the proposal can be sent.")
                )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        if not self.env.su:
            checked = orders.sudo()
            if any(checked.mapped("smarthome_consent_decision")):
                orders._refuse_consent_by_write()
            checked.filtered(lambda order: order.state in ("sent", "sale"))._check_consent()
        return orders

    def write(self, vals):
        if not self.env.su:
            if not vals.keys().isdisjoint(CONSENT_FIELDS):
                self._refuse_consent_by_write()
            if vals.get("state") in ("sent", "sale"):
                self.filtered(lambda order: order.state != vals["state"])._check_consent()
        return super().write(vals)

    def _refuse_consent_by_write(self):
        raise AccessError(
            self.env._("Consent is asked for and given by the buttons of the proposal only.")
        )

    # === CHECKS === #

    def _check_can_be_sent(self):
        """Refuse to send a proposal below the floor without consent.

        :raise UserError: consent of a head is missing
        """
        super()._check_can_be_sent()
        self._check_consent()

    def _confirmation_error_message(self):
        return super()._confirmation_error_message() or self._get_consent_message()

    def _check_consent(self):
        for order in self:
            message = order._get_consent_message()
            if message:
                raise UserError(message)

    def _get_consent_message(self):
        """One sentence on what is missing and what to do, or False."""
        order = self.sudo()
        if order.smarthome_consent in ("unneeded", "given"):
            return False
        names = {"name": order.name, "percent": order.smarthome_profit_percent}
        if order.smarthome_consent == "asked":
            return self.env._(
                "The profit of %(name)s (%(percent)s %%) is below the floor and a head has not "
                "consented yet: wait for the answer or raise the profit.",
                **names,
            )
        if order.smarthome_consent == "refused":
            return self.env._(
                "A head refused %(name)s with a profit of %(percent)s %%: raise the profit or ask "
                "for consent again.",
                **names,
            )
        return self.env._(
            "The profit of %(name)s (%(percent)s %%) is below the floor: press «Ask for Consent» "
            "or raise the profit.",
            **names,
        )

    # === ACTIONS === #

    def action_smarthome_ask_consent(self):
        """Ask the heads for consent; a second press changes nothing.

        :raise UserError: no consent is needed, or no other head could give it
        """
        self.ensure_one()
        self.check_access("write")
        order = self.sudo()
        if order.smarthome_consent in ("unneeded", "given"):
            raise UserError(self.env._("No consent is needed: the proposal can be sent."))
        if order.smarthome_consent == "asked":
            return True
        heads = order._get_heads_for_consent()
        if not heads:
            raise UserError(
                self.env._("There is no other head who could consent: raise the profit instead.")
            )
        order.write(
            {
                **dict.fromkeys(CONSENT_FIELDS, False),
                "smarthome_consent_decision": "asked",
                "smarthome_consent_asker_id": self.env.uid,
            }
        )
        order._schedule_consent(heads)
        return True

    def action_smarthome_decide_consent(self):
        """Open the small form in which a head consents or refuses."""
        self.ensure_one()
        self._check_may_consent()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Consent to Low Profit"),
            "res_model": "smarthome.consent",
            "view_mode": "form",
            "target": "new",
            "context": {"default_order_id": self.id, "dialog_size": "medium"},
        }

    def action_smarthome_consent(self, reason):
        """Consent to the figures of the proposal as they stand.

        :param str reason: kept in the chatter
        :raise AccessError: the user is no head, or it is his own proposal
        """
        self._decide_consent("given", reason)

    def action_smarthome_refuse_consent(self, reason):
        """Refuse the figures of the proposal as they stand; see ``action_smarthome_consent``."""
        self._decide_consent("refused", reason)

    def _decide_consent(self, decision, reason):
        self.ensure_one()
        self._check_may_consent()
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Write the reason: the manager reads it."))
        order = self.sudo()
        order.write(
            {
                "smarthome_consent_decision": decision,
                "smarthome_consent_user_id": self.env.uid,
                "smarthome_consent_date": fields.Datetime.now(),
                "smarthome_consent_reason": reason,
                "smarthome_consent_revenue": order._smarthome_revenue(),
                "smarthome_consent_profit": order.smarthome_profit,
            }
        )
        order._finish_consent_activity(decision, reason)

    def _check_may_consent(self):
        self.check_access("write")
        order, user = self.sudo(), self.env.user
        if not user.has_group(HEAD):
            raise AccessError(self.env._("Only a head of department consents to a low profit."))
        if user in order.user_id | order.smarthome_consent_asker_id:
            raise AccessError(
                self.env._("Nobody consents to his own proposal: another head has to decide.")
            )
        if order.smarthome_consent != "asked":
            raise UserError(self.env._("Nobody has asked for consent to these figures."))

    # === THE ACTIVITY === #

    def _get_heads_for_consent(self):
        """Heads who may decide, the leader of the proposal's team first."""
        self.ensure_one()
        heads = self.env.ref(HEAD).all_user_ids.filtered(
            lambda user: user.active and self.company_id in user.company_ids
        )
        heads -= self.user_id | self.env.user
        leader = self.team_id.user_id
        return heads.sorted(lambda user: (user != leader, user == self.env.ref("base.user_admin")))

    def _schedule_consent(self, heads):
        """Put one activity into the diary of the first head.

        The chatter names no figures: it is read by more people than the profit.
        """
        self.ensure_one()
        self.activity_unlink([CONSENT_ACTIVITY], only_automated=False)
        self.activity_schedule(
            CONSENT_ACTIVITY,
            summary=self.env._("Consent to the low profit of %(name)s", name=self.display_name),
            user_id=heads[0].id,
        )
        self._message_log(body=self.env._("Consent to the low profit was asked for."))

    def _finish_consent_activity(self, decision, reason):
        """Close the activity and tell the manager in the chatter."""
        self.ensure_one()
        self.activity_unlink([CONSENT_ACTIVITY], only_automated=False)
        if decision == "given":
            body = self.env._("Consent to the low profit is given: %(reason)s", reason=reason)
        else:
            body = self.env._("Consent to the low profit is refused: %(reason)s", reason=reason)
        self.message_post(
            body=body,
            author_id=self.smarthome_consent_user_id.partner_id.id,
            partner_ids=self.smarthome_consent_asker_id.partner_id.ids,
            subtype_xmlid="mail.mt_note",
        )


class SmarthomeObject(models.Model):
    _inherit = "smarthome.object"

    def write(self, vals):
        """Another type has another floor."""
        result = super().write(vals)
        if "type_id" in vals:
            self.sudo().order_ids._review_asked_consents()
        return result


class SmarthomeObjectType(models.Model):
    _inherit = "smarthome.object.type"

    def write(self, vals):
        """A lower floor may make asked consents needless."""
        result = super().write(vals)
        if "profit_floor" in vals:
            domain = [
                ("smarthome_object_id.type_id", "in", self.ids),
                ("smarthome_consent_decision", "=", "asked"),
            ]
            self.env["sale.order"].sudo().search(domain)._review_asked_consents()
        return result
