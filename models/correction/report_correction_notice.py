from odoo import api, models

from ...tools.chinese_forms import BLANK_DATE

RIGHTS = [
    "您有权查阅、复制您的个人信息；发现不准确或者不完整的，有权请求更正、补充。",
    "您有权要求对个人信息处理规则作出解释；认为处理违法的，有权请求删除，也可以向人民检察院反映。",
    "请求可以口头或者书面向本所提出；不予同意的，本所书面说明理由。",
]
KEPT = [
    "解除或者终止矫正后，工作档案移交县级社区矫正机构。",
    "移交并收到回执后，本所留存的信息作匿名化处理。",
]
WAYS = [
    "身份证件号码、联系方式平时以掩码显示；查看完整信息须写明事由并留痕。",
    "仅社区矫正工作人员可以查看；未成年人的信息另行保密。",
    "依法封存的不得向任何单位和个人提供，但司法机关为办案需要或者有关单位依法查询的除外。",
    "不采集位置信息，不作自动化评价。",
]


class ReportCorrectionNotice(models.AbstractModel):
    """Privacy notice (个人信息处理告知书, PIP-03): what is kept of the person, why, on which
    basis, how long, and what the person may ask."""

    _name = "report.township_governance.report_correction_notice"
    _inherit = ["township.report.correction.base"]
    _description = "Privacy notice"
    _title = "个人信息处理告知书"
    _text_height = 12

    @api.model
    def _rows(self, doc):
        processor = doc.company_id.township_correction_body or ""
        return [
            [("姓名", doc.name), ("矫正编号", doc.number or "")],
            [("个人信息处理者", processor), ("受委托处理", doc.company_id.name)],
        ]

    @api.model
    def _texts(self, doc):
        Privacy = self.env["township.privacy"]
        purposes, bases = Privacy._notice_texts(self._room_models())
        return [
            ("处理目的", purposes),
            ("法律依据", bases),
            ("信息种类", self._kinds(doc.company_id)),
            ("处理方式", WAYS),
            ("保存期限", KEPT),
            ("您的权利", RIGHTS),
        ]

    @api.model
    def _room_models(self):
        names = ("township.correction.subject", "township.correction.row.mixin")
        room = self.env.registry.descendants(names, "_inherit")
        return [
            model
            for model in self.env["township.privacy"]._personal_models()
            if model._name in room
        ]

    @api.model
    def _kinds(self, company):
        """:return: ``list`` of lines: the kinds of data as agreed with the county"""
        agreement = self.env["township.correction.opening.paper"]._current(company)
        agreement = agreement.get("agreement")
        return (agreement.data_kinds or "").splitlines() if agreement else []

    @api.model
    def _closing(self, doc):
        guardian = "监护人（签名）：　　　　　　" if doc.is_minor else ""
        return [
            "以上内容已知悉。",
            f"被告知人（签名）：　　　　　　{guardian}告知人（签名）：　　　　　　{BLANK_DATE}",
        ]
