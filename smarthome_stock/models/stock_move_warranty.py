from odoo import api, fields, models
from odoo.exceptions import UserError

#: what is said of warranty goods, and what two moves must have in common to be one
WARRANTY_FIELDS = (
    "smarthome_is_warranty",
    "smarthome_warranty_reason",
    "smarthome_replaces_id",
    "smarthome_replaced_lot_id",
)


class StockMove(models.Model):
    """Warranty goods: moves of the same shipment that no order line and no bill ever shows.

    They cost the object what they are worth when they leave.
    """

    _inherit = "stock.move"

    smarthome_is_warranty = fields.Boolean(
        string="Warranty",
        help="Given for nothing: never on the client's bill, always in the object's cost.",
    )
    smarthome_warranty_reason = fields.Char(string="Reason of Warranty")
    smarthome_replaces_id = fields.Many2one(
        comodel_name="product.product",
        string="Replaces",
        index="btree_not_null",
        help="Goods at the object that these take the place of.",
    )
    smarthome_replaced_lot_id = fields.Many2one(
        comodel_name="stock.lot",
        string="Replaced Number",
        index="btree_not_null",
        domain="[('product_id', '=', smarthome_replaces_id)]",
    )
    smarthome_warranty_order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Contract of the Warranty",
        index="btree_not_null",
        help="The contract that shows these goods in its list of warranty.",
    )

    _smarthome_warranty_has_reason = models.Constraint(
        "CHECK(smarthome_is_warranty IS NOT TRUE OR "
        "COALESCE(TRIM(smarthome_warranty_reason), '') <> '')",
        "Write why the goods are given under warranty.",
    )

    @api.constrains("smarthome_is_warranty", "sale_line_id")
    def _check_warranty_is_free(self):
        for move in self:
            if move.smarthome_is_warranty and move.sale_line_id:
                raise UserError(
                    self.env._(
                        "%(product)s stands in the proposal and is paid for: warranty goods are "
                        "added to the shipment as a row of their own.",
                        product=move.product_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Warranty goods know their contract and what they replace."""
        moves = super().create(vals_list)
        moves.filtered("smarthome_is_warranty")._complete_warranty()
        return moves

    def write(self, vals):
        """What was shipped under warranty stays so."""
        if vals.keys() & set(WARRANTY_FIELDS) and not self.env.su:
            if any(move.state == "done" for move in self):
                raise UserError(self.env._("Shipped goods stay what they were shipped as."))
        result = super().write(vals)
        if vals.get("smarthome_is_warranty"):
            self._complete_warranty()
        return result

    def _complete_warranty(self):
        """Fill in the contract and, by default, that the same goods are replaced."""
        for move in self.sudo():
            if not move.smarthome_object_id:
                raise UserError(self.env._("Warranty goods go to an object only."))
            move.smarthome_replaces_id = move.smarthome_replaces_id or move.product_id
            if not move.smarthome_warranty_order_id:
                move.smarthome_warranty_order_id = move._get_shipment_contract()

    @api.model
    def _prepare_merge_moves_distinct_fields(self):
        return [*super()._prepare_merge_moves_distinct_fields(), *WARRANTY_FIELDS]

    def _get_shipment_contract(self):
        """The contract that a shipment to an object belongs to: its own, else the object's first.

        :return: sale.order, empty where the object has no contract
        """
        self.ensure_one()
        for orders in self._get_candidate_contracts():
            own = orders.filtered(
                lambda order: (
                    order.state == "sale" and order.smarthome_object_id == self.smarthome_object_id
                )
            )
            if own:
                return own[0]
        return self.env["sale.order"]

    def _get_candidate_contracts(self):
        """Orders that a shipment may belong to, the nearest first."""
        picking = self.picking_id
        yield self.sale_line_id.order_id
        yield self.smarthome_warranty_order_id
        yield self.reference_ids.sale_ids
        yield picking.sale_id
        yield picking.reference_ids.sale_ids
        yield self.smarthome_object_id._get_first_contract()

    def _get_cost_code(self):
        """Warranty goods have a row of their own in the profit statement."""
        return "warranty_cost" if self.smarthome_is_warranty else super()._get_cost_code()
