from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.workflow import Transition
from .correction_release import RULE_CODE

SUPERVISED = ("received", "in_correction")
# One transaction of the scheduled action.
BATCH = 500


class TownshipCorrectionSubject(models.Model):
    """The end of the term: prepared in time, never passed over in silence, never prolonged."""

    _inherit = "township.correction.subject"

    _transitions = (
        Transition(name="release", guard="_guard_release_papers", after="_after_release_papers"),
        Transition(name="terminate", after="_after_other_end"),
        Transition(name="relocate", after="_after_other_end"),
    )

    release_ids = fields.One2many("township.correction.release", "subject_id", copy=False)
    term_over = fields.Boolean(
        string="Term has ended",
        compute="_compute_term_over",
        search="_search_term_over",
        help="The end has passed without a paper of the county body to the contrary.",
    )

    _term_idx = models.Index("(term_end) WHERE state IN ('received', 'in_correction')")

    @api.depends("state", "term_end", "release_ids.deadline_date", "release_ids.obstacle_held")
    def _compute_term_over(self):
        today = self.env["township.calendar.day"]._today()
        for subject in self:
            subject.term_over = subject.state in SUPERVISED and not subject._is_bound_on(today)

    @api.model
    def _search_term_over(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env["township.calendar.day"]._today()
        # few have passed: the ones held by a paper are sorted out one by one
        passed = self.sudo().search([("state", "in", SUPERVISED), ("term_end", "<", today)])
        over = Domain("id", "in", passed.filtered("term_over").ids)
        return over if True in value else ~over

    def _bound_until(self):
        """The last day on which duties and restrictions of this one person may fall: whatever
        makes them (check-ins, leaves, prohibitions, positioning) asks here.

        :return: ``date``: the end of the term or of a pardon; ``False`` while there is none, or
            while the county body's paper holds the person
        """
        release = self.release_ids[:1]
        return not release.obstacle_held and (release.deadline_date or self.term_end)

    def _is_bound_on(self, day):
        """:param date day: any day
        :return: ``bool``: whether it is not after :meth:`_bound_until`"""
        end = self._bound_until()
        return not end or day <= end

    # ------------------------------------------------------------------
    # Release
    # ------------------------------------------------------------------

    def _guard_release_papers(self):
        if not self.release_ids:
            return [self.env._("the preparation of the release")]
        return self.release_ids._missing_for_release()

    def _end_day(self):
        """Of a release the end of the term, or the county's paper: whoever clicks later."""
        if self.state == "released" and self.release_ids:
            return self.release_ids._release_day()
        return super()._end_day()

    def _after_release_papers(self):
        self.release_ids._finish()

    def _after_other_end(self):
        self.release_ids._give_up()

    def action_open_release(self):
        """:return: action that opens the release of this one person, begun if need be"""
        self.ensure_one()
        release = self.release_ids or self.env["township.correction.release"].create(
            {"subject_id": self.id}
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": release._name,
            "res_id": release.id,
            "views": [(False, "form")],
        }

    # ------------------------------------------------------------------
    # Preparation
    # ------------------------------------------------------------------

    @api.model
    def _cron_prepare_release(self):
        """Begin the preparation for all whose term ends within the days of the rule, and for those
        whose end has passed; a second run does nothing."""
        Release = self.env["township.correction.release"].sudo()
        for domain in self._ending_domains():
            while subjects := self.sudo().search(domain, limit=BATCH, order="term_end, id"):
                Release.create([{"subject_id": subject.id} for subject in subjects])
                if not self.env["ir.cron"]._commit_progress(len(subjects)):
                    return

    @api.model
    def _ending_domains(self):
        """:return: ``list`` of domains of the subjects to prepare, one per rule: of a township
        with its own, and of all others"""
        rules = self.env["township.deadline.rule"].sudo().search([("code", "=", RULE_CODE)])
        today = self.env["township.calendar.day"]._today()
        return [
            [
                ("state", "in", SUPERVISED),
                ("term_end", "<=", today + rule._length()),
                ("release_ids", "=", False),
                ("company_id", "=", rule.company_id.id)
                if rule.company_id
                else ("company_id", "not in", rules.company_id.ids),
            ]
            for rule in rules
        ]
