from odoo import api, models

from ...tools.chinese_forms import date_words
from .report_correction_base import CATEGORY_WORDS, GENDERS


class TownshipReportCorrectionLetter(models.AbstractModel):
    """Papers of community corrections in running text: certificate, notice, announcement, letter.
    The county body issues most of them: the office prints them ready for its seal, so the number
    stays blank until it is on record."""

    _name = "township.report.correction.letter"
    _inherit = ["township.report.correction.base"]
    _description = "Letter of community corrections"

    _doc_model = "township.correction.release"

    @api.model
    def _paper(self, doc):
        """:return: ``dict`` for the template ``correction_letter``"""
        return {
            "title": self._heading(doc),
            "number": self._number(doc) or "",
            "addressee": self._addressee(doc),
            "lines": self._lines(doc),
            "office": self._office(doc),
            "date": date_words(self._date(doc)),
            "closing": self._closing(doc),
        }

    @api.model
    def _office(self, doc):
        return doc.company_id.sudo().township_correction_body or "（县级社区矫正机构）"

    @api.model
    def _addressee(self, doc):
        """:return: ``str``, empty where the paper is addressed to nobody"""
        return ""

    @api.model
    def _lines(self, doc):
        """:return: ``list`` of paragraphs"""
        return []

    @api.model
    def _date(self, doc):
        """:return: ``date`` under the text, or ``False`` to fill by hand"""
        return False

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
        return (
            f"因犯{subject.offence or '　　　　'}，经{subject.deciding_body or '　　　　'}"
            f"于{date_words(subject.judgment_date)}{paper}决定{self._category(subject)}，"
            f"社区矫正期限自{date_words(subject.term_start)}起至{date_words(subject.term_end)}止"
        )

    @api.model
    def _category(self, subject):
        return CATEGORY_WORDS.get(subject.category, "　　　　")

    @api.model
    def _cause(self, release):
        return "被赦免" if release.ground == "amnesty" else "社区矫正期满"
