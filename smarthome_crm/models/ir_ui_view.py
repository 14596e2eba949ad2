from odoo import fields, models

TIMELINE = "smarthome_timeline"


class IrUiView(models.Model):
    _inherit = "ir.ui.view"

    type = fields.Selection(selection_add=[(TIMELINE, "Timeline")])

    def _get_view_info(self):
        """The switcher of views knows the timeline of objects in work."""
        return {TIMELINE: {"icon": "fa fa-tasks"}} | super()._get_view_info()


class IrActionsActWindowView(models.Model):
    _inherit = "ir.actions.act_window.view"

    view_mode = fields.Selection(
        selection_add=[(TIMELINE, "Timeline")],
        ondelete={TIMELINE: "cascade"},
    )
