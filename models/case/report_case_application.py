import re

from odoo import api, models

from ...tools.chinese_forms import date_words, paragraphs


class ReportCaseApplication(models.AbstractModel):
    """Application (人民调解申请书), domain 1.6.1; signed by the applicants.

    The form asks for 联系方式, so the phone is printed in full; no ID number. An applicant
    signs by hand, and the date is theirs: both stay empty.
    """

    _name = "report.township_governance.report_case_application"
    _inherit = ["township.report.case.base"]
    _description = "Application"

    _title = "人民调解申请书"
    _full_fields = ("phone_full",)

    @api.model
    def _papers(self, docs):
        docs.party_ids.sudo().fetch(["phone_full"])
        return [
            {
                "office": self._office(case),
                "number": self._number(case),
                "applicants": self._parties(case, "applicant"),
                "respondents": self._parties(case, "respondent"),
                "agents": self._parties(case, "agent", "third"),
                "summary": self._summary(case),
                "claims": self._claims(case),
                "date": date_words(None),
            }
            for case in docs
        ]

    @api.model
    def _claims(self, case):
        """:return: ``list`` of ``str``, numbered by the form: what people typed in front goes"""
        lines = paragraphs(case.claim)
        return [re.sub(r"^[（(]?\d{1,2}[)）.．、]\s*(?=\D)", "", line) for line in lines]
