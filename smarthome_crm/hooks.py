from odoo.tools.translate import TranslationImporter, get_base_langs


def post_init_hook(env):
    """Let every company sum rounded lines, and Odoo's words for units and proposals be ours."""
    companies = env["res.company"].search([])
    companies.tax_calculation_rounding_method = "round_per_line"
    companies._activate_or_create_pricelists()  # else the first foreign one would be everybody's
    replace_words_of_odoo(env, "smarthome_crm")


def replace_words_of_odoo(env, addon):
    """Put the words of the addon's ``i18n_extra`` over Odoo's own, as «шт.» over «Единицы».

    Odoo loads that folder too, but leaves alone what another addon has translated before it.
    """
    importer = TranslationImporter(env.cr, verbose=False)
    for code, _name in env["res.lang"].get_installed():
        for language in get_base_langs(code):
            importer.load_file(f"{addon}/i18n_extra/{language}.po", code)
    importer.save(overwrite=True, force_overwrite=True)
