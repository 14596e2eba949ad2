from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import float_compare


class SmarthomeBonusShare(models.Model):
    """Who gets how much of an object's bonus; without shares the manager at closing gets all."""

    _name = "smarthome.bonus.share"
    _description = "Share of a Bonus"
    _order = "object_id, id"

    object_id = fields.Many2one(
        comodel_name="smarthome.object",
        required=True,
        ondelete="cascade",
        index=True,
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Manager",
        required=True,
        ondelete="restrict",
    )
    percent = fields.Float(string="Share (%)", digits=(16, 2), required=True)

    _user_uniq = models.Constraint(
        "UNIQUE(object_id, user_id)", "A manager has one share of an object."
    )
    _percent_positive = models.Constraint(
        "CHECK(percent > 0 AND percent <= 100)", "A share lies between 0 and 100 %."
    )


class SmarthomeObject(models.Model):
    _inherit = "smarthome.object"

    share_ids = fields.One2many(
        comodel_name="smarthome.bonus.share",
        inverse_name="object_id",
        string="Shares of the Bonus",
        groups="smarthome_base.group_smarthome_head",
        copy=False,
    )

    @api.constrains("share_ids")
    def _check_shares(self):
        for site in self.sudo():
            if not site._are_shares_whole():
                raise ValidationError(
                    self.env._(
                        "Shares of the bonus of «%(object)s» must add up to 100 %%.",
                        object=site.display_name,
                    )
                )

    def _are_shares_whole(self):
        """Tell whether the shares add up to 100 %, or there are none."""
        self.ensure_one()
        total = sum(self.share_ids.mapped("percent"))
        return not self.share_ids or float_compare(total, 100.0, precision_digits=2) == 0

    def _get_bonus_shares(self, manager):
        """Who shares the bonus of the object.

        :param manager: the manager at closing, who gets all unless a head set shares; may be none
        :return: list of pairs (res.users, percent)
        """
        self.ensure_one()
        shares = self.sudo().share_ids
        parts = [(share.user_id, share.percent) for share in shares]
        return parts or [(user, 100.0) for user in manager]

    def _get_closing_obstacles(self):
        obstacles = super()._get_closing_obstacles()
        if not self.sudo()._are_shares_whole():
            message = self.env._("Shares of the bonus do not add up to 100 %.")
            obstacles.append(self._prepare_obstacle("shares", message))
        return obstacles
