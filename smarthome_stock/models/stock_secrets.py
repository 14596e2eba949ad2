from odoo import api, fields, models

from odoo.addons.smarthome_crm.const import PURCHASE_GROUPS


class StockMove(models.Model):
    """What goods cost is not for the warehouse, yet every shipment has its cost.

    Odoo values moves as the person who validates them; here the program does it, so that a
    storekeeper without prices validates under every costing method.
    """

    _inherit = "stock.move"

    value = fields.Monetary(groups=PURCHASE_GROUPS)
    value_manual = fields.Monetary(groups=PURCHASE_GROUPS)
    value_justification = fields.Text(groups=PURCHASE_GROUPS)
    value_computed_justification = fields.Text(groups=PURCHASE_GROUPS)
    #: no related field any more: those can be sorted and summed past their own groups
    standard_price = fields.Float(
        related=None,
        compute="_compute_standard_price",
        groups=PURCHASE_GROUPS,
    )
    price_unit = fields.Float(groups=PURCHASE_GROUPS)
    remaining_value = fields.Monetary(groups=PURCHASE_GROUPS)

    def _compute_standard_price(self):
        for move in self:
            move.standard_price = move.product_id.standard_price

    def _action_confirm(self, merge=True, merge_into=False, create_proc=True):
        """Merging compares prices: the program may, whoever confirms."""
        moves = super(StockMove, self.sudo())._action_confirm(merge, merge_into, create_proc)
        return moves.with_env(self.env)

    def _action_done(self, cancel_backorder=False):
        """Value the moves and follow the contracts as the program, at their company's costs."""
        done = self.browse()
        for company, moves in self.grouped("company_id").items():
            moves = moves.sudo().with_company(company)
            done |= super(StockMove, moves)._action_done(cancel_backorder=cancel_backorder)
        return done.with_env(self.env)

    def _compute_description_picking(self):
        """The contract's words about the goods, for those too who may not read the contract."""
        return super(StockMove, self.sudo())._compute_description_picking()


class ProductValue(models.Model):
    _inherit = "product.value"

    current_value = fields.Monetary(
        related=None,
        compute="_compute_current_value",
        compute_sudo=True,
        groups=PURCHASE_GROUPS,
    )

    @api.depends("move_id.value")
    def _compute_current_value(self):
        for record in self:
            record.current_value = record.move_id.value


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _action_done(self):
        """What is shipped goes to the contract, which the storekeeper may not read."""
        return super(StockPicking, self.sudo())._action_done()


class StockLot(models.Model):
    _inherit = "stock.lot"

    avg_cost = fields.Monetary(groups=PURCHASE_GROUPS)
    total_value = fields.Monetary(groups=PURCHASE_GROUPS)
    standard_price = fields.Float(groups=PURCHASE_GROUPS)


class StockQuant(models.Model):
    _inherit = "stock.quant"

    value = fields.Monetary(groups=PURCHASE_GROUPS)


class ProductProduct(models.Model):
    _inherit = "product.product"

    avg_cost = fields.Monetary(groups=PURCHASE_GROUPS)
    total_value = fields.Monetary(groups=PURCHASE_GROUPS)
    suggest_estimated_price = fields.Float(groups=PURCHASE_GROUPS)

    def _compute_quantities_dict(self, *args, **kwargs):
        """Free stock is free stock, also for who sees only his own objects' shipments."""
        return super(ProductProduct, self.sudo())._compute_quantities_dict(*args, **kwargs)
