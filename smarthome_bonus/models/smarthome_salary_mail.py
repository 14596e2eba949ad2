from odoo import api, fields, models
from odoo.exceptions import UserError

#: letters of one batch, after which what is done is kept
BATCH = 10


class SmarthomeSalaryStatement(models.Model):
    """The employee gets his statement by e-mail, as a PDF."""

    _inherit = "smarthome.salary.statement"

    is_mail_queued = fields.Boolean(
        string="Is Being Sent",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    date_sent = fields.Datetime(string="Sent on", readonly=True, copy=False)

    def action_send(self):
        """Queue letters to the employees of all that are confirmed; they go out by themselves.

        :raise AccessError: neither a head nor an accountant
        :raise UserError: nothing is confirmed, or nobody has an address
        """
        self._check_role("head", "accountant")
        ready = self.sudo().filtered(lambda statement: statement.state != "draft")
        if not ready:
            raise UserError(self.env._("Confirm the statements first: drafts are not sent."))
        reachable = ready.filtered(lambda statement: statement._get_email())
        lost = ready - reachable
        if not reachable:
            raise UserError(
                self.env._(
                    "No e-mail address is known of: %(names)s.",
                    names=", ".join(lost.mapped("employee_name")),
                )
            )
        reachable.is_mail_queued = True
        self.env.ref("smarthome_bonus.ir_cron_salary_mail").sudo()._trigger()
        return reachable._notify_queued(lost)

    def _notify_queued(self, lost):
        """Say how many letters go out, and to whom none can."""
        message = self.env._("Letters on their way: %(count)s.", count=len(self))
        if lost:
            names = ", ".join(lost.mapped("employee_name"))
            message += " " + self.env._("No e-mail address is known of: %(names)s.", names=names)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if lost else "success",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.model
    def _cron_send(self):
        """Send what is queued, batch after batch."""
        domain = [("is_mail_queued", "=", True)]
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=self.search_count(domain))
        while statements := self.search(domain, limit=BATCH):
            for statement in statements:
                statement._send()
            if not cron._commit_progress(len(statements)):
                break

    def _send(self):
        """Send the employee his statement with the PDF; one that fails does not stop the others."""
        self.ensure_one()
        self.is_mail_queued = False
        if self.state == "draft":
            return
        template = self.env.ref("smarthome_bonus.mail_template_salary")
        try:
            with self.env.cr.savepoint():
                template.send_mail(self.id)
                self.date_sent = fields.Datetime.now()
        except UserError as error:
            reason = str(error)
            self.message_post(body=self.env._("The letter was not sent: %(reason)s", reason=reason))

    def _get_email(self):
        """Address of the employee: that of his work, else of his login."""
        self.ensure_one()
        employee = self.employee_id.sudo()
        return employee.work_email or employee.user_id.email or ""

    def _get_lang(self):
        """Language of the employee, else of the company."""
        self.ensure_one()
        return self.user_id.sudo().lang or self.company_id.partner_id.lang or self.env.lang
