from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..tools.works import percent_amount, plan_works

#: sequence of works just made, until they are arranged
LAST = 100000


class SaleOrder(models.Model):
    """Generating works (ГЕНЕРИРОВАТЬ РАБОТЫ); the arithmetic lies in ``tools.works``."""

    _inherit = "sale.order"

    smarthome_declined_work_ids = fields.Many2many(
        comodel_name="product.product",
        relation="smarthome_declined_work_rel",
        string="Deleted Works",
        copy=True,
        help="Generated works that a person deleted: they are offered, not generated.",
    )
    smarthome_works_revision = fields.Integer(copy=False, export_string_translation=False)

    def action_generate_works(self):
        """Make the works of the proposal follow the norms (the regulation's ГЕНЕРИРОВАТЬ РАБОТЫ).

        Twice equals once. What a hand changed stays, what a hand deleted stays deleted, works
        typed by hand are not generated beside.

        :return: notice about goods without norms and works left as they are, or True
        :raise UserError: the proposal is signed or cancelled
        """
        self.check_access("write")
        notices = []
        for order in self:
            order._check_works_can_be_generated()
            order._lock_works()
            notices += order.sudo()._generate_works()
        return self._notify_about_works(notices) if notices else True

    def action_smarthome_restore_works(self):
        """Generate the works again that were deleted by hand."""
        self.check_access("write")
        self.sudo().smarthome_declined_work_ids = False
        return self.action_generate_works()

    def _check_works_can_be_generated(self):
        if self.state in ("sale", "cancel"):
            raise UserError(
                self.env._(
                    "Proposal %(name)s is signed or cancelled: its works are changed by an "
                    "additional proposal.",
                    name=self.name,
                )
            )

    def _lock_works(self):
        """Let a second person who generates at the same moment wait, then start over.

        The row is updated, not only locked: whoever waited reads with an old snapshot, and the
        update makes PostgreSQL refuse him, so that Odoo repeats his request on the new lines.
        """
        self.flush_recordset()
        self.env.cr.execute(
            "UPDATE sale_order SET smarthome_works_revision = "
            "COALESCE(smarthome_works_revision, 0) + 1 WHERE id = %s",
            [self.id],
        )
        self.invalidate_recordset(["smarthome_works_revision"], flush=False)

    def _generate_works(self):
        """Bring the generated lines in step with the plan.

        :return: list of sentences for the person who pressed the button
        """
        self = self.with_context(smarthome_generating=True, sale_no_log_for_new_lines=True)
        plan = self._plan_works()
        works = self.order_line.filtered(
            lambda line: line.smarthome_kind == "work" and not line.smarthome_reduces_line_id
        )
        generated = works.filtered("smarthome_is_generated")
        typed = (works - generated).product_id
        skipped = (typed | self.smarthome_declined_work_ids) - generated.product_id
        values = self._prepare_works_values(plan, skipped)
        commands = self._get_works_commands(generated, values)
        if commands:
            self.write({"order_line": commands})
        self._arrange_works()
        return self._get_works_notices(plan, typed)

    # === THE PLAN === #

    def _plan_works(self):
        """Plan of ``tools.works`` for the proposal as it stands now."""
        lines = self.order_line.filtered(lambda line: line._asks_for_works())
        norms = self._get_works_norms()
        return plan_works([line._to_goods() for line in lines], norms._to_arithmetic())

    def _get_works_norms(self):
        """Norms for the proposal's type of object, less works the object has signed already."""
        norms = self.env["smarthome.work.norm"]
        object_type = self.smarthome_object_id.type_id
        norms = norms.search(norms._get_norms_domain(self.company_id, object_type))
        if "order" in norms.mapped("basis"):
            signed = self._get_signed_works()
            norms = norms.filtered(lambda norm: norm.basis != "order" or norm.work_id not in signed)
        return norms

    def _get_signed_works(self):
        """Works that other signed proposals of the object hold."""
        if not self.smarthome_object_id:
            return self.env["product.product"]
        own = self.env.context.get("smarthome_own_orders") or self._origin.ids
        lines = self.env["sale.order.line"].search(
            [
                ("order_id.smarthome_object_id", "=", self.smarthome_object_id.id),
                ("order_id", "not in", own),
                ("state", "=", "sale"),
                ("smarthome_kind", "=", "work"),
                ("product_uom_qty", ">", 0),
            ]
        )
        return lines.product_id

    def _prepare_works_values(self, plan, skipped):
        """Values of the generated lines by work, in the works' own order."""
        works = self.env["product.product"].browse(plan.demands)
        result = {}
        for work in works.sorted(lambda w: (w.sequence, w.default_code or "", w.id)):
            demand = plan.demands[work.id]
            quantity = 1.0 if demand.percent else work.uom_id.round(demand.quantity)
            if quantity > 0 and work not in skipped:
                result[work] = {
                    "smarthome_generated_quantity": quantity,
                    "smarthome_is_percent": demand.percent,
                    "smarthome_trace": [[s.norm, s.line, s.quantity] for s in demand.sources],
                }
                if demand.percent:
                    result[work].update(self._prepare_percent_values(work, demand, plan))
        return result

    def _prepare_percent_values(self, work, demand, plan):
        """Price (rounded by the currency) and rate (unrounded) of a percent of the equipment."""
        price = percent_amount(demand.quantity, work.lst_price, plan.equipment_amount)
        rate = percent_amount(demand.quantity, work.smarthome_installer_rate, plan.equipment_amount)
        return {"smarthome_generated_price": self._smarthome_round(price), "smarthome_rate": rate}

    # === THE LINES === #

    def _get_works_commands(self, generated, values):
        """Commands on the order lines: make, bring up to date, and drop generated works."""
        commands = []
        by_work = {line.product_id: line for line in generated}
        for work, vals in values.items():
            line = by_work.pop(work, None)
            if line is None:
                commands.append(Command.create(self._prepare_work_line_values(work, vals)))
            else:
                changes = line._get_work_changes(vals)
                if changes:
                    commands.append(Command.update(line.id, changes))
        for line in by_work.values():
            if line.smarthome_hand_quantity or line.smarthome_hand_price:
                changes = line._get_work_changes(
                    {"smarthome_generated_quantity": 0.0, "smarthome_trace": []}
                )
                if changes:
                    commands.append(Command.update(line.id, changes))
            else:
                commands.append(Command.delete(line.id))
        return commands

    def _prepare_work_line_values(self, work, values):
        """Values of a new line of a generated work."""
        result = {
            **values,
            "product_id": work.id,
            "product_uom_qty": values["smarthome_generated_quantity"],
            "smarthome_is_generated": True,
            "sequence": LAST,
        }
        if values["smarthome_is_percent"]:
            result["price_unit"] = values["smarthome_generated_price"]
            result["technical_price_unit"] = values["smarthome_generated_price"]
        return result

    def _arrange_works(self):
        """Make the section «Works» for generated works, or drop it, and put all in order."""
        lines = self.order_line.sorted(lambda line: (line.sequence, line._origin.id))
        generated = lines.filtered("smarthome_is_generated")
        section = lines.filtered("smarthome_is_works_section")
        if not generated:
            section.unlink()
            return
        if not section:
            section = self.env["sale.order.line"].create(self._prepare_works_section_values())
        self._put_works_after_goods(lines | section)

    def _put_works_after_goods(self, lines):
        """Number the lines so that the section «Works» with the generated works ends the goods.

        :param lines: all lines of the proposal
        """
        lines = lines.sorted(lambda line: (line.sequence, line._origin.id))
        generated = lines.filtered("smarthome_is_generated")
        section = lines.filtered("smarthome_is_works_section")
        before, typed, after = self._split_around_works(lines, section, generated)
        wanted = before.ids + section.ids
        wanted += generated.sorted(lambda line: line._get_work_order()).ids + typed.ids + after.ids
        if lines.ids != wanted or lines[-1].sequence >= LAST:
            start = max(before.mapped("sequence"), default=0)
            for position, line_id in enumerate(wanted[len(before) :], start + 1):
                self.env["sale.order.line"].browse(line_id).sequence = position

    def _prepare_works_section_values(self):
        return {
            "order_id": self.id,
            "display_type": "line_section",
            "name": self.with_context(lang=self._get_lang()).env._("Works"),
            "smarthome_is_works_section": True,
            "sequence": LAST,
        }

    def _split_around_works(self, lines, section, generated):
        """Lines before the works, works typed among them, and foreign sections after them."""
        before = typed = after = tail = self.env["sale.order.line"]
        place = "before"
        for line in lines - generated:
            if line.display_type == "line_section":
                if line in section:
                    place = "works"
                    continue
                if place != "before":
                    place = "after"
            if place == "works" and line.smarthome_kind not in ("goods", "other"):
                typed |= line
            elif place == "after":
                tail |= line
            else:
                before |= line
        if "goods" in tail.mapped("smarthome_kind"):
            before |= tail
        else:
            after = tail
        return before, typed, after

    # === WHAT THE PERSON IS TOLD === #

    def _get_works_notices(self, plan, typed):
        """Sentences about goods without norms and works that were not generated."""
        notices = []
        lacking = self.env["sale.order.line"].browse(plan.lacking).product_id
        if lacking:
            notices.append(
                self.env._(
                    "No norm of works for: %(goods)s.",
                    goods=", ".join(lacking.mapped("display_name")),
                )
            )
        beside = typed.filtered(lambda work: work.id in plan.demands)
        if beside:
            notices.append(
                self.env._(
                    "Typed by hand, so not generated: %(works)s.",
                    works=", ".join(beside.mapped("display_name")),
                )
            )
        declined = self.smarthome_declined_work_ids.filtered(lambda work: work.id in plan.demands)
        if declined - beside:
            notices.append(
                self.env._(
                    "Deleted by hand, so not generated: %(works)s.",
                    works=", ".join((declined - beside).mapped("display_name")),
                )
            )
        return notices

    def _notify_about_works(self, notices):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._("Works are generated"),
                "message": "\n".join(notices),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
