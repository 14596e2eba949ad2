from odoo import api, fields, models

#: causes in the order in which a profit goes from the proposal to the final one
CAUSES = (
    "proposal",
    "discount",
    "coefficient",
    "additional",
    "extra",
    "return",
    "purchase",
    "warranty",
    "work",
    "other",
    "expense",
    "forgiven",
)
#: rows of the profit statement that lines of goods tell cause by cause
GOODS_CODES = ("goods_revenue", "goods_cost", "extra_revenue")


class SmarthomeAutopsyRow(models.Model):
    """Profit autopsy: what made the final profit of a closed object out of the proposal's.

    The rows of a statement add up to its final profit to the cent.
    """

    _name = "smarthome.autopsy.row"
    _description = "Cause in the Profit Autopsy"
    _order = "statement_id desc, sequence, id"

    statement_id = fields.Many2one(
        comodel_name="smarthome.profit.statement",
        required=True,
        ondelete="cascade",
        index=True,
    )
    is_current = fields.Boolean(related="statement_id.is_current", store=True)
    object_id = fields.Many2one(related="statement_id.object_id", store=True, index=True)
    type_id = fields.Many2one(related="object_id.type_id", store=True, string="Type of Object")
    user_id = fields.Many2one(related="statement_id.user_id", store=True, index=True)
    date = fields.Date(related="statement_id.date", store=True)
    company_id = fields.Many2one(related="statement_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Vendor",
        index="btree_not_null",
        groups="smarthome_base.group_smarthome_head,smarthome_base.group_smarthome_accountant",
    )
    sequence = fields.Integer()
    cause = fields.Selection(
        selection=[
            ("proposal", "Proposal without discounts"),
            ("discount", "Discounts"),
            ("coefficient", "Coefficient of work payment"),
            ("additional", "Additional proposals"),
            ("extra", "Goods beyond the contract"),
            ("return", "Returned or not shipped"),
            ("purchase", "Changes of purchase prices"),
            ("warranty", "Warranty"),
            ("work", "Works more or less"),
            ("other", "Other lines"),
            ("expense", "Other expenses"),
            ("forgiven", "Forgiven remainder"),
        ],
        required=True,
        index=True,
    )
    amount = fields.Monetary(required=True)
    res_model = fields.Char(export_string_translation=False)
    res_ids = fields.Json(help="Documents behind the row.")

    @api.depends("object_id", "cause")
    def _compute_display_name(self):
        causes = dict(self._fields["cause"]._description_selection(self.env))
        for row in self:
            row.display_name = f"{row.object_id.display_name}: {causes.get(row.cause)}"

    def action_open_documents(self):
        """Open the documents behind the row, by the rights of the user."""
        self.ensure_one()
        self.check_access("read")
        if not self.res_model or not self.res_ids:
            return self.object_id.get_formview_action()
        return self.object_id._open_records(self.res_model, self.res_ids)


