from odoo import api, models

DUTIES = (
    "一、遵守法律、行政法规，履行判决、裁定、暂予监外执行决定等法律文书确定的义务。",
    "二、遵守关于报告、会客、外出、迁居、保外就医等监督管理规定，服从社区矫正机构的管理。",
    "三、离开所居住的市、县或者迁居，应当事先报经社区矫正机构批准。",
    "四、被宣告禁止令的，遵守禁止令。",
    "五、参加教育学习和公益活动，接受教育帮扶。",
)
RIGHTS = (
    "一、人身权利、财产权利和其他权利不受侵犯，在就业、就学和享受社会保障等方面不受歧视。",
    "二、有正当理由的外出、迁居申请，应当得到批准；不予批准的，有权知道书面理由。",
    "三、对考核奖惩等决定有异议的，可以向社区矫正机构提出，也可以向人民检察院申诉、控告、检举。",
    "四、个人信息和隐私受保护，可以查阅、复制和要求更正关于本人的信息。",
    "五、期满即依法解除社区矫正，并领取解除社区矫正证明书。",
)


class ReportCorrectionTold(models.AbstractModel):
    """What the person is told at reporting in: rights and duties, and how to complain (告知书)."""

    _name = "report.township_governance.report_correction_told"
    _inherit = ["township.report.correction.base"]
    _description = "Sheet of rights and duties"

    _title = "社区矫正告知书"

    @api.model
    def _rows(self, doc):
        name, _born, _home, category, term = self._person_rows(doc)
        return [name, category, term]

    @api.model
    def _texts(self, doc):
        return [("应当遵守的规定", list(DUTIES)), ("依法享有的权利", list(RIGHTS))]

    @api.model
    def _opinions(self, doc):
        signers = [self._opinion("以上内容已向我告知", sign="社区矫正对象签名")]
        if doc.is_minor:
            signers.append(self._opinion("监护人", sign="监护人签名"))
        return [*signers, self._opinion("告知人", sign="签名")]
