from odoo import api, models

from .report_correction_base import CATEGORY_WORDS, GENDERS

PROMISES = (
    "一、遵守法律、行政法规，履行判决、裁定、暂予监外执行决定等法律文书确定的义务。",
    "二、遵守关于报告、会客、外出、迁居、保外就医等监督管理规定，服从社区矫正机构的管理。",
    "三、按照要求参加教育学习和公益活动。",
    "四、住所、工作、联系方式有变动的，及时报告。",
    "五、已知悉依法享有的权利和违反规定的法律后果。",
)


class ReportCorrectionPledge(models.AbstractModel):
    """Pledge (接受社区矫正保证书) signed at reporting in; for a minor by the guardian too."""

    _name = "report.township_governance.report_correction_pledge"
    _inherit = ["township.report.correction.base"]
    _description = "Pledge of the person"

    _title = "接受社区矫正保证书"
    _full_fields = ()

    @api.model
    def _rows(self, doc):
        return [
            [("姓名", doc.name), ("性别", GENDERS.get(doc.gender, ""))],
            [("矫正类别", CATEGORY_WORDS.get(doc.category, "")), ("矫正期限", self._term(doc))],
        ]

    @api.model
    def _texts(self, doc):
        return [("保证事项", ["本人保证在社区矫正期间：", *PROMISES]), ("其他", ["　"] * 3)]

    @api.model
    def _opinions(self, doc):
        signers = [self._opinion("保证人", sign="社区矫正对象签名")]
        if doc.is_minor:
            signers.append(self._opinion("监护人", sign="监护人签名"))
        return [*signers, self._opinion("接收人", sign="签名")]
