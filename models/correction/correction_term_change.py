from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import LazyTranslate

from ...tools.penal_term import end_moved
from ...tools.rights import check_groups
from ..common.mechanism_mixin import Guard
from .correction_row_mixin import CORRECTION

_lt = LazyTranslate(__name__)
RECORDED = Guard(hint=_lt("it is set when the decision is recorded."))


class TownshipCorrectionTermChange(models.Model):
    """A court has changed the term of a subject: remission (减刑), extension or shortening. The
    day it gives governs; the clocks follow once its decision is recorded."""

    _name = "township.correction.term.change"
    _description = "Change of a term by a court"
    _inherit = [
        "township.correction.row.mixin",
        "township.correction.length.mixin",
        "township.decision.mixin",
    ]
    _order = "subject_id, decision_date, id"
    _rec_name = "decision_number"
    _scan_fields = ("decision_scan_ids",)

    kind = fields.Selection(
        [
            ("reduction", "Remission"),
            ("shortening", "Shortening of the term"),
            ("extension", "Extension of the term"),
        ],
        required=True,
        default="reduction",
    )
    term_end_before = fields.Date(
        string="Term to, before", readonly=True, copy=False, guard=RECORDED
    )
    term_end_after = fields.Date(
        string="Term to, as decided", help="As the court's decision gives it: it governs."
    )
    term_end_counted = fields.Date(
        string="Term to, as counted", compute="_compute_term_end_counted"
    )
    recorded_date = fields.Date(string="Recorded on", readonly=True, copy=False, guard=RECORDED)

    decision_scan_ids = fields.Many2many(relation="township_correction_term_change_scan_rel")

    @api.depends(
        "kind", "years", "months", "days", "term_end_before", "subject_id.term_end", "recorded_date"
    )
    def _compute_term_end_counted(self):
        for change in self:
            before = change.term_end_before if change.recorded_date else change.subject_id.term_end
            change.term_end_counted = (
                end_moved(before, change._length(), change._sign())
                if before and any(change._length())
                else False
            )

    def _sign(self):
        """:return: ``int``, 1 when the end moves later, -1 when it moves earlier"""
        return 1 if self.kind == "extension" else -1

    def _moved(self, end):
        """:param date end: a last day counted by the rules
        :return: ``date``, where this change puts it: by its length, else on the day decided"""
        if any(self._length()):
            return end_moved(end, self._length(), self._sign())
        return self.term_end_after

    @api.constrains("kind", "term_end_after", "term_end_before")
    def _check_direction(self):
        for change in self:
            before = change.term_end_before or change.subject_id.term_end
            if change.recorded_date or not (before and change.term_end_after):
                continue
            if (change.term_end_after - before).days * change._sign() <= 0:
                raise ValidationError(
                    self.env._(
                        "%(kind)s from %(before)s to %(after)s: correct the kind or the day.",
                        kind=dict(self._fields["kind"]._description_selection(self.env))[
                            change.kind
                        ],
                        before=before,
                        after=change.term_end_after,
                    )
                )

    def write(self, vals):
        """:raise UserError: the change is recorded already: it is evidence"""
        if not self.env.su and self.filtered("recorded_date"):
            raise UserError(
                self.env._("A recorded change of the term stays as it is; record a further one.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_recorded(self):
        if self.filtered("recorded_date"):
            raise UserError(
                self.env._("A recorded change of the term stays as it is; record a further one.")
            )

    def action_record(self):
        """The court's decision takes effect on the subject: its term ends on the day decided.

        :raise UserError: part of the decision is missing, or the subject has no running term
        """
        check_groups(self.env, self.env._("Record the change of the term"), CORRECTION)
        self.check_access("write")
        today = self.env["township.calendar.day"]._today()
        for change in self:
            missing = change._missing_record()
            if missing:
                raise UserError(
                    self.env._(
                        "The change of the term cannot be recorded yet. Still missing: %(items)s",
                        items="; ".join(missing),
                    )
                )
            subject = change.subject_id.sudo()
            change.sudo().write({"term_end_before": subject.term_end, "recorded_date": today})
            subject.term_end = change.term_end_after
            subject._message_log(
                body=self.env._(
                    "The term was changed by decision %(number)s: it ends on %(after)s.",
                    number=change.decision_number,
                    after=change.term_end_after,
                )
            )
        return True

    def _missing_record(self):
        """:return: ``list`` of ``str``: what is missing before the change may be recorded"""
        missing = self._missing_decision()
        if not self.term_end_after:
            missing.append(self._fields["term_end_after"]._description_string(self.env))
        if self.recorded_date:
            missing.append(self.env._("a decision that is not recorded yet"))
        if not self.subject_id.term_end or self.subject_id.ended_date:
            missing.append(self.env._("a term that still runs"))
        return missing
