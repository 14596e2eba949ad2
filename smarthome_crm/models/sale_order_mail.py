from odoo import models

AMOUNTS = ("amount_untaxed", "amount_total")


class SaleOrder(models.Model):
    """What stands in the chatter of a proposal, and in its object's."""

    _inherit = "sale.order"

    def _message_post_after_hook(self, message, msg_values):
        """Note in the object that a mail came in; the mail itself stays with the proposal.

        Only a link: the mail may quote prices, which not all who see the object may see.
        """
        result = super()._message_post_after_hook(message, msg_values)
        if message.message_type == "email" and self.smarthome_object_id:
            self.smarthome_object_id.sudo().message_post(
                body=self.env._(
                    "%(author)s wrote about the proposal %(proposal)s.",
                    author=message.author_id.name or message.email_from or "",
                    proposal=self._get_html_link(),
                ),
                author_id=self.env.ref("base.partner_root").id,
                subtype_xmlid="mail.mt_comment",
            )
        return result

    def _mail_track(self, tracked_fields, initial_values):
        """The amounts of a proposal move with every line until it is signed: that is no news."""
        if self.smarthome_object_id and self.state != "sale":
            initial_values = {
                name: value for name, value in initial_values.items() if name not in AMOUNTS
            }
        return super()._mail_track(tracked_fields, initial_values)
