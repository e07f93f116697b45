from odoo import api, models

from ...tools.chinese_forms import date_words


class ReportAftercareAgreement(models.AbstractModel):
    """Agreement on aftercare (帮教协议), voluntary on the person's side."""

    _name = "report.township_governance.report_aftercare_agreement"
    _inherit = ["township.report.correction.letter"]
    _description = "Agreement on aftercare"

    _doc_model = "township.aftercare"
    _title = "安置帮教协议书"

    @api.model
    def _subject(self, doc):
        return doc

    @api.model
    def _office(self, doc):
        return doc.company_id.name

    @api.model
    def _lines(self, doc):
        helpers = "、".join(doc.helper_ids.filtered(lambda one: not one.date_to).mapped("name"))
        start, end = date_words(doc.release_date), date_words(doc.deadline_date)
        return [
            f"甲方：{self._office(doc)}　　乙方：{doc.name}",
            (
                f"一、乙方自愿接受安置帮教，期限自{start}起至{end}止。乙方可以随时提出终止，"
                "不因此受到任何不利对待。"
            ),
            (
                f"二、帮教责任人：{helpers or '　　　　　　'}，按乙方方便的时间联系走访，"
                "帮助解决就业、就学、住房、社会保障等方面的困难。"
            ),
            "三、甲方对乙方的个人信息和经历保密，仅用于安置帮教。",
            (
                "四、乙方在就业、就学和享受社会保障等方面依法享有与其他公民平等的权利，"
                "有困难可以随时向甲方提出。"
            ),
            "五、本协议一式两份，双方各执一份，自双方签名之日起生效。",
        ]

    @api.model
    def _date(self, doc):
        return doc.wish_date

    @api.model
    def _closing(self, doc):
        lines = ["乙方（签名）：　　　　　　　　　　　　　　年　　月　　日"]
        if doc.is_minor:
            lines.append("监护人（签名）：　　　　　　　　　　　　　年　　月　　日")
        return lines
