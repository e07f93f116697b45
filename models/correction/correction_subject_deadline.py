from odoo import models

from .correction_subject import OPEN_STATES


class TownshipCorrectionSubject(models.Model):
    """Clocks of a subject (domain 8.1)."""

    _inherit = "township.correction.subject"

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
