from odoo import models

#: what the page of a record tells a client besides its messages
CLIENT_REQUESTS = ("display_name", "messages")


class MailThread(models.AbstractModel):
    """A client's link opens the messages to him, and nothing of the company's own talk.

    With the token of a link Odoo reads as the program: the consent to a low margin that waits as
    an activity, files of internal notes and planned messages would be told to whoever asks.
    """

    _inherit = "mail.thread"

    def _thread_to_store(self, store, fields, *, request_list=None):
        is_channel = self._name == "discuss.channel"
        if request_list and not is_channel and not self.env.user._is_internal():
            request_list = [name for name in request_list if name in CLIENT_REQUESTS]
        return super()._thread_to_store(store, fields, request_list=request_list)
