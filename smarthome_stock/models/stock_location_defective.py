from odoo import fields, models
from odoo.fields import Domain


class StockLocation(models.Model):
    """Defective stock (брак): outside the warehouses, worth nothing.

    What lies here is neither reserved nor counted as free, does not thin the average cost of good
    units, and lowers no object's cost when it comes back.
    """

    _inherit = "stock.location"

    smarthome_is_defective = fields.Boolean(
        string="Defective Stock",
        help="Goods here have the value 0 and are sent to nobody.",
    )

    def _should_be_valued(self):
        return not self.smarthome_is_defective and super()._should_be_valued()

    def _search_is_valued(self, operator, value):
        domain = Domain(super()._search_is_valued(operator, value))
        is_positive = (operator == "=") == bool(value)
        if is_positive:
            return domain & Domain("smarthome_is_defective", "!=", True)
        return domain | Domain("smarthome_is_defective", "=", True)


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_defective_location(self):
        """Find or make the place of defective goods of the company.

        :return: stock.location in sudo
        """
        self.ensure_one()
        locations = self.env["stock.location"].sudo()
        mine = Domain("smarthome_is_defective", "=", True) & Domain("company_id", "=", self.id)
        return locations.search(mine, order="id", limit=1) or locations.create(
            self._prepare_defective_location_values()
        )

    def _prepare_defective_location_values(self):
        return {
            "name": self.with_context(lang=self.partner_id.lang).env._("Defective"),
            "usage": "internal",
            "company_id": self.id,
            "smarthome_is_defective": True,
        }
