from odoo import api, models

from ...tools.chinese_forms import paragraphs


class ReportCorrectionSearchFinding(models.AbstractModel):
    """Report to the county body, which finds whether a person is out of supervision (脱管)."""

    _name = "report.township_governance.report_correction_search_finding"
    _inherit = ["township.report.correction.letter"]
    _description = "Report to the county body"

    _doc_model = "township.correction.search"
    _title = "社区矫正对象脱管情况报告"
    _red_heading = True

    @api.model
    def _addressee(self, doc):
        return self._county(doc)

    @api.model
    def _lines(self, doc):
        record = self.env["report.township_governance.report_correction_search"]
        return [
            self._about(doc.subject_id),
            (
                f"{self._day(doc.noticed_date)}发现该社区矫正对象失去联系，"
                f"{self._day(doc.police_date)}通知{doc.police_body or '公安机关'}协助查找。"
            ),
            *paragraphs(doc.circumstances),
            *record._tries(doc),
            "；".join(record._excluded(doc)) + "。",
            "以上情况，请审查认定是否脱离监管及起算日期。查找记录附后。",
        ]
