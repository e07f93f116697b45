from odoo import api, models

from ...tools.chinese_forms import amount_words, paragraphs

KIND_WORDS = {
    "collective": "集体教育",
    "individual": "个别教育",
    "psychological": "心理辅导",
    "benefit": "公益活动",
    "vocational": "职业技能培训",
}
OUTCOME_WORDS = {"present": "参加", "excused": "请假", "absent": "未参加"}


class TownshipReportCorrectionAttendanceBase(models.AbstractModel):
    """What the records of activities in the file of one person share (domain 3.5, daily)."""

    _name = "township.report.correction.attendance.base"
    _inherit = ["township.report.correction.base"]
    _description = "Record of an activity"

    _doc_model = "township.correction.attendance"
    _content = "内容"

    @api.model
    def _rows(self, doc):
        activity = doc.activity_id
        return [
            *self._person_rows(doc.subject_id),
            [("活动种类", KIND_WORDS[activity.kind]), ("日期", self._day(activity.date))],
            [("地点", activity.place or ""), ("时长（小时）", amount_words(doc.hours))],
            [("主题", activity.name), ("组织人", activity.user_id.name or "")],
            [("参加情况", OUTCOME_WORDS[doc.outcome]), ("备注", doc.note or "")],
        ]

    @api.model
    def _texts(self, doc):
        return [(self._content, paragraphs(doc.activity_id.content))]

    @api.model
    def _opinions(self, doc):
        return [
            self._opinion("社区矫正对象", sign="签名"),
            self._opinion("工作人员", sign="签名", day=doc.activity_id.date),
        ]
