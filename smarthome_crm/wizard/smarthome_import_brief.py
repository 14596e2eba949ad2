from collections import Counter

from odoo import models
from odoo.fields import Command
from odoo.tools import float_compare

from ..tools.price_list import read_brief


class SmarthomeImport(models.TransientModel):
    """A client's brief: rooms become sections of the proposal, rows stay apart."""

    _inherit = "smarthome.import"

    def _plan_brief(self, sheets):
        """Plan the rows of a brief.

        :return: list of ``PlannedRow``
        """
        sources = read_brief(sheets)
        record = self.with_company(self.order_id.company_id)
        found = record._find_products([source.article for source in sources])
        lines = {line.smarthome_brief_key: line for line in self.order_id.order_line}
        occurrences = Counter()
        rows = []
        for source in sources:
            place = f"{source.room.casefold()}|{source.article.casefold()}"
            occurrences[place] += 1
            key = f"{place}|{occurrences[place]}"
            rows.append(self._plan_brief_row(source, key, found, lines.get(key)))
        return rows

    def _plan_brief_row(self, source, key, found, line):
        row = self._start_row(source)
        product = row.is_good and self._take_product(row, found)
        if not row.is_good:
            return row
        quantity = product.uom_id.round(source.quantity) if product else 0.0
        if not product:
            row.refuse("product_unknown", article=row.article)
        elif not product.sale_ok:
            row.refuse("product_not_sold", article=row.article)
        elif quantity <= 0:
            row.refuse("quantity_negative", value=f"{source.quantity:g}")
        else:
            self._plan_brief_line(row, source, product, quantity, line)
            row.payload["key"] = key
        return row

    def _plan_brief_line(self, row, source, product, quantity, line):
        row.head = ("brief", {"name": product.name})
        row.payload = {
            "product": product,
            "quantity": quantity,
            "line": line,
            "room": source.room,
            "wish": source.wish,
        }
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        if line and line.product_uom_id != product.uom_id:
            quantity = product.uom_id._compute_quantity(quantity, line.product_uom_id)
            row.payload["quantity"] = quantity
        if not line:
            row.action = "new"
            row.tell("quantity_set", new=f"{quantity:g}")
            if source.room:
                row.tell("room_set", room=source.room)
        elif float_compare(line.product_uom_qty, quantity, precision_digits=digits):
            row.add_change("quantity_changed", old=f"{line.product_uom_qty:g}", new=f"{quantity:g}")

    # === WRITING === #

    def _apply_brief(self, rows):
        """Write the good rows into the proposal, each room's together, before the works."""
        order = self.order_id
        commands = [
            Command.update(row.payload["line"].id, {"product_uom_qty": row.payload["quantity"]})
            for row in rows
            if row.action == "change"
        ]
        new = [row for row in rows if row.action == "new"]
        lines = list(order.order_line.sorted(lambda line: (line.sequence, line.id)))
        for position, item in enumerate(self._arrange_brief(lines, new), 1):
            if isinstance(item, dict):
                commands.append(Command.create({**item, "sequence": position}))
            elif new and item.sequence != position:
                commands.append(Command.update(item.id, {"sequence": position}))
        order.write({"order_line": commands})
        self._append_wishes(new)

    def _get_line_defaults(self):
        """Spare a search per line where no analytic distribution could be found."""
        models = self.env["account.analytic.distribution.model"].sudo()
        return {} if models.search_count([], limit=1) else {"analytic_distribution": False}

    def _arrange_brief(self, lines, rows):
        """Lines of the proposal and values of new ones, in the order they are to stand.

        :param list lines: sale.order.line records as they stand
        :param rows: planned rows to add
        :return: list of records and dicts
        """
        by_room, defaults = {}, self._get_line_defaults()
        for row in rows:
            by_room.setdefault(row.payload["room"].casefold(), []).append(row.payload)
        for room, payloads in by_room.items():
            position, is_found = self._find_place(lines, room)
            values = [{**defaults, **self._prepare_brief_line(payload)} for payload in payloads]
            if not is_found:
                values.insert(0, self._prepare_room(payloads[0]["room"]))
            lines[position:position] = values
        return lines

    def _find_place(self, lines, room):
        """Where rows of a room are put: at the end of its section, else before the works.

        :return: tuple (position, whether the section is there)
        """
        starts = [n for n, line in enumerate(lines) if line["display_type"] == "line_section"]
        if not room:
            return (starts[0] if starts else len(lines)), True
        for start in starts:
            if lines[start]["smarthome_brief_key"] == f"{room}|":
                return next((n for n in starts if n > start), len(lines)), True
        works = [n for n in starts if lines[n]["smarthome_is_works_section"]]
        return (works[0] if works else len(lines)), False

    def _prepare_room(self, room):
        """Values of the section of a room."""
        return {
            "display_type": "line_section",
            "name": room,
            "smarthome_brief_key": f"{room.casefold()}|",
            "smarthome_is_works_section": False,
        }

    def _prepare_brief_line(self, payload):
        """Values of the proposal's line of a row of the brief."""
        return {
            "display_type": False,
            "product_id": payload["product"].id,
            "product_uom_qty": payload["quantity"],
            "smarthome_brief_key": payload["key"],
        }

    def _append_wishes(self, rows):
        """Write the client's own words below the product's name."""
        wishes = {row.payload["key"]: row.payload["wish"] for row in rows}
        for line in self.order_id.order_line:
            wish = wishes.get(line.smarthome_brief_key)
            if wish and wish.casefold() not in line.name.casefold():
                line.name = f"{line.name}\n{wish}"
