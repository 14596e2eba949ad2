def post_init_hook(env):
    """Let every company sum rounded lines, as the regulation counts money."""
    companies = env["res.company"].search([])
    companies.tax_calculation_rounding_method = "round_per_line"
