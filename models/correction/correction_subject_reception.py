from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.workflow import Transition
from .correction_subject_papers import HAND_OVER_CODE, REPORT_CODE


class TownshipCorrectionSubject(models.Model):
    """Reporting in and entry announcement (Community Corrections Law arts. 21, 22): what was
    checked, who was there; and what people must see at once, in one place."""

    _inherit = "township.correction.subject"

    reception_notices = fields.Text(
        compute="_compute_reception_notices", export_string_translation=False
    )
    # --- reporting in
    reception_way = fields.Selection(
        [("self", "Came to report in"), ("handed_over", "Handed over")],
        string="How received",
    )
    identity_checked_date = fields.Date(string="Identity checked on", copy=False)
    identity_paper = fields.Char(
        string="Identity checked by", help="E.g. 居民身份证, 户口簿; no number."
    )
    papers_checked_date = fields.Date(string="Papers checked on", copy=False)
    archive_opened_date = fields.Date(string="Archive opened on", copy=False)
    absence_told_date = fields.Date(
        string="County told of not reporting in",
        copy=False,
        help="Day the county body was told that the person had not reported in in time.",
    )
    # --- announcement
    announcement_place = fields.Char(string="Place of the announcement", copy=False)
    announcement_presider = fields.Char(string="Presided by", copy=False)
    announcement_attendees = fields.Text(string="Attended by", copy=False)
    announcement_guardian = fields.Boolean(string="Guardian present", copy=False)
    announcement_public = fields.Boolean(string="Held in public", copy=False)
    announcement_content = fields.Text(
        string="What was announced",
        copy=False,
        help="Besides the judgment, the period, the rules and the rights, which the form prints.",
    )

    _transitions = (
        Transition(name="receive", after="_start_term_clock"),
        Transition(name="announce", guard="_guard_announcement", after="_start_term_clock"),
    )

    def _guard_announcement(self):
        missing = self._missing_fields(
            *("identity_checked_date", "papers_checked_date"),
            *("announcement_place", "announcement_presider"),
        )
        if self.is_minor and not self.announcement_guardian:
            missing.append(self._fields["announcement_guardian"]._description_string(self.env))
        return missing

    @api.constrains("announcement_public", "is_minor")
    def _check_announcement_public(self):
        if self.filtered(lambda subject: subject.announcement_public and subject.is_minor):
            raise ValidationError(
                self.env._("The announcement of a minor is not public (implementing measures 55).")
            )

    @api.constrains(
        "reported_date", "announced_date", "identity_checked_date", "papers_checked_date"
    )
    def _check_reception_dates(self):
        self._check_has_come(
            "reported_date", "announced_date", "identity_checked_date", "papers_checked_date"
        )

    @api.constrains("term_start", "term_end")
    def _check_term_order(self):
        if self.filtered(
            lambda subject: (
                subject.term_start and subject.term_end and subject.term_end < subject.term_start
            )
        ):
            raise ValidationError(self.env._("The term ends before it begins."))

    # ------------------------------------------------------------------
    # What people must see at once
    # ------------------------------------------------------------------

    @api.depends(
        *("state", "category", "term_start", "term_end", "term_end_counted", "missing_papers"),
        *("clock_ids.deadline_date", "reported_date", "absence_told_date", "sentence_ids"),
        *("exit_report_ids.cancel_date", "sentence_months", "period_months", "penalty"),
    )
    def _compute_reception_notices(self):
        for subject in self:
            subject.reception_notices = "\n".join(subject._reception_notices()) or False

    def _reception_notices(self):
        """:return: ``list`` of ``str``, one line each"""
        lines = [*self._late_notices(), *self._term_notices(), *self._exit_notices()]
        if self.missing_papers and self.state != "assessing":
            lines.append(self.env._("Papers missing: %(papers)s", papers=self.missing_papers))
        return lines

    def _late_notices(self):
        clock = self.sudo().clock_ids.filtered(
            lambda clock: clock.deadline_rule_id.code in (REPORT_CODE, HAND_OVER_CODE)
        )[:1]
        last = clock.deadline_date
        today = self.env["township.calendar.day"]._today()
        if not last:
            return []
        if self.state == "expected" and today > last and not self.absence_told_date:
            return [
                self.env._(
                    "Not reported in by %(day)s: tell the county body, it searches and decides.",
                    day=last,
                )
            ]
        if self.reported_date and self.reported_date > last:
            return [
                self.env._(
                    "Reported in on %(day)s, after the limit of %(last)s.",
                    day=self.reported_date,
                    last=last,
                )
            ]
        return []
