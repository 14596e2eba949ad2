from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from odoo.addons.smarthome_crm.const import PROFIT_GROUPS


class SmarthomeObject(models.Model):
    """What the tab of profit shows of the autopsy."""

    _inherit = "smarthome.object"

    profit_autopsy = fields.Json(compute="_compute_profit_autopsy", groups=PROFIT_GROUPS)

    @api.depends_context("uid")
    @api.depends("statement_ids.autopsy_ids.amount")
    def _compute_profit_autopsy(self):
        """Steps of the waterfall: each begins where the one before ended."""
        by_site = self._origin._get_current_autopsy().grouped("object_id")
        nothing = self.env["smarthome.autopsy.row"]
        for site in self:
            rows = by_site.get(site._origin, nothing)
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
        """Autopsy of the closings in force, as far as the user may see it."""
        domain = Domain("object_id", "in", self.ids) & Domain("is_current", "=", True)
        return self.env["smarthome.autopsy.row"].search(domain)

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
