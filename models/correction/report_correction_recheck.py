from odoo import api, models

from .report_correction_checkin_base import KIND_WORDS

HANDED_IN = {
    "not_recorded": "",
    "complied": "已提交",
    "acceptable_absence": "有正当理由未提交",
    "not_complied": "未提交",
}


class ReportCorrectionRecheck(models.AbstractModel):
    """Record of health reports and re-checks (病情复查记录): that and when a report was handed in,
    never what it says."""

    _name = "report.township_governance.report_correction_recheck"
    _inherit = ["township.report.correction.checkin.base"]
    _description = "Record of a medical re-check"

    _title = "暂予监外执行社区矫正对象病情复查记录"
    _outcomes = HANDED_IN

    @api.model
    def _rows(self, doc):
        scans = len(doc.scan_ids)
        return [
            *self._person_rows(doc.subject_id),
            [("事项", KIND_WORDS[doc.kind]), ("应提交日期", self._day(doc.planned_date))],
            [("提交情况", self._outcome(doc)), ("提交日期", self._day(doc.handed_in_date))],
            [("材料份数", str(scans) if scans else ""), ("下次日期", self._day(doc.next_date))],
        ]

    @api.model
    def _texts(self, doc):
        return []
