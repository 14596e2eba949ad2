from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.works import Norm


class SmarthomeWorkNorm(models.Model):
    """So many units of a work for a product, a category with all below it, or a proposal."""

    _name = "smarthome.work.norm"
    _description = "Norm of Works"
    _order = "target, category_id, product_tmpl_id, sequence, id"
    _check_company_auto = True

    target = fields.Selection(
        selection=[
            ("category", "Category of goods"),
            ("product", "Product"),
            ("order", "Once per proposal"),
        ],
        required=True,
        default="category",
    )
    category_id = fields.Many2one(
        comodel_name="product.category",
        compute="_compute_category_id",
        store=True,
        readonly=False,
        ondelete="cascade",
        index="btree_not_null",
    )
    product_tmpl_id = fields.Many2one(
        comodel_name="product.template",
        string="Product",
        compute="_compute_product_tmpl_id",
        store=True,
        readonly=False,
        ondelete="cascade",
        index="btree_not_null",
        domain="[('type', '=', 'consu')]",
        check_company=True,
    )
    work_id = fields.Many2one(
        comodel_name="product.product",
        string="Work",
        required=True,
        ondelete="restrict",
        index=True,
        domain="[('smarthome_is_work', '=', True)]",
        check_company=True,
    )
    work_uom_id = fields.Many2one(related="work_id.uom_id", string="Unit")
    quantity = fields.Float(
        digits=(16, 4),
        required=True,
        default=1.0,
        aggregator=None,
    )
    basis = fields.Selection(
        selection=[
            ("unit", "Per unit of goods"),
            ("line", "Per line of goods"),
            ("order", "Per proposal"),
            ("percent", "Percent of the equipment amount"),
        ],
        required=True,
        compute="_compute_basis",
        store=True,
        readonly=False,
        precompute=True,
    )
    object_type_ids = fields.Many2many(
        comodel_name="smarthome.object.type",
        string="Types of Object",
        help="The norm holds for objects of these types only; without any, for all.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        default=lambda self: self.env.company,
    )

    _quantity_positive = models.Constraint(
        "CHECK(quantity > 0)", "The quantity of work in a norm must be above zero."
    )
    _target_filled = models.Constraint(
        """CHECK(
            (target = 'category') = (category_id IS NOT NULL)
            AND (target = 'product') = (product_tmpl_id IS NOT NULL)
        )""",
        "A norm names either a category, or a product, or speaks once per proposal.",
    )
    _basis_of_order = models.Constraint(
        "CHECK((target = 'order') = (basis = 'percent') OR basis = 'order')",
        "A norm once per proposal counts per proposal or as a percent of the equipment amount; "
        "a norm of goods counts per unit, per line or per proposal.",
    )
    _norm_uniq = models.UniqueIndex(
        "(target, COALESCE(category_id, 0), COALESCE(product_tmpl_id, 0), work_id, basis, "
        "COALESCE(company_id, 0)) WHERE active",
        "There is a norm of this work for the same goods already.",
    )

    @api.depends("target")
    def _compute_category_id(self):
        self.filtered(lambda norm: norm.target != "category").category_id = False

    @api.depends("target")
    def _compute_product_tmpl_id(self):
        self.filtered(lambda norm: norm.target != "product").product_tmpl_id = False

    @api.depends("target", "work_id")
    def _compute_basis(self):
        for norm in self:
            if norm.target != "order":
                norm.basis = norm.basis if norm.basis in ("line", "order") else "unit"
            else:
                norm.basis = "percent" if norm.work_id.smarthome_is_percent else "order"

    @api.depends("target", "category_id", "product_tmpl_id", "work_id")
    def _compute_display_name(self):
        for norm in self:
            where = norm._get_target_name()
            norm.display_name = f"{where} → {norm.work_id.display_name or ''}"

    @api.constrains("work_id", "basis")
    def _check_work(self):
        for norm in self:
            if not norm.work_id.smarthome_is_work:
                raise ValidationError(
                    self.env._(
                        "«%(product)s» is not a work: a norm gives works only.",
                        product=norm.work_id.display_name,
                    )
                )
            if (norm.basis == "percent") != norm.work_id.smarthome_is_percent:
                raise ValidationError(
                    self.env._(
                        "«%(work)s»: only a work priced in percents of the equipment can be, and "
                        "must be, counted as a percent of the equipment amount.",
                        work=norm.work_id.display_name,
                    )
                )

    def _get_target_name(self):
        """What the norm speaks of: a category, a product, or the proposal itself."""
        self.ensure_one()
        if self.target == "order":
            return self.env._("Once per proposal")
        return self.category_id.display_name or self.product_tmpl_id.display_name or ""

    def _get_norms_domain(self, company, object_type):
        """Domain of the norms that hold for proposals of a company and a type of object."""
        return [
            ("company_id", "in", (False, company.id)),
            "|",
            ("object_type_ids", "=", False),
            ("object_type_ids", "in", object_type.ids),
        ]

    def _to_arithmetic(self):
        """Give the norms to ``tools.works`` as plain values, works by the product's id."""
        targets = {"product": "product_tmpl_id", "category": "category_id"}
        return [
            Norm(
                key=norm.id,
                target=norm.target,
                of=norm[targets[norm.target]].id if norm.target in targets else None,
                work=norm.work_id.id,
                basis=norm.basis,
                quantity=norm.quantity,
            )
            for norm in self
        ]
