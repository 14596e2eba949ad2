from odoo import api, models
from odoo.tools.translate import TranslationImporter, get_base_langs


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    @api.model
    def _smarthome_replace_words(self, addon):
        """Put the words of an addon's ``i18n_extra`` over Odoo's own, as «шт.» over «Единицы».

        Odoo loads that folder too, but leaves alone what another addon has translated before it.

        :param str addon: technical name of the addon
        """
        importer = TranslationImporter(self.env.cr, verbose=False)
        for code, _name in self.env["res.lang"].get_installed():
            for language in get_base_langs(code):
                importer.load_file(f"{addon}/i18n_extra/{language}.po", code)
        importer.save(overwrite=True, force_overwrite=True)
