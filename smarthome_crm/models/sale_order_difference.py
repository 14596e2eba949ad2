from dataclasses import replace

from odoo import fields, models
from odoo.fields import Command

from ..tools.works import percent_amount, plan_works


class SaleOrder(models.Model):
    """What generating works would give now for a signed contract, against what it holds.

    Nothing of the contract is written: the difference becomes an additional proposal.
    """

    _inherit = "sale.order"

    def action_smarthome_offer_difference(self):
        """Show the difference and let a person turn it into an additional proposal.

        :return: action of the wizard
        :raise UserError: not a contract, or its object is closed
        """
        self.ensure_one()
        self.check_access("write")
        self._check_can_be_added_to()
        goods = self._get_family_lines("goods")
        wizard = self.env["smarthome.difference"].create(
            {
                "order_id": self.id,
                "goods_ids": [Command.create(line._prepare_difference_row()) for line in goods],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Difference to %(contract)s", contract=self.name),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def _get_family(self):
        """The main contract and its signed additional proposals."""
        main = self.smarthome_main_order_id or self
        return (main | main.smarthome_additional_ids).filtered(lambda order: order.state == "sale")

    def _get_family_lines(self, kind):
        """Signed lines of a kind that still hold something, without reductions."""
        return self._get_family().order_line.filtered(
            lambda line: (
                line.smarthome_kind == kind
                and line.product_uom_qty > 0
                and not line.smarthome_reduces_line_id
            )
        )

    def _get_difference(self, wanted=None):
        """Rows in which the signed works differ from what the norms ask for now.

        :param dict wanted: other quantities of goods by identifier of the line
        :return: list of dicts for ``smarthome.difference.work``, in the works' own order
        """
        self.ensure_one()
        plan = self._plan_family(wanted or {})
        signed = self._get_family_lines("work").grouped("product_id")
        works = self.env["product.product"].browse(plan.demands).union(*signed)
        rows = []
        for work in works.sorted(lambda work: (work.sequence, work.default_code or "", work.id)):
            lines = signed.get(work, self.env["sale.order.line"])
            if lines._follow_norms():
                row = self._compare_work(work, lines, plan)
                rows += [row] if row["change"] else []
        return [{**row, "sequence": sequence} for sequence, row in enumerate(rows)]

    def _plan_family(self, wanted):
        """Plan of ``tools.works`` for the goods of all signed proposals of the contract."""
        family = self._get_family()
        goods = []
        for line in self._get_family_lines("goods"):
            plain, quantity = line._to_goods(), wanted.get(line.id, line.product_uom_qty)
            share = quantity / line.product_uom_qty
            if share:
                changed = {"quantity": plain.quantity * share, "subtotal": plain.subtotal * share}
                goods.append(replace(plain, **changed))
        main = (self.smarthome_main_order_id or self).with_context(smarthome_own_orders=family.ids)
        return plan_works(goods, main._get_works_norms()._to_arithmetic())

    def _compare_work(self, work, lines, plan):
        """Values of one row; ``change`` is empty where nothing differs."""
        demand = plan.demands.get(work.id)
        is_percent = demand.percent if demand else any(lines.mapped("smarthome_is_percent"))
        quantity, price = lines._get_signed_work(is_percent)
        wanted = 0.0
        if demand:
            wanted = 1.0 if is_percent else work.uom_id.round(demand.quantity)
        if any(lines.mapped("smarthome_hand_quantity")):
            wanted = quantity
        new_price = self._get_wanted_price(work, lines, plan, is_percent, wanted)
        row = {
            "product_id": work.id,
            "is_percent": is_percent,
            "old_quantity": quantity,
            "new_quantity": wanted,
            "old_price": price,
            "new_price": new_price if wanted else price,
        }
        row["change"] = self._name_change(row, work, max(len(lines), 1))
        declined = self._get_family().smarthome_declined_work_ids
        is_offer = row["change"] != "price" or is_percent
        return {**row, "is_chosen": bool(is_offer and (lines or work not in declined))}

    def _name_change(self, row, work, count):
        """Name the difference of quantity, and if there is none that of the price."""
        old, new = row["old_quantity"], row["new_quantity"]
        compared = work.uom_id.compare(new, old)
        if compared:
            return "added" if not old else "removed" if not new else "more" if new > old else "less"
        slack = count * self.currency_id.rounding if row["is_percent"] and count > 1 else 0.0
        difference = abs(row["new_price"] - row["old_price"])
        return "price" if self.currency_id.compare_amounts(difference, slack) > 0 else False

    def _get_wanted_price(self, work, lines, plan, is_percent, quantity):
        """Price that generating would give now; a price by hand stays."""
        if any(lines.mapped("smarthome_hand_price")):
            return lines._get_signed_work(is_percent)[1]
        if is_percent:
            demand = plan.demands.get(work.id)
            percents = demand.quantity if demand else 0.0
            price = percent_amount(percents, work.lst_price, plan.equipment_amount)
            return self._smarthome_round(price)
        return self.pricelist_id._get_product_price(
            work, quantity or 1.0, currency=self.currency_id, date=fields.Datetime.now()
        )


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    smarthome_is_offered = fields.Boolean(
        help="The work was added by the difference to a contract and follows the norms there.",
        export_string_translation=False,
    )

    def _follow_norms(self):
        """Tell whether works come from norms: typed ones are left as they are."""
        units = {line.product_uom_id == line.product_id.uom_id for line in self}
        is_made = any(line.smarthome_is_generated or line.smarthome_is_offered for line in self)
        return not self or (is_made and units == {True})

    def _get_signed_work(self, is_percent):
        """Quantity and price of the signed lines of one work.

        A percent of the equipment stands once in each proposal: here once, with all its money.

        :return: tuple (quantity, price)
        """
        if is_percent:
            amount = sum(line.product_uom_qty * line.price_unit for line in self)
            return (1.0 if self else 0.0, amount)
        return sum(self.mapped("product_uom_qty")), self[:1].price_unit

    def _prepare_difference_row(self):
        """Values of a row of goods in the wizard."""
        self.ensure_one()
        return {
            "order_line_id": self.id,
            "old_quantity": self.product_uom_qty,
            "new_quantity": self.product_uom_qty,
        }

    def _prepare_reductions(self, quantity):
        """Commands that lower these lines, the newest first, by a quantity in all."""
        commands = []
        for line in self.sorted("id", reverse=True):
            taken = min(quantity, line.product_uom_qty)
            if line.product_uom_id.compare(taken, 0) > 0:
                commands.append(Command.create(line._prepare_reduction_values(taken)))
                quantity -= taken
        return commands

    def _prepare_addition_values(self, product, quantity):
        """Values of a line that adds to these: more of the same has the contract's net price."""
        values = {"product_id": product.id, "product_uom_qty": quantity}
        if self:
            like = self[0]
            values.update(
                product_uom_id=like.product_uom_id.id,
                price_unit=like.price_unit,
                discount=like.discount,
                tax_ids=like.tax_ids.ids,
            )
        return values
