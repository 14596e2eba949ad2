from odoo import api, models


class StockPicking(models.Model):
    """The warehouse writes down whom goods go to by name, without reading the client."""

    _inherit = "stock.picking"

    def _is_smarthome_linked(self, name, number):
        return super()._is_smarthome_linked(name, number) or (
            name == "partner_id" and self._is_smarthome_recipient(number)
        )

    @api.model
    def _is_smarthome_recipient(self, number):
        """Whether a shipment that the user sees goes to a partner, so that he is named there."""
        pickings = self.browse()
        return pickings.has_access("read") and bool(
            pickings.search_count([("partner_id", "=", number)], limit=1)
        )


class StockMove(models.Model):
    """What is added to a shipment goes to whom the shipment goes."""

    _inherit = "stock.move"

    def _is_smarthome_linked(self, name, number):
        return super()._is_smarthome_linked(name, number) or (
            name == "partner_id" and self.env["stock.picking"]._is_smarthome_recipient(number)
        )
