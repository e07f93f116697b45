from odoo import api, models

from ...tools.chinese_forms import paragraphs

LAW = "《中华人民共和国社区矫正法》第二十九条"
GROUND_WORDS = {
    "prohibition": "违反人民法院禁止令的",
    "absence": "无正当理由，未经批准离开所居住的市、县的",
    "reporting": "拒不按照规定报告自己的活动情况，被给予警告的",
    "penalty": "违反监督管理规定，被给予治安管理处罚的",
    "revocation": "拟提请撤销缓刑、假释或者暂予监外执行收监执行的",
}
GROUND_ITEMS = dict(zip(GROUND_WORDS, "一二三四五", strict=True))


class ReportCorrectionDevice(models.AbstractModel):
    """Approval form of electronic positioning (使用电子定位装置审批表)."""

    _name = "report.township_governance.report_correction_device"
    _inherit = ["township.report.correction.base"]
    _description = "Approval form of electronic positioning"

    _doc_model = "township.correction.device"
    _title = "使用电子定位装置审批表"

    @api.model
    def _rows(self, doc):
        return [
            *super()._rows(doc),
            [("依据情形", self._ground(doc))],
            [("使用期限", self._period(doc))],
            [("装置", "专用、防拆卸的电子定位装置（电子定位腕带等），不使用手机")],
        ]

    @api.model
    def _period(self, doc):
        return f"{self._day(doc.date_from)}至{self._day(doc.date_until)}（不超过三个月）"

    @api.model
    def _ground(self, device):
        """:return: ``str``: item of the law and its words"""
        item = GROUND_ITEMS.get(device.ground, "")
        return f"{LAW}第一款第（{item}）项：{GROUND_WORDS.get(device.ground, '')}"

    @api.model
    def _texts(self, doc):
        return [("事实", paragraphs(doc.facts))]

    @api.model
    def _opinions(self, doc):
        head = "负责人签名（盖章）"
        return [
            self._opinion("司法所意见", "", head),
            self._opinion("县级社区矫正机构意见", "", head),
            self._opinion("县级司法行政部门负责人审批", "", head),
        ]
