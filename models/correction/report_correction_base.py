from odoo import api, models

from ...tools.chinese_forms import SHORT_BLANK_DATE, date_words, paragraphs

GENDERS = {"male": "男", "female": "女"}
# Words of the forms, whatever language the screen has.
CATEGORY_WORDS = {
    "control": "管制",
    "probation": "宣告缓刑",
    "parole": "假释",
    "medical": "暂予监外执行",
}
# Signs in a line of a cell of full width, and lines that stay in one cell.
LINE, CELL_LINES = 29, 16
SEALS = ("盖章", "（盖章）", "（印章）")


class TownshipReportCorrectionBase(models.AbstractModel):
    """What the forms of community corrections share (domain 3.5): title, number, rows of cells,
    long texts, opinions and signatures. Never issued with a public code.

    A form names ``_title`` and ``_doc_model`` and gives :meth:`_rows`, :meth:`_texts` and
    :meth:`_opinions`; the layout is the template ``correction_form``. A form of a row of a
    subject need say nothing more: the subject is found by its ``subject_id``.
    """

    _name = "township.report.correction.base"
    _inherit = ["township.report.base"]
    _description = "Form of community corrections"

    _doc_model = "township.correction.subject"
    _full_fields = ("id_number_full", "phone_full")
    # Least height of a cell of text, in millimetres.
    _text_height = 20

    @api.model
    def _papers(self, docs):
        return [self._paper(doc) for doc in docs]

    @api.model
    def _paper(self, doc):
        """:return: ``dict`` for the template ``correction_form``"""
        rows, texts = self._rows(doc), self._texts(doc)
        long_rows = [row for row in rows if len(row) == 1 and self._is_long([row[0][1]])]
        texts = [*((label, [value]) for [(label, value)] in long_rows), *texts]
        return {
            "title": self._heading(doc),
            "number": self._number(doc) or "",
            "office": self._office(doc),
            "rows": [row for row in rows if row not in long_rows],
            "texts": [
                {"label": label, "lines": lines, "long": self._is_long(lines)}
                for label, lines in texts
            ],
            "height": self._text_height,
            "opinions": [
                {**opinion, "long": self._is_long(opinion["lines"])}
                for opinion in self._opinions(doc)
            ],
            "closing": self._closing(doc),
        }

    @api.model
    def _is_long(self, lines):
        """:return: ``bool``: a text that would be torn at the end of a page in a cell"""
        return sum(1 + len(line) // LINE for line in lines) > CELL_LINES

    @api.model
    def _subject(self, doc):
        """:return: the subject a paper is about"""
        return doc if doc._name == "township.correction.subject" else doc.subject_id

    @api.model
    def _heading(self, doc):
        return self._title

    @api.model
    def _number(self, doc):
        return self._subject(doc).number

    @api.model
    def _office(self, doc):
        """:return: ``str``, the office that fills the form in"""
        return doc.company_id.name

    @api.model
    def _rows(self, doc):
        """:return: ``list`` of rows, each a ``list`` of (label, value); one or two in a row"""
        return self._person_rows(self._subject(doc))

    @api.model
    def _texts(self, doc):
        """:return: ``list`` of (label, ``list`` of paragraphs) for cells of full width"""
        return []

    @api.model
    def _opinions(self, doc):
        """:return: ``list`` of ``dict`` label, lines, sign (words before the line to sign),
        date: boxes in which a body writes, signs and seals"""
        return []

    @api.model
    def _closing(self, doc):
        """:return: ``list`` of lines under the table"""
        return []

    # ------------------------------------------------------------------
    # Parts
    # ------------------------------------------------------------------

    @api.model
    def _person_rows(self, subject):
        """The particulars of 3.6 that each form begins with; numbers in full for those who may
        see them in full."""
        return [
            [("姓名", subject.name), ("性别", GENDERS.get(subject.gender, ""))],
            [("出生日期", self._day(subject.birth_date)), ("身份证号码", self._id_number(subject))],
            [("居住地", subject.address or ""), ("联系方式", self._phone(subject))],
            [
                ("矫正类别", CATEGORY_WORDS.get(subject.category, "")),
                ("罪名", subject.offence or ""),
            ],
            [
                ("矫正期限", self._term(subject)),
                ("社区矫正决定机关", subject.deciding_body or ""),
            ],
        ]

    @api.model
    def _id_number(self, subject):
        full = subject._may_reveal()
        return (subject.sudo().id_number_full if full else subject.id_number) or ""

    @api.model
    def _phone(self, subject):
        full = subject._may_reveal()
        return (subject.sudo().phone_full if full else subject.phone) or ""

    @api.model
    def _term(self, subject):
        if not subject.term_start and not subject.term_end:
            return ""
        return f"自{self._day(subject.term_start)}起\n至{self._day(subject.term_end)}止"

    @api.model
    def _day(self, day):
        return date_words(day, SHORT_BLANK_DATE)

    @api.model
    def _opinion(self, label, text="", sign="签名", day=None):
        """:return: ``dict`` for :meth:`_opinions`; without a day the date is left blank"""
        return {
            "label": label,
            "lines": paragraphs(text),
            "sign": sign,
            "seal": sign in SEALS,
            # room to write by hand where a body gives its opinion
            "height": 30 if "意见" in label or "审批" in label else 20,
            "date": date_words(day),
        }
