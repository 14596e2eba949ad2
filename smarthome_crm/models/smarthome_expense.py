from odoo import api, fields, models


class SmarthomeExpense(models.Model):
    """Other expenses of an object: transport, subcontractors, tools."""

    _name = "smarthome.expense"
    _description = "Expense of an Object"
    _inherit = ["mail.thread.main.attachment"]
    _order = "date desc, id desc"
    _check_company_auto = True

    object_id = fields.Many2one(
        comodel_name="smarthome.object",
        required=True,
        ondelete="restrict",
        index=True,
        check_company=True,
    )
    company_id = fields.Many2one(related="object_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(required=True, default=fields.Date.context_today)
    kind = fields.Selection(
        selection=[
            ("transport", "Transport"),
            ("subcontractor", "Subcontractor"),
            ("tools", "Tools"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
    )
    name = fields.Char(string="What for", required=True)
    amount = fields.Monetary(
        string="Amount without Tax",
        required=True,
        help="In the company's currency; below zero for what a vendor gave back.",
    )

    file_ids = fields.Many2many(
        comodel_name="ir.attachment",
        string="Files",
        copy=False,
        bypass_search_access=True,
    )

    _amount_not_zero = models.Constraint("CHECK(amount <> 0)", "An expense has an amount.")

    @api.model_create_multi
    def create(self, vals_list):
        """A late expense of a closed object makes its profit anew."""
        expenses = super().create(vals_list)
        expenses.sudo().object_id._lock_for_closing()
        expenses._check_can_be_late()
        expenses._take_files()
        for site, late in expenses.sudo().grouped("object_id").items():
            site._restate(self.env._("Expense: %(names)s", names=", ".join(late.mapped("name"))))
        return expenses

    def write(self, vals):
        self.check_access("write")
        self._check_open_object()
        result = super().write(vals)
        self._check_open_object()
        if "file_ids" in vals:
            self._take_files()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self._check_open_object()

    def _check_can_be_late(self):
        """Only heads and accountants write down expenses of objects that are closed already."""
        if not (self.env.su or self.env.user._smarthome_has_role("head", "accountant")):
            self._check_open_object()

    def _check_open_object(self):
        """Refuse to change expenses of closed objects: a wrong one is set right by another."""
        self.sudo().object_id._check_still_open()

    def _take_files(self):
        """Let whoever reads the expense read its files too."""
        for expense in self:
            own = expense.file_ids.sudo().filtered(
                lambda file: file.create_uid == self.env.user and not file.res_id
            )
            own.write({"res_model": self._name, "res_id": expense.id})
