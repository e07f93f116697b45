"""From a workbook to the rows of a ledger."""

from itertools import islice
from typing import NamedTuple

from .heading import SEARCH_ROWS, Heading, find_heading, heading_texts, is_data, is_heading_row
from .problems import LedgerError
from .workbook import MAX_ROWS, Sheet, open_workbook


class Row(NamedTuple):
    """One entry of the ledger: ``number`` as people count (from 1), ``cells``: column key → raw
    value, ``lines``: the values of its row or rows as they stand in the sheet."""

    sheet: int
    number: int
    cells: dict
    lines: list


class Part(NamedTuple):
    """A sheet that has a heading."""

    index: int
    sheet: Sheet
    heading: Heading


class Ledger:
    """The sheets of a file that carry a ledger.

    :param bytes data: the file
    :param Vocabulary vocabulary: words of the headings
    :param required: columns of which a heading must have at least one
    :param multi: columns whose lines are joined when one entry takes several rows
    :raise LedgerError: no sheet has a heading, or the file cannot be read
    """

    def __init__(self, data, filename, vocabulary, required=(), multi=()):
        self.parts, self.left_out, self.notes = [], [], []
        self.multi = frozenset(multi)
        self.vocabulary = vocabulary
        error = None
        for index, sheet in enumerate(open_workbook(data, filename)):
            first = list(islice(sheet.rows(), SEARCH_ROWS))
            if not any(value for _number, values in first for value in values):
                continue
            try:
                heading = find_heading(first, sheet.merges, vocabulary, required)
            except LedgerError as problem:
                if problem.problem.code != "heading_not_found":
                    raise
                error = error or problem
                self.left_out.append((sheet.name, "no_heading"))
                continue
            if sheet.hidden:
                self.left_out.append((sheet.name, "hidden"))
                continue
            self.parts.append(Part(index, sheet, heading))
        if not self.parts:
            raise error or LedgerError("file_empty")

    def rows(self):
        """Iterate over the entries, streamed.

        :raise LedgerError: the file has more rows than ``MAX_ROWS``
        """
        count = 0
        for part in self.parts:
            for row in self._rows_of(part):
                count += 1
                if count > MAX_ROWS:
                    raise LedgerError("too_many_rows", limit=MAX_ROWS)
                yield row

    def _rows_of(self, part):
        heading = part.heading
        seen = heading_texts(heading)
        below = _Merges(part.sheet.merges, heading.row + heading.height)
        joined = self._joined_rows(heading, below)
        pending = None
        for number, values in part.sheet.rows():
            if number < heading.row + heading.height:
                continue
            lines = list(values)
            values = below.filled(number, lines)
            kind = is_data(values, heading, seen)
            if kind is True and is_heading_row(values, self.vocabulary):
                kind = "heading"
            if kind is not True:
                if kind in ("note", "total"):
                    self.notes.append((part.sheet.name, number + 1, kind))
                continue
            row = Row(part.index, number + 1, self._cells(values, heading), [lines])
            if pending and number in joined:
                self._join(pending, row)
                continue
            if pending:
                yield pending
            pending = row
        if pending:
            yield pending

    def _cells(self, values, heading):
        width = len(values)
        return {
            column.key: values[index]
            for index, column in heading.columns.items()
            if index < width
            and values[index] is not None
            and column.key not in ("serial", "ignored")
        }

    def _joined_rows(self, heading, below):
        """Rows that go on with the entry above: its serial or number is merged over them."""
        for index, column in heading.columns.items():
            if column.key in ("serial", "number"):
                return below.continued(index)
        return frozenset()

    def _join(self, first, row):
        """Add the persons named on a further row of the same entry."""
        for key in self.multi & row.cells.keys():
            value = first.cells.get(key)
            if value is None:
                first.cells[key] = row.cells[key]
            elif value is not row.cells[key]:
                first.cells[key] = f"{_line(value)}\n{_line(row.cells[key])}"
        for key in row.cells.keys() - first.cells.keys():
            first.cells[key] = row.cells[key]
        first.lines.extend(row.lines)


def _line(value):
    return str(value) if not isinstance(value, float) else repr(value)


class _Merges:
    """The merged ranges below the heading: their value holds for each of their cells."""

    def __init__(self, merges, first_row):
        self.starts = {}
        self.ranges = [merge for merge in merges if merge.top >= first_row]
        for merge in self.ranges:
            if merge.bottom - merge.top > 1:
                self.starts.setdefault(merge.top, []).append(merge)
        self.open = []

    def filled(self, number, values):
        """:return: the row with the values of ranges that began above"""
        self.open = [item for item in self.open if item[0].bottom > number]
        for merge, value in self.open:
            if value is None:
                continue
            if len(values) <= merge.left:
                values = values + [None] * (merge.left + 1 - len(values))
            if values[merge.left] is None or values[merge.left] == "":
                values = list(values)
                values[merge.left] = value
        for merge in self.starts.get(number, ()):
            value = values[merge.left] if merge.left < len(values) else None
            self.open.append((merge, value))
        return values

    def continued(self, column):
        """:return: numbers of the rows a range of this column reaches down to"""
        return frozenset(
            number
            for merge in self.ranges
            if merge.left <= column < merge.right
            for number in range(merge.top + 1, merge.bottom)
        )
