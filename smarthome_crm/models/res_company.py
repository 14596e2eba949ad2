from dateutil.relativedelta import relativedelta

from odoo import fields, models

from ..tools.call_dates import add_working_days, at_hour, to_local


class ResCompany(models.Model):
    """When calls are proposed."""

    _inherit = "res.company"

    smarthome_first_control_days = fields.Integer(
        string="First Control Call in Days",
        default=1,
        help="Working days from today that are proposed for the first control call.",
    )
    smarthome_next_call_days = fields.Integer(
        string="Next Call in Days",
        default=3,
        help="Working days from today that are proposed when an answer names no next date.",
    )
    smarthome_call_hour = fields.Float(
        string="Hour of Control Calls",
        default=11.0,
        help="Hour of the day, in the manager's time zone, proposed for planned calls.",
    )

    smarthome_crew_size = fields.Integer(
        string="Installers in a Crew",
        default=2,
        help="The expected hand-over of a contract is proposed from the planned hours and it.",
    )

    def _smarthome_zone(self, user):
        """Return the name of the time zone in which a person's day is counted."""
        return user.sudo().tz or self.env.user.tz or self.sudo().partner_id.tz or "UTC"

    def _smarthome_propose_call(self, user, days=None):
        """Propose when a manager rings next.

        :param user: the manager, whose time zone counts
        :param int days: working days from today; those of the first control call without it
        :return: naive UTC datetime
        """
        company = self.sudo() or self.env.company.sudo()
        zone = company._smarthome_zone(user)
        today = to_local(fields.Datetime.now(), zone).date()
        count = company.smarthome_first_control_days if days is None else days
        return at_hour(add_working_days(today, max(count, 0)), company.smarthome_call_hour, zone)

    def _smarthome_propose_in_a_year(self, user):
        """Propose when a manager rings somebody who refused."""
        company = self.sudo() or self.env.company.sudo()
        zone = company._smarthome_zone(user)
        day = to_local(fields.Datetime.now(), zone).date() + relativedelta(years=1)
        return at_hour(add_working_days(day, 0), company.smarthome_call_hour, zone)
