from odoo import api, models

from ...tools.chinese_forms import paragraphs
from .report_correction_base import CATEGORY_WORDS


class ReportCorrectionAnnouncement(models.AbstractModel):
    """Entry announcement (入矫宣告书) with what must be announced (COR-53)."""

    _name = "report.township_governance.report_correction_announcement"
    _inherit = ["township.report.correction.base"]
    _description = "Entry announcement"

    _title = "社区矫正宣告书"

    @api.model
    def _rows(self, doc):
        return [
            *self._person_rows(doc),
            [
                ("宣告日期", self._day(doc.announced_date)),
                ("宣告地点", doc.announcement_place or ""),
            ],
            [
                ("主持人", doc.announcement_presider or ""),
                ("是否公开", "公开" if doc.announcement_public else "不公开"),
            ],
            [("参加人员", "、".join(paragraphs(doc.announcement_attendees)))],
        ]

    @api.model
    def _texts(self, doc):
        decision = (
            f"{doc.deciding_body or '　　　　'}以{doc.judgment_number or '　　　　'}法律文书，"
            f"对{doc.name}所犯{doc.offence or '　　　　'}"
            f"决定{CATEGORY_WORDS.get(doc.category, '')}。"
        )
        term = f"矫正期限自{self._day(doc.term_start)}起至{self._day(doc.term_end)}止。"
        return [
            ("判决（裁定、决定）主要内容和矫正期限", [decision, term]),
            (
                "宣告事项",
                [
                    (
                        "矫正期间应当遵守的规定、被剥夺或者限制行使的权利、被禁止的事项以及违反规定的"
                        "法律后果；依法享有的权利；矫正小组人员组成及职责。"
                    ),
                    *paragraphs(doc.announcement_content),
                ],
            ),
        ]

    @api.model
    def _opinions(self, doc):
        signers = [self._opinion("社区矫正对象", sign="签名", day=doc.announced_date)]
        if doc.is_minor:
            signers.append(self._opinion("监护人", sign="签名", day=doc.announced_date))
        return [*signers, self._opinion("宣告机关", sign="（印章）", day=doc.announced_date)]
