from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.search_text import join_texts, list_endings, make_query


class ProductProduct(models.Model):
    """Search of goods by several words in any order, by one index."""

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

    _smarthome_search_idx = models.Index(
        "USING gin (array_to_tsvector(string_to_array(smarthome_search_text, ' ')))"
        " WITH (fastupdate = off)"
    )

    @api.depends(
        "product_tmpl_id.name",
        "default_code",
        "barcode",
        "product_template_attribute_value_ids.product_attribute_value_id.name",
    )
    def _compute_smarthome_search_text(self):
        """Endings of what it is called in every language: a colleague's words are found too."""
        codes = [code for code, _name in self.env["res.lang"].get_installed()]
        for product in self:
            texts = [text for code in codes for text in product._get_search_texts(code)]
            text = join_texts(product.default_code, product.barcode, *texts)
            product.smarthome_search_text = " ".join(list_endings(text))

    def _get_search_texts(self, code):
        """What else a product is found by, in a language.

        Read where it is stored: names that Odoo only relates are slow for a whole catalogue.
        """
        self.ensure_one()
        values = self.product_template_attribute_value_ids.product_attribute_value_id
        return [
            self.product_tmpl_id.with_context(lang=code).name,
            *values.with_context(lang=code).mapped("name"),
        ]

    def _compute_smarthome_words(self):
        self.smarthome_words = False

    def _search_smarthome_words(self, operator, value):
        """Every word must be found; a word is any part of the text."""
        if operator not in ("ilike", "like", "=", "in"):
            return NotImplemented
        values = [value] if isinstance(value, str) else value
        return Domain.OR(self._get_words_domain(make_query(text)) for text in values if text)

    def _get_words_domain(self, query):
        """Goods with the endings that are asked for, found by their index; all if none are."""
        if not query:
            return Domain.TRUE

        def to_sql(model, alias, _query):
            text = model._field_to_sql(alias, "smarthome_search_text")
            return SQL("array_to_tsvector(string_to_array(%s, ' ')) @@ %s::tsquery", text, query)

        return Domain.custom(to_sql=to_sql)
