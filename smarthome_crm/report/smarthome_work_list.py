from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import formatLang

from ..const import PAY_GROUPS

REPORT = "smarthome_crm.report_smarthome_work_list"


class SmarthomeObject(models.Model):
    _inherit = "smarthome.object"

    def action_print_works(self):
        """Print the list of works with pay, which the installers' department gets.

        :raise AccessError: the installers' pay is not for the user's eyes
        :raise UserError: no works are agreed on yet
        """
        self._check_may_read_pay()
        if not self.work_line_ids:
            raise UserError(self.env._("No works are agreed on yet: sign the contract first."))
        return self.env.ref("smarthome_crm.smarthome_work_list_report").report_action(self)

    def _check_may_read_pay(self):
        """Let heads, accountants and the engineer of the object see what its crew is paid.

        :raise AccessError: it is somebody else, or the object is beyond the user's reach
        """
        self.check_access("read")
        user = self.env.user
        if user._smarthome_has_role("head", "accountant"):
            return
        if not user.has_groups(PAY_GROUPS) or self.filtered(
            lambda record: record.engineer_id != user
        ):
            raise AccessError(
                self.env._(
                    "The list of works with pay is for the object's lead engineer, heads and "
                    "accountants."
                )
            )


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_smarthome_print_works(self):
        """Print the list of works of the object that the contract belongs to."""
        self.check_access("read")
        return self.smarthome_object_id.action_print_works()


class ReportSmarthomeWorkList(models.AbstractModel):
    """The list of works for the installers' department: its pay, no prices, no profit."""

    _name = f"report.{REPORT}"
    _description = "List of Works with Pay"

    @api.model
    def _get_report_values(self, docids, data=None):
        """Check the reader whatever way he came, by button, RPC or address.

        :raise AccessError: the installers' pay is not for the user's eyes
        """
        objects = self.env["smarthome.object"].browse(docids).exists()
        objects._check_may_read_pay()
        return {
            "doc_ids": objects.ids,
            "doc_model": objects._name,
            "docs": objects,
            "get_parts": self._get_parts,
            "get_totals": self._get_totals,
            "format_number": self._format_number,
        }

    @api.model
    def _format_number(self, value, least=0):
        """A number in the reader's language with no more digits than it has.

        :param least: digits after the point that always stand there
        """
        digits = len(f"{value:.4f}".rstrip("0").partition(".")[2])
        return formatLang(self.env, value, digits=max(digits, least))

    @api.model
    def _get_parts(self, record):
        """Rows of the list, by contract.

        :return: list of (name of the contract, rows)
        """
        lines = record.work_line_ids.filtered(lambda line: line.quantity or line.done_quantity)
        return [
            (contract, [self._prepare_row(line) for line in part])
            for contract, part in lines.grouped("contract").items()
        ]

    @api.model
    def _prepare_row(self, line):
        """What the list tells of a work; its pay is rounded at the line, as every amount."""
        currency = line.currency_id
        return {
            "line": line,
            "currency": currency,
            "pay": line.pay,
            "done_pay": currency.round(line.done_quantity * line.rate * line.coefficient),
        }

    @api.model
    def _get_totals(self, parts):
        """Pay of all works and of those done, by currency.

        :param parts: of ``_get_parts``
        :return: list of (currency, pay of all, pay of what is done)
        """
        totals = {}
        for row in (row for _contract, rows in parts for row in rows):
            pay, done = totals.get(row["currency"], (0.0, 0.0))
            totals[row["currency"]] = (pay + row["pay"], done + row["done_pay"])
        return [(currency, pay, done) for currency, (pay, done) in totals.items()]
