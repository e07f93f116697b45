from odoo import api, models

from .report_correction_base import GENDERS

SOURCES = {"prison": "刑满释放", "correction": "解除社区矫正"}
HAND_OVERS = {
    "fetched": "接回",
    "family": "家属接回",
    "own": "本人前来",
    "corrections": "社区矫正衔接",
}
SETTLED = {
    "job": "就业",
    "business": "自主创业",
    "land": "落实承包田",
    "allowance": "低保",
    "base": "过渡性安置基地",
    "school": "就学",
}
WISHES = {"yes": "愿意接受安置帮教", "no": "不接受安置帮教", "undecided": "暂未决定"}


class TownshipReportAftercareBase(models.AbstractModel):
    """What the forms of aftercare share."""

    _name = "township.report.aftercare.base"
    _inherit = ["township.report.correction.base"]
    _description = "Form of aftercare"

    _doc_model = "township.aftercare"

    @api.model
    def _subject(self, doc):
        return doc if doc._name == "township.aftercare" else doc.aftercare_id

    @api.model
    def _person_rows(self, subject):
        return [
            [("姓名", subject.name), ("性别", GENDERS.get(subject.gender, ""))],
            [
                ("出生日期", self._day(subject.birth_date)),
                ("身份证号码", self._id_number(subject)),
            ],
            [("户籍地", subject.registered_address or ""), ("居住地", subject.address or "")],
            [("联系方式", self._phone(subject)), ("帮教意愿", WISHES.get(subject.wish, ""))],
        ]

    @api.model
    def _kind(self, need):
        """:return: ``str``, the kind of need in Chinese where that language is installed"""
        lang = dict(self.env["res.lang"].get_installed())
        kind = need.kind_id
        return kind.with_context(lang="zh_CN").name if "zh_CN" in lang else kind.name
