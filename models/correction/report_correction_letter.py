from odoo import api, models

from ...tools.chinese_forms import date_words
from .report_correction_base import CATEGORY_WORDS, GENDERS

BLANK = "　　　　"
BLANK_NUMBER = "　　　　〔　　　　〕　　号"


class TownshipReportCorrectionLetter(models.AbstractModel):
    """Papers of community corrections in running text: certificate, notice, announcement,
    decision, letter; with ``_red_heading`` after GB/T 9704. What another body issues the office
    prints ready for its seal, so number and day stay blank until its paper is on record."""

    _name = "township.report.correction.letter"
    _inherit = ["township.report.correction.base"]
    _description = "Letter of community corrections"

    _red_heading = False
    _full_fields = ("id_number_full",)

    @api.model
    def _paper(self, doc):
        """:return: ``dict`` for the template ``correction_letter``"""
        office = self._office(doc)
        *lines, last = self._lines(doc)
        return {
            "agency": office if self._red_heading else "",
            "spacing": "close",
            "title": self._heading(doc),
            "number": self._number(doc) or BLANK_NUMBER,
            "addressee": self._addressee(doc) or "",
            "lines": lines,
            "last": last,
            "office": office,
            "date": date_words(self._date(doc)),
            "closing": self._closing(doc),
        }

    @api.model
    def _county(self, doc):
        """:return: ``str``: the county body as printed"""
        return doc.company_id.sudo().township_correction_body or "（县级社区矫正机构）"

    @api.model
    def _number(self, doc):
        return ""

    @api.model
    def _addressee(self, doc):
        """:return: ``str``, empty where the paper is addressed to nobody"""
        return ""

    @api.model
    def _lines(self, doc):
        """:return: ``list`` of paragraphs, at least one"""
        raise NotImplementedError

    @api.model
    def _date(self, doc):
        """:return: ``date`` under the text, or ``False`` to fill by hand"""
        return False

    # ------------------------------------------------------------------
    # Parts
    # ------------------------------------------------------------------

    @api.model
    def _about(self, subject):
        """:return: ``str``: who it is about and by which decision, in two sentences"""
        return f"社区矫正对象{self._who(subject)}。{self._sentence(subject)}。"

    @api.model
    def _who(self, subject):
        """:return: ``str`` of the person's particulars inside a sentence"""
        parts = [subject.name, GENDERS.get(subject.gender)]
        if subject.birth_date:
            parts.append(f"{date_words(subject.birth_date)}出生")
        number = self._id_number(subject)
        if number:
            parts.append(f"身份证号码{number}")
        if subject.address:
            parts.append(f"居住地{subject.address}")
        return "，".join(filter(None, parts))

    @api.model
    def _sentence(self, subject):
        """:return: ``str``: by which decision the person came into corrections, and for how long"""
        paper = f"以{subject.judgment_number}" if subject.judgment_number else ""
        day = f"于{date_words(subject.judgment_date)}" if subject.judgment_date or paper else ""
        return (
            f"因犯{subject.offence or BLANK}，经{subject.deciding_body or BLANK}"
            f"{day}{paper}决定{self._category(subject)}，"
            f"社区矫正期限自{date_words(subject.term_start)}起至{date_words(subject.term_end)}止"
        )

    @api.model
    def _category(self, subject):
        return CATEGORY_WORDS.get(subject.category, BLANK)
