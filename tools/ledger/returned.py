"""The workbook of rejected rows (退回清单): headings, rows as typed, reason in a last column."""

import io
from datetime import date, datetime

from .cells import raw_text

_WIDTH = 14
_REASON_WIDTH = 50
# A cell of a workbook holds 32,767 characters.
_MAX_CELL = 32000
_FORBIDDEN = str.maketrans("[]:*?/\\", "       ")


def rejected_workbook(parts, rejected, reason_title):
    """Write the rejected rows sheet by sheet.

    Every cell is written as text: what was typed can never become a formula.

    :param parts: the ledger's parts (``index``, ``sheet``, ``heading``)
    :param rejected: iterable of ``(sheet index, lines of values, reason)``
    :param str reason_title: title of the last column
    :return: ``bytes`` of an .xlsx workbook
    """
    import xlsxwriter

    output = io.BytesIO()
    book = xlsxwriter.Workbook(
        output, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    text, head, red = _styles(book)
    rows_of = {}
    for index, lines, reason in rejected:
        rows_of.setdefault(index, []).append((lines, reason))
    names = set()
    for part in parts:
        if part.index not in rows_of:
            continue
        sheet = book.add_worksheet(_sheet_name(part.sheet.name, names))
        last = _width(part, rows_of[part.index])
        sheet.set_column(0, max(last - 1, 0), _WIDTH)
        sheet.set_column(last, last, _REASON_WIDTH)
        place = _write_heading(sheet, part, head, last, reason_title)
        sheet.freeze_panes(place, 0)
        for lines, reason in rows_of[part.index]:
            for line in lines:
                _write_line(sheet, place, line, text)
                place += 1
            sheet.write_string(place - len(lines), last, reason, red)
    if not names:
        book.add_worksheet()
    book.close()
    return output.getvalue()


def _styles(book):
    """:return: formats of a row as typed, of headings, and of the reason"""
    cell = {"num_format": "@", "text_wrap": True, "valign": "top"}
    head = {**cell, "bold": True, "align": "center", "valign": "vcenter", "border": 1}
    red = {**cell, "font_color": "#C00000"}
    return [book.add_format(style) for style in (cell, head, red)]


def _sheet_name(name, taken):
    name = (name.translate(_FORBIDDEN).strip(" '") or "Sheet")[:28]
    unique, number = name, 1
    while unique.lower() in taken:
        number += 1
        unique = f"{name} {number}"
    taken.add(unique.lower())
    return unique


def _width(part, rows):
    """:return: the index of the column for the reason: right of all that is filled"""
    heading = part.heading
    widths = [len(values) for values in heading.rows]
    widths += [max([*heading.columns, *heading.unknown]) + 1]
    widths += [_used(line) for lines, _reason in rows for line in lines]
    return max(widths)


def _used(line):
    return max((index + 1 for index, value in enumerate(line) if value is not None), default=0)


def _write_heading(sheet, part, style, last, reason_title):
    """Title rows, heading rows and their merged cells, as in the original.

    :return: the number of rows written"""
    heading = part.heading
    rows = [*heading.title_rows, *enumerate(heading.rows, heading.row)]
    places = {number: place for place, (number, _values) in enumerate(rows)}
    for number, values in rows:
        _write_line(sheet, places[number], values, style)
    for merge in part.sheet.merges:
        inside = merge.top in places and merge.bottom - 1 in places and merge.right <= last
        if inside:
            values = rows[places[merge.top]][1]
            value = values[merge.left] if merge.left < len(values) else None
            top, bottom = places[merge.top], places[merge.bottom - 1]
            sheet.merge_range(top, merge.left, bottom, merge.right - 1, "", style)
            sheet.write_string(top, merge.left, raw_text(value), style)
    sheet.write_string(places[heading.row], last, reason_title, style)
    return len(rows)


def _write_line(sheet, place, values, style):
    for column, value in enumerate(values):
        if value is not None and value != "":
            sheet.write_string(place, column, _typed(value), style)


def _typed(value):
    """:return: ``str``, a day as people type it: 2026/01/06"""
    if isinstance(value, date) and not isinstance(value, datetime):
        return raw_text(value).replace("-", "/")
    return raw_text(value)[:_MAX_CELL]
