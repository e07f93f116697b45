import base64

from markupsafe import Markup

from odoo import api, models

from ...tools.ledger.problems import Problem
from ...tools.ledger.returned import rejected_workbook

# Rows named after one warning; the rest is a number.
MAX_ROWS_NAMED = 12
MAX_LINES = 100
# Names of new records shown; nobody reads on.
MAX_NAMES = 60
# Columns that are recognised and not imported.
PASSED_OVER = ("serial", "ignored")
# Parts of persons are hidden in the preview as everywhere.
_PERSONAL = ("id_number", "phone", "address", "credit_code")


class TownshipLedgerReport(models.AbstractModel):
    """What an import found, in words: for the wizard and the stored job."""

    _name = "township.ledger.report"
    _description = "Findings of a ledger import"

    @api.model
    def _rejected_vals(self, target):
        """The workbook of rejected rows, as the wizard and the job keep it.

        :param target: ``LedgerTarget`` after its run
        :return: ``dict`` of ``rejected_data`` and ``rejected_filename``; ``False`` for both when
            no row was rejected
        """
        if not target.run.rejected:
            return {"rejected_data": False, "rejected_filename": False}
        rows = (
            (sheet, lines, self._reason(target, problems))
            for sheet, _number, lines, problems in target.run.rejected
        )
        content = rejected_workbook(target.run.parts, rows, self.env._("Reason for return"))
        return {
            "rejected_data": base64.b64encode(content),
            "rejected_filename": self._rejected_name(target.run.filename),
        }

    @api.model
    def _reason(self, target, problems):
        """:return: ``str``: every problem of a row, once"""
        words = [target.message(problem) for problem in problems]
        return "\n".join(dict.fromkeys(words))

    @api.model
    def _rejected_name(self, filename):
        stem = (filename or "").rpartition(".")[0] or filename or self.env._("Ledger")
        return self.env._("%(file)s - returned rows.xlsx", file=stem)

    # ------------------------------------------------------------------
    # HTML: values for views/common/ledger_findings.xml
    # ------------------------------------------------------------------

    @api.model
    def _render(self, template, values):
        return self.env["ir.qweb"]._render(f"township_governance.{template}", values)

    @api.model
    def _warnings_html(self, target):
        """:return: ``Markup``: one line per different warning with the rows it is about"""
        run = target.run
        lines = [
            {
                "rows": self._rows_label(rows),
                "text": target.message(Problem(code, dict(values))),
            }
            for (code, values), rows in list(run.warnings.items())[:MAX_LINES]
        ]
        left_out = max(0, len(run.warnings) - MAX_LINES) + run.warnings_left_out
        return self._lines_html(lines, left_out)

    @api.model
    def _reasons_html(self, target):
        """:return: ``Markup``: the rejected rows, grouped by reason"""
        rows_of = {}
        for sheet, number, _lines, problems in target.run.rejected:
            reason, label = self._reason(target, problems), target.run.label(sheet, number)
            rows_of.setdefault(reason, []).append(label)
        lines = [
            {"rows": self._rows_label(rows), "text": reason}
            for reason, rows in list(rows_of.items())[:MAX_LINES]
        ]
        return self._lines_html(lines, max(0, len(rows_of) - MAX_LINES))

    @api.model
    def _lines_html(self, lines, left_out):
        if not lines and not left_out:
            return Markup("")
        more = left_out and self.env._("… and %(number)s more", number=left_out)
        return self._render("ledger_lines", {"lines": lines, "left_out": more})

    @api.model
    def _rows_label(self, rows):
        """:param rows: labels of rows (``run.label``), "" for what holds for the whole file
        :return: ``str`` that names the first of them"""
        rows = [row for row in rows if row]
        if not rows:
            return ""
        named = ", ".join(rows[:MAX_ROWS_NAMED])
        if len(rows) > MAX_ROWS_NAMED:
            return self.env._("Rows %(rows)s … (%(number)s in all):", rows=named, number=len(rows))
        return self.env._("Row %(rows)s:", rows=named)

    @api.model
    def _preview_html(self, target, ledger):
        """:return: ``Markup``: columns recognised, sheets left out, records that will be made,
        aliases used and the first rows"""
        values = {
            "parts": [self._part_values(target, part) for part in ledger.parts],
            "left_out": [self._left_out(name, code) for name, code in ledger.left_out],
            "created": [
                {
                    "label": self.env["ir.model"]._get(model).name,
                    "count": len(names),
                    "names": "、".join(list(names)[:MAX_NAMES]),
                }
                for model, names in target.run.created.items()
                if names
            ],
            "aliases": [
                (column, text, name) for (column, text), name in sorted(target.run.aliases.items())
            ],
            "sample": self._sample_values(target),
        }
        return self._render("ledger_preview", values)

    @api.model
    def _part_values(self, target, part):
        heading = part.heading
        columns = [
            {
                "text": match.text,
                "meaning": match.key not in PASSED_OVER and target.column_label(match.key),
                "alias": match.alias,
                "unit": match.unit,
            }
            for _index, match in sorted(heading.columns.items())
        ]
        columns += [
            {"text": text, "meaning": False, "alias": False, "unit": 1}
            for _index, text in sorted(heading.unknown.items())
        ]
        title = self.env._(
            "Sheet “%(sheet)s”: heading in row %(row)s",
            sheet=part.sheet.name,
            row=heading.row + 1,
        )
        if heading.filled_on:
            title = self.env._(
                "%(sheet)s, filled in on %(date)s", sheet=title, date=heading.filled_on
            )
        return {"title": title, "columns": columns}

    @api.model
    def _left_out(self, name, code):
        """:return: ``str``: why a sheet of the file is not read"""
        reasons = {
            "no_heading": self.env._("has no heading of this ledger"),
            "hidden": self.env._("is hidden"),
        }
        return self.env._(
            "Sheet “%(sheet)s” is left out: it %(reason)s.", sheet=name, reason=reasons[code]
        )

    @api.model
    def _sample_values(self, target):
        sample = target.run.sample
        keys = list(dict.fromkeys(key for entry in sample for key in entry.row.cells))
        rows = [
            {
                "label": target.run.label(entry.row.sheet, entry.row.number),
                "values": [self._shown(target, entry, key) for key in keys],
                "reason": self._reason(target, entry.problems),
                "known": entry.duplicate,
            }
            for entry in sample
        ]
        return {"names": [target.label(key) for key in keys], "rows": rows}

    @api.model
    def _shown(self, target, entry, key):
        """:return: a value as read; personal data hidden"""
        if key not in entry.values:
            return ""
        value = entry.values[key]
        if key.rpartition(".")[2] in _PERSONAL:
            return "✓"
        if isinstance(value, list):
            return "、".join(map(str, value))
        if entry.extra.get(key):
            return entry.extra[key].display_name
        return self._shown_choice(target, key, value)

    @api.model
    def _shown_choice(self, target, key, value):
        field = target.model._fields.get(key)
        if field is not None and field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        text = str(value)
        return text if len(text) <= 30 else f"{text[:30]}…"
