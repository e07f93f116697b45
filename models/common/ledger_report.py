import base64

from markupsafe import Markup, escape

from odoo import api, models

from ...tools.ledger.problems import Problem
from ...tools.ledger.returned import rejected_workbook

# Rows named after one warning; the rest is a number.
MAX_ROWS_NAMED = 12
MAX_LINES = 100
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
    # HTML
    # ------------------------------------------------------------------

    @api.model
    def _warnings_html(self, target):
        """:return: ``Markup``: one line per different warning with the rows it is about"""
        lines = []
        for (code, values), rows in list(target.run.warnings.items())[:MAX_LINES]:
            text = target.message(Problem(code, dict(values)))
            lines.append(Markup("<li>%s %s</li>") % (self._rows_label(rows), text))
        left_out = max(0, len(target.run.warnings) - MAX_LINES) + target.run.warnings_left_out
        if left_out:
            text = self.env._("… and %(number)s more", number=left_out)
            lines.append(Markup("<li>%s</li>") % text)
        return Markup("<ul>%s</ul>") % Markup("").join(lines) if lines else Markup("")

    @api.model
    def _reasons_html(self, target):
        """:return: ``Markup``: the rejected rows, grouped by reason"""
        rows_of = {}
        for sheet, number, _lines, problems in target.run.rejected:
            rows_of.setdefault(self._reason(target, problems), []).append(
                target.run.label(sheet, number)
            )
        lines = [
            Markup("<li>%s %s</li>") % (self._rows_label(rows), reason)
            for reason, rows in list(rows_of.items())[:MAX_LINES]
        ]
        return Markup("<ul>%s</ul>") % Markup("").join(lines) if lines else Markup("")

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
        parts = [self._columns_html(target, part) for part in ledger.parts]
        parts += [
            self._left_out_html(ledger),
            self._created_html(target.run),
            self._aliases_html(target.run),
        ]
        parts.append(self._sample_html(target))
        return Markup("").join(filter(None, parts))

    @api.model
    def _columns_html(self, target, part):
        heading = part.heading
        title = self.env._(
            "Sheet “%(sheet)s”: heading in row %(row)s",
            sheet=part.sheet.name,
            row=heading.row + 1,
        )
        if heading.filled_on:
            title = self.env._(
                "%(sheet)s, filled in on %(date)s", sheet=title, date=heading.filled_on
            )
        rows = [
            (column.text, self._column_meaning(target, column), self._column_note(column))
            for _index, column in sorted(heading.columns.items())
        ]
        rows += [
            (text, self.env._("not imported"), "")
            for _index, text in sorted(heading.unknown.items())
        ]
        names = [self.env._("Column"), self.env._("Becomes"), ""]
        return Markup("<h4>%s</h4>%s") % (title, self._html_table(names, rows))

    @api.model
    def _column_meaning(self, target, column):
        if column.key in ("serial", "ignored"):
            return self.env._("not imported")
        return target.column_label(column.key)

    @api.model
    def _column_note(self, column):
        notes = []
        if column.alias:
            notes.append(self.env._("by the words in it"))
        if column.unit != 1:
            notes.append(self.env._("amounts in 10,000 yuan"))
        return ", ".join(notes)

    @api.model
    def _left_out_html(self, ledger):
        if not ledger.left_out:
            return ""
        reasons = {
            "no_heading": self.env._("has no heading of this ledger"),
            "hidden": self.env._("is hidden"),
        }
        lines = [
            Markup("<li>%s</li>")
            % self.env._(
                "Sheet “%(sheet)s” is left out: it %(reason)s.", sheet=name, reason=reasons[code]
            )
            for name, code in ledger.left_out
        ]
        return Markup("<ul>%s</ul>") % Markup("").join(lines)

    @api.model
    def _created_html(self, run):
        lines = [
            Markup("<li>%s (%s): %s</li>")
            % (self.env["ir.model"]._get(name).name, len(names), "、".join(list(names)[:60]))
            for name, names in run.created.items()
            if names
        ]
        if not lines:
            return ""
        title = self.env._("New records")
        return Markup("<h4>%s</h4><ul>%s</ul>") % (title, Markup("").join(lines))

    @api.model
    def _aliases_html(self, run):
        if not run.aliases:
            return ""
        rows = [(column, text, name) for (column, text), name in sorted(run.aliases.items())]
        names = [self.env._("Column"), self.env._("As written"), self.env._("Taken as")]
        return Markup("<h4>%s</h4>%s") % (
            self.env._("Other words used"),
            self._html_table(names, rows),
        )

    @api.model
    def _sample_html(self, target):
        keys = list(dict.fromkeys(key for entry in target.run.sample for key in entry.row.cells))
        if not keys:
            return ""
        names = [self.env._("Row"), *(target.label(key) for key in keys), ""]
        rows = []
        for entry in target.run.sample:
            values = [self._shown(target, entry, key) for key in keys]
            if entry.problems:
                note = self._reason(target, entry.problems)
            else:
                note = self.env._("imported already") if entry.duplicate else "✓"
            rows.append((target.run.label(entry.row.sheet, entry.row.number), *values, note))
        return Markup("<h4>%s</h4>%s") % (self.env._("First rows"), self._html_table(names, rows))

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

    @api.model
    def _html_table(self, names, rows):
        head = Markup("").join(Markup("<th>%s</th>") % name for name in names)
        body = Markup("").join(
            Markup("<tr>%s</tr>") % Markup("").join(Markup("<td>%s</td>") % escape(v) for v in row)
            for row in rows
        )
        return Markup(
            '<div class="table-responsive"><table class="table table-sm">'
            "<thead><tr>%s</tr></thead><tbody>%s</tbody></table></div>"
        ) % (head, body)
