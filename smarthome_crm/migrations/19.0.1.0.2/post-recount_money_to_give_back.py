"""Money to give back stood as paid before it was given back, and forgiven money as owed."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Count the payments anew of contracts that have such a row."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    milestones = env["smarthome.payment.milestone"]
    orders = milestones.search([("amount", "<", 0)]).order_id
    orders |= env["smarthome.forgiven.remainder"].search([]).order_id
    rows = orders.smarthome_milestone_ids
    for name in ("paid_amount", "balance", "state"):
        env.add_to_compute(milestones._fields[name], rows)
    rows.flush_recordset(["paid_amount", "balance", "state"])
