from typing import Any, NamedTuple

from odoo import api, models
from odoo.tools import format_date

from ...tools.periods import length
from .correction_measure import IMPOSED
from .correction_measure_workflow import UNDECIDED


class Suggestion(NamedTuple):
    """What the law would let the county body decide on the recorded facts.

    ``kind``: record of ``township.correction.measure.kind``; ``facts``: ``list`` of ``str``;
    ``article``: ``str``, the basis.
    """

    kind: Any
    facts: list
    article: str


class TownshipCorrectionSuggestion(models.AbstractModel):
    """Suggestions of the ladder (domain 3.4): information with facts and article. They come from
    records that people made (a finding of the county body, a proven breach, a measure imposed)
    and from nothing else; nothing is stored, nothing is counted up about a person."""

    _name = "township.correction.suggestion"
    _description = "Suggestions of the ladder"

    @api.model
    def _of(self, subject):
        """:param subject: one ``township.correction.subject``
        :return: ``list`` of ``Suggestion``, empty when the subject is not in correction"""
        if subject.state != "in_correction":
            return []
        facts_of = {
            "out": self._facts_out,
            "breach": self._facts_breach,
            "repeated": self._facts_repeated,
            "good": self._facts_good,
        }
        found = []
        for rung in self.env["township.correction.measure.rung"]._of(subject.company_id):
            if rung.kind_id._is_for(subject.category):
                found += [
                    Suggestion(rung.kind_id, facts, rung.article or rung.kind_id.article or "")
                    for facts in facts_of[rung.fact](subject, rung)
                ]
        return found

    # ------------------------------------------------------------------
    # Facts; each returns a list of lists of words: one per suggestion
    # ------------------------------------------------------------------

    @api.model
    def _facts_out(self, subject, rung):
        return [
            [self._finding_words(finding)]
            for finding in self._open_findings(subject)
            if rung._holds(finding.out_from, finding._out_until())
        ]

    @api.model
    def _facts_breach(self, subject, rung):
        return [[self._breach_words(breach)] for breach in self._open_breaches(subject, rung)]

    @api.model
    def _facts_repeated(self, subject, rung):
        """Earlier measures, and a further fact after the last of them that no measure stands on."""
        earlier = self._imposed(subject, rung.earlier_kind_id)
        if len(earlier) < rung.times:
            return []
        last = max(earlier.mapped("decision_date"))
        further = [
            *(
                self._breach_words(breach)
                for breach in self._open_breaches(subject, rung)
                if breach.date > last
            ),
            *(
                self._finding_words(finding)
                for finding in self._open_findings(subject)
                if finding.out_from > last
            ),
        ]
        return [[*map(self._measure_words, earlier), *further]] if further else []

    @api.model
    def _facts_good(self, subject, rung):
        """Long enough in correction, with nothing on record; praised no shorter ago."""
        today = self.env["township.calendar.day"]._today()
        adverse = subject.measure_ids.filtered(
            lambda measure: measure.state in IMPOSED and not measure.is_favour
        )
        on_record = subject.breach_ids or subject.search_ids.filtered("is_finding") or adverse
        under_way = subject.measure_ids.filtered(
            lambda measure: measure.kind_id == rung.kind_id and measure.state in UNDECIDED
        )
        if on_record or under_way or not subject.reported_date:
            return []
        praised = self._imposed(subject, rung.kind_id).mapped("decision_date")
        since = max([subject.reported_date, *praised])
        if today < since + length(rung.over_number, rung.over_unit):
            return []
        return [[self.env._("no breach on record since %(date)s", date=self._date(since))]]

    # ------------------------------------------------------------------
    # Records
    # ------------------------------------------------------------------

    @api.model
    def _grounds(self, subject):
        """:return: measures whose facts are used up: not dropped, not refused"""
        return subject.measure_ids.filtered(
            lambda measure: measure.state not in ("dropped", "refused")
        )

    @api.model
    def _open_findings(self, subject):
        used = self._grounds(subject).search_id
        return subject.search_ids.filtered("is_finding") - used

    @api.model
    def _open_breaches(self, subject, rung):
        used = self._grounds(subject).breach_ids
        return (subject.breach_ids - used).filtered(
            lambda breach: (
                breach._is_proven() and (not rung.breach_kind or rung.breach_kind == breach.kind)
            )
        )

    @api.model
    def _imposed(self, subject, kind):
        return subject.measure_ids.filtered(
            lambda measure: (
                measure.state in IMPOSED
                and measure.kind_id.code == kind.code
                and measure.decision_date
            )
        )

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    @api.model
    def _date(self, day):
        return format_date(self.env, day)

    @api.model
    def _finding_words(self, finding):
        return self.env._(
            "county finding %(number)s: out of supervision from %(date)s, %(days)s days",
            number=finding.decision_number,
            date=self._date(finding.out_from),
            days=finding.out_days,
        )

    @api.model
    def _breach_words(self, breach):
        return self.env._("recorded breach: %(breach)s", breach=breach.display_name)

    @api.model
    def _measure_words(self, measure):
        return self.env._(
            "%(kind)s %(number)s of %(date)s",
            kind=measure.kind_id.name,
            number=measure.decision_number,
            date=self._date(measure.decision_date),
        )
