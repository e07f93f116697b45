from odoo import api, models


class ReportDeliveryReceipt(models.AbstractModel):
    """The receipt of a paper of corrections names its file by the number, not the person."""

    _inherit = "report.township_governance.report_delivery_receipt"

    @api.model
    def _matter(self, delivery):
        # Whoever reads the delivery may read its subject: township.row.mixin.
        subject = delivery.subject_id
        return f"社区矫正　{subject.number or ''}" if subject else super()._matter(delivery)
