from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _smarthome_is_on_probation(self, date=None, company=None):
        """Tell whether the user is on probation on a date: up to its last day, included.

        Source: Odoo's end of the trial period in the version of the employee of that date.

        :param date: date, today if none
        :param company: whose employee he is, the current company if none
        :return: bool; somebody without an employee is not on probation
        """
        self.ensure_one()
        date = date or fields.Date.context_today(self)
        company = company or self.env.company
        employees = self.sudo().employee_ids.filtered(lambda one: one.company_id == company)
        for employee in employees[:1]:
            until = employee._get_version(date).trial_date_end
            return bool(until) and date <= until
        return False
