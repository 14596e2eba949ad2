from odoo import api, models


class SmarthomeCountedMixin(models.AbstractModel):
    """Records whose kept fields are counted by the program; forms propose nothing for them."""

    _name = "smarthome.counted.mixin"
    _inherit = ["smarthome.reach.mixin"]
    _description = "Figures counted by the program"

    @api.model_create_multi
    def create(self, vals_list):
        """Pass by what the context of another form proposes, e.g. the object of a contract."""
        kept = {f"default_{name}" for name in self._kept_fields}
        context = {key: value for key, value in self.env.context.items() if key not in kept}
        return super(SmarthomeCountedMixin, self.with_env(self.env(context=context))).create(
            vals_list
        )


class SmarthomePaymentMilestone(models.Model):
    """Whose money it is, and whether it came, is said by the program and by no script."""

    _name = "smarthome.payment.milestone"
    _inherit = ["smarthome.payment.milestone", "smarthome.counted.mixin"]

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
    _inherit = ["smarthome.payment.receipt", "smarthome.counted.mixin"]

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
    _inherit = ["smarthome.work.done", "smarthome.counted.mixin"]

    _reach_fields = ("order_line_id",)
    _kept_fields = ("order_id", "object_id", "user_id", "engineer_id", "product_id", "pay")

    @api.model
    def _check_target(self, name, targets):
        self.env["smarthome.object.line"]._check_reachable(targets)
