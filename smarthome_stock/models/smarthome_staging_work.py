from odoo import api, models
from odoo.exceptions import UserError


class SmarthomeStaging(models.AbstractModel):
    """What is done at the staging page: goods are put in, taken back, shipped.

    One tap is one transaction of real transfers, and is carried out once, however often it
    arrives: it brings a token of its own. Rows say ``product_id``, ``quantity`` in the product's
    unit, ``warranty`` and, where a number was scanned, ``lot_id``; no rows mean everything.
    """

    _inherit = "smarthome.staging"

    @api.model
    def put_in(self, object_id, rows, token):
        """Put goods of the stock into the object's place.

        :return: the page after it
        """
        return self._tap(object_id, token, self._put_in, rows)

    @api.model
    def take_out(self, object_id, rows, token):
        """Take goods from the object's place back to stock; what its contracts need is missing again.

        :return: the page after it
        """
        return self._tap(object_id, token, self._take_out, rows)

    @api.model
    def ship(self, object_id, rows, token):
        """Ship goods from the object's place to the object.

        :return: the page after it
        """
        return self._tap(object_id, token, self._ship, rows)

    @api.model
    def _tap(self, object_id, token, work, rows):
        """Check the rights, do the work unless the same tap did it, and show the place anew."""
        record = self._get_object(object_id)
        self._check_may_move(record)
        if self.env["smarthome.staging.tap"]._is_first(token):
            work(record, [row for row in rows or [] if row.get("quantity")], not rows)
        return self.get_page(object_id)

    @api.model
    def _put_in(self, record, rows, is_all):
        moves = self._get_open_moves(record, self._get_gathering_domain(record))
        chosen = self._choose(moves, rows, is_all)
        if not chosen:
            raise UserError(self.env._("Nothing of what is missing is in stock."))
        self._validate(chosen)

    @api.model
    def _ship(self, record, rows, is_all):
        moves = self._get_open_moves(record, self._get_shipping_domain(record))
        chosen = self._choose(moves, rows, is_all)
        if not chosen:
            raise UserError(self.env._("Nothing that could be shipped lies here."))
        self._validate(chosen)

    # === CHOICE === #

    @api.model
    def _choose(self, moves, rows, is_all):
        """Write onto moves what of them is done now.

        :return: the moves that are done
        """
        moves._action_assign()
        if is_all:
            chosen = moves.filtered(lambda move: move.product_uom.compare(move.quantity, 0) > 0)
            chosen.picked = True
            return chosen
        done = {}
        for row in sorted(rows, key=lambda row: not row.get("lot_id")):
            self._choose_row(moves, row, done)
        return moves.browse().concat(*done)

    @api.model
    def _choose_row(self, moves, row, done):
        """Share the quantity of a row out over the moves of its goods; the last takes the rest.

        :param dict done: what is chosen of each move, in the product's unit; is added to
        :raise UserError: nobody waits for these goods
        """
        product = self.env["product.product"].sudo().browse(int(row["product_id"])).exists()
        is_warranty = bool(row.get("warranty"))
        moves = moves.filtered(
            lambda move: move.product_id == product and move.smarthome_is_warranty == is_warranty
        )
        if not moves:
            raise UserError(self._get_nobody_waits_message(product))
        lot = self.env["stock.lot"].sudo().browse(row.get("lot_id") or []).exists()
        rest = float(row["quantity"])
        for move in moves:
            left = max(move.product_qty - done.get(move, 0.0), 0.0)
            part = rest if move == moves[-1] else min(rest, left)
            if product.uom_id.compare(part, 0) > 0:
                move._set_done_part(part, lot, done.get(move, 0.0))
                done[move] = done.get(move, 0.0) + part
                rest -= part

    @api.model
    def _get_nobody_waits_message(self, product):
        return self.env._(
            "%(product)s is not waited for any more: look at the page again.",
            product=product.display_name,
        )

    @api.model
    def _validate(self, chosen):
        """Do the chosen moves; what is left of their pickings waits in backorders."""
        pickings = chosen.picking_id
        (pickings.move_ids - chosen).filtered("picked").picked = False
        pickings.with_context(skip_backorder=True).button_validate()

    # === BACK TO STOCK === #

    @api.model
    def _take_out(self, record, rows, is_all):
        quants = record._get_staged_quants()
        if is_all:
            rows = [
                {"product_id": product.id, "quantity": sum(inside.mapped("quantity"))}
                for product, inside in quants.grouped("product_id").items()
            ]
        for row in rows:
            parts = self._share_quants(quants, row)
            flagged = record.with_context(smarthome_takes_warranty=bool(row.get("warranty")))
            for place in {place for place, _product, _lot in parts}:
                own = {key: part for key, part in parts.items() if key[0] == place}
                back = flagged._return_to_stock(own)
                back._finish_staging()
                back.move_ids.sale_line_id._action_launch_stock_rule()
        record._ask_for_missing()

    @api.model
    def _share_quants(self, quants, row):
        """Quantities of a row by (place, product, lot).

        :raise UserError: less lies here
        """
        product = self.env["product.product"].sudo().browse(int(row["product_id"]))
        rest, parts = float(row["quantity"]), {}
        for quant in quants.filtered(lambda quant: quant.product_id == product):
            part = min(rest, quant.quantity)
            is_other_number = row.get("lot_id") and quant.lot_id.id != row["lot_id"]
            if product.uom_id.compare(part, 0) > 0 and not is_other_number:
                key = (quant.location_id, product, quant.lot_id)
                parts[key] = parts.get(key, 0.0) + part
                rest -= part
        if product.uom_id.compare(rest, 0) > 0 or not parts:
            raise UserError(
                self.env._(
                    "Less of %(product)s lies here than you want to take.",
                    product=product.display_name,
                )
            )
        return parts


class StockMove(models.Model):
    _inherit = "stock.move"

    def _set_done_part(self, quantity, lot, before):
        """Write what of an open move is done now, of which number if one was scanned.

        :param quantity: in the product's unit
        :param before: what of the move is chosen already, in the product's unit
        :raise UserError: the number does not lie where the move takes it
        """
        self.ensure_one()
        unit = self.product_id.uom_id
        if not lot:
            self.quantity = unit._compute_quantity(
                before + quantity, self.product_uom, rounding_method="HALF-UP"
            )
        else:
            if not before:
                self._do_unreserve()
            taken = self._update_reserved_quantity(
                quantity, self.location_id, lot_id=lot, strict=False
            )
            if unit.compare(taken, quantity) < 0:
                raise UserError(
                    self.env._(
                        "%(product)s: the number %(number)s is not free at %(place)s.",
                        product=self.product_id.display_name,
                        number=lot.name,
                        place=self.location_id.display_name,
                    )
                )
        self.picked = True
