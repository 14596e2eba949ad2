from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    smarthome_salary_payment_currency_id = fields.Many2one(
        comodel_name="res.currency",
        string="Salaries are Paid in",
        help="Unless the terms of an employee say otherwise; the company's own if empty.",
    )
