from odoo import api, models

from ...tools.chinese_forms import paragraphs

KIND_WORDS = {
    "in_person": "当面报告",
    "phone": "电话报告",
    "written": "书面报告",
    "visit": "实地查访",
    "communication": "通信联络核查",
    "health_report": "身体情况报告",
    "medical_recheck": "病情复查",
}
OUTCOME_WORDS = {
    "not_recorded": "",
    "complied": "已履行",
    "acceptable_absence": "有正当理由未履行",
    "not_complied": "未履行",
}


class TownshipReportCorrectionCheckinBase(models.AbstractModel):
    """What the records of check-ins share (domain 3.5, daily): who, when, in which way, what was
    said; the next one. Both sides sign by hand."""

    _name = "township.report.correction.checkin.base"
    _inherit = ["township.report.correction.base"]
    _description = "Record of a check-in"

    _doc_model = "township.correction.checkin"
    _content = "内容"
    _outcomes = OUTCOME_WORDS

    @api.model
    def _rows(self, doc):
        return [
            *self._person_rows(doc.subject_id),
            [("约定日期", self._day(doc.planned_date)), ("方式", KIND_WORDS[doc.kind])],
            [("结果", self._outcome(doc)), ("记录人", doc.recorded_by_id.name or "")],
            [("地点", doc.place or ""), ("下次日期", self._day(doc.next_date))],
        ]

    @api.model
    def _outcome(self, doc):
        words = self._outcomes[doc.outcome]
        return f"{words}（{doc.absence_reason}）" if doc.absence_reason else words

    @api.model
    def _texts(self, doc):
        return [(self._content, paragraphs(doc.note))]

    @api.model
    def _opinions(self, doc):
        return [
            self._opinion("社区矫正对象", sign="签名"),
            self._opinion("工作人员", sign="签名"),
        ]
