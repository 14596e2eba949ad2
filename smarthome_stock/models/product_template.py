from odoo import api, fields, models


class ProductTemplate(models.Model):
    """Goods are counted in the warehouse unless a person says otherwise."""

    _inherit = "product.template"

    is_storable = fields.Boolean(default=True)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("type", "consu") != "consu":
                vals["is_storable"] = False
        return super().create(vals_list)
