from odoo import api, fields, models

from ...tools.penal_term import Length, end_after_custody, end_of_term, total_months
from .correction_subject import OPEN_STATES
from .correction_term_rule import PENALTIES

TERM_CODE = "correction_term_end"
# States in which the term runs: from here its end is a clock.
TERM_STATES = ("received", "in_correction")


class TownshipCorrectionSubject(models.Model):
    """The term of a subject: counted by the Criminal Law beside the notice, which governs; its
    end is a clock that never rolls and moves by a recorded change alone."""

    _inherit = "township.correction.subject"

    penalty = fields.Selection(
        PENALTIES, string="Original penalty", help="Of joined sentences: the joined one."
    )
    sentence_years = fields.Integer(string="Sentence: years", aggregator=None)
    sentence_months = fields.Integer(string="Sentence: months", aggregator=None)
    sentence_days = fields.Integer(string="Sentence: days", aggregator=None)
    sentence_start = fields.Date(
        string="Sentence from",
        help="Of parole and temporary service outside prison: first day of the sentence.",
    )
    period_years = fields.Integer(string="Probation period: years", aggregator=None)
    period_months = fields.Integer(string="Probation period: months", aggregator=None)
    custody_days = fields.Integer(
        string="Days in custody before",
        aggregator=None,
        help="As the judgment counts them, when the first day of the sentence does not already.",
    )
    execution_date = fields.Date(
        string="Executed, or on parole, since",
        help="Empty: the day the decision took effect.",
    )
    sentence_ids = fields.One2many(
        "township.correction.sentence", "subject_id", string="Single sentences", copy=False
    )
    term_change_ids = fields.One2many(
        "township.correction.term.change", "subject_id", string="Changes by a court", copy=False
    )
    term_start_counted = fields.Date(string="Term from, as counted", compute="_compute_term")
    term_end_counted = fields.Date(string="Term to, as counted", compute="_compute_term")

    _lengths_positive = models.Constraint(
        "CHECK (sentence_years >= 0 AND sentence_months >= 0 AND sentence_days >= 0"
        " AND period_years >= 0 AND period_months >= 0 AND custody_days >= 0)",
        "A length cannot be negative.",
    )

    # ------------------------------------------------------------------
    # Counted by the rules
    # ------------------------------------------------------------------

    def _sentence(self):
        return Length(self.sentence_years, self.sentence_months, self.sentence_days)

    def _period(self):
        return Length(self.period_years, self.period_months)

    def _term_rules(self):
        """:return: ``dict`` subject -> the rule by which its term is counted, maybe empty"""
        rules = (
            self.env["township.correction.term.rule"]
            .sudo()
            .search([("company_id", "in", [False, *self.company_id.ids])])
        )
        return {
            subject: rules._rule_for(subject.category, subject.penalty, subject.company_id)
            for subject in self
        }

    @api.depends(
        *("category", "penalty", "company_id", "effective_date", "execution_date"),
        *("sentence_years", "sentence_months", "sentence_days", "sentence_start"),
        *("period_years", "period_months", "custody_days"),
        *("term_change_ids.recorded_date", "term_change_ids.term_end_after"),
    )
    def _compute_term(self):
        for subject, rule in self._term_rules().items():
            start = subject.execution_date or subject.effective_date
            end = start and rule and subject._counted_end(rule, start)
            for change in subject.term_change_ids.filtered("recorded_date") if end else ():
                end = change._moved(end)
            subject.term_start_counted = start if end else False
            subject.term_end_counted = end

    def _counted_end(self, rule, start):
        """:param rule: ``township.correction.term.rule``
        :param date start: first day in correction
        :return: ``date``, last day before any change by a court; ``False`` when something to
            count with is not known"""
        if rule.fixed_years:
            return end_of_term(start, Length(years=rule.fixed_years))
        length = self._period() if rule.counted == "period" else self._sentence()
        if rule.counted == "rest":
            start = self.sentence_start
        if not start or not any(length):
            return False
        return end_after_custody(end_of_term(start, length), self.custody_days, rule.custody_ratio)

    def _term_notices(self):
        """:return: ``list`` of ``str`` for people: where the rules and the notice differ"""
        self.ensure_one()
        rule = self._term_rules()[self]
        notices = []
        notice, counted = (
            (self.term_start, self.term_end),
            (self.term_start_counted, self.term_end_counted),
        )
        if all(notice) and all(counted) and notice != counted:
            notices.append(
                self.env._(
                    "The notice says the term runs from %(start)s to %(end)s; counted by the "
                    "rules it runs from %(counted_start)s to %(counted_end)s. The notice governs: "
                    "ask the county body about the difference.",
                    start=notice[0],
                    end=notice[1],
                    counted_start=counted[0],
                    counted_end=counted[1],
                )
            )
        return notices + self._length_notices(rule) + self._joined_notices()

    def _length_notices(self, rule):
        if not rule or rule.counted == "rest":
            return []
        length = self._period() if rule.counted == "period" else self._sentence()
        most = (len(self.sentence_ids) > 1 and rule.max_joined_months) or rule.max_months
        days = self.env._("The length does not fit the rule (%(basis)s)", basis=rule.basis or "")
        if not any(length):
            return []
        too_short = length.in_months < rule.min_months
        too_long = most and (length.in_months, length.days) > (most, 0)
        start = self.execution_date or self.effective_date
        below = (
            rule.not_below_sentence
            and start
            and end_of_term(start, length) < end_of_term(start, self._sentence())
        )
        return [days] if too_short or too_long or below else []

    def _joined_notices(self):
        """Joined sentences stay between the longest of them and their sum (Criminal Law art. 69);
        different kinds of penalty are not compared."""
        rows = self.sentence_ids
        joined = self._sentence()
        if len(rows) < 2 or not any(joined) or len(set(rows.mapped("penalty"))) > 1:
            return []
        lengths = [row._length() for row in rows]
        day = self.effective_date or self.date_received
        longest = max(end_of_term(day, length) for length in lengths)
        if longest <= end_of_term(day, joined) <= end_of_term(day, total_months(lengths)):
            return []
        return [self.env._("The joined sentence is not between its longest part and their sum.")]

    # ------------------------------------------------------------------
    # The end as a clock
    # ------------------------------------------------------------------

    def _term_clock(self):
        """:return: the clocks “End of term” of these subjects, at most one each"""
        return self.sudo().clock_ids.filtered(
            lambda clock: clock.deadline_rule_id.code == TERM_CODE
        )

    def _start_term_clock(self):
        """Start the clock of those whose term runs and who have none yet."""
        running = self.sudo().filtered(
            lambda subject: (
                subject.state in TERM_STATES and subject.term_end and not subject._term_clock()
            )
        )
        for company, subjects in running.grouped("company_id").items():
            rule = self.env["township.deadline.rule"]._own_first(
                [("code", "=", TERM_CODE)], company
            )
            for end, ending in subjects.grouped("term_end").items() if rule else ():
                ending._start_given_clock(end, rule.name, rule)

    def _move_term_clock(self):
        for subject in self.sudo().filtered("term_end"):
            clock = subject._term_clock()
            if clock and clock.deadline_date != subject.term_end:
                clock._deadline_extend(subject.term_end)

    def _end_moved(self):
        """The last day in correction is another one: what hangs on it follows."""
        self._move_term_clock()

    def write(self, vals):
        result = super().write(vals)
        if "term_end" in vals:
            self._end_moved()
        return result

    def _imported(self, history):
        result = super()._imported(history)
        self.filtered(lambda subject: subject.state in OPEN_STATES)._start_term_clock()
        return result

    def _outdated_clocks(self, rows):
        """The end of the term is given: no rule counts it anew."""
        gone, new = super()._outdated_clocks(rows)
        return gone - self._term_clock(), new
