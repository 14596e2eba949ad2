from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..tools.pasted_rows import article_key, read_rows


class SmarthomePasteGoods(models.TransientModel):
    """Rows «article, quantity» pasted into a proposal, shown before they are applied."""

    _name = "smarthome.paste.goods"
    _inherit = ["smarthome.reach.mixin"]
    _description = "Pasted Goods"

    _reach_fields = ("order_id",)

    order_id = fields.Many2one(comodel_name="sale.order", required=True, readonly=True)
    text = fields.Text(string="Rows")
    good_only = fields.Boolean(
        string="Add the good rows only",
        help="Rows that cannot be read are left out; otherwise nothing is added.",
    )
    line_ids = fields.One2many(
        comodel_name="smarthome.paste.goods.line",
        inverse_name="paste_id",
        compute="_compute_line_ids",
        store=True,
    )
    good_count = fields.Integer(compute="_compute_counts")
    bad_count = fields.Integer(compute="_compute_counts")

    @api.depends("text")
    def _compute_line_ids(self):
        for wizard in self:
            values = wizard._prepare_lines()
            wizard.line_ids = [Command.clear(), *(Command.create(vals) for vals in values)]

    @api.depends("line_ids.product_id", "line_ids.message")
    def _compute_counts(self):
        for wizard in self:
            bad = wizard.line_ids.filtered("message")
            wizard.bad_count = len(bad)
            wizard.good_count = len(wizard.line_ids) - len(bad)

    def _prepare_lines(self):
        """Values of the preview, one for each row that is not empty."""
        rows = read_rows(self.text)
        products = self._find_products({article_key(row.article) for row in rows})
        return [
            {
                "number": row.number,
                "article": row.article,
                "quantity": row.quantity or 0.0,
                **self._judge_row(row, products.get(article_key(row.article), [])),
            }
            for row in rows
        ]

    def _find_products(self, articles):
        """Products by article; Odoo lets two of them bear the same one."""
        found = {}
        domain = [("default_code", "!=", False), ("sale_ok", "=", True)]
        company = self.order_id.company_id
        domain += [("company_id", "in", (False, company.id))]
        codes = self.env["product.product"].search_read(domain, ["default_code"], load=None)
        for product in codes:
            key = article_key(product["default_code"])
            if key in articles:
                found.setdefault(key, []).append(product["id"])
        return found

    def _judge_row(self, row, product_ids):
        """Product of the row, or one sentence on what is wrong with it."""
        if not product_ids:
            message = self.env._(
                "Row %(row)s: there is no article «%(article)s» in the catalogue.",
                row=row.number,
                article=row.article,
            )
        elif len(product_ids) > 1:
            message = self.env._(
                "Row %(row)s: several products bear the article «%(article)s».",
                row=row.number,
                article=row.article,
            )
        elif row.quantity is None:
            message = self.env._(
                "Row %(row)s: the quantity is not a number above zero.", row=row.number
            )
        else:
            return {"product_id": product_ids[0], "message": False}
        return {
            "product_id": product_ids[0] if len(product_ids) == 1 else False,
            "message": message,
        }

    def action_apply(self):
        """Add the rows to the proposal: all of them, or the good ones when that was chosen.

        :raise UserError: nothing to add, or bad rows and ``good_only`` is not chosen
        """
        self.ensure_one()
        self.order_id.check_access("write")
        self.order_id._check_goods_can_be_added()
        bad = self.line_ids.filtered("message")
        good = self.line_ids - bad
        if not good:
            raise UserError(self.env._("There is nothing to add: paste rows «article, quantity»."))
        if bad and not self.good_only:
            raise UserError("\n".join(bad.mapped("message")))
        self.order_id._add_goods([(line.product_id, line.quantity) for line in good])
        return {"type": "ir.actions.act_window_close"}


class SmarthomePasteGoodsLine(models.TransientModel):
    _name = "smarthome.paste.goods.line"
    _description = "Pasted Row"
    _order = "number, id"

    paste_id = fields.Many2one(
        comodel_name="smarthome.paste.goods",
        required=True,
        index=True,
        ondelete="cascade",
    )
    number = fields.Integer(string="Row")
    article = fields.Char()
    quantity = fields.Float(digits="Product Unit")
    product_id = fields.Many2one(comodel_name="product.product")
    message = fields.Char(string="What is wrong")
