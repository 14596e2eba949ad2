"""Objects that were closed before closing cancelled their planned calls."""

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL


def migrate(cr, version):
    """Cancel what was planned before the closing; what a person planned since then stays."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    query = SQL(
        "SELECT call.id FROM smarthome_call call JOIN smarthome_object site"
        " ON site.id = call.object_id WHERE call.state = 'planned' AND site.stage = 'closed'"
        " AND call.create_date::date <= COALESCE(site.date_closed, call.create_date::date)"
    )
    ids = [row[0] for row in env.execute_query(query)]
    env["smarthome.call"].browse(ids).write({"state": "cancelled"})
