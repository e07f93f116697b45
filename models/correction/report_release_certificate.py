from odoo import api, models

from ...tools.chinese_forms import date_words


class ReportReleaseCertificate(models.AbstractModel):
    """Release certificate (解除社区矫正证明书), ready for the county body's seal."""

    _name = "report.township_governance.report_release_certificate"
    _inherit = ["township.report.release.base"]
    _description = "Release certificate"

    _title = "解除社区矫正证明书"

    @api.model
    def _number(self, doc):
        return doc.certificate_number

    @api.model
    def _lines(self, doc):
        subject = doc.subject_id
        return [
            f"社区矫正对象{self._who(subject)}。{self._sentence(subject)}。",
            (
                f"现{self._cause(doc)}，依据《中华人民共和国社区矫正法》第四十四条的规定，"
                f"于{date_words(doc.deadline_date)}解除社区矫正。"
            ),
            "特此证明。",
        ]

    @api.model
    def _date(self, doc):
        return doc.certificate_date
