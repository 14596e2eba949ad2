"""What installing finds in a base with contracts, and what uninstalling leaves behind."""

from odoo.fields import Domain


def post_init_hook(env):
    """Staging for every warehouse, average cost, and what open contracts still have to get."""
    env["stock.warehouse"].with_context(active_test=False).search([])._create_missing_staging()
    count_goods(env)
    use_average_cost(env)
    adopt_moves(env)
    settle_closed_contracts(env)
    stage_open_contracts(env)
    prepare_companies(env)
    env["ir.module.module"]._smarthome_replace_words("smarthome_stock")


def prepare_companies(env):
    """A place for defective goods; and no text messages, which Odoo sends and asks to pay for."""
    companies = env["res.company"].search([])
    companies.stock_text_confirmation = False
    for company in companies:
        company._get_defective_location()


def count_goods(env):
    """Count goods in the warehouse; what moved uncounted stays as it is."""
    templates = env["product.template"].with_context(active_test=False)
    goods = Domain("type", "=", "consu") & Domain("is_storable", "=", False)
    moved = Domain("product_variant_ids.stock_move_ids", "!=", False)
    templates.search(goods & ~moved).is_storable = True


def use_average_cost(env):
    """Cost at the moment of shipment needs a cost that follows receipts; FIFO does as well."""
    for company in env["res.company"].search([]):
        if company.cost_method == "standard":
            company.cost_method = "average"
            company._set_category_defaults()
        categories = env["product.category"].with_company(company).search([])
        standard = categories.filtered(lambda one: one.property_cost_method == "standard")
        standard.property_cost_method = "average"


def settle_closed_contracts(env):
    """Of objects closed before, everything signed counts as shipped, as it did then."""
    lines = _get_goods_lines(env, Domain("smarthome_object_id.stage", "=", "closed"))
    for line in lines.filtered(lambda one: not one.move_ids):
        line.qty_delivered_method = "manual"
        line.qty_delivered = line.product_uom_qty


def adopt_moves(env):
    """What moved, or is about to, for contracts of objects belongs to these objects."""
    moves = env["stock.move"].search([("sale_line_id.order_id.smarthome_object_id", "!=", False)])
    for record, own in moves.grouped(
        lambda move: move.sale_line_id.order_id.smarthome_object_id
    ).items():
        own.smarthome_object_id = record
        own.picking_id.filtered(lambda one: not one.smarthome_object_id).write(
            {"smarthome_object_id": record.id}
        )


def stage_open_contracts(env):
    """Make the staging places of open contracts and ask the stock for their goods.

    Lines on which a person has already written what was delivered keep his figures. What was on
    its way past the staging places, and is not picked yet, goes over them from now on.
    """
    is_open = Domain("smarthome_object_id.stage", "not in", ("closed", "refused"))
    lines = _get_goods_lines(env, is_open)
    waiting = lines.filtered(lambda line: line.move_ids or not line.qty_delivered)
    for order in _get_contracts(env, is_open):
        order.smarthome_object_id._get_staging_location(order.warehouse_id)
    waiting._compute_qty_delivered_method()
    _send_over_staging(waiting)
    waiting._action_launch_stock_rule()


def _send_over_staging(lines):
    """Cancel first steps past the staging places; what is done counts as asked for by staging."""
    pulls = _get_pull_rules(lines.env)
    first = lines.move_ids.filtered(
        lambda move: not move.move_orig_ids and move.rule_id and move.rule_id not in pulls
    )
    first.filtered(lambda move: move.state not in ("done", "cancel"))._action_cancel()
    for move in first.filtered(lambda move: move.state == "done"):
        move.rule_id = pulls.filtered(lambda rule, one=move: rule.warehouse_id == one.warehouse_id)


def _get_pull_rules(env):
    """The rules by which staging places ask the stock for goods."""
    routes = env["stock.warehouse"].search([]).smarthome_staging_route_id
    return routes.rule_ids.filtered(lambda rule: rule.action == "pull")


def _get_contracts(env, domain):
    signed = Domain("state", "=", "sale") & Domain("smarthome_object_id", "!=", False)
    return env["sale.order"].search(signed & domain)


def _get_goods_lines(env, domain):
    lines = _get_contracts(env, domain).order_line
    return lines.filtered(lambda line: line.smarthome_kind == "goods")


def uninstall_hook(env):
    """Leave a warehouse that works: what is staged can be shipped, the rest goes Odoo's way."""
    warehouses = env["stock.warehouse"].with_context(active_test=False).search([])
    types = warehouses.smarthome_staging_type_id
    open_moves = env["stock.move"].search(
        [("picking_type_id", "in", types.ids), ("state", "not in", ("done", "cancel"))]
    )
    lines = open_moves.sale_line_id
    open_moves._action_cancel()
    lines.with_context(smarthome_without_staging=True)._action_launch_stock_rule()
    pulls = _get_pull_rules(env)
    for line in lines:
        fresh = line.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
        fresh = fresh.filtered(lambda move: not move.move_orig_ids)
        line.move_ids.filtered(lambda move: move.rule_id in pulls).rule_id = fresh.rule_id[:1]
    routes = warehouses.smarthome_staging_route_id
    routes.rule_ids.active = False
    routes.active = False
    types.active = False
    # Odoo's own column of it admits no empty value
    env["purchase.request.line.make.purchase.order"].search([]).unlink()
