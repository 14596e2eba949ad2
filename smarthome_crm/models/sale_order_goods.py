from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import formatLang


class SaleOrder(models.Model):
    """How goods come into a proposal: catalogue and pasted rows; what the panel shows of them."""

    _inherit = "sale.order"

    smarthome_discount_amount = fields.Monetary(
        string="Discount",
        compute="_compute_smarthome_discount_amount",
        help="What the discounts of the lines take off the amount without tax.",
    )
    smarthome_rate_of_day = fields.Char(
        string="Rate of the Day",
        compute="_compute_smarthome_rate_of_day",
    )

    @api.depends(
        "currency_id",
        "order_line.discount",
        "order_line.price_unit",
        "order_line.product_uom_qty",
        "order_line.price_subtotal",
    )
    def _compute_smarthome_discount_amount(self):
        for order in self:
            amounts = [line._get_discount_amount() for line in order.order_line if line.discount]
            order.smarthome_discount_amount = order._smarthome_round(sum(amounts))

    @api.depends("currency_id", "currency_rate", "date_order", "company_id")
    @api.depends_context("lang")
    def _compute_smarthome_rate_of_day(self):
        for order in self:
            company_currency = order.company_id.currency_id
            if not order.currency_id or order.currency_id == company_currency:
                order.smarthome_rate_of_day = False
                continue
            rate = 1.0 / order.currency_rate if order.currency_rate else 0.0
            shown = formatLang(self.env, rate, digits=4)
            order.smarthome_rate_of_day = (
                f"1 {order.currency_id.name} = {shown} {company_currency.name}"
            )

    # === ACTIONS === #

    def action_smarthome_catalog(self):
        """Open the catalogue on the favourite goods; what is chosen lands in the proposal."""
        self.ensure_one()
        self.check_access("write")
        self._check_goods_can_be_added()
        order = self.with_context(
            order_id=self.id,
            child_field="order_line",
            search_default_goods=1,
            smarthome_proposal=1,
            **self._get_catalog_filters(),
        )
        return order.action_add_from_catalog()

    def action_smarthome_paste_goods(self):
        """Open the form into which rows «article, quantity» are pasted."""
        self.ensure_one()
        self.check_access("write")
        self._check_goods_can_be_added()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Paste Rows"),
            "res_model": "smarthome.paste.goods",
            "view_mode": "form",
            "target": "new",
            "context": {"default_order_id": self.id, "dialog_size": "large"},
        }

    def _check_goods_can_be_added(self):
        if self.state in ("sale", "cancel"):
            raise UserError(
                self.env._(
                    "%(name)s is signed or refused: make an additional proposal for new goods.",
                    name=self.name,
                )
            )

    def _get_catalog_filters(self):
        """Begin on favourites, unless nobody has marked any: an empty page helps nobody."""
        favorites = self.env["product.product"].search_count(
            [("is_favorite", "=", True), ("type", "=", "consu"), ("sale_ok", "=", True)], limit=1
        )
        return {"search_default_favorites": 1} if favorites else {}

    def smarthome_get_totals(self):
        """Figures that the catalogue shows while goods are added.

        :return: dict: ``amount_total``, ``currency_id`` and, for those who may read the profit,
            ``profit``, ``profit_percent``, ``floor``
        """
        self.ensure_one()
        self.check_access("read")
        totals = {
            "name": self.name,
            "amount_total": self.amount_total,
            "currency_id": self.currency_id.id,
        }
        if self._has_field_access(self._fields["smarthome_profit"], "read"):
            totals.update(
                profit=self.smarthome_profit,
                profit_percent=self.smarthome_profit_percent,
                floor=self.smarthome_profit_floor,
            )
        return totals

    # === CATALOGUE AND WORKS SECTION === #

    def _get_sections(self, child_field, **kwargs):
        """Hide the section of generated works: goods do not belong there."""
        sections = super()._get_sections(child_field, **kwargs)
        works = self.order_line.filtered("smarthome_is_works_section")
        for section in sections:
            if not section["id"]:  # Odoo has not this name in Russian
                section["name"] = self.env._("Without a section")
        return [section for section in sections if section["id"] not in works.ids]

    def _get_product_catalog_record_lines(self, product_ids, *, section_id=None, **kwargs):
        if section_id is None:
            section_id = self._get_first_goods_section()
        return super()._get_product_catalog_record_lines(
            product_ids, section_id=section_id, **kwargs
        )

    def _update_order_line_info(self, product_id, quantity, *, section_id=False, **kwargs):
        if section_id in self.order_line.filtered("smarthome_is_works_section").ids:
            section_id = False
        return super()._update_order_line_info(
            product_id, quantity, section_id=section_id, **kwargs
        )

    def _get_first_goods_section(self):
        """Section with which the catalogue begins, as Odoo chooses it, but never the works."""
        first = self.order_line[:1]
        is_section = first.display_type == "line_section" and not first.smarthome_is_works_section
        return is_section and first.id

    # === PLACE === #

    def _keep_goods_before_works(self, goods):
        """Move the works after goods that were just put among or below them.

        Generating would do so anyway; the order of the proposal must not wait for it.

        :param goods: new lines of one proposal
        """
        self.ensure_one()
        section = self.order_line.filtered("smarthome_is_works_section")[:1]
        if section and any(line.sequence >= section.sequence for line in goods):
            order = self.sudo().with_context(smarthome_generating=True)
            order._put_works_after_goods(order.order_line)

    # === ROWS === #

    def _add_goods(self, rows):
        """Add goods before the section of works, each row as a line of its own.

        :param list rows: pairs (product, quantity)
        """
        self.ensure_one()
        lines = self.order_line
        works = lines.filtered("smarthome_is_works_section")
        before = lines.filtered(lambda line: not works or line.sequence < works.sequence)
        start = max(before.mapped("sequence"), default=9) + 1
        after = lines - before
        commands = [
            Command.update(line.id, {"sequence": line.sequence + len(rows)}) for line in after
        ]
        commands += [
            Command.create(
                {"product_id": product.id, "product_uom_qty": quantity, "sequence": start + index}
            )
            for index, (product, quantity) in enumerate(rows)
        ]
        self.with_context(sale_no_log_for_new_lines=True).write({"order_line": commands})


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    smarthome_article = fields.Char(related="product_id.default_code", string="Article")

    @api.model_create_multi
    def create(self, vals_list):
        """Goods land before the works, though forms and programs append them to the end."""
        lines = super().create(vals_list)
        if not self.env.context.get("smarthome_generating"):
            goods = lines.filtered(lambda line: line.smarthome_kind in ("goods", "other"))
            for order, of_order in goods.grouped("order_id").items():
                order._keep_goods_before_works(of_order)
        return lines

    def _get_discount_amount(self):
        """What the line's discount takes off its subtotal."""
        self.ensure_one()
        if self.discount == 100.0:
            return self.price_unit * self.product_uom_qty
        return self.price_subtotal * self.discount / (100.0 - self.discount)
