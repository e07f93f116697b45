from odoo import fields, models

from ...tools.workflow import Transition


class TownshipCorrectionSubject(models.Model):
    """Leaves and permits of a subject, which end with the correction."""

    _inherit = "township.correction.subject"

    leave_ids = fields.One2many("township.correction.leave", "subject_id", copy=False)
    cross_permit_ids = fields.One2many("township.correction.cross.permit", "subject_id", copy=False)

    _transitions = (
        Transition(name="release", after="_end_leaves"),
        Transition(name="terminate", after="_end_leaves"),
        Transition(name="relocate", after="_end_leaves"),
    )

    def _end_leaves(self):
        self.leave_ids._end_with_subject()
        self.cross_permit_ids._end_with_subject()

    def _end_moved(self):
        self.sudo().leave_ids._follow_end()
        return super()._end_moved()

    def action_new_leave(self):
        """:return: action that opens a new application for a leave"""
        return self._new_row("township.correction.leave", self.env._("Application for a leave"))

    def action_new_cross_permit(self):
        """:return: action that opens a new application for regular cross-county activity"""
        return self._new_row(
            "township.correction.cross.permit", self.env._("Regular cross-county activity")
        )

    def _new_row(self, model, name):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": model,
            "views": [(False, "form")],
            "name": name,
            "context": {"default_subject_id": self.id},
        }
