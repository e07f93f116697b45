from odoo import api, models
from odoo.exceptions import AccessError

# What a log says; marks such as stars and reactions stay free.
CONTENT_FIELDS = frozenset(
    (
        "attachment_ids",
        "author_id",
        "body",
        "date",
        "email_from",
        "message_type",
        "model",
        "parent_id",
        "res_id",
        "subject",
        "subtype_id",
        "tracking_value_ids",
    )
)


class MailMessage(models.Model):
    """The history of a record with a workflow: who took which step and when, which deadline was
    moved and why. Odoo lets whoever may write a record rewrite or delete its log, too; here
    nobody does. Notes and messages of people stay theirs."""

    _inherit = "mail.message"

    def write(self, vals):
        if not self.env.su and CONTENT_FIELDS & vals.keys():
            self._check_not_history()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_history(self):
        if not self.env.su:
            self._check_not_history()

    def _check_not_history(self):
        """:raise AccessError: a logged step of a record with a workflow"""
        mixin = self.env.registry["township.workflow.mixin"]
        for message in self.sudo():
            model = self.env.registry.get(message.model)
            if message.message_type == "notification" and model and issubclass(model, mixin):
                raise AccessError(self.env._("The history cannot be changed or deleted."))
