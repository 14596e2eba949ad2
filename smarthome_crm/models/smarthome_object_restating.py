from odoo import fields, models
from odoo.fields import Command


class SmarthomeObject(models.Model):
    """Late truths: what becomes known of the profit after an object is closed."""

    _inherit = "smarthome.object"

    def _restate(self, reason):
        """Make a new statement of each closed object whose final profit has changed since.

        The former statement stays as it was and is set aside. Called by whatever records a late
        truth: an expense, a return, a warranty shipment. ``smarthome_bonus`` corrects the bonus.

        :param str reason: what became known, for people
        :return: the new statements, none where nothing has changed
        """
        statements = self.env["smarthome.profit.statement"]
        closed = self.sudo().filtered(lambda site: site.stage == "closed")
        if not closed:
            return statements
        closed._lock_for_closing()
        for site in closed.filtered(lambda site: site.stage == "closed"):
            former = site.statement_ids.filtered("is_current")
            rows = site._get_profit_rows()
            if former and former._tells_the_same(rows):
                continue
            former.is_current = False
            former.flush_recordset(["is_current"])
            statements |= statements.sudo().create(
                site._prepare_restated_values(former, rows, reason)
            )
        return statements

    def _prepare_restated_values(self, former, rows, reason):
        """Values of the statement that takes the place of a former one."""
        self.ensure_one()
        return {
            "object_id": self.id,
            "user_id": (former.user_id or self.user_id).id,
            "date": fields.Date.context_today(self),
            "corrects_id": former.id,
            "reason": reason,
            "row_ids": [Command.create(row) for row in rows],
        }


class SmarthomeProfitStatement(models.Model):
    _inherit = "smarthome.profit.statement"

    corrects_id = fields.Many2one(
        comodel_name="smarthome.profit.statement",
        string="Takes the Place of",
        ondelete="restrict",
        index="btree_not_null",
        help="The statement that was in force before a late truth became known.",
    )
    reason = fields.Char(string="What Became Known")

    def _tells_the_same(self, rows):
        """Tell whether rows come to the figures of this statement, cause by cause."""
        self.ensure_one()
        known, wanted = {}, {}
        for row in self.row_ids:
            known[row.code] = known.get(row.code, 0.0) + row.fact
        for row in rows:
            wanted[row["code"]] = wanted.get(row["code"], 0.0) + row["fact"]
        return all(
            self.currency_id.compare_amounts(known.get(code, 0.0), wanted.get(code, 0.0)) == 0
            for code in known.keys() | wanted.keys()
        )
