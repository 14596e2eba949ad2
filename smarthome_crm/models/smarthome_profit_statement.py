from odoo import api, fields, models
from odoo.exceptions import UserError


class SmarthomeProfitStatement(models.Model):
    """Final profit of a closed object, cause by cause; frozen, never rewritten."""

    _name = "smarthome.profit.statement"
    _description = "Profit Statement"
    _order = "id desc"

    object_id = fields.Many2one(
        comodel_name="smarthome.object",
        required=True,
        ondelete="restrict",
        index=True,
    )
    user_id = fields.Many2one(comodel_name="res.users", string="Manager", index=True)
    company_id = fields.Many2one(related="object_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(required=True)
    is_current = fields.Boolean(
        default=True,
        help="The statement of the closing in force; reopening the object sets it aside.",
    )
    reopen_reason = fields.Char(string="Reason of Reopening")
    row_ids = fields.One2many(
        comodel_name="smarthome.profit.row",
        inverse_name="statement_id",
        string="Causes",
    )
    forecast_profit = fields.Monetary(compute="_compute_profit", store=True)
    final_profit = fields.Monetary(compute="_compute_profit", store=True)
    final_revenue = fields.Monetary(compute="_compute_profit", store=True)

    _current_uniq = models.UniqueIndex(
        "(object_id) WHERE is_current",
        "Somebody else closed this object just now.",
    )

    @api.depends("row_ids.forecast", "row_ids.fact", "row_ids.is_revenue")
    def _compute_profit(self):
        for statement in self:
            rows, currency = statement.row_ids, statement.currency_id
            revenue = rows.filtered("is_revenue")
            statement.forecast_profit = currency.round(sum(rows.mapped("forecast")))
            statement.final_profit = currency.round(sum(rows.mapped("fact")))
            statement.final_revenue = currency.round(sum(revenue.mapped("fact")))

    @api.depends("object_id", "date")
    def _compute_display_name(self):
        for statement in self:
            statement.display_name = f"{statement.object_id.display_name} {statement.date}"

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A profit statement is never deleted."))


class SmarthomeProfitRow(models.Model):
    _name = "smarthome.profit.row"
    _description = "Cause of Profit"
    _order = "statement_id, sequence, id"

    statement_id = fields.Many2one(
        comodel_name="smarthome.profit.statement",
        required=True,
        ondelete="cascade",
        index=True,
    )
    object_id = fields.Many2one(related="statement_id.object_id", store=True, index=True)
    currency_id = fields.Many2one(related="statement_id.currency_id")
    sequence = fields.Integer()
    code = fields.Char(required=True)
    name = fields.Char(string="Cause", required=True)
    is_revenue = fields.Boolean()
    forecast = fields.Monetary(help="What the signed proposals promised.")
    fact = fields.Monetary()
    difference = fields.Monetary(compute="_compute_difference", store=True)
    res_model = fields.Char()
    res_ids = fields.Json(help="Documents behind the row.")

    @api.depends("forecast", "fact")
    def _compute_difference(self):
        for row in self:
            row.difference = row.fact - row.forecast
