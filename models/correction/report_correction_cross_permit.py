from odoo import api, models

from ...tools.chinese_forms import paragraphs


class ReportCorrectionCrossPermit(models.AbstractModel):
    """Approval form of regular cross-county activity (经常性跨市、县活动审批表)."""

    _name = "report.township_governance.report_correction_cross_permit"
    _inherit = ["township.report.correction.base"]
    _description = "Approval form of regular cross-county activity"

    _doc_model = "township.correction.cross.permit"
    _title = "社区矫正对象经常性跨市、县活动审批表"

    @api.model
    def _number(self, permit):
        return permit.decision_number

    @api.model
    def _rows(self, permit):
        return [
            *super()._rows(permit),
            [("活动地区", permit.places or "")],
            [
                ("申请日期", self._day(permit.application_date)),
                ("有效期至", self._day(permit.valid_to)),
            ],
        ]

    @api.model
    def _texts(self, permit):
        return [("申请事由", paragraphs(permit.reason))]

    @api.model
    def _opinions(self, permit):
        granted = "同意。" if permit.valid_to else permit.refusal_reason
        return [
            self._opinion("司法所意见", permit.opinion),
            self._opinion("县级社区矫正机构审批意见", granted, "签章", permit.decision_date),
        ]
