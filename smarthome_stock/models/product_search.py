import re

from odoo import api, fields, models
from odoo.fields import Domain

_SIGNS = re.compile(r"[\W_]+")


def fold(text):
    """Text as it is looked for: in small letters, «ё» as «е».

    >>> fold("Счётчик WB-MAP")
    'счетчик wb-map'
    """
    return (text or "").lower().replace("ё", "е")


class ProductProduct(models.Model):
    """Search of goods by several words in any order, in one narrow column."""

    _inherit = "product.product"

    smarthome_search_text = fields.Text(
        compute="_compute_smarthome_search_text",
        store=True,
        export_string_translation=False,
    )
    smarthome_words = fields.Char(
        string="Article, Barcode, Words",
        compute="_compute_smarthome_words",
        search="_search_smarthome_words",
        help="Finds goods that have every word, in any order, in article, barcode or name.",
    )

    @api.depends(
        "name",
        "default_code",
        "barcode",
        "product_template_attribute_value_ids.name",
    )
    def _compute_smarthome_search_text(self):
        """Names in every language, so that the words of a colleague are found too."""
        codes = [code for code, _name in self.env["res.lang"].get_installed()]
        spoken = [self.with_context(lang=code) for code in codes]
        for records in zip(self, *spoken, strict=True):
            product = records[0]
            article = product.default_code or ""
            names = (text for record in records[1:] for text in record._get_search_texts())
            texts = dict.fromkeys((article, _SIGNS.sub("", article), product.barcode, *names))
            product.smarthome_search_text = fold(" ".join(text for text in texts if text))

    def _get_search_texts(self):
        """What else a product is found by, in the language of the context."""
        self.ensure_one()
        return [self.name, *self.product_template_attribute_value_ids.mapped("name")]

    def _compute_smarthome_words(self):
        self.smarthome_words = False

    def _search_smarthome_words(self, operator, value):
        """Every word must be found; a word is any part of the text."""
        if operator not in ("ilike", "like", "=", "in"):
            return NotImplemented
        values = [value] if isinstance(value, str) else value
        return Domain.OR(
            Domain.AND(Domain("smarthome_search_text", "like", word) for word in fold(text).split())
            for text in values
            if text
        )
