from datetime import timedelta

from odoo import models

from .correction_leave import OUT, PENDING


class TownshipCorrectionLeave(models.Model):
    """A leave that goes on in another one (续假), or ends with the correction."""

    _inherit = "township.correction.leave"

    def action_extend(self):
        """:return: action that opens a new application for the days after this leave (续假)"""
        self.ensure_one()
        self.check_access("write")
        begin = self.date_to + timedelta(days=1)
        leave = self.create(
            {
                "subject_id": self.subject_id.id,
                "extends_id": self.id,
                "destination": self.destination,
                "reason_id": self.reason_id.id,
                "reason": self.reason,
                "contact": self.contact,
                "date_from": begin,
                "date_to": begin,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": leave.id,
            "views": [(False, "form")],
            "name": self.env._("Extension of a leave"),
        }

    def _follow_end(self):
        """The last day in correction has moved: nobody reports back from a leave after it."""
        for leave in self.filtered(lambda leave: leave.state in OUT):
            if leave.subject_id._is_bound_on(leave.date_to):
                leave._deadline_give(leave.date_to)
            else:
                leave._deadline_stop(leave._today())

    def _end_with_subject(self):
        """The correction has ended: who is away is no longer on leave, and nothing is decided any
        more. Called with all rights."""
        away = self.filtered(lambda leave: leave.state in OUT)
        reason = self.env._("The correction has ended.")
        away._enter_state("revoked", revoked_date=self._today(), revoked_reason=reason)
        pending = self.filtered(lambda leave: leave.state in ("draft", *PENDING))
        pending._enter_state("cancelled", cancel_reason=reason)
        (away | pending)._after_end()
