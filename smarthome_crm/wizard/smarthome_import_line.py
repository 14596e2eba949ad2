from odoo import fields, models

#: errors first, then warnings, then what changes
SEVERITY = {"error": 0, "warning": 1, "new": 2, "change": 3, "same": 4}


class SmarthomeImportLine(models.TransientModel):
    """A row of an imported file with its sentence."""

    _name = "smarthome.import.line"
    _description = "Row of an Import"
    _order = "severity, position, id"
    _transient_max_count = 0

    import_id = fields.Many2one(
        comodel_name="smarthome.import",
        required=True,
        ondelete="cascade",
        index=True,
    )
    severity = fields.Integer(export_string_translation=False)
    position = fields.Integer(export_string_translation=False)
    sheet = fields.Char()
    row = fields.Integer()
    article = fields.Char()
    level = fields.Selection(
        selection=[("error", "Error"), ("warning", "Warning"), ("info", "Information")],
        required=True,
    )
    action = fields.Selection(
        selection=[("new", "New"), ("change", "Will change"), ("same", "No change")],
    )
    applied = fields.Boolean()
    message = fields.Char()
