from odoo import api, models
from odoo.tools import file_open
from odoo.tools.translate import (
    JAVASCRIPT_TRANSLATION_COMMENT,
    get_po_paths,
    translation_file_reader,
)


class IrHttp(models.AbstractModel):
    """Screens of Odoo's that ours lead to speak Russian where Odoo has no translation."""

    _inherit = "ir.http"

    @api.model
    def _get_translations_for_webclient(self, modules, lang):
        """Add the words of ``i18n_extra`` to those of the addons they belong to."""
        translations, lang_params = super()._get_translations_for_webclient(modules, lang)
        for module, words in self._read_smarthome_words(
            lang or self.env.context.get("lang")
        ).items():
            if module in translations:
                known = {term["id"]: term["string"] for term in translations[module]["messages"]}
                terms = {**known, **words}.items()
                messages = tuple({"id": source, "string": text} for source, text in terms)
                translations[module] = {**translations[module], "messages": messages}
        return translations, lang_params

    @api.model
    def _read_smarthome_words(self, lang):
        """The words of code in the language's file: {addon: {source: translation}}."""
        words = {}
        for path in get_po_paths("smarthome_crm", lang) if lang else ():
            if "/i18n_extra/" in path:
                with file_open(path, mode="rb") as file:
                    for row in translation_file_reader(file, fileformat="po"):
                        if JAVASCRIPT_TRANSLATION_COMMENT in row["comments"]:
                            words.setdefault(row["module"], {})[row["src"]] = row["value"]
        return words
