"""Planned payments to give money back stood as paid before it was given back."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Count the payments anew of contracts that have such a row."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    milestones = env["smarthome.payment.milestone"]
    rows = milestones.search([("amount", "<", 0)]).order_id.smarthome_milestone_ids
    for name in ("paid_amount", "balance", "state"):
        env.add_to_compute(milestones._fields[name], rows)
    rows.flush_recordset(["paid_amount", "balance", "state"])
