from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _smarthome_get_on_probation(self, date, company):
        """Users of these who are on probation on a date: up to its last day, included.

        Source: Odoo's end of the trial period in the version of the employee of that date. Who
        left during the trial period stays on probation; who has no employee is not. The user's
        own ``employee_ids`` know only the companies that are chosen on the screen.

        :param date: date
        :param company: whose employees they are
        """
        employees = self.env["hr.employee"].sudo().with_context(active_test=False)
        employees = employees.search(
            [("user_id", "in", self._origin.ids), ("company_id", "=", company.id)]
        )
        found = self.browse()
        for employee in employees.with_context(active_test=True):
            until = employee._get_version(date).trial_date_end
            if until and date <= until:
                found |= self.browse(employee.user_id.id)
        return found
