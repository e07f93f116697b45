import base64
import io

import xlsxwriter

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...models.case.case_type import CASE_KINDS
from ...models.case.report_case_ledger import COLUMNS

MAX_ROWS = 50000
FULL_GROUP = "township_governance.group_officer"
XLSX_WIDTHS = {"summary": 50, "applicant_id": 21, "respondent_id": 21, "village": 14}


class TownshipCaseExport(models.TransientModel):
    """Prints or exports the ledger: the selected cases, or those of a period."""

    _name = "township.case.export"
    _description = "Export ledger"

    form = fields.Selection(
        [("xlsx", "Workbook (.xlsx)"), ("pdf", "Print (PDF)")],
        required=True,
        default="xlsx",
    )
    record_ids = fields.Json(string="Selected cases")
    selected_count = fields.Integer(compute="_compute_selected_count")
    kind = fields.Selection(CASE_KINDS, default="mediation")
    date_from = fields.Date(
        string="Received from",
        default=lambda self: self.env["township.calendar.day"]._today().replace(month=1, day=1),
    )
    date_to = fields.Date(
        string="Received to", default=lambda self: self.env["township.calendar.day"]._today()
    )
    village_ids = fields.Many2many(
        "township.unit",
        string="Villages",
        domain="[('kind', 'in', ('village', 'community'))]",
    )
    full_numbers = fields.Boolean(
        string="ID numbers and phones in full",
        help="Officers only; the purpose is written into the access log.",
    )
    reason = fields.Char(string="Purpose of viewing")
    data = fields.Binary(string="File", readonly=True, attachment=False)
    filename = fields.Char(readonly=True)

    @api.depends("record_ids")
    def _compute_selected_count(self):
        for wizard in self:
            wizard.selected_count = len(wizard.record_ids or ())

    # ------------------------------------------------------------------
    # Which cases
    # ------------------------------------------------------------------

    def _cases(self):
        """:return: ``township.case`` that the user may read
        :raise UserError: none, or too many for one ledger"""
        Case = self.env["township.case"]
        if self.record_ids:
            ids = [res_id for res_id in self.record_ids if isinstance(res_id, int)]
            cases = Case.search([("id", "in", ids)], order="date_received, id")
        else:
            cases = Case.search(self._domain(), limit=MAX_ROWS + 1, order="date_received, id")
        if not cases:
            raise UserError(self.env._("No case matches: choose another period or village."))
        if len(cases) > MAX_ROWS:
            raise UserError(
                self.env._(
                    "More than %(limit)s cases match: choose a shorter period.", limit=MAX_ROWS
                )
            )
        return cases

    def _domain(self):
        terms = [("state", "!=", "draft"), ("company_id", "=", self.env.company.id)]
        if self.kind:
            terms.append(("kind", "=", self.kind))
        if self.date_from:
            terms.append(("date_received", ">=", self.date_from))
        if self.date_to:
            terms.append(("date_received", "<=", self.date_to))
        if self.village_ids:
            terms.append(("village_id", "in", self.village_ids.ids))
        return terms

    # ------------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------------

    def action_print(self):
        """:return: action that prints the ledger as PDF"""
        self.ensure_one()
        report = self.env.ref("township_governance.action_report_case_ledger")
        action = report._township_print(self._cases())
        action["close_on_report_download"] = True
        return action

    def action_export(self):
        """Make the workbook.

        :return: action that downloads it
        """
        self.ensure_one()
        self._check_full()
        cases = self._cases()
        content, heading = self._workbook(cases)
        self.env["township.access.log"]._log(
            "export",
            cases,
            reason=self.full_numbers and self.reason or None,
            fields=self._full_fields(),
            detail="report_case_ledger.xlsx",
        )
        self.write({"data": base64.b64encode(content), "filename": f"{heading}.xlsx"})
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/data/{self.filename}?download=true",
            "target": "download",
        }

    def _full_fields(self):
        return ["party_ids/id_number_full", "party_ids/phone_full"] if self.full_numbers else None

    def _check_full(self):
        """:raise AccessError: full numbers without the right; UserError: without a purpose"""
        if not self.full_numbers:
            return
        if not self.env.user.has_group(FULL_GROUP):
            raise AccessError(
                self.env._("Only an officer can export ID numbers and phones in full.")
            )
        if not (self.reason or "").strip():
            raise UserError(self.env._("Write down the purpose for which full numbers are needed."))

    # ------------------------------------------------------------------
    # Workbook
    # ------------------------------------------------------------------

    def _workbook(self, cases):
        """:return: ``(bytes, str)``: the workbook, the heading of its first sheet"""
        ledger = self.env["report.township_governance.report_case_ledger"]
        buffer = io.BytesIO()
        heading = ""
        with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
            styles = self._styles(book)
            for company, part in ledger._by_company(cases):
                title = ledger._heading(company, part)
                heading = heading or title
                sheet = book.add_worksheet(self._sheet_name(book, ledger._township_name(company)))
                self._write_heading(sheet, styles, ledger, company, title)
                rows = ledger._rows(part, full=self.full_numbers)
                self._write_rows(sheet, styles, rows)
                self._set_up_print(sheet, len(rows))
        return buffer.getvalue(), heading

    def _sheet_name(self, book, name):
        """:return: ``str`` that Excel takes, once per workbook"""
        clean = "".join(char for char in name or "" if char not in "[]:*?/\\'")[:25] or "台账"
        taken = {sheet.get_name().lower() for sheet in book.worksheets()}
        return clean if clean.lower() not in taken else f"{clean}{len(taken) + 1}"

    def _styles(self, book):
        cell = {"border": 1, "valign": "vcenter", "text_wrap": True, "font_name": "宋体"}
        centre = {**cell, "align": "center"}
        return {
            "title": book.add_format(
                {"bold": True, "font_size": 18, "align": "center", "font_name": "宋体"}
            ),
            "subtitle": book.add_format({"font_size": 11, "font_name": "宋体"}),
            "head": book.add_format({**centre, "bold": True}),
            "text": book.add_format({**cell, "num_format": "@"}),
            "centre": book.add_format(centre),
            "date": book.add_format({**centre, "num_format": "yyyy-mm-dd"}),
            "amount": book.add_format({**cell, "num_format": "#,##0.##"}),
        }

    def _write_heading(self, sheet, styles, ledger, company, title):
        """The township's two title rows and two rows of headings."""
        last = len(COLUMNS) - 1
        today = self.env["township.calendar.day"]._today()
        line = (
            f"填报单位:{ledger._office_name(company)}      "
            f"填报时间:{today.year}年{today.month}月{today.day}日"
        )
        sheet.merge_range(0, 0, 0, last, title, styles["title"])
        sheet.merge_range(1, 0, 1, last, line, styles["subtitle"])
        position = 0
        for name, columns, rows in ledger._heading_groups():
            if rows == 2:
                sheet.merge_range(2, position, 3, position, name, styles["head"])
            else:
                sheet.merge_range(2, position, 2, position + columns - 1, name, styles["head"])
            position += columns
        for position, column in enumerate(COLUMNS):
            if column.group:
                sheet.write_string(3, position, column.heading, styles["head"])
            width = XLSX_WIDTHS.get(column.name, max(6, column.width * 0.72))
            sheet.set_column(position, position, width)
        sheet.set_row(0, 30)

    def _write_rows(self, sheet, styles, rows):
        """Numbers of people are written as text: Excel would round them."""
        for number, row in enumerate(rows, start=4):
            for position, column in enumerate(COLUMNS):
                value = row[column.name]
                if value == "":
                    sheet.write_blank(number, position, None, styles["text"])
                elif column.name in ("received", "closed"):
                    sheet.write_datetime(number, position, value, styles["date"])
                elif column.name == "amount":
                    sheet.write_number(number, position, value, styles["amount"])
                elif column.name == "sequence":
                    sheet.write_number(number, position, value, styles["centre"])
                else:
                    sheet.write_string(number, position, str(value), styles["text"])
        self._write_total(sheet, styles, rows)

    def _write_total(self, sheet, styles, rows):
        number = len(rows) + 4
        total = sum(row["amount"] or 0 for row in rows)
        for position, column in enumerate(COLUMNS):
            if column.name == "sequence":
                sheet.write_string(number, position, "合计", styles["centre"])
            elif column.name == "amount" and total:
                sheet.write_number(number, position, total, styles["amount"])
            else:
                sheet.write_blank(number, position, None, styles["text"])

    def _set_up_print(self, sheet, count):
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2, 3)
        sheet.freeze_panes(4, 0)
        sheet.print_area(0, 0, count + 4, len(COLUMNS) - 1)
        sheet.set_footer("&C&P / &N")
