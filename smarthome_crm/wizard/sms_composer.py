from odoo import SUPERUSER_ID, models


class SmsComposer(models.TransientModel):
    """The form of an SMS names the client of a record only to those who may read the record.

    Odoo looks for the recipient as the program, whatever record a script names.
    """

    _inherit = "sms.composer"

    def _get_records(self):
        records = super()._get_records()
        if records and self.env.uid != SUPERUSER_ID:
            records.sudo(False).check_access("read")
        return records
