from odoo import api, fields, models

from ..const import NORM_GROUPS


class ProductCategory(models.Model):
    _inherit = "product.category"

    smarthome_is_equipment = fields.Boolean(
        string="Counts as Equipment",
        compute="_compute_smarthome_is_equipment",
        store=True,
        readonly=False,
        recursive=True,
        help="Goods of this category enter the equipment amount, on which works priced as a "
        "percent of the equipment are calculated.",
    )
    smarthome_norm_ids = fields.One2many(
        comodel_name="smarthome.work.norm",
        inverse_name="category_id",
        string="Norms of Works",
        groups=NORM_GROUPS,
    )

    @api.depends("parent_id.smarthome_is_equipment")
    def _compute_smarthome_is_equipment(self):
        for category in self:
            parent = category.parent_id
            category.smarthome_is_equipment = not parent or parent.smarthome_is_equipment
