from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

#: longest token that a page may send
TOKEN_LENGTH = 64


class SmarthomeStagingTap(models.Model):
    """Taps of the staging page that were carried out, so that none is carried out twice."""

    _name = "smarthome.staging.tap"
    _description = "Tap on the Staging Page"

    token = fields.Char(required=True)

    _token_uniq = models.Constraint("UNIQUE(token)", "This tap has been carried out.")

    @api.model
    def _is_first(self, token):
        """Remember a tap; a second one that comes meanwhile waits for the first.

        :param str token: what the page calls the tap
        :return: False where it has been carried out
        """
        if not isinstance(token, str) or not 0 < len(token) <= TOKEN_LENGTH:
            raise UserError(self.env._("Open the staging page anew."))
        query = SQL(
            """INSERT INTO smarthome_staging_tap (token, create_uid, write_uid, create_date, write_date)
            VALUES (%s, %s, %s, %s, %s) ON CONFLICT (token) DO NOTHING RETURNING id""",
            f"{self.env.uid}:{token}",
            self.env.uid,
            self.env.uid,
            fields.Datetime.now(),
            fields.Datetime.now(),
        )
        return bool(self.env.execute_query(query))

    @api.autovacuum
    def _gc_taps(self):
        """Nobody repeats a tap of the day before yesterday."""
        past = fields.Datetime.now() - timedelta(days=2)
        self.search([("create_date", "<", past)]).unlink()
