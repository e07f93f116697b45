from odoo import api, models


class ReportCorrectionSearchPolice(models.AbstractModel):
    """Letter that asks the police to help to find a person (协助查找函)."""

    _name = "report.township_governance.report_correction_search_police"
    _inherit = ["township.report.correction.letter"]
    _description = "Letter to the police"

    _doc_model = "township.correction.search"
    _title = "关于协助查找社区矫正对象的函"
    _red_heading = True

    @api.model
    def _number(self, doc):
        return doc.police_number

    @api.model
    def _date(self, doc):
        return doc.police_date

    @api.model
    def _addressee(self, doc):
        return doc.police_body

    @api.model
    def _lines(self, doc):
        return [
            self._about(doc.subject_id),
            (
                f"该社区矫正对象于{self._day(doc.noticed_date)}失去联系，我单位随即组织查找，"
                "尚未找到。"
            ),
            (
                "根据《中华人民共和国社区矫正法》第三十条的规定，请贵单位协助查找，并将查找情况函告"
                "我单位。该社区矫正对象的个人信息仅用于本次查找，请依法保密。"
            ),
        ]
