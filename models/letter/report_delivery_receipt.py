from odoo import api, models


class ReportDeliveryReceipt(models.AbstractModel):
    """The receipt of a notice to a unit names its matter (案由)."""

    _inherit = "report.township_governance.report_delivery_receipt"

    @api.model
    def _matter(self, delivery):
        return "责任督导" if delivery.accountability_id else super()._matter(delivery)
