from odoo import api, models

from ...tools.chinese_forms import date_words, township_name


class ReportReleaseAftercare(models.AbstractModel):
    """Letter that hands a person over to aftercare (安置帮教衔接函), with the person's wish."""

    _name = "report.township_governance.report_release_aftercare"
    _inherit = ["township.report.release.base"]
    _description = "Letter of hand-over to aftercare"

    _title = "安置帮教衔接函"

    @api.model
    def _office(self, doc):
        return doc.company_id.name

    @api.model
    def _addressee(self, doc):
        return f"{township_name(doc.company_id.name)}安置帮教工作机构"

    @api.model
    def _lines(self, doc):
        subject = doc.subject_id
        wish = {
            "yes": "本人愿意接受安置帮教",
            "no": "本人表示不需要安置帮教，请尊重其意愿",
        }.get(doc.wish, "本人是否接受安置帮教尚未决定，请征求其意愿")
        return [
            (
                f"社区矫正对象{self._who(subject)}，{self._cause(doc)}，"
                f"于{date_words(doc.deadline_date)}解除社区矫正。"
            ),
            f"{wish}。安置帮教以自愿为原则，请做好衔接，依法保护其个人信息和平等权利。",
            "回执请于收到后填写寄回。",
        ]

    @api.model
    def _closing(self, doc):
        return ["回　执：上述人员已衔接。接收人（签名）：　　　　年　　月　　日"]
