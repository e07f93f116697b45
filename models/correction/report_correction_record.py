from odoo import api, models

from ...tools.chinese_forms import amount_words, date_words

OUTCOMES = {
    "complied": "已履行",
    "acceptable_absence": "有正当理由未履行",
    "not_complied": "未履行",
}
REPORTS = ("in_person", "phone", "written", "communication")
VISITS = ("visit",)
HEALTH = ("health_report", "medical_recheck")


class ReportCorrectionRecord(models.AbstractModel):
    """Sheet of the quarter (社区矫正对象考核表): facts on record, how many of each; no points, no
    rating. What they mean is for people to write."""

    _name = "report.township_governance.report_correction_record"
    _inherit = ["township.report.correction.base"]
    _description = "Facts of the quarter"

    _title = "社区矫正对象考核表"

    @api.model
    def _rows(self, doc):
        first, today = self._quarter()
        return [
            *super()._rows(doc),
            [
                ("考核期间", f"{date_words(first)}至{date_words(today)}"),
                ("分类管理类别", doc.level_id.name or ""),
            ],
        ]

    @api.model
    def _quarter(self):
        """:return: (first day of the quarter, today)"""
        today = self.env["township.calendar.day"]._today()
        return today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1), today

    @api.model
    def _texts(self, doc):
        checkins = self._checkins(doc)
        kinds = {"报告情况": REPORTS, "实地查访": VISITS}
        if doc.category == "medical":
            kinds["身体情况报告和病情复查"] = HEALTH
        return [
            *((words, self._counts(checkins, kind)) for words, kind in kinds.items()),
            ("教育学习和公益活动", self._activities(doc)),
            ("外出和销假", self._leaves(doc)),
            ("表扬、训诫、警告等决定", self._measures(doc)),
        ]

    @api.model
    def _checkins(self, doc):
        """:return: ``dict`` (kind, outcome) -> how many of the quarter"""
        first, today = self._quarter()
        rows = self.env["township.correction.checkin"]._read_group(
            [
                ("subject_id", "=", doc.id),
                ("planned_date", ">=", first),
                ("planned_date", "<=", today),
            ],
            ["kind", "outcome"],
            ["__count"],
        )
        return {(kind, outcome): count for kind, outcome, count in rows}

    @api.model
    def _counts(self, checkins, kinds):
        counts = {
            words: sum(checkins.get((kind, outcome), 0) for kind in kinds)
            for outcome, words in OUTCOMES.items()
        }
        return ["，".join(f"{words}{count}次" for words, count in counts.items()) + "。"]

    @api.model
    def _activities(self, doc):
        first, today = self._quarter()
        rows = self.env["township.correction.attendance"].search(
            [
                ("subject_id", "=", doc.id),
                ("activity_id.state", "=", "held"),
                ("activity_id.date", ">=", first),
                ("activity_id.date", "<=", today),
            ]
        )
        lines = []
        for words, part in (
            ("教育学习", rows.filtered(lambda row: row.kind != "benefit")),
            ("公益活动", rows.filtered(lambda row: row.kind == "benefit")),
        ):
            present = part.filtered(lambda row: row.outcome == "present")
            hours = amount_words(sum(present.mapped("hours"))) or "0"
            excused = len(part.filtered(lambda row: row.outcome == "excused"))
            absent = len(part) - len(present) - excused
            lines.append(
                f"{words}：参加{len(present)}次（{hours}小时），请假{excused}次，未参加{absent}次。"
            )
        return lines

    @api.model
    def _leaves(self, doc):
        first, today = self._quarter()
        leaves = doc.leave_ids.filtered(
            lambda leave: leave.given_date and leave.date_to >= first and leave.date_from <= today
        )
        return [
            f"{date_words(leave.date_from)}至{date_words(leave.date_to)}外出"
            + ("，已销假。" if leave.state == "returned" else "。")
            for leave in leaves
        ]

    @api.model
    def _measures(self, doc):
        first, today = self._quarter()
        measures = doc.measure_ids.filtered(
            lambda measure: measure.decision_date and first <= measure.decision_date <= today
        )
        return [
            f"{date_words(measure.decision_date)}，{measure.kind_id.paper_title}"
            f"（{measure.decision_number or ''}）。"
            for measure in measures
        ]

    @api.model
    def _opinions(self, doc):
        return [self._opinion("司法所意见和需要说明的情况", sign="负责人签名（盖章）")]
