from odoo import fields, models
from odoo.exceptions import AccessError

from odoo.addons.smarthome_crm.const import PROFIT_GROUPS


class SmarthomeObject(models.Model):
    """What the tab of profit shows of the autopsy."""

    _inherit = "smarthome.object"

    profit_autopsy = fields.Json(compute="_compute_profit_autopsy", groups=PROFIT_GROUPS)

    def _compute_profit_autopsy(self):
        """Steps of the waterfall: each begins where the one before ended."""
        for site in self:
            rows = site._origin._get_current_autopsy()
            steps, level = [], 0.0
            for cause, of_cause in rows.grouped("cause").items():
                amount = sum(of_cause.mapped("amount"))
                steps.append({"cause": cause, "amount": amount, "from": level})
                level += amount
            site.profit_autopsy = site._prepare_autopsy(steps, level) if steps else False

    def _prepare_autopsy(self, steps, total):
        """Add what the screen needs to the steps: names, and the whole."""
        names = dict(
            self.env["smarthome.autopsy.row"]._fields["cause"]._description_selection(self.env)
        )
        return {
            "steps": [{**step, "name": names[step["cause"]]} for step in steps],
            "total": self.currency_id.round(total),
        }

    def _get_current_autopsy(self):
        """Autopsy of the closing in force, in sudo; nothing while the object is open."""
        statement = self.sudo().statement_ids.filtered("is_current")[:1]
        return statement.autopsy_ids

    def action_open_cause(self, cause):
        """Open the documents behind a cause of the autopsy, by the rights of the user.

        :param str cause: one of the causes
        :raise AccessError: the object, or its profit, is not the user's to see
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user._smarthome_has_role("manager", "accountant"):
            raise AccessError(self.env._("The profit is shown to managers and accountants."))
        rows = self._get_current_autopsy().filtered(lambda row: row.cause == cause)
        ids = [one for row in rows for one in row.res_ids or []]
        models_of = set(rows.filtered("res_ids").mapped("res_model"))
        if len(models_of) != 1 or not ids:
            return False
        return self._open_records(models_of.pop(), list(dict.fromkeys(ids)))
