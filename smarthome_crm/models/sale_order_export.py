import re

from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_date, html2plaintext, is_html_empty

from ..const import COST_GROUPS
from ..tools.amount_in_words import amount_in_words
from ..tools.money_formula import percent_of, rounded
from ..tools.proposal_document import Document, Labels, Tax
from ..tools.proposal_workbook import build_workbook

VARIANTS = ("client", "office")
#: roles that work with the commercial prices of proposals; the head is a manager too
EXPORT_ROLES = ("manager", "accountant")
NUMBER_PREFIX = "КП-"
#: a file's name may have 255 bytes, and a Cyrillic letter takes two
FILENAME_LENGTH = 110


class SaleOrder(models.Model):
    """ЭКСПОРТ В EXCEL: the proposal as a workbook; its layout lies in ``tools``."""

    _inherit = "sale.order"

    def action_export_xlsx(self):
        """Download the proposal as the Excel file for the client.

        The content itself, for scripts, is given by ``_get_proposal_xlsx()``.

        :return: action that downloads the file from ``/smarthome/proposal/<id>/xlsx``
        :raise AccessError: the user does not work with the proposal's prices
        """
        return self._get_export_action("client")

    def action_smarthome_export_office(self):
        """Download the proposal with its cost, pay and profit; the file is never stored.

        :return: action that downloads the file
        :raise AccessError: the user may not see purchase prices and installers' rates
        """
        return self._get_export_action("office")

    def _get_export_action(self, variant):
        self.ensure_one()
        self._check_can_export(variant)
        return {
            "type": "ir.actions.act_url",
            "url": f"/smarthome/proposal/{self.id}/xlsx?variant={variant}",
            "target": "download",
        }

    def _check_can_export(self, variant="client"):
        """Let only those export who see the proposal and what the variant shows of it.

        :param variant: ``client``, or ``office`` with cost, pay and profit
        :raise AccessError: the user may not
        """
        self.check_access("read")
        if variant not in VARIANTS:
            raise ValueError(f"Unknown variant of a proposal's file: {variant}")
        if self.env.su:
            return
        user = self.env.user
        if not user._smarthome_has_role(*EXPORT_ROLES):
            raise AccessError(
                self.env._("Proposals are exported by managers, heads and accountants only.")
            )
        if variant == "office" and not user.has_groups(COST_GROUPS):
            raise AccessError(
                self.env._("The file with cost and profit is for heads and accountants only.")
            )

    def _get_proposal_xlsx(self, variant="client"):
        """Make the Excel file of the proposal, in the language of the client.

        :param variant: ``client``, or ``office`` with cost, pay and profit
        :return: (file name, content)
        """
        self.ensure_one()
        self._check_can_export(variant)
        order = self.with_context(lang=self._get_lang()).sudo()
        document = order._prepare_proposal_document(for_office=variant == "office")
        return order._get_proposal_filename(variant), build_workbook(document)

    def _get_proposal_filename(self, variant="client"):
        """Name of the file: КП-<number>-<object>.xlsx."""
        self.ensure_one()
        number = self.name or ""
        if not number.upper().startswith(NUMBER_PREFIX):
            number = NUMBER_PREFIX + number
        parts = [number, self.smarthome_object_id.sudo().name or ""]
        name = "-".join(filter(None, map(_clean_filename, parts)))[:FILENAME_LENGTH]
        if variant == "office":
            name += " " + self.env._("(office)")
        return f"{name.rstrip(' .')}.xlsx"

    # === THE DOCUMENT === #

    def _prepare_proposal_document(self, for_office=False):
        """Gather what stands in the file.

        Hook: extend it to put more facts or terms into the file. ``self`` has the language of
        the client, and sudo after the access was checked.

        :param for_office: with cost, pay and profit
        :return: ``tools.proposal_document.Document``
        """
        self.ensure_one()
        currency, company = self.currency_id, self.company_id
        blocks, options = self._get_export_blocks(for_office)
        title, taxes = self._get_export_title(for_office), self._get_export_taxes()
        return Document(
            title=title,
            sheet=re.sub(r"[\[\]:*?/\\']", "-", self.name or NUMBER_PREFIX)[:31],
            company=self._get_export_company(),
            currency=currency.name,
            rounding=currency.rounding,
            decimals=currency.decimal_places,
            logo=company._get_export_logo(),
            facts=(self._get_export_client(), self._get_export_object()),
            blocks=blocks,
            options=options,
            taxes=taxes,
            total=self.amount_untaxed,
            grand_total=self.amount_total,
            grand_label=self._get_export_grand_label(bool(taxes)),
            words=self._get_export_words(),
            terms=self._get_export_terms(),
            labels=self._get_export_labels(),
            properties={"title": title, "author": self.user_id.name or "", "company": company.name},
            footer=f"{self.name}  {company.name}",
            for_office=for_office,
            coefficient=self._get_frozen_coefficient(),
        )

    def _get_export_grand_label(self, with_taxes):
        if with_taxes:
            return self.env._("Total with VAT, %s", self.currency_id.name)
        return self.env._("Total, %s", self.currency_id.name)

    def _get_export_labels(self):
        return Labels(
            number=self.env._("No."),
            article=self.env._("Article"),
            name=self.env._("Name"),
            unit=self.env._("Unit"),
            quantity=self.env._("Quantity"),
            price=self.env._("Price"),
            discount=self.env._("Discount, %"),
            amount=self.env._("Sum"),
            subtotal=self.env._("Total: %s"),
            total=self.env._("Total without VAT"),
            rounding=self.env._("Rounding"),
            options=self.env._("Options, not in the total"),
            page=self.env._("Page %(page)s of %(pages)s"),
            unit_cost=self.env._("Cost or rate per unit"),
            cost=self.env._("Cost"),
            pay=self.env._("Pay of works"),
            profit=self.env._("Profit"),
            percent=self.env._("Profit, %"),
            coefficient=self.env._("Coefficient of work payment"),
        )

    def _get_export_title(self, for_office=False):
        tz = self.user_id.tz or self.env.user.tz or "UTC"
        date = fields.Datetime.context_timestamp(self.with_context(tz=tz), self.date_order).date()
        title = self.env._(
            "Commercial proposal %(number)s of %(date)s",
            number=self.name,
            date=format_date(self.env, date, date_format="long"),
        )
        return self.env._("%s: cost and profit, for the office", title) if for_office else title

    def _get_export_company(self):
        """Lines about the company: its name, then how to reach it."""
        company, partner = self.company_id, self.company_id.partner_id
        address = _one_line(partner._display_address(without_company=True))
        tax_id = company.vat
        if tax_id:
            label = company.country_id.vat_label or self.env._("Tax ID")
            tax_id = f"{label} {company.vat}"
        ways = [company.phone, company.email, company.website]
        lines = [company.name, _joined([address, tax_id]), _joined(ways)]
        return [line for line in lines if line]

    def _get_export_client(self):
        partner = self.partner_id
        client = partner.commercial_partner_id
        contact = partner.name if partner != client else ""
        return _filled(
            (self.env._("Client"), client.name),
            (self.env._("Contact"), contact),
            (
                self.env._("Phone"),
                _joined([partner.phone or client.phone, partner.email or client.email]),
            ),
        )

    def _get_export_object(self):
        site = self.smarthome_object_id
        return _filled(
            (self.env._("Object"), site.name),
            (self.env._("Address"), site.address),
        )

    def _get_export_terms(self):
        """Pairs of label and text below the table."""
        manager, payment = self.user_id, self.payment_term_id
        payment_text = payment.name
        if not is_html_empty(payment.note):
            payment_text = html2plaintext(payment.note).strip()
        until = self.validity_date and format_date(self.env, self.validity_date)
        note = "" if is_html_empty(self.note) else html2plaintext(self.note).strip()
        return _filled(
            (self.env._("Payment"), payment_text),
            (self.env._("Valid until"), until),
            (self.env._("Terms"), note),
            (self.env._("Manager"), _joined([manager.name, manager.phone, manager.email])),
        )

    def _get_export_words(self):
        currency = self.currency_id
        words = amount_in_words(
            self.amount_total, currency.name, self.env.lang or "en_US", currency.decimal_places
        )
        return self.env._("In words: %s", words)

    # === TAXES === #

    def _get_export_taxes(self):
        """Taxes of the proposal by Odoo's tax groups, with a rate where one gives the amount."""
        taxes = self.order_line.filtered("price_subtotal").tax_ids.flatten_taxes_hierarchy()
        if not taxes:
            return []
        if len(taxes.tax_group_id) == 1 and not self.payment_term_id.early_discount:
            groups = [(taxes.tax_group_id.name, self.amount_tax, taxes)]
        else:
            groups = [
                (
                    group["group_name"],
                    group["tax_amount_currency"],
                    taxes.browse(group["involved_tax_ids"]),
                )
                for subtotal in self.tax_totals["subtotals"]
                for group in subtotal["tax_groups"]
            ]
        return [
            Tax(name, tax_amount, self._get_export_rate(group_taxes, tax_amount))
            for name, tax_amount, group_taxes in groups
        ]

    def _get_export_rate(self, taxes, tax_amount):
        """Percent that gives the amount of tax from the total, if there is one."""
        if len(taxes) != 1 or taxes.amount_type != "percent":
            return None
        rounding = self.currency_id.rounding
        by_rate = percent_of(self.amount_untaxed, taxes.amount, rounding)
        return taxes.amount if by_rate == rounded(str(tax_amount), rounding) else None


def _clean_filename(text):
    """Replace what file systems refuse in names."""
    text = re.sub(r'[<>:"/\\|?*\x00-\x1f\x7f]+', "-", text or "")
    return " ".join(text.split()).strip(" .-")


def _one_line(text):
    return ", ".join(" ".join(part.split()) for part in (text or "").split("\n") if part.strip())


def _joined(parts):
    return " · ".join(part for part in parts if part)


def _filled(*pairs):
    return [(label, text) for label, text in pairs if text]
