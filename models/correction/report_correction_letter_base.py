from odoo import api, models

from ...tools.chinese_forms import date_words

BLANK_NUMBER = "　　　　〔　　　　〕　　号"


class TownshipReportCorrectionLetterBase(models.AbstractModel):
    """What the letters of community corrections share: heading, number, title, addressee, text,
    signature. Drafts for another body leave number and date blank until its paper is recorded."""

    _name = "township.report.correction.letter.base"
    _inherit = ["township.report.correction.base"]
    _description = "Letter of community corrections"

    @api.model
    def _paper(self, doc):
        """:return: ``dict`` for the template ``correction_letter``"""
        office = self._office(doc)
        return {
            "agency": office,
            "office": office,
            "number": self._number(doc) or BLANK_NUMBER,
            "title": self._heading(doc),
            "addressee": self._addressee(doc) or "",
            "date": date_words(self._date(doc)),
            "lines": self._lines(doc),
        }

    @api.model
    def _county(self, doc):
        """:return: ``str``: the county body as printed"""
        return doc.company_id.sudo().township_correction_body or "县级社区矫正机构"

    @api.model
    def _number(self, doc):
        return ""

    @api.model
    def _date(self, doc):
        """:return: ``date`` of the letter, nothing where it is filled in by hand"""
        return False

    @api.model
    def _addressee(self, doc):
        return ""

    @api.model
    def _lines(self, doc):
        """:return: ``list`` of paragraphs"""
        return []

    @api.model
    def _person_line(self, subject):
        """:return: ``str``: who the letter is about, in one sentence"""
        rows = dict(cell for row in self._person_rows(subject) for cell in row)
        parts = [
            rows["姓名"],
            rows["性别"],
            f"{rows['出生日期']}出生",
            f"身份证号码{rows['身份证号码']}" if rows["身份证号码"] else "",
            f"居住地{rows['居住地']}" if rows["居住地"] else "",
            f"因{rows['罪名']}被{rows['社区矫正决定机关']}决定{rows['矫正类别']}",
            f"矫正期限自{rows['矫正期限']}止",
        ]
        return "，".join(part for part in parts if part) + "。"
