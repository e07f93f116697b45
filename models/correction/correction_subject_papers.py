from odoo import api, fields, models

PAPERS_CODE = "correction_papers"
REPORT_CODE = "correction_report_in"
HAND_OVER_CODE = "correction_hand_over"
FAST_CODE = "correction_assessment_fast"
ORDINARY_CODE = "correction_assessment"
# The one state in which an event's clocks begin: its date may be filled in earlier, and what has
# been done by then is not waited for again.
BEGINS_IN = {"entrusted": "assessing", "effective": "expected", "reported": "received"}


class TownshipCorrectionSubject(models.Model):
    """Papers of a subject: what the deciding body must deliver and has not yet (COR-08)."""

    _inherit = "township.correction.subject"

    paper_ids = fields.One2many(
        "township.correction.paper", "subject_id", string="Legal papers", copy=False
    )
    missing_papers = fields.Char(
        compute="_compute_missing_papers", help="Needed for the category and not received yet."
    )

    @api.depends("category", "company_id", "state", "paper_ids.kind_id")
    def _compute_missing_papers(self):
        for subject, kinds in self._missing_kinds().items():
            subject.missing_papers = "、".join(kinds.mapped("name")) or False

    def _missing_kinds(self):
        """:return: ``dict`` subject -> kinds of paper it needs and has not"""
        kinds = (
            self.env["township.correction.paper.kind"]
            .sudo()
            .search([("company_id", "in", [False, *self.company_id.ids])])
        )
        return {subject: kinds._needed(subject) - subject.paper_ids.kind_id for subject in self}

    def _stop_paper_clock(self):
        """The clock of the deciding body's papers ends with the last one that was missing."""
        for subject, missing in self.sudo()._missing_kinds().items():
            if missing or not subject.paper_ids:
                continue
            clocks = subject.clock_ids.filtered(
                lambda clock: clock.deadline_rule_id.code == PAPERS_CODE
            )
            clocks._deadline_stop(max(subject.paper_ids.mapped("date_received")))

    # ------------------------------------------------------------------
    # Which clocks
    # ------------------------------------------------------------------

    def _clock_rules(self, rules, event):
        """Who serves outside prison is handed over and does not report in (art. 21); a fast-track
        case is assessed in the shorter time."""
        found = super()._clock_rules(rules, event)
        if self.state != BEGINS_IN.get(event, self.state):
            # papers may still be waited for
            return found.filtered(
                lambda rule: (
                    rule.code == PAPERS_CODE and self.state in ("received", "in_correction")
                )
            )
        others = {
            REPORT_CODE if self.category == "medical" else HAND_OVER_CODE,
            ORDINARY_CODE if self._assessment_kind() == "fast" else FAST_CODE,
        }
        return found.filtered(lambda rule: rule.code not in others)

    def action_print_missing_papers(self):
        """:return: action that prints the letter asking for the missing papers"""
        report = self.env.ref("township_governance.action_report_correction_papers")
        return report._township_print(self)
