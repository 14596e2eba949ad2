from odoo import models


class SmarthomeSalaryStatement(models.Model):
    """What a script could write of a statement: nothing but the currency of payment."""

    _name = "smarthome.salary.statement"
    _inherit = ["smarthome.salary.statement", "smarthome.reach.mixin"]

    _reach_fields = ("payment_currency_id",)
    _kept_fields = (
        "employee_id",
        "employee_name",
        "user_id",
        "company_id",
        "month",
        "currency_id",
        "state",
        "part_ids",
        "bonus_ids",
        "is_start_unknown",
        "expected_hours",
        "worked_hours",
        "fixed_amount",
        "bonus_amount",
        "carried_in",
        "carried_out",
        "total",
        "date_confirmed",
        "payment_rate",
        "payment_amount",
        "date_paid",
        "is_mail_queued",
        "date_sent",
    )
