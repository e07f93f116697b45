from odoo import models


class TownshipCase(models.Model):
    """What the chatter tells of a case: in batches, never by mail."""

    _inherit = "township.case"

    def _log_creation(self):
        if self:
            self._message_log_batch(dict.fromkeys(self.ids, self[0]._creation_message()))
        self._tell_handlers()

    def _tell_handlers(self):
        """The handlers become followers and get an activity, unless they did it themselves or
        the case is history."""
        self._let_handlers_follow()
        told = self.filtered(
            lambda case: case.user_id and case.user_id != self.env.user and not case.history
        )
        self.env["township.activity"]._schedule(
            [(case, case.user_id) for case in told], "township_governance.mail_act_case_assigned"
        )

    def _let_handlers_follow(self, check_existing=True):
        """:param bool check_existing: ``False`` for new cases, which have no followers yet"""
        Followers = self.env["mail.followers"].sudo()
        for user, cases in self.filtered("user_id").grouped("user_id").items():
            Followers._insert_followers(
                self._name, cases.ids, user.partner_id.ids, check_existing=check_existing
            )

    def _message_auto_subscribe_notify(self, partner_ids, template):
        """No mail: handlers are told by an activity."""
