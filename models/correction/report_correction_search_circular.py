from odoo import api, models

from ...tools.chinese_forms import date_words


class ReportCorrectionSearchCircular(models.AbstractModel):
    """Circular on a finding (脱管通报) to the procuratorate, the police and the deciding body, a
    draft for the county body; only once its finding is recorded."""

    _name = "report.township_governance.report_correction_search_circular"
    _inherit = ["township.report.correction.letter"]
    _description = "Circular on a finding"

    _doc_model = "township.correction.search"
    _title = "社区矫正对象脱管通报"
    _red_heading = True

    @api.model
    def _office(self, doc):
        return self._county(doc)

    @api.model
    def _addressee(self, doc):
        body = doc.subject_id.deciding_body
        return "、".join(filter(None, ("人民检察院", doc.police_body or "公安机关", body)))

    @api.model
    def _lines(self, doc):
        back = (
            f"{date_words(doc.returned_date)}恢复监管。"
            if doc.returned_date
            else "至今尚未查找到。"
        )
        return [
            self._about(doc.subject_id),
            (
                f"该社区矫正对象于{date_words(doc.noticed_date)}失去联系，经组织查找并排除住院就医、"
                f"被羁押、经批准外出等情形，{doc.decision_body or ''}以{doc.decision_number or ''}"
                f"认定其自{date_words(doc.out_from)}起脱离监管，{back}"
            ),
            "现予通报。以上个人信息仅用于依法履行职责，请依法保密。",
        ]
