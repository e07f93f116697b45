from odoo import api, models

from ...tools.chinese_forms import paragraphs


class ReportCorrectionMeasurePaper(models.AbstractModel):
    """Decision of the county body (表扬、训诫、警告决定书) or its proposal to another body
    (建议书), as a draft for it: number and date stay blank until its paper is recorded."""

    _name = "report.township_governance.report_correction_measure_paper"
    _inherit = ["township.report.correction.letter"]
    _description = "Decision or proposal of the county body"

    _doc_model = "township.correction.measure"
    _title = "考核奖惩决定书"
    _red_heading = True

    @api.model
    def _heading(self, doc):
        return doc.kind_id.paper_title or self._title

    @api.model
    def _office(self, doc):
        return self._county(doc)

    @api.model
    def _of_county(self, doc):
        return doc.decided_by == "county"

    @api.model
    def _number(self, doc):
        return doc.decision_number if self._of_county(doc) else doc.county_number

    @api.model
    def _date(self, doc):
        return doc.decision_date if self._of_county(doc) else doc.county_date

    @api.model
    def _addressee(self, doc):
        return doc.subject_id.name if self._of_county(doc) else doc.addressee

    @api.model
    def _lines(self, doc):
        heard = "，并已听取本人意见" if doc.is_heard else ""
        lawyer = "和律师意见" if doc.is_heard and doc.lawyer else ""
        words = doc.kind_id.paper_words or ""
        lines = [
            self._about(doc.subject_id),
            *paragraphs(f"经查：{doc.facts or ''}"),
            f"以上事实有证据证明{heard}{lawyer}。依据{doc.article or ''}的规定，{words}。",
        ]
        if self._of_county(doc) and not doc.is_favour:
            lines.append(
                "如有异议，可以向本机构提出；认为合法权益受到侵害的，可以依法向人民检察院"
                "申诉、控告。"
            )
        lines.append(
            "本决定书送达本人，抄送人民检察院。"
            if self._of_county(doc)
            else "证据材料附后。本建议书抄送人民检察院。"
        )
        return lines
