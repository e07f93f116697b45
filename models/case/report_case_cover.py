from odoo import api, models

from ...tools.chinese_forms import SHORT_BLANK_DATE, date_words


class ReportCaseCover(models.AbstractModel):
    """Cover of the file (人民调解卷宗封面), domain 1.6.1."""

    _name = "report.township_governance.report_case_cover"
    _inherit = ["township.report.case.base"]
    _description = "File cover"

    _title = "人民调解卷宗封面"

    @api.model
    def _papers(self, docs):
        return [
            {
                "office": self._office(case),
                "title": self._title_of(case),
                "year": self._year(case),
                "number": case.file_number or "",
                "mediators": self._mediators(case),
                "from": date_words(case.date_accepted),
                "to": date_words(case.date_closed),
                "filed_by": "",
                "filed_on": date_words(None, SHORT_BLANK_DATE),
                "retention": "",
                "remarks": "",
            }
            for case in docs
        ]

    @api.model
    def _title_of(self, case):
        """:return: ``str``, 卷名: 甲与乙××纠纷; more people of a side as 等"""
        sides = []
        for role in ("applicant", "respondent"):
            names = case.party_ids.filtered(lambda party, role=role: party.role == role)
            if names:
                sides.append(names[0].name + ("等" if len(names) > 1 else ""))
        return "与".join(sides) + (case.type_id._main_type().name or "") or case.name or ""

    @api.model
    def _year(self, case):
        day = self._paper_date(case)
        return str(day.year) if day else ""

    @api.model
    def _mediators(self, case):
        """:return: ``str``, the lead mediator first"""
        mediators = (case.mediator_id | case.mediator_ids).sudo()
        return "、".join(mediators.mapped("name"))
