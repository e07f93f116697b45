from odoo import api, models

from ...tools.chinese_forms import date_words


class ReportReleaseAnnouncement(models.AbstractModel):
    """Release announcement (解除社区矫正宣告书), read out; of a minor not in public."""

    _name = "report.township_governance.report_release_announcement"
    _inherit = ["township.report.release.base"]
    _description = "Release announcement"

    _title = "解除社区矫正宣告书"

    @api.model
    def _lines(self, doc):
        subject = doc.subject_id
        end = date_words(doc.deadline_date)
        lines = [
            f"社区矫正对象{subject.name}，{self._sentence(subject)}。",
            (
                f"现{self._cause(doc)}，依据《中华人民共和国社区矫正法》第四十四条的规定，"
                f"自{end}起解除社区矫正，现予宣告。"
            ),
            (
                "解除社区矫正后，在就业、就学和享受社会保障等方面依法享有与其他公民平等的权利；"
                "有安置帮教需求的，可以向司法所提出，安置帮教以自愿为原则。"
            ),
        ]
        if subject.is_minor:
            lines.append("本宣告不公开进行，监护人到场。")
        return lines

    @api.model
    def _date(self, doc):
        return doc.announced_date

    @api.model
    def _closing(self, doc):
        lines = ["被宣告人（签名）：　　　　　　　　　　宣告人（签名）："]
        if doc.is_minor:
            lines.append(f"到场监护人（签名）：　　　　　　　　　{doc.guardian_present or ''}")
        return lines
