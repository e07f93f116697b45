import cn2an

from odoo import api, models

from ...tools import printing
from ...tools.chinese_forms import BLANK_DATE, date_words, paragraphs, township_name
from ...tools.letter_words import LEVEL_WORDS, PERIOD_WORDS, WORDS, ZERO_WORDS
from ...tools.scoring_words import number_words, rule_words
from ...tools.sheets import Column, table_sheets
from .letter_original import REPORT

NUMERALS = "一二三四五六七八九十"
SCORED_COLUMNS = (
    Column("序号", 10, True),
    Column("考核指标", 25),
    Column("分值", 12, True),
    Column("目标值", 14, True),
    Column("计分办法", 54),
    Column("佐证材料", 23),
    Column("考核单位", 18),
)
PLAIN_COLUMNS = (
    Column("序号", 10, True),
    Column("事项", 32),
    Column("工作要求", 72),
    Column("佐证材料", 24),
    Column("牵头单位", 18),
)
# Paper of the body, GB/T 9704-2012: 三号 in lines of 29 pt; title 二号.
FONT, LINE, TITLE_FONT, TITLE_LINE = 16, 29, 22, 31


class ReportLetter(models.AbstractModel):
    """Responsibility letter, agreement, list of matters to assist with or pledge, as signed by
    both sides (domain 5.2)."""

    _name = "report.township_governance.report_letter"
    _inherit = ["township.report.base"]
    _description = "Responsibility letter"

    _doc_model = "township.letter"
    _title = "目标管理责任书"
    _issued = True

    @api.model
    def _issue_vals(self, doc):
        if doc.state == "draft" or not doc.number:
            return None
        return {
            "kind": WORDS[doc.kind].name,
            "number": doc.number,
            "date": doc.date_issued,
            "office": doc.party_a,
        }

    @api.model
    def _stored_pdf(self, doc):
        return doc._original_pdf()

    @api.model
    def _papers(self, docs):
        return [self._paper(letter) for letter in docs]

    @api.model
    def _paper(self, letter):
        words = WORDS[letter.kind]
        paper = {
            "preview": letter.state == "draft",
            "title": self._heading(letter),
            "number": letter.number or "",
            "notes": self._notes(letter),
            "rows": self._rows(letter, words),
            "preamble": paragraphs(letter.preamble),
            "sides": self._sides(letter, words),
        }
        sections = self._sections(letter, words)
        for numeral, section in zip(NUMERALS, sections, strict=False):
            section["heading"] = f"{numeral}、{section['heading']}"
        self._fill_pages(paper, sections)
        # On one page with the signatures, which so never stand without any text.
        return {**paper, "sections": sections[:-1], "last": sections[-1]}

    # ------------------------------------------------------------------
    # Heading
    # ------------------------------------------------------------------

    @api.model
    def _heading(self, letter):
        """:return: ``str`` such as ``槐荫镇2026年度平安建设目标管理责任书``; in two lines where
        it is too long for one, so that no word is broken"""
        start = f"{township_name(letter.company_id.sudo().name)}{letter.year}年度"
        title = f"{start}{letter.title}"
        long = len(printing.wrap(title, self._room()[1], TITLE_FONT)) > 1
        return f"{start}\n{letter.title}" if long else title

    @api.model
    def _notes(self, letter):
        """:return: ``list`` of ``str``: which version this is and why"""
        if letter.version < 2:
            return []
        old = letter.previous_id.sudo().number or ""
        return [f"（第{letter.version}版，替代{old}，更正原因：{letter.correction_reason or ''}）"]

    @api.model
    def _rows(self, letter, words):
        """:return: ``list`` of (label, value): parties, persons, basis, term"""
        unit = letter._printed_unit(letter.unit_id)
        parties = [(words.party_a, letter.party_a), (words.party_b, unit)]
        if letter.kind == "pledge":
            parties.reverse()
        term = f"{date_words(letter.date_from)}至{date_words(letter.date_to)}"
        rows = [
            *parties,
            (words.first, self._signer(letter)),
            (words.direct, letter.direct_person),
            (words.basis, self._basis(letter.basis_id)),
            (words.term, term),
        ]
        return [row for row in rows if row[1]]

    @api.model
    def _signer(self, letter):
        name, post = letter._printed_signer(), letter.signer_post
        return f"{name}（{post}）" if name and post else name or post or ""

    @api.model
    def _basis(self, basis):
        """:return: ``str``: title, number, level, entry of the list of duties"""
        basis = basis.sudo()
        if not basis:
            return ""
        details = [basis.number, LEVEL_WORDS[basis.level], basis.entry]
        return f"《{basis.name.strip('《》')}》（{'，'.join(filter(None, details))}）"

    # ------------------------------------------------------------------
    # Sections: those that exist, in order, numbered by the caller
    # ------------------------------------------------------------------

    @api.model
    def _sections(self, letter, words):
        sections = [
            {"heading": words.goals, "paragraphs": paragraphs(letter.goals)},
            {"heading": words.tasks, "paragraphs": paragraphs(letter.tasks)},
            self._items_section(letter, words),
            {"heading": words.method, "paragraphs": paragraphs(letter.method)},
            {"heading": words.measures, "paragraphs": paragraphs(letter.measures)},
            {"heading": "份数", "paragraphs": [self._copies(letter, words)]},
        ]
        parts = ("paragraphs", "items", "vetoes")
        return [one for one in sections if any(one.get(part) for part in parts)]

    @api.model
    def _copies(self, letter, words):
        count = max(letter.copies, 1)
        number = "两" if count == 2 else cn2an.an2cn(count)
        if letter.kind == "pledge":
            holders = f"{words.party_b}、{words.party_a}各执一份"
        elif words.party_a == "甲方":
            holders = "甲乙双方各执一份"
        else:
            holders = f"{words.party_a}、{words.party_b}各执一份"
        if count == 1:
            holders = f"由{words.party_a}存档"
        elif count > 2:
            holders += f"，其余由{words.party_a}存档"
        return f"{words.own_name}一式{number}份，{holders}。"

    @api.model
    def _items_section(self, letter, words):
        lines = letter.line_ids.sudo()
        vetoes = lines.filtered(lambda line: line.kind == "veto")
        items = lines - vetoes
        cells = self._scored_cells if letter.scored else self._plain_cells
        return {
            "heading": words.items,
            "paragraphs": [],
            "columns": SCORED_COLUMNS if letter.scored else PLAIN_COLUMNS,
            "items": [cells(number, line) for number, line in enumerate(items, 1)],
            "total": self._total(letter) if letter.scored and items else None,
            "remark": self._remark(letter) if letter.scored and items else "",
            "vetoes": self._vetoes(vetoes),
        }

    @api.model
    def _scored_cells(self, number, line):
        rate = line.rule in ("full_or_zero", "proportional")
        return [
            str(number),
            line.name,
            number_words(line.weight),
            f"{number_words(line.target)}%" if rate else "—",
            self._scoring(line),
            line.evidence or "",
            line.letter_id._printed_unit(line.checking_unit_id),
        ]

    @api.model
    def _scoring(self, line):
        """A standard that tells the points stands alone; else the rule is added."""
        standard = "\n".join(paragraphs(line.standard))
        if "分" in standard:
            return standard
        return "\n".join(filter(None, [standard, rule_words(line._item())]))

    @api.model
    def _plain_cells(self, number, line):
        return [
            str(number),
            line.name,
            "\n".join(paragraphs(line.standard)),
            line.evidence or "",
            line.letter_id._printed_unit(line.checking_unit_id),
        ]

    @api.model
    def _total(self, letter):
        return ["", "合计", number_words(letter._weight_sum()), "", "", "", ""]

    @api.model
    def _remark(self, letter):
        parts = [f"考核周期为{PERIOD_WORDS[letter.period]}", ZERO_WORDS[letter.zero_rule]]
        if letter.bonus_cap:
            parts.append(f"加分合计不超过{number_words(letter.bonus_cap)}分")
        return f"注：{'；'.join(parts)}。"

    @api.model
    def _vetoes(self, lines):
        """:return: ``list`` of ``str``: each veto with its standard and its basis"""
        texts = []
        for number, line in enumerate(lines, 1):
            parts = [f"{line.name}。", *paragraphs(line.standard)]
            if line.veto_basis_id:
                parts.append(f"依据：{self._basis(line.veto_basis_id)}。")
            texts.append(f"{number}．{''.join(parts)}" if len(lines) > 1 else "".join(parts))
        return texts

    # ------------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------------

    @api.model
    def _fill_pages(self, paper, sections):
        """Put the items into sheets that fit on pages, after where the text before them ends."""
        room, width = self._room()
        used = self._head_height(paper, width) % room
        for section in sections:
            if section.get("items"):
                section["new_page"], section["sheets"] = table_sheets(
                    section["columns"], section["items"], room - used - LINE, room
                )
                return
            # A heading stays with its first paragraph.
            texts = section["paragraphs"]
            for kept in [[section["heading"], *texts[:1]], *([text] for text in texts[1:])]:
                used = self._advance(used, self._text_lines(kept, width), room, len(kept) > 1)

    @api.model
    def _advance(self, used, lines, room, kept):
        """:return: ``float``: what is used of the page after some more lines"""
        if kept and used + lines * LINE > room:
            used = 0
        for _line in range(lines):
            used = LINE if used + LINE > room else used + LINE
        return used

    @api.model
    def _room(self):
        """:return: height and width of the text on a page, in points"""
        page = self.env["ir.actions.report"]._township_page(self.env.ref(REPORT).sudo())
        height = (297 - page.top - page.bottom) * printing.MM
        width = (210 - page.left - page.right) * printing.MM
        return height, width

    @api.model
    def _head_height(self, paper, width):
        title = len(printing.wrap(paper["title"], width, TITLE_FONT)) * TITLE_LINE + 17
        small = (bool(paper["preview"]) + bool(paper["number"]) + len(paper["notes"])) * (LINE + 12)
        rows = sum(
            len(printing.wrap(value, width - 44 * printing.MM, FONT))
            for _name, value in paper["rows"]
        )
        preamble = self._text_lines(paper["preamble"], width) * LINE
        return title + small + rows * 27 + 15 + preamble

    @api.model
    def _text_lines(self, texts, width):
        return sum(len(printing.wrap(f"　　{text}", width, FONT)) for text in texts)

    # ------------------------------------------------------------------
    # Signatures
    # ------------------------------------------------------------------

    @api.model
    def _pens(self, letter):
        """Signatures given in the app.

        :return: ``dict``: party (``party_a…`` or ``party_b…``) -> ``dict`` of ``image`` (data
            URI or empty), ``name``, ``capacity``, ``behalf``, ``time``, ``digest``, ``way``
        """
        return letter._printed_pens()

    @api.model
    def _sides(self, letter, words):
        """:return: ``list`` of two ``dict``, what each side signs or how it has signed; whoever
        pledges stands first"""
        pens = self._pens(letter)
        unit = letter._printed_unit(letter.unit_id)
        sides = [
            self._side(
                words.party_a,
                letter.party_a,
                [pen for party, pen in pens.items() if party.startswith("party_a")],
                self._seal_lines(letter),
                ["负责人"] * max(len(letter.head_ids), 1),
            ),
            self._side(
                words.party_b,
                unit,
                [pen for party, pen in pens.items() if party.startswith("party_b")],
                self._paper_lines(letter),
                ["第一责任人" if letter.kind == "letter" else "负责人"],
            ),
        ]
        return sides[::-1] if letter.kind == "pledge" else sides

    @api.model
    def _side(self, label, name, pens, lines, blanks):
        # Those who have not signed yet do so in ink.
        blanks = [] if lines else blanks[len(pens) :]
        return {
            "label": label,
            "name": name,
            "pens": pens,
            "lines": lines,
            "blanks": blanks,
            "date": BLANK_DATE if blanks else "",
        }

    @api.model
    def _seal_lines(self, letter):
        """:return: ``list`` of ``str``: by what approval party A's seal was set"""
        seal = letter.seal_id.sudo()
        if not seal:
            return []
        return [
            f"用印审批：{seal.approval}，用印人：{seal.sealed_by}，日期：{date_words(seal.date)}"
        ]

    @api.model
    def _paper_lines(self, letter):
        """:return: ``list`` of ``str``: who saw party B sign on paper, when"""
        if letter.signed_way != "paper":
            return []
        day = date_words(letter.paper_date)
        return [f"纸质签订，签字日期{day}，见证人{letter.witness}，原件存档"]
