from odoo import models


class SaleOrder(models.Model):
    """A reply to a proposal stays with the proposal; the object's chatter points at it."""

    _inherit = "sale.order"

    def _message_post_after_hook(self, message, msg_values):
        """Note in the object that a mail came in.

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
