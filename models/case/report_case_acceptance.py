from odoo import api, models

from ...tools.chinese_forms import date_words
from .report_case_base import SOURCE_WORDS

APPLIED = ("apply_oral", "apply_written")
# The committee went to the parties: nobody applied, nobody handed it over.
OWN_MOTION = ("active", "screening", "grid")


class ReportCaseAcceptance(models.AbstractModel):
    """Acceptance form (人民调解受理登记表), domain 1.6.1; filled in by the committee."""

    _name = "report.township_governance.report_case_acceptance"
    _inherit = ["township.report.case.base"]
    _description = "Acceptance form"

    _title = "人民调解受理登记表"

    @api.model
    def _papers(self, docs):
        return [
            {
                "office": self._office(case),
                "number": self._number(case),
                "date": date_words(case.date_accepted),
                "applicants": self._names(case, "applicant"),
                "respondents": self._names(case, "respondent"),
                "type": self._type(case),
                "way": self._way(case),
                "source": self._other_source(case),
                "summary": self._summary(case),
                "parties": [
                    {"role": party["role"], "name": party["name"]}
                    for party in self._parties(case, "applicant", "respondent")
                ],
            }
            for case in docs
        ]

    @api.model
    def _way(self, case):
        """:return: ``int``: 1 on application, 2 on the committee's own motion, 3 handed over
        (MED-54); 0 not known"""
        if not case.source:
            return 0
        if case.source in APPLIED:
            return 1
        return 2 if case.source in OWN_MOTION else 3

    @api.model
    def _other_source(self, case):
        """:return: ``str``, who handed the case over"""
        return SOURCE_WORDS[case.source] if self._way(case) == 3 else ""
