from dateutil.relativedelta import relativedelta

from odoo import fields, models


class ResCompany(models.Model):
    """What goods cost, how long that can be trusted, and how long back they count as popular."""

    _inherit = "res.company"

    #: the cost at the moment of shipment follows receipts, in companies founded later as well
    cost_method = fields.Selection(default="average")

    smarthome_popularity_months = fields.Integer(
        string="Months of Popularity",
        default=12,
        help="Signed proposals and shipments of so many months make a product popular.",
    )
    smarthome_cost_days = fields.Integer(
        string="Days a Cost Holds",
        default=30,
        help="Costs in open proposals that were taken longer ago are out of date; 0: never.",
    )

    _check_smarthome_popularity_months = models.Constraint(
        "CHECK (smarthome_popularity_months > 0)",
        "Popularity is counted over one month at least.",
    )
    _check_smarthome_cost_days = models.Constraint(
        "CHECK (smarthome_cost_days >= 0)",
        "Days a cost holds cannot be negative.",
    )

    def _get_popularity_since(self):
        """Moment since which receipts and sales count."""
        self.ensure_one()
        return fields.Datetime.now() - relativedelta(months=self.sudo().smarthome_popularity_months)
