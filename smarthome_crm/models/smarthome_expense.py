from odoo import fields, models


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

    _amount_not_zero = models.Constraint("CHECK(amount <> 0)", "An expense has an amount.")
