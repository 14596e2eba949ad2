from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class StockMoveLine(models.Model):
    """Goods staged for one object are not taken for another, nor put to another's."""

    _inherit = "stock.move.line"

    @api.constrains("location_id", "location_dest_id", "move_id")
    def _check_staged_for(self):
        """Whoever needs another object's goods re-assigns them, with a reason."""
        locations = self.location_id | self.location_dest_id
        owners = {location: location._get_staged_object() for location in locations}
        if not any(owners.values()):
            return
        for line in self.filtered("move_id"):
            owner = owners[line.location_id] or owners[line.location_dest_id]
            other = owners[line.location_dest_id]
            taker = line.move_id.smarthome_object_id
            if owner and (taker != owner or (other and other != owner)):
                raise ValidationError(
                    self.env._(
                        "%(product)s is staged for %(object)s. Re-assign it first, with a reason.",
                        product=line.product_id.display_name,
                        object=owner.sudo().display_name,
                    )
                )


class StockMove(models.Model):
    _inherit = "stock.move"

    def write(self, vals):
        """A move does not change hands with another object's goods on it."""
        result = super().write(vals)
        if "smarthome_object_id" in vals:
            self.move_line_ids._check_staged_for()
        return result

    @api.model
    def _get_object_of_places(self, vals):
        """Object of the staging place from which or into which a move without object goes."""
        Location = self.env["stock.location"]
        for name in ("location_id", "location_dest_id"):
            if vals.get(name) and (record := Location.browse(vals[name])._get_staged_object()):
                return record.id
        return False


class StockQuant(models.Model):
    _inherit = "stock.quant"

    def _get_gather_domain(
        self, product_id, location_id, lot_id=None, package_id=None, owner_id=None, strict=False
    ):
        """Whoever takes from a whole warehouse takes nothing that is staged."""
        domain = super()._get_gather_domain(
            product_id, location_id, lot_id, package_id, owner_id, strict
        )
        if location_id.usage != "view" or strict:
            return domain
        return Domain(domain) & Domain("location_id.smarthome_object_id", "=", False)
