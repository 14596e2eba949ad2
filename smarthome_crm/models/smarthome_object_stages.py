from odoo import api, models
from odoo.exceptions import AccessError, UserError

#: stages before the contract; a manager moves objects among them as the talk goes
EARLY_STAGES = ("new", "survey", "proposal", "negotiation")

#: where an object may go from each stage
TRANSITIONS = {
    "new": {"survey", "proposal", "negotiation", "contract", "refused"},
    "survey": {"new", "proposal", "negotiation", "contract", "refused"},
    "proposal": {"new", "survey", "negotiation", "contract", "refused"},
    "negotiation": {"new", "survey", "proposal", "contract", "refused"},
    "contract": {"negotiation", "in_work", "refused"},
    "in_work": {"contract", "acceptance"},
    "acceptance": {"in_work", "closed"},
    "closed": {"acceptance"},
    "refused": set(EARLY_STAGES),
}

#: roles that move an object into a stage; heads move everything, and alone reopen what is closed
ROLES_INTO_STAGE = {
    **dict.fromkeys((*EARLY_STAGES, "contract", "refused", "closed"), ("manager",)),
    "in_work": ("manager", "engineer"),
    "acceptance": ("manager", "engineer"),
}


class SmarthomeObject(models.Model):
    """The way of an object from stage to stage."""

    _inherit = "smarthome.object"

    @api.model_create_multi
    def create(self, vals_list):
        objects = super().create(vals_list)
        if not self.env.su:
            objects._check_first_stage()
        objects._check_refusal_reason()
        return objects

    def write(self, vals):
        stage = vals.get("stage")
        if not stage:
            return super().write(vals)
        moving = self.filtered(lambda record: record.stage != stage)
        moving._check_move(stage)
        if stage != "refused":
            vals = {**vals, "refusal_reason_id": False}
        result = super().write(vals)
        moving._check_refusal_reason()
        return result

    def _check_first_stage(self):
        """People begin objects before the contract."""
        for record in self:
            if record.stage not in EARLY_STAGES:
                raise UserError(
                    self.env._("A new object begins before the contract; move it there later.")
                )

    def _check_move(self, stage):
        """Check that the objects may go to the stage, and that the user may move them there.

        Code in sudo (imports, closing) is trusted.

        :raise UserError: the lifecycle knows no such step
        :raise AccessError: the step belongs to another role
        """
        if self.env.su:
            return
        titles = dict(self._fields["stage"]._description_selection(self.env))
        for record in self:
            record._check_step(stage, titles)
            record._check_mover(stage, titles)

    def _check_step(self, stage, titles):
        """Check the lifecycle."""
        allowed = TRANSITIONS[self.stage]
        if stage not in allowed:
            raise UserError(
                self.env._(
                    "%(object)s cannot go from “%(old)s” to “%(new)s”. From here it goes to: "
                    "%(allowed)s.",
                    object=self.display_name,
                    old=titles[self.stage],
                    new=titles[stage],
                    allowed=", ".join(title for key, title in titles.items() if key in allowed),
                )
            )

    def _check_mover(self, stage, titles):
        """Check the roles of the user."""
        has_role = self.env.user._smarthome_has_role
        if has_role("head"):
            return
        if self.stage == "closed":
            raise AccessError(
                self.env._("Only the head of department opens a closed object again.")
            )
        if not has_role(*ROLES_INTO_STAGE[stage]):
            raise AccessError(
                self.env._(
                    "The object's manager moves it to “%(stage)s”; ask him.",
                    stage=titles[stage],
                )
            )

    def _check_refusal_reason(self):
        for record in self:
            if record.stage == "refused" and not record.refusal_reason_id:
                raise UserError(
                    self.env._(
                        "%(object)s is refused with a reason: use the button “Refuse”.",
                        object=record.display_name,
                    )
                )
