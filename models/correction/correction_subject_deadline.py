from odoo import models
from odoo.fields import Domain

from .correction_subject import OPEN_STATES


class TownshipCorrectionSubject(models.Model):
    """Clocks of a subject (domain 8.1), and who is told when one runs out: the office alone."""

    _inherit = "township.correction.subject"

    # The head of a village is told nothing.
    _deadline_unit_field = None
    _deadline_received_field = "date_received"
    _clock_events = {
        "entrusted": "entrusted_date",
        "effective": "effective_date",
        "reported": "reported_date",
        "ended": "ended_date",
    }

    def _clock_rules_domain(self):
        return [("code", "=like", "correction\\_%")]

    def _clock_open(self):
        return self.filtered(lambda subject: subject.state in OPEN_STATES)

    def _clock_end(self):
        return self.ended_date

    def _deadline_users(self, level):
        """The handler, then the head of the justice office; only who may read the subject."""
        users = self.env["res.users"]
        if level == 0:
            users = self.user_id.filtered("active")
        users = users or self.company_id.sudo().township_correction_leader_id or self.user_id
        return users.filtered(lambda user: user.active and self.with_user(user).has_access("read"))

    def _home_mine_domain(self):
        """What nobody handles is everybody's who sees it."""
        return super()._home_mine_domain() | Domain("user_id", "=", False)
