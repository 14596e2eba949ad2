from odoo import models


class SmarthomePaymentMilestone(models.Model):
    """Whose money it is, and whether it came, is said by the program and by no script."""

    _name = "smarthome.payment.milestone"
    _inherit = ["smarthome.payment.milestone", "smarthome.reach.mixin"]

    _reach_fields = ("order_id",)
    _kept_fields = (
        "object_id",
        "user_id",
        "paid_amount",
        "balance",
        "state",
        "is_reminded",
        "invoice_id",
    )


class SmarthomePaymentReceipt(models.Model):
    _name = "smarthome.payment.receipt"
    _inherit = ["smarthome.payment.receipt", "smarthome.reach.mixin"]

    _reach_fields = ("order_id", "invoice_id")
    _kept_fields = (
        "object_id",
        "user_id",
        "payment_id",
        "source_key",
        "reversal_of_id",
        "is_reversed",
        "rate",
    )


class SmarthomeExpense(models.Model):
    _name = "smarthome.expense"
    _inherit = ["smarthome.expense", "smarthome.reach.mixin"]

    _reach_fields = ("object_id",)


class SmarthomeWorkDone(models.Model):
    _name = "smarthome.work.done"
    _inherit = ["smarthome.work.done", "smarthome.reach.mixin"]

    _kept_fields = ("order_id", "object_id", "user_id", "engineer_id", "product_id", "pay")
