from typing import NamedTuple

from odoo import api, models

from ...tools import printing
from ...tools.chinese_forms import amount_words, date_words, township_name
from ..common.person_mixin import PHONE_SEPARATOR

OPEN_WORDS = {"mediation": "调解中"}
DIFFICULTY_WORDS = {
    "simple": "简易",
    "ordinary": "一般",
    "difficult": "疑难复杂",
    "major": "重大",
}
MEDIATION_OUTCOMES = {"settled": "调解成功", "failed": "调解不成"}
OUTCOMES = {
    "settled": "已化解",
    "failed": "未化解",
    "transferred": "已移交",
    "withdrawn": "已撤回",
    "rejected": "不予受理",
}
# Font, line and cell of the printed table, in points; as in report_form.css (.ledger).
FONT, LINE, PADDING = 7.5, 9.75, 4.2
TITLE_HEIGHT, HEAD_HEIGHT, TOTAL_HEIGHT = 52, 29, 16
# Characters are measured roughly: what a page holds is taken a little smaller.
SAFETY = 0.98
# The same for one row as high as a page, in which the errors of all lines add up.
TALL = 0.85


class Printed(NamedTuple):
    """``width``: share of the page in millimetres; ``group``: heading above several columns."""

    name: str
    heading: str
    width: float
    group: str = ""


# The columns of the townships' own ledger, in its order: what is exported can be imported.
COLUMNS = (
    Printed("sequence", "序号", 8),
    Printed("received", "受理时间", 17),
    Printed("applicant", "姓名", 14, "申请人"),
    Printed("applicant_id", "身份证号", 19, "申请人"),
    Printed("applicant_phone", "联系电话", 19, "申请人"),
    Printed("respondent", "姓名", 14, "被申请人"),
    Printed("respondent_id", "身份证号", 19, "被申请人"),
    Printed("respondent_phone", "联系电话", 19, "被申请人"),
    Printed("village", "所在村(社区)", 15),
    Printed("type", "纠纷类型", 15),
    Printed("summary", "纠纷简要情况", 42),
    Printed("difficulty", "难易程度", 11),
    Printed("amount", "涉及金额(元)", 14),
    Printed("mediator", "调解员", 13),
    Printed("outcome", "调解结果", 11),
    Printed("closed", "结案时间", 17),
    Printed("remarks", "备注", 9),
)


