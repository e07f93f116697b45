from odoo import api, models

DECIDED = {
    "control": "判处管制",
    "probation": "宣告缓刑",
    "parole": "裁定假释",
    "medical": "决定暂予监外执行",
}


class TownshipReportCorrectionLetterBase(models.AbstractModel):
    """Letter of the county body (红头) that the office drafts: number and day are left to it until
    its paper is on record."""

    _name = "township.report.correction.letter.base"
    _inherit = ["township.report.correction.base"]
    _description = "Letter of the county corrections body"

    @api.model
    def _paper(self, doc):
        """:return: ``dict`` for the template ``correction_letter``"""
        return {
            "agency": self._office(doc),
            "number": self._number(doc) or "",
            "title": self._heading(doc),
            "addressee": self._addressee(doc),
            "lines": self._lines(doc),
            "office": self._office(doc),
            "date": self._day(self._letter_day(doc)),
        }

    @api.model
    def _office(self, doc):
        return doc.company_id.sudo().township_correction_body or ""

    @api.model
    def _number(self, doc):
        return ""

    @api.model
    def _addressee(self, doc):
        """:return: ``str``, to whom it goes"""
        raise NotImplementedError

    @api.model
    def _lines(self, doc):
        """:return: ``list`` of ``str``, the paragraphs"""
        raise NotImplementedError

    @api.model
    def _letter_day(self, doc):
        """:return: ``date`` it bears, or ``False`` while it is a draft"""
        return False

    @api.model
    def _about(self, subject):
        """:return: ``str``, who it is about, in one sentence"""
        id_number = self._id_number(subject)
        return (
            f"社区矫正对象{subject.name}{id_number and f'，身份证号码{id_number}'}，"
            f"因{subject.offence or ''}被{subject.deciding_body or ''}"
            f"{DECIDED.get(subject.category, '')}，矫正期限{self._term(subject)}。"
        )