class SmarthomeProfitStatement(models.Model):
    _inherit = "smarthome.profit.statement"

    autopsy_ids = fields.One2many(
        comodel_name="smarthome.autopsy.row",
        inverse_name="statement_id",
        string="Autopsy",
    )

    def _dissect(self):
        """Write down the autopsy of each statement, by set.

        :return: the rows, in sudo
        """
        values = []
        for statement in self.sudo():
            rows = statement._get_autopsy_rows()
            order = sorted(rows, key=lambda row: CAUSES.index(row["cause"]))
            values += [
                {**row, "statement_id": statement.id, "sequence": position}
                for position, row in enumerate(order, 1)
            ]
        return self.env["smarthome.autopsy.row"].sudo().create(values)

    def _get_autopsy_rows(self):
        """Causes from the proposal's profit to the final one, in company currency.

        Every cause is a difference of rounded figures of the statement, and the causes that
        lines tell leave the rest of theirs to one of them, so nothing is lost to rounding.

        :return: list of dicts: ``cause``, ``amount``, ``partner_id``, ``res_model``, ``res_ids``
        """
        self.ensure_one()
        late = self._get_late_prices()
        return [
            row
            for row in (
                *self._get_promise_rows(),
                self._prepare_cause("discount", *late.pop("all")),
                *self._get_goods_rows(late["goods"]),
                *self._get_remaining_rows(late),
            )
            if row["cause"] == "proposal" or not self.currency_id.is_zero(row["amount"])
        ]

    def _prepare_cause(self, cause, amount, records=None, vendor=None):
        """Values of a row of the autopsy, rounded."""
        return {
            "cause": cause,
            "amount": self.currency_id.round(amount),
            "partner_id": vendor.id if vendor else False,
            "res_model": records._name if records else False,
            "res_ids": records.ids if records else [],
        }

    # === WHAT WAS PROMISED === #

    def _get_promise_rows(self):
        """Proposal without discounts, discounts, coefficient, additional proposals.

        Together they are the forecast of the statement.
        """
        orders = self.object_id._get_signed_orders()
        main = orders.filtered(lambda order: not order.smarthome_main_order_id)
        later = orders - main
        discount = self.currency_id.round(sum(order._get_discount_given() for order in main))
        coefficient = self.currency_id.round(sum(order._get_coefficient_pay() for order in main))
        additional = self.currency_id.round(sum(order._get_promised_profit() for order in later))
        rest = self.forecast_profit - additional + discount + coefficient
        return [
            self._prepare_cause("proposal", rest, main),
            self._prepare_cause("discount", -discount, main),
            self._prepare_cause("coefficient", -coefficient, main),
            self._prepare_cause("additional", additional, later),
        ]

    def _get_late_prices(self):
        """What other prices than the signed ones brought, where a head opened a contract.

        :return: dict: kind of line -> amount, rounded, and ``all`` -> (their sum, contracts)
        """
        late, orders = dict.fromkeys(("goods", "work", "other"), 0.0), self.env["sale.order"]
        for line in self.object_id._get_signed_orders().order_line.filtered("smarthome_kind"):
            amount = line._get_late_price_effect()
            if amount:
                late[line.smarthome_kind] += amount
                orders |= line.order_id
        late = {kind: self.currency_id.round(amount) for kind, amount in late.items()}
        return {**late, "all": (sum(late.values()), orders)}

    # === WHAT BECAME OF THE GOODS === #

    def _get_goods_rows(self, late):
        """Goods beyond the contract, returned ones, changes of purchase prices; by vendor.

        :param late: what other prices than the signed ones brought of goods
        """
        extra, quantity = self._get_goods_effects()
        rows = [
            self._prepare_cause("extra", sum(effect), lines, vendor)
            for vendor, (effect, lines) in extra.items()
        ]
        rows += self._get_return_rows(quantity)
        rows += self._get_purchase_rows(extra, quantity, late)
        return rows

    def _get_goods_effects(self):
        """Revenue and cost of goods lines by vendor.

        :return: pair of dicts: vendor -> ((revenue, cost below zero), lines); the first of lines
            beyond the contract, the second of what was shipped less than signed
        """
        found = {"extra": {}, "return": {}}
        lines = self.object_id._get_signed_orders().order_line
        for line in lines.filtered(lambda line: line.smarthome_kind == "goods"):
            effect, cause = line._get_quantity_effect()
            vendor = line._get_autopsy_vendor()
            known, of_vendor = found[cause].get(vendor, ((0.0, 0.0), line.browse()))
            total = tuple(one + other for one, other in zip(known, effect, strict=True))
            found[cause][vendor] = (total, of_vendor | line if any(effect) else of_vendor)
        return found["extra"], found["return"]

    def _get_return_rows(self, quantity):
        """Margin of what was signed and not shipped, or came back."""
        return [
            self._prepare_cause("return", sum(effect), lines.order_id, vendor)
            for vendor, (effect, lines) in quantity.items()
        ]

    def _get_purchase_rows(self, extra, quantity, late):
        """What is left of the difference of goods: changes of purchase prices, by vendor."""
        self.ensure_one()
        whole = sum(self._get_difference(code) for code in GOODS_CODES) - late
        for effect, _lines in (*extra.values(), *quantity.values()):
            whole -= self.currency_id.round(sum(effect))
        rows, known = [], 0.0
        lines = self.object_id._get_signed_orders().order_line
        goods = lines.filtered(lambda line: line.smarthome_kind == "goods")
        by_vendor = goods.grouped(lambda line: line._get_autopsy_vendor())
        for vendor, of_vendor in by_vendor.items():
            amount = sum(line._get_price_effect() for line in of_vendor)
            rows.append(self._prepare_cause("purchase", amount, of_vendor.order_id, vendor))
            known += rows[-1]["amount"]
        return [*rows, self._prepare_cause("purchase", whole - known, goods.order_id)]

    # === THE REST === #

    def _get_remaining_rows(self, late):
        """Warranty, works, other lines, expenses, forgiven remainders and what addons add.

        :param late: what other prices than the signed ones brought, by kind of line
        """
        groups = {}
        for row in self.row_ids:
            cause = self._get_cause_of(row.code)
            if cause:
                groups.setdefault(cause, []).append(row)
        result = []
        for cause, rows in groups.items():
            models_of = {row.res_model for row in rows if row.res_ids}
            records = None
            if len(models_of) == 1:
                ids = [one for row in rows for one in row.res_ids or []]
                records = self.env[models_of.pop()].browse(dict.fromkeys(ids))
            amount = sum(row.fact - row.forecast for row in rows) - late.get(cause, 0.0)
            result.append(self._prepare_cause(cause, amount, records))
        return result

    def _get_cause_of(self, code):
        """Cause that a row of the profit statement belongs to; goods are told by their lines.

        :param str code: of the row; unknown ones are other lines
        """
        if code in GOODS_CODES:
            return None
        if code.startswith("expense_"):
            return "expense"
        known = {
            "work_revenue": "work",
            "works_pay": "work",
            "forgiven": "forgiven",
            "warranty_cost": "warranty",
        }
        return known.get(code, "other")

    def _get_difference(self, code):
        """Fact less forecast of the statement's rows with a code."""
        rows = self.row_ids.filtered(lambda row: row.code == code)
        return sum(row.fact - row.forecast for row in rows)
