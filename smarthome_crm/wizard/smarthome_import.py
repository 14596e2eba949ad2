import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools.price_list_plan import PlannedRow
from ..tools.workbook_cells import read_sheets
from ..tools.workbook_guard import WorkbookRefused
from .smarthome_import_line import SEVERITY
from .smarthome_import_messages import MESSAGES


class SmarthomeImport(models.TransientModel):
    """An Excel file brought in: checked row by row, then applied.

    What a kind of file does lies in ``_plan_<kind>(sheets)``, which gives ``PlannedRow``, and
    ``_apply_<kind>(rows)``, which writes the good ones.
    """

    _name = "smarthome.import"
    _inherit = ["smarthome.reach.mixin"]
    _description = "Import from Excel"

    _reach_fields = ("order_id", "partner_id")
    _rec_name = "filename"

    kind = fields.Selection(
        selection=[
            ("goods", "Price list of goods"),
            ("works", "Works and norms"),
            ("brief", "Client's brief"),
        ],
        required=True,
        default="goods",
    )
    file = fields.Binary(attachment=False)
    filename = fields.Char(string="File Name")
    order_id = fields.Many2one(comodel_name="sale.order", string="Proposal")
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Vendor",
        default=lambda self: self._default_partner_id(),
        help="Purchase prices of the file become this vendor's prices.",
    )
    all_or_nothing = fields.Boolean(
        help="Nothing is applied unless every row of the file is good.",
    )
    state = fields.Selection(
        selection=[("draft", "File"), ("checked", "Checked"), ("applied", "Applied")],
        default="draft",
        readonly=True,
    )
    summary = fields.Char(readonly=True)
    new_count = fields.Integer(string="New", readonly=True)
    changed_count = fields.Integer(string="Changed", readonly=True)
    error_count = fields.Integer(string="Errors", readonly=True)
    line_ids = fields.One2many(
        comodel_name="smarthome.import.line",
        inverse_name="import_id",
        string="Rows",
        readonly=True,
    )

    @api.model
    def _default_partner_id(self):
        vendor = self.env.ref("smarthome_crm.partner_price_list", raise_if_not_found=False)
        return vendor.sudo(False) if vendor else False

    @api.onchange("kind", "partner_id")
    def _onchange_forget_check(self):
        """What was checked for another kind or vendor says nothing any more."""
        self.state = "draft"

    # === ACTIONS === #

    def action_check(self):
        """Tell row by row what the file would create or change, or why a row is refused.

        :raise AccessError: the person may not import this kind of file
        :raise UserError: there is no file, or no open proposal for a brief
        """
        for record in self:
            record._check_may_import()
            rows = record._plan()
            record._show(rows, applied=False)
        return self._reopen()

    def action_apply(self):
        """Write the good rows of the file, checked once more just before.

        With ``all_or_nothing`` a single refused row keeps everything as it is. Applied again,
        the same file changes nothing.

        :raise AccessError: the person may not import this kind of file
        :raise UserError: there is no file, or no open proposal for a brief
        """
        for record in self:
            record._check_may_import()
            record._lock()
            rows = record._plan()
            is_refused = record.all_or_nothing and not all(row.is_good for row in rows)
            if not is_refused:
                changing = [row for row in rows if row.is_good and row.action != "same"]
                if changing:
                    getattr(record._with_import_rights(), f"_apply_{record.kind}")(changing)
            record._show(rows, applied=not is_refused)
        return self._reopen()

    def action_download_report(self):
        """Download the rows with their sentences as a workbook."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/smarthome/import/{self.id}/report",
            "target": "download",
        }

    def _reopen(self):
        """Keep the dialog of a brief open; the page of a price list stays by itself."""
        if len(self) != 1 or self.kind != "brief":
            return True
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import a Brief"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    # === RIGHTS === #

    def _check_may_import(self):
        """Goods and works are for purchasing and heads, a brief for who may write the proposal."""
        self.ensure_one()
        if not self.file:
            raise UserError(self.env._("Choose an Excel file first."))
        if self.kind == "brief":
            if not self.order_id:
                raise UserError(self.env._("Choose the proposal the brief is for."))
            self.order_id.check_access("write")
            if self.order_id.state not in ("draft", "sent"):
                raise UserError(
                    self.env._(
                        "Proposal %(name)s is signed or cancelled: bring the brief into a new "
                        "proposal.",
                        name=self.order_id.name,
                    )
                )
        elif not self.env.user._smarthome_has_role("purchasing", "head"):
            raise AccessError(
                self.env._("Goods and works are imported by purchasing and heads only.")
            )

    def _with_import_rights(self):
        """The record for planning and writing: catalogue files write products beyond the role."""
        record = self.with_context(tracking_disable=True, sale_no_log_for_new_lines=True)
        return record if self.kind == "brief" else record.sudo()

    def _lock(self):
        """Let a second import at the same moment wait, then start over on what the first wrote.

        The row is updated, not only locked, so that PostgreSQL refuses the old snapshot of whoever
        waited and Odoo repeats his request.
        """
        if self.kind == "brief":
            self.order_id._lock_works()
            return
        vendor = self.env.ref("smarthome_crm.partner_price_list")
        self.env.cr.execute(
            "UPDATE res_partner SET write_date = write_date WHERE id = %s", [vendor.id]
        )

    # === PLAN === #

    def _plan(self):
        """Rows of the file with what is to become of them.

        :return: list of ``PlannedRow``; a file that cannot be read gives one, of row 0
        """
        record = self._with_import_rights()
        try:
            sheets = read_sheets(self._get_file_content())
            return getattr(record, f"_plan_{self.kind}")(sheets)
        except WorkbookRefused as refusal:
            row = PlannedRow("", 0, "")
            row.refuse(refusal.code, **refusal.values)
            return [row]

    def _get_file_content(self):
        try:
            content = self.with_context(bin_size=False).file
            return base64.b64decode(content, validate=False)
        except (binascii.Error, ValueError):
            raise WorkbookRefused("damaged") from None

    def _start_row(self, source):
        """Planned row of a read one, refused when reading found a problem."""
        row = PlannedRow(source.sheet, source.row, source.article)
        if source.problem:
            code, values = source.problem
            row.refuse(code, **values)
        return row

    # === WHAT THE PERSON SEES === #

    def _say(self, code, values):
        sentence = self.env._(MESSAGES[code])
        return sentence % values

    def _get_sentence(self, row):
        """The one sentence of a planned row."""
        code, values = row.head
        if row.is_good:
            code = {"new": f"{code}_new", "change": f"{code}_change"}.get(
                row.action, f"{code}_same"
            )
        head = self._say(code, values)
        parts = ", ".join(self._say(*part) for part in row.parts)
        if not parts:
            return head if head.endswith(".") else f"{head}."
        return f"{head}: {parts}."

    def _show(self, rows, applied):
        """Replace the rows and counters by those of the plan."""
        lines = [self._prepare_line_values(n, row, applied) for n, row in enumerate(rows)]
        self.sudo().line_ids.unlink()
        lines.sort(key=lambda values: (values["severity"], values["position"]))
        self.env["smarthome.import.line"].sudo().create(lines)
        actions = [row.action for row in rows]
        counts = {
            "new_count": actions.count("new"),
            "changed_count": actions.count("change"),
            "error_count": actions.count(""),
        }
        self.write(
            {
                **counts,
                "state": "applied" if applied else "checked",
                "summary": self._get_summary(counts, len(rows), applied),
            }
        )

    def _prepare_line_values(self, position, row, applied):
        return {
            "import_id": self.id,
            "severity": SEVERITY.get(row.level, SEVERITY.get(row.action)),
            "position": position,
            "sheet": row.sheet,
            "row": row.row,
            "article": row.article,
            "level": row.level,
            "action": row.action or False,
            "applied": applied and row.is_good,
            "message": self._get_sentence(row),
        }

    def _get_summary(self, counts, total, applied):
        changes = counts["new_count"] + counts["changed_count"]
        code = "summary_applied" if applied else "summary_checked"
        if not applied and self.all_or_nothing and counts["error_count"]:
            code = "summary_all_or_nothing"
        elif counts["error_count"] == total:
            code = "summary_nothing_good"
        elif not changes:
            code = "summary_same"
        return self._say(code, {**counts, "total": total})
