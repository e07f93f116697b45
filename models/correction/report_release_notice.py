from odoo import api, models

from ...tools.chinese_forms import date_words
from .correction_release_delivery import NOTICE


class ReportReleaseNotice(models.AbstractModel):
    """Notice of release (解除社区矫正通知书) to the deciding body, the procuratorate and the
    police."""

    _name = "report.township_governance.report_release_notice"
    _inherit = ["township.report.release.base"]
    _description = "Notice of release"

    _title = NOTICE

    @api.model
    def _number(self, doc):
        numbers = doc.delivery_ids.filtered(lambda delivery: delivery.paper == NOTICE)
        return next(filter(None, numbers.mapped("paper_number")), "")

    @api.model
    def _addressee(self, doc):
        known = {delivery.release_to: delivery.recipient for delivery in doc.delivery_ids}
        recipients = doc.delivery_ids._release_recipients(doc.subject_id)
        return "、".join(
            known.get(key, name) for key, (_paper, name) in recipients.items() if key != "person"
        )

    @api.model
    def _lines(self, doc):
        subject = doc.subject_id
        return [
            f"社区矫正对象{self._who(subject)}。{self._sentence(subject)}。",
            (
                f"现{self._cause(doc)}，依据《中华人民共和国社区矫正法》第四十四条的规定，"
                f"于{date_words(doc.deadline_date)}解除社区矫正。"
            ),
            "特此通知。",
        ]

    @api.model
    def _date(self, doc):
        return doc.certificate_date
