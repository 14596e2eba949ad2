from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .res_users import EVERYTHING

#: moves that still wait for somebody
OPEN_STATES = ("waiting", "confirmed", "partially_available", "assigned")


class SmarthomeStaging(models.AbstractModel):
    """What the staging page shows: what lies at an object's place, is missing, and was shipped.

    Everybody who sees the place sees the page, in quantities only. Each public method asks for
    the rights of its reader first and then works in sudo.
    """

    _name = "smarthome.staging"
    _description = "Staging page"

    # === THE LIST OF PLACES === #

    @api.model
    def get_places(self):
        """Objects with a staging place within the user's reach, the soonest first.

        :return: list of dicts with the numbers of articles that are here, missing and in stock
        """
        objects = self._get_reachable_places().sudo().smarthome_object_id
        here = self._count_here(objects)
        missing = self._count_missing(objects, OPEN_STATES)
        ready = self._count_missing(objects, ("partially_available", "assigned"))
        places = [
            {
                **self._prepare_header(record),
                "here": here.get(record, 0),
                "missing": missing.get(record, 0),
                "ready": ready.get(record, 0),
            }
            for record in objects
        ]
        return sorted(places, key=self._get_place_order)

    @api.model
    def _get_place_order(self, place):
        """Places with something to do first, by the day when the installation begins."""
        is_idle = not (place["here"] or place["missing"])
        return is_idle, place["date"] or "9999", place["number"] or ""

    @api.model
    def _count_here(self, objects):
        """Number of articles that lie at the places of objects."""
        places = objects.staging_location_ids
        owners = {place: place.smarthome_object_id for place in places}
        groups = (
            self.env["stock.quant"]
            .sudo()
            ._read_group(
                Domain("location_id", "in", places.ids) & Domain("quantity", ">", 0),
                ["location_id"],
                ["product_id:count_distinct"],
            )
        )
        counts = {}
        for place, count in groups:
            counts[owners[place]] = counts.get(owners[place], 0) + count
        return counts

    @api.model
    def _count_missing(self, objects, states):
        """Number of articles that objects still lack at their places."""
        domain = self._get_gathering_domain(objects) & Domain("state", "in", states)
        groups = (
            self.env["stock.move"]
            .sudo()
            ._read_group(domain, ["smarthome_object_id"], ["product_id:count_distinct"])
        )
        return dict(groups)

    # === ONE PLACE === #

    @api.model
    def get_page(self, object_id):
        """Everything that the staging page of an object shows.

        :raise AccessError: the place is out of the user's reach
        """
        record = self._get_object(object_id)
        return {
            "object": self._prepare_header(record),
            "rights": self._get_rights(record),
            "rows": self._prepare_rows(record),
        }

    @api.model
    def find_code(self, object_id, code):
        """The goods that a scanned code stands for: article, packaging or serial number.

        :return: dict of product_id, name, quantity and the number's lot_id; False if unknown
        """
        self._get_object(object_id)
        code = (code or "").strip()
        if not code:
            return False
        products = self.env["product.product"].sudo()
        found = products.search([("barcode", "=", code)], limit=1)
        found = found or products.search([("default_code", "=ilike", code)], limit=1)
        if found:
            return self._prepare_found(found)
        packaging = self.env["product.uom"].sudo().search([("barcode", "=", code)], limit=1)
        if packaging:
            unit = packaging.product_id.uom_id
            quantity = packaging.uom_id._compute_quantity(1, unit)
            return self._prepare_found(packaging.product_id, quantity)
        lot = self.env["stock.lot"].sudo().search([("name", "=", code)], limit=1)
        return self._prepare_found(lot.product_id, lot=lot) if lot else False

    @api.model
    def _prepare_found(self, product, quantity=1, lot=None):
        return {
            "product_id": product.id,
            "name": product.display_name,
            "quantity": quantity,
            "lot_id": lot.id if lot else False,
            "lot": lot.name if lot else "",
        }

    # === WHO MAY WHAT === #

    @api.model
    def _get_reachable_places(self, domain=Domain.TRUE):
        """Staging places that the user sees by the rules of access."""
        places = self.env["stock.location"]
        if not places.has_access("read"):
            return places
        return places.search(Domain("smarthome_object_id", "!=", False) & domain)

    @api.model
    def _get_object(self, object_id):
        """The object of a page, in sudo.

        :raise AccessError: its staging place is out of the user's reach
        :raise UserError: it has none yet
        """
        own = Domain("smarthome_object_id", "=", object_id)
        places = self.with_context(active_test=False)._get_reachable_places(own)
        if places:
            return self.env["smarthome.object"].sudo().browse(places.sudo().smarthome_object_id.id)
        if self.env.user.has_groups(EVERYTHING):
            raise UserError(
                self.env._(
                    "This object has no staging place yet: it is made when its first contract is "
                    "signed."
                )
            )
        raise AccessError(
            self.env._(
                "This staging place is open to the storekeeper, and to the manager and the lead "
                "engineer of its object. Ask the head if you should be one of them."
            )
        )

    @api.model
    def _get_rights(self, record):
        """What the user may do at a place: move goods, ask for more, confirm what is installed."""
        user = self.env.user
        may_move = user._smarthome_has_role("storekeeper", "head")
        is_manager = user._smarthome_has_role("manager") and record.user_id == user
        is_engineer = user._smarthome_has_role("engineer") and record.engineer_id == user
        is_open = record.stage != "closed"
        return {
            "move": may_move,
            "add": may_move or is_manager,
            "confirm": is_open and (is_engineer or is_manager or user._smarthome_has_role("head")),
            "open": record.sudo(False).has_access("read"),
        }

    @api.model
    def _check_may_move(self, record):
        """Let storekeepers and heads move goods.

        :raise AccessError: somebody else does
        """
        if not self._get_rights(record)["move"]:
            raise AccessError(self.env._("The storekeeper moves goods at the staging places."))

    # === WHAT IS SHOWN === #

    @api.model
    def _prepare_header(self, record):
        return {
            "id": record.id,
            "number": record.number,
            "name": record.name,
            "address": record.address or "",
            "manager": record.user_id.name or "",
            "engineer": record.engineer_id.name or "",
            "date": fields.Date.to_string(record.work_date_start) or False,
            "is_closed": record.stage == "closed",
        }

    @api.model
    def _get_place_ids(self, objects):
        """Staging places of objects, those of closed ones included."""
        return objects.with_context(active_test=False).staging_location_ids.ids

    @api.model
    def _get_gathering_domain(self, objects):
        """Open moves that bring goods to the staging places of objects."""
        place_ids = self._get_place_ids(objects)
        domain = Domain("smarthome_object_id", "in", objects.ids)
        domain &= Domain("location_dest_id", "in", place_ids)
        return domain & Domain("location_id", "not in", place_ids)

    @api.model
    def _get_shipping_domain(self, objects):
        """Open moves that take goods from the staging places of objects to the clients."""
        domain = Domain("smarthome_object_id", "in", objects.ids)
        domain &= Domain("location_id", "child_of", self._get_place_ids(objects))
        return domain & Domain("location_dest_id.usage", "=", "customer")

    @api.model
    def _get_open_moves(self, record, domain):
        """Open moves of a domain, what is reserved first.

        :return: stock.move in sudo
        """
        moves = self.env["stock.move"].sudo()
        found = moves.search(domain & Domain("state", "in", OPEN_STATES), order="date, id")
        return found.sorted(lambda move: not move.quantity)

    @api.model
    def _prepare_rows(self, record):
        """One row per article, and another one for what of it goes under warranty."""
        rows = {}
        self._add_missing(rows, record)
        self._add_here(rows, record)
        self._add_shipped(rows, record)
        self._add_expected(rows, record)
        for row in rows.values():
            row["needed"] = row["missing"] + row["here"] + row["shipped"]
        return sorted(rows.values(), key=lambda row: (row["code"], row["name"], row["warranty"]))

    @api.model
    def _get_row(self, rows, product, is_warranty=False):
        key = f"{product.id}-{int(bool(is_warranty))}"
        if key not in rows:
            rows[key] = {
                "key": key,
                "product_id": product.id,
                "warranty": bool(is_warranty),
                "name": product.name,
                "code": product.default_code or "",
                "unit": product.uom_id.name,
                "has_photo": bool(product.with_context(bin_size=True).image_128),
                "is_extra": False,
                "missing": 0.0,
                "available": 0.0,
                "stock": 0.0,
                "here": 0.0,
                "shipped": 0.0,
                "lots": [],
                "expected": False,
            }
        return rows[key]

    @api.model
    def _add_missing(self, rows, record):
        """What is still to be gathered, and what of it is in the stock."""
        moves = self._get_open_moves(record, self._get_gathering_domain(record))
        free = self._get_free_quantities(moves)
        for move in moves:
            product = move.product_id
            row = self._get_row(rows, product, move.smarthome_is_warranty)
            reserved = move._get_quantity_in(product.uom_id)
            row["missing"] += move.product_qty
            taken = min(max(move.product_qty - reserved, 0.0), free[product])
            free[product] -= taken
            row["available"] += reserved + taken
            row["is_extra"] |= not move.sale_line_id and not move.smarthome_is_warranty
        for product, rest in free.items():
            for row in rows.values():
                if row["product_id"] == product.id:
                    row["stock"] = row["available"] + rest if product.is_storable else False

    @api.model
    def _get_free_quantities(self, moves):
        """What of the moves' goods nobody reserved, where the moves take them from."""
        products = moves.product_id.with_context(location=moves.location_id.ids)
        free = {product.id: product.free_qty for product in products}
        return {
            product: max(free[product.id], 0.0) if product.is_storable else float("inf")
            for product in moves.product_id
        }

    @api.model
    def _add_here(self, rows, record):
        """What lies at the place; of it what waits to leave under warranty apart."""
        quants = record._get_staged_quants()
        moves = self._get_open_moves(record, self._get_shipping_domain(record))
        under_warranty = moves.filtered("smarthome_is_warranty")
        for product, inside in quants.grouped("product_id").items():
            rest = sum(inside.mapped("quantity"))
            promised = under_warranty.filtered(lambda move, one=product: move.product_id == one)
            apart = min(rest, sum(promised.mapped("product_qty")))
            if apart:
                self._get_row(rows, product, True)["here"] = apart
            if product.uom_id.compare(rest, apart) > 0:
                row = self._get_row(rows, product)
                row["here"] = rest - apart
                row["lots"] = inside.lot_id.mapped("name")
        for move in moves:
            row = self._get_row(rows, move.product_id, move.smarthome_is_warranty)
            if not move.product_id.is_storable:
                row["here"] += move.product_qty
            if not move.sale_line_id and not move.smarthome_is_warranty:
                row["is_extra"] = True

    @api.model
    def _add_shipped(self, rows, record):
        """What was shipped and not returned; a failed unit that was replaced lowers nothing."""
        for path, sign in (("location_dest_id", 1), ("location_id", -1)):
            domain = Domain("move_id.smarthome_object_id", "=", record.id)
            domain &= Domain("state", "=", "done") & Domain(f"{path}.usage", "=", "customer")
            if sign < 0:
                domain &= Domain("move_id.to_refund", "=", True)
            lines = self.env["stock.move.line"].sudo()
            groups = lines._read_group(
                domain, ["product_id", "move_id"], ["quantity_product_uom:sum"]
            )
            for product, move, quantity in groups:
                row = self._get_row(rows, product, move.smarthome_is_warranty)
                row["shipped"] += sign * quantity

    @api.model
    def _add_expected(self, rows, record):
        """When what is missing comes from the vendors."""
        lines = self.env["smarthome.object.line"].sudo()
        found = lines.search(
            Domain("object_id", "=", record.id) & Domain("expected_date", "!=", False)
        )
        for line in found.sorted("expected_date", reverse=True):
            row = rows.get(f"{line.product_id.id}-0")
            if row:
                row["expected"] = fields.Date.to_string(line.expected_date)
