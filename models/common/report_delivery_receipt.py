from odoo import api, models

from ...tools.chinese_forms import SHORT_BLANK_DATE, date_words, paragraphs

MANNER_WORDS = {
    "direct": "直接送达",
    "leaving": "留置送达",
    "post": "邮寄送达",
    "entrusted": "委托送达",
    "electronic": "电子送达（经受送达人同意）",
    "notice": "公告送达",
}


class ReportDeliveryReceipt(models.AbstractModel):
    """Service receipt (送达回证), one form for all rooms."""

    _name = "report.township_governance.report_delivery_receipt"
    _inherit = ["township.report.base"]
    _description = "Service receipt"

    _doc_model = "township.delivery"
    _title = "送达回证"

    @api.model
    def _papers(self, docs):
        return [
            {
                "office": delivery.company_id.name,
                "matter": self._matter(delivery),
                "paper": delivery.paper,
                "number": delivery.paper_number or "",
                "copies": delivery.copies,
                "recipient": delivery.recipient,
                "place": delivery.place or "",
                "manner": MANNER_WORDS[delivery.manner] if delivery.date_served else "",
                "date": date_words(delivery.date_served, SHORT_BLANK_DATE),
                "receiver": delivery.receiver or "",
                "relation": delivery.receiver_relation or "",
                "refusal": paragraphs(delivery.refusal_reason),
                "witness": delivery.witness or "",
                "remarks": paragraphs(delivery.remarks),
            }
            for delivery in docs
        ]

    @api.model
    def _matter(self, delivery):
        """:return: ``str``, name of the matter (案由); rooms fill it"""
        return ""
