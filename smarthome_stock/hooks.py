def post_init_hook(env):
    """Warehouses get staging."""
    env["stock.warehouse"].with_context(active_test=False).search([])._create_missing_staging()
