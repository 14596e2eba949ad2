from odoo import fields, models


class SmarthomeStageProbability(models.Model):
    """How likely an object of a stage comes to be closed, for the bonus to be expected."""

    _name = "smarthome.stage.probability"
    _description = "Probability of a Stage"
    _order = "percent, id"
    _rec_name = "stage"

    stage = fields.Selection(
        selection=lambda self: (
            self.env["smarthome.object"]._fields["stage"]._description_selection(self.env)
        ),
        required=True,
    )
    percent = fields.Float(string="Probability (%)", digits=(16, 2), required=True)

    _stage_uniq = models.Constraint("UNIQUE(stage)", "This stage has its probability already.")
    _percent_range = models.Constraint(
        "CHECK(percent >= 0 AND percent <= 100)", "A percent lies between 0 and 100."
    )
