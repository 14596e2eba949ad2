from odoo import api, fields, models
from odoo.exceptions import UserError

#: formats of the label, and their reports
REPORTS = {
    "a6": "smarthome_stock.smarthome_staging_label_report_a6",
    "roll": "smarthome_stock.smarthome_staging_label_report_roll",
}
#: path of the staging page in the browser
PAGE = "/odoo/smarthome-staging/%s"


class SmarthomeStagingLabel(models.TransientModel):
    """Labels of a staging place: as many as it has boxes, on A6 or on a roll of 58 mm."""

    _name = "smarthome.staging.label"
    _inherit = ["smarthome.reach.mixin"]
    _description = "Label of a Staging Place"

    _reach_fields = ("object_id",)

    object_id = fields.Many2one(
        comodel_name="smarthome.object",
        string="Object",
        required=True,
        readonly=True,
    )
    count = fields.Integer(
        string="Boxes",
        required=True,
        default=1,
        help="Each box gets a label of its own: 1 of 3, 2 of 3…",
    )

    _count_sensible = models.Constraint(
        "CHECK(count BETWEEN 1 AND 100)",
        "Labels are printed for 1 to 100 boxes at once.",
    )

    @api.model
    def _check_target(self, name, targets):
        """Whoever sees the place prints its labels, objects or not."""
        for record in targets:
            self.env["smarthome.staging"]._get_object(record.id)

    def action_print_a6(self):
        """Print the labels on sheets of A6."""
        return self._print("a6")

    def action_print_roll(self):
        """Print the labels on a roll of 58 mm."""
        return self._print("roll")

    def _print(self, size):
        self.ensure_one()
        self._get_labels()
        return self.env.ref(REPORTS[size]).report_action(self)

    def _get_labels(self):
        """What stands on each label.

        :return: list of dicts
        :raise AccessError: the place is out of the user's reach
        """
        self.ensure_one()
        record = self.env["smarthome.staging"]._get_object(self.object_id.id)
        label = {
            "number": record.number,
            "name": record.name,
            "address": record.address or "",
            "manager": record.user_id.name or "",
            "engineer": record.engineer_id.name or "",
            "address_of_page": record.get_base_url() + PAGE % record.id,
            "count": self.count,
        }
        return [{**label, "box": box} for box in range(1, self.count + 1)]


class SmarthomeObject(models.Model):
    _inherit = "smarthome.object"

    def action_staging_label(self):
        """Ask how many labels of the staging place are printed, and on what."""
        self.ensure_one()
        self.env["smarthome.staging"]._get_object(self.id)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Label of the staging place"),
            "res_model": "smarthome.staging.label",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_object_id": self.id, "dialog_size": "small"},
        }

    def action_staging_page(self):
        """Open the staging page of the object."""
        self.ensure_one()
        self.env["smarthome.staging"]._get_object(self.id)
        action = self.env["ir.actions.actions"]._for_xml_id(
            "smarthome_stock.smarthome_staging_action"
        )
        return {**action, "params": {"object_id": self.id}}


class StockLocation(models.Model):
    _inherit = "stock.location"

    def action_smarthome_label(self):
        """Print labels of this staging place."""
        self.ensure_one()
        self.check_access("read")
        return self.smarthome_object_id.action_staging_label()

    def action_smarthome_page(self):
        """Open the staging page of this place."""
        self.ensure_one()
        self.check_access("read")
        return self.smarthome_object_id.action_staging_page()


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def action_smarthome_label(self):
        """Print labels of the staging place that the picking belongs to."""
        self.ensure_one()
        self.check_access("read")
        if not self.smarthome_object_id:
            raise UserError(self.env._("This transfer belongs to no object."))
        return self.smarthome_object_id.action_staging_label()
