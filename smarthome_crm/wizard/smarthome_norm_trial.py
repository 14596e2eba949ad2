from odoo import api, fields, models
from odoo.fields import Command


class SmarthomeNormTrial(models.TransientModel):
    """What the norms, as they stand now, would make of a proposal; nothing is written there."""

    _name = "smarthome.norm.trial"
    _description = "Trial of Norms"

    order_id = fields.Many2one(
        comodel_name="sale.order",
        string="Proposal",
        required=True,
        domain="[('smarthome_object_id', '!=', False)]",
    )
    object_type_id = fields.Many2one(
        related="order_id.smarthome_object_id.type_id", string="Type of Object"
    )
    line_ids = fields.One2many(
        comodel_name="smarthome.norm.trial.line",
        inverse_name="trial_id",
        compute="_compute_line_ids",
        store=True,
    )
    lacking = fields.Text(
        string="Goods without norms",
        compute="_compute_line_ids",
        store=True,
    )

    @api.depends("order_id")
    def _compute_line_ids(self):
        for trial in self:
            rows, lacking = trial._try_norms() if trial.order_id else ([], "")
            trial.line_ids = [Command.clear(), *(Command.create(row) for row in rows)]
            trial.lacking = lacking

    def action_try(self):
        """Try again: the norms may have changed since."""
        self.ensure_one()
        self._compute_line_ids()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Trial of Norms"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def _try_norms(self):
        """Rows of the trial and the names of the goods that no norm speaks of."""
        self.order_id.check_access("read")
        order = self.order_id._origin.sudo()
        plan = order._plan_works()
        values = order._prepare_works_values(plan, self.env["product.product"])
        works = order.order_line.filtered(lambda line: line.smarthome_kind == "work")
        rows = [self._prepare_line(work, works, vals) for work, vals in values.items()]
        rows += [
            {
                "work_id": work.id,
                "quantity_now": self._get_quantity(work, works),
                "change": "removed",
            }
            for work in works.filtered("smarthome_is_generated").product_id
            if work not in values
        ]
        lacking = order.order_line.browse(plan.lacking).product_id
        rows = [{**row, "sequence": sequence} for sequence, row in enumerate(rows)]
        return rows, ", ".join(lacking.mapped("display_name"))

    def _prepare_line(self, work, works, values):
        """Values of the row of a work that the norms ask for."""
        order = self.order_id._origin.sudo()
        now = self._get_quantity(work, works)
        quantity = values["smarthome_generated_quantity"]
        if work in order.smarthome_declined_work_ids:
            change = "declined"
        elif not works.filtered(lambda line: line.product_id == work):
            change = "added"
        else:
            change = "more" if quantity > now else "less" if quantity < now else "same"
        return {
            "work_id": work.id,
            "quantity_now": now,
            "quantity": quantity,
            "change": change,
            "price": values.get("smarthome_generated_price", work.lst_price),
            "sources": self._describe_sources(values["smarthome_trace"]),
        }

    def _get_quantity(self, work, works):
        """How much of the work the proposal holds, in the work's own unit."""
        return sum(
            line.product_uom_id._compute_quantity(line.product_uom_qty, work.uom_id, round=False)
            for line in works
            if line.product_id == work
        )

    def _describe_sources(self, trace):
        """One row of text for each norm and goods line that ask for the work."""
        norms = self.env["smarthome.work.norm"].sudo().browse([norm for norm, *_rest in trace])
        norms = {norm.id: norm for norm in norms}
        lines = self.env["sale.order.line"].sudo()
        rows = []
        for norm, goods, quantity in trace:
            place = norms[norm]._get_target_name()
            product = lines.browse(goods).product_id.display_name if goods else ""
            if product and norms[norm].target == "category":
                place = f"{product} ({place})"
            rows.append(f"{quantity:g} ← {product if norms[norm].target == 'product' else place}")
        return "\n".join(rows)


class SmarthomeNormTrialLine(models.TransientModel):
    _name = "smarthome.norm.trial.line"
    _description = "Work of a Trial"
    _order = "sequence, id"

    trial_id = fields.Many2one(
        comodel_name="smarthome.norm.trial",
        required=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer()
    work_id = fields.Many2one(comodel_name="product.product")
    uom_id = fields.Many2one(related="work_id.uom_id", string="Unit")
    quantity_now = fields.Float(string="In the proposal", digits="Product Unit")
    quantity = fields.Float(string="By the norms", digits="Product Unit")
    price = fields.Float(digits="Product Price")
    change = fields.Selection(
        selection=[
            ("added", "Would be added"),
            ("removed", "Would go"),
            ("more", "More"),
            ("less", "Less"),
            ("declined", "Deleted by hand"),
            ("same", "Stays"),
        ],
    )
    sources = fields.Text(string="Because of")
