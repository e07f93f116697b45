from odoo import api, models


class ReportDeliveryReceipt(models.AbstractModel):
    """The receipt of a paper of a case names its matter (案由)."""

    _inherit = "report.township_governance.report_delivery_receipt"

    @api.model
    def _matter(self, delivery):
        # Whoever reads the delivery may read its case: township.case.related.mixin.
        case = delivery.case_id
        return case.type_id._main_type().name or super()._matter(delivery)