class ReportCaseLedger(models.AbstractModel):
    """Ledger (矛盾纠纷排查调处台账) of any number of cases, one per township.

    Every page is a table of its own that is known to fit: rows are never torn, each page has
    its heading under both kinds of wkhtmltopdf, and thousands of rows take linear time.
    """

    _name = "report.township_governance.report_case_ledger"
    _inherit = ["township.report.case.base"]
    _description = "Ledger"

    _title = "矛盾纠纷排查调处台账"
    _issued = False

    @api.model
    def _get_report_values(self, docids, data=None):
        cases = self.env["township.case"].browse(docids)
        cases.check_access("read")
        return {
            "doc_ids": cases.ids,
            "doc_model": cases._name,
            "docs": cases,
            "title": self._title,
            "columns": COLUMNS,
            "groups": self._heading_groups(),
            "papers": [self._paper(company, part) for company, part in self._by_company(cases)],
        }

    @api.model
    def _by_company(self, cases):
        """:return: ``list`` of (``res.company``, its cases in the order of the ledger)"""
        ordered = cases.sorted(lambda case: (self._paper_date(case), case.number or "", case.id))
        groups = ordered.grouped("company_id") or {self.env.company: cases}
        return list(groups.items())

    @api.model
    def _paper(self, company, cases):
        rows = self._rows(cases)
        return {
            "res_id": company.id,
            "heading": self._heading(company, cases),
            "office": self._office_name(company),
            "date": date_words(self.env["township.calendar.day"]._today()),
            "sheets": self._sheets(rows),
            "count": len(rows),
            "amount": amount_words(sum(case.amount for case in cases)),
        }

    # ------------------------------------------------------------------
    # Headings
    # ------------------------------------------------------------------

    @api.model
    def _heading(self, company, cases):
        """:return: ``str``, such as ``槐荫镇2026年矛盾纠纷排查调处台账``"""
        years = sorted({self._paper_date(case).year for case in cases})
        years = years or [self.env["township.calendar.day"]._today().year]
        span = f"{years[0]}—{years[-1]}" if len(years) > 1 else str(years[0])
        return f"{self._township_name(company)}{span}年{self._title}"

    @api.model
    def _township_name(self, company):
        """:return: ``str``: 槐荫镇, not 槐荫镇人民政府"""
        return township_name(company.name)

    @api.model
    def _office_name(self, company):
        """:return: ``str``, 填报单位: the centre, where the units have one"""
        centre = (
            self.env["township.unit"]
            .sudo()
            .search([("kind", "=", "centre"), ("company_id", "=", company.id)], limit=1, order="id")
        )
        township = self._township_name(company)
        name = centre.name or "综治中心"
        return name if name.startswith(township) else township + name

    @api.model
    def _heading_groups(self):
        """Two rows of headings.

        :return: ``list`` of ``(heading, number of columns, number of rows)`` of the first row,
            in order
        """
        groups = []
        for column in COLUMNS:
            if not column.group:
                groups.append((column.heading, 1, 2))
            elif groups[-1][0] == column.group:
                groups[-1] = (column.group, groups[-1][1] + 1, 1)
            else:
                groups.append((column.group, 1, 1))
        return groups

    # ------------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------------

    @api.model
    def _rows(self, cases, full=False):
        """:param cases: ``township.case``, readable by the user
        :param bool full: ID numbers and phones unmasked; the caller has checked the right to
            that and logs it
        :return: ``list`` of ``dict``, column name -> value: ``str``, ``date`` or ``float``
        """
        if full:
            cases.party_ids.sudo().fetch(["id_number_full", "phone_full"])
        return [self._row(position, case, full) for position, case in enumerate(cases, start=1)]

    @api.model
    def _row(self, position, case, full):
        row = {
            "sequence": position,
            "received": self._paper_date(case),
            "village": case.village_id.sudo().name or "",
            "type": case.type_id._main_type().name or "",
            "summary": (case.summary or "").strip(),
            "difficulty": DIFFICULTY_WORDS.get(case.difficulty, ""),
            "amount": case.amount or "",
            "mediator": case.mediator_id.sudo().name or "",
            "outcome": self._outcome(case),
            "closed": case.date_closed or "",
            "remarks": "",
        }
        for role in ("applicant", "respondent"):
            parties = case.party_ids.filtered(lambda party, role=role: party.role == role)
            row[role] = "\n".join(parties.mapped("name"))
            row[f"{role}_id"] = "\n".join(self._id_number(party, full) for party in parties)
            row[f"{role}_phone"] = "\n".join(self._phone(party, full) for party in parties)
        return row

    @api.model
    def _id_number(self, party, full):
        if party.is_organisation:
            return party.credit_code or ""
        return (party.sudo().id_number_full if full else party.id_number) or ""

    @api.model
    def _phone(self, party, full):
        if not full:
            return party.phone or ""
        return (party.sudo().phone_full or "").replace(PHONE_SEPARATOR, "、")

    @api.model
    def _outcome(self, case):
        """:return: ``str`` in the words of the ledger"""
        if case.outcome:
            words = MEDIATION_OUTCOMES if case.kind == "mediation" else {}
            return words.get(case.outcome) or OUTCOMES[case.outcome]
        return "" if case.state == "draft" else OPEN_WORDS.get(case.kind, "办理中")

    # ------------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------------

    @api.model
    def _sheets(self, rows):
        """:return: ``list`` of ``list`` of printed rows: what fits on each page"""
        room, first_room, width = self._room()
        shares = sum(column.width for column in COLUMNS)
        widths = {column.name: column.width / shares * width - PADDING for column in COLUMNS}
        sheets, left = [[]], first_room
        for row in rows:
            printed = {name: self._printed(value) for name, value in row.items()}
            for part, height in self._pieces(printed, widths, left, room):
                if height > left and sheets[-1]:
                    sheets.append([])
                    left = room
                sheets[-1].append(part)
                left -= height
        if left < TOTAL_HEIGHT:
            sheets.append([])
        return sheets

    @api.model
    def _pieces(self, printed, widths, left, room):
        """A row as high as half a page goes on in further rows, or it would be torn.

        :param dict printed: texts of the row
        :param dict widths: of the cells in points
        :param float left: height that is left on the page
        :param float room: height of a whole page
        :return: ``list`` of ``(texts, height)``
        """
        lines = {name: printing.wrap(text, widths[name], FONT) for name, text in printed.items()}
        most = max(map(len, lines.values()))
        if most * LINE + PADDING <= room / 2:
            return [(printed, most * LINE + PADDING)]
        summary = lines.pop("summary")
        lowest = max(map(len, lines.values()))
        pieces, blank = [], dict.fromkeys(printed, "")
        # What is left of the page if that is worth it, then whole pages.
        size = int((left * TALL - PADDING) / LINE)
        whole = int((room * TALL - PADDING) / LINE)
        size = size if size > max(lowest, 10) else whole
        while summary or not pieces:
            texts = {**(blank if pieces else printed), "summary": "".join(summary[:size]).strip()}
            height = max(len(summary[:size]), 0 if pieces else lowest) * LINE + PADDING
            pieces.append((texts, height))
            summary, size = summary[size:], whole
        return pieces

    @api.model
    def _room(self):
        """:return: height of rows on a page, on the first page, and width, in points"""
        report = self.env.ref("township_governance.action_report_case_ledger").sudo()
        page = self.env["ir.actions.report"]._township_page(report)
        height = (210 - page.top - page.bottom) * printing.MM * SAFETY - HEAD_HEIGHT
        width = (297 - page.left - page.right) * printing.MM
        return height, height - TITLE_HEIGHT, width

    @api.model
    def _printed(self, value):
        """:return: ``str`` of a value of a row"""
        if isinstance(value, float):
            return amount_words(value)
        return str(value)
