def post_init_hook(env):
    """Let every company sum rounded lines, and Odoo's words for units and proposals be ours."""
    companies = env["res.company"].search([])
    companies.tax_calculation_rounding_method = "round_per_line"
    companies._activate_or_create_pricelists()  # else the first foreign one would be everybody's
    env["ir.module.module"]._smarthome_replace_words("smarthome_crm")
