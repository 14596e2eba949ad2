from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

#: states whose entries count as the manager's money
GRANTED = ("approved", "paid")


class SmarthomeBonus(models.Model):
    """Entries of the bonus (БОНУС) of closed objects: added to, never rewritten."""

    _name = "smarthome.bonus"
    _description = "Bonus"
    _inherit = ["mail.thread"]
    _order = "date desc, id desc"

    object_id = fields.Many2one(
        comodel_name="smarthome.object",
        required=True,
        ondelete="restrict",
        index=True,
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Manager",
        required=True,
        ondelete="restrict",
        index=True,
    )
    company_id = fields.Many2one(related="object_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    statement_id = fields.Many2one(
        comodel_name="smarthome.profit.statement",
        string="Profit Statement",
        required=True,
        ondelete="restrict",
        index=True,
    )
    closing_id = fields.Many2one(
        comodel_name="smarthome.profit.statement",
        string="Closing",
        required=True,
        ondelete="restrict",
        index=True,
        help="The statement of the closing that the entry belongs to.",
    )
    kind = fields.Selection(
        selection=[
            ("closing", "Closing"),
            ("correction", "Correction"),
            ("reversal", "Reopening"),
        ],
        required=True,
    )
    date = fields.Date(required=True, index=True)
    base = fields.Monetary(string="Final Profit", required=True)
    margin = fields.Float(string="Profitability (%)", digits=(16, 2), aggregator=None)
    percent = fields.Float(string="Percent of Profit", digits=(16, 2), aggregator=None)
    share = fields.Float(string="Share (%)", digits=(16, 2), aggregator=None)
    amount = fields.Monetary(required=True, tracking=True)
    rule_id = fields.Many2one(
        comodel_name="smarthome.bonus.rule",
        string="Rule",
        ondelete="restrict",
        index="btree_not_null",
        groups="smarthome_base.group_smarthome_head,smarthome_base.group_smarthome_accountant",
    )
    terms = fields.Json(
        groups="smarthome_base.group_smarthome_head,smarthome_base.group_smarthome_accountant",
        help="What the rule promised at closing; corrections go by it.",
    )
    is_probation = fields.Boolean(string="On Probation")
    state = fields.Selection(
        selection=[
            ("accrued", "Accrued"),
            ("approved", "Approved"),
            ("paid", "Paid"),
            ("refused", "Refused"),
        ],
        required=True,
        default="accrued",
        tracking=True,
        index=True,
    )
    approved_by_id = fields.Many2one(comodel_name="res.users", readonly=True)
    date_approved = fields.Date(string="Approved on", readonly=True, index="btree_not_null")
    reason = fields.Char(help="Why the entry corrects, takes back or is refused.")
    remark = fields.Char(
        compute="_compute_remark",
        compute_sudo=True,
        help="The reason, or why there is nothing, in the language of the reader.",
    )

    _entry_uniq = models.Constraint(
        "UNIQUE(statement_id, user_id, kind)",
        "The bonus of this closing is accrued already.",
    )

    @api.depends("object_id", "user_id", "kind")
    def _compute_display_name(self):
        for entry in self:
            site = entry.sudo().object_id
            entry.display_name = f"{site.display_name}: {entry.user_id.name}"

    @api.depends_context("lang")
    @api.depends("reason", "rule_id")
    def _compute_remark(self):
        without_rule = self.env._("No rule of bonus fits.")
        for entry in self:
            entry.remark = entry.reason or (not entry.rule_id and without_rule)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("An entry of the bonus is never deleted."))

    # === ACTIONS === #

    def action_approve(self):
        """Approve accrued entries, and with them all accrued ones of the same object and manager.

        :raise AccessError: not a head, or his own bonus
        """
        self._check_may_judge()
        entries = self._lock_with_siblings()
        entries.write(
            {
                "state": "approved",
                "approved_by_id": self.env.uid,
                "date_approved": fields.Date.context_today(self),
            }
        )
        return True

    def action_refuse(self, reason):
        """Refuse accrued entries.

        :param str reason: kept with the entry and in its chatter
        :raise AccessError: not a head, or his own bonus
        :raise UserError: no reason given
        """
        self._check_may_judge()
        if not (reason or "").strip():
            raise UserError(self.env._("Write why the bonus is refused."))
        entries = self._lock_with_siblings()
        entries.write({"state": "refused", "reason": reason})
        for entry in entries:
            entry.message_post(body=reason)
        return True

    def action_ask_refusal(self):
        """Ask a head why the bonus is refused."""
        self.ensure_one()
        return self.env["smarthome.reason"]._open("refuse_bonus", self)

    def action_open_object(self):
        """Open the object of the entry."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "smarthome.object",
            "res_id": self.object_id.id,
            "views": [(False, "form")],
        }

    def _check_may_judge(self):
        """Heads judge, and nobody his own bonus.

        :raise AccessError: says which of both
        """
        self.check_access("read")
        if not (self.env.su or self.env.user._smarthome_has_role("head")):
            raise AccessError(self.env._("A bonus is approved or refused by heads only."))
        if not self.env.su and self.env.user in self.user_id:
            raise AccessError(self.env._("Nobody approves or refuses his own bonus."))

    def _lock_with_siblings(self):
        """Accrued entries of the same objects and managers, while nobody closes or reopens them.

        :return: entries in sudo; none where somebody else was faster
        """
        self.sudo().object_id._lock_for_closing()
        entries = self.sudo().search(
            [
                ("object_id", "in", self.object_id.ids),
                ("user_id", "in", self.user_id.ids),
                ("state", "=", "accrued"),
            ]
        )
        entries.invalidate_recordset()
        pairs = {(entry.object_id, entry.user_id) for entry in self.sudo()}
        return entries.filtered(
            lambda entry: (entry.object_id, entry.user_id) in pairs and entry.state == "accrued"
        )
