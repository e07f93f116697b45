"""Rows and headings as JSON, for the stored job."""

from datetime import date, datetime

from .cells import CellError
from .heading import Heading, Match
from .problems import Problem
from .reader import Part, Row
from .workbook import Merge, Sheet


def pack_cell(value):
    """:return: JSON of a cell; dates and error cells keep their kind"""
    if isinstance(value, CellError):
        return {"e": str(value)}
    if isinstance(value, datetime):
        return {"t": value.isoformat()}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    if value is None or isinstance(value, (str, int, float, bool)):
        return value.replace("\x00", "") if isinstance(value, str) else value
    return str(value)


def unpack_cell(value):
    """:return: the cell packed by :func:`pack_cell`"""
    if not isinstance(value, dict):
        return value
    kind, text = next(iter(value.items()))
    return {"e": CellError, "t": datetime.fromisoformat, "d": date.fromisoformat}[kind](text)


def pack_row(row):
    """:return: JSON of a :class:`~.reader.Row`"""
    cells = {key: pack_cell(value) for key, value in row.cells.items()}
    return [row.sheet, row.number, cells, [pack_line(line) for line in row.lines]]


def unpack_row(data):
    """:return: the row packed by :func:`pack_row`"""
    sheet, number, cells, lines = data
    return Row(
        sheet,
        number,
        {key: unpack_cell(value) for key, value in cells.items()},
        [unpack_line(line) for line in lines],
    )


def pack_line(line):
    """:return: JSON of the values of one row of a sheet"""
    return [pack_cell(value) for value in line]


def unpack_line(line):
    """:return: the values packed by :func:`pack_line`"""
    return [unpack_cell(value) for value in line]


def pack_part(part):
    """:return: JSON of a :class:`~.reader.Part`, without its rows"""
    heading = part.heading
    end = heading.row + heading.height
    return {
        "index": part.index,
        "name": part.sheet.name,
        "epoch": part.sheet.epoch.isoformat(),
        "merges": [list(merge) for merge in part.sheet.merges if merge.bottom <= end],
        "row": heading.row,
        "height": heading.height,
        "columns": [[index, *column] for index, column in heading.columns.items()],
        "unknown": [[index, text] for index, text in heading.unknown.items()],
        "rows": [pack_line(line) for line in heading.rows],
        "title_rows": [[number, pack_line(line)] for number, line in heading.title_rows],
        "filled_on": heading.filled_on.isoformat() if heading.filled_on else None,
    }


def unpack_part(data):
    """:return: the part packed by :func:`pack_part`"""
    heading = Heading(
        row=data["row"],
        height=data["height"],
        columns={index: Match(*column) for index, *column in data["columns"]},
        unknown=dict(data["unknown"]),
        rows=[unpack_line(line) for line in data["rows"]],
        title_rows=[(number, unpack_line(line)) for number, line in data["title_rows"]],
        filled_on=date.fromisoformat(data["filled_on"]) if data["filled_on"] else None,
    )
    sheet = Sheet(
        name=data["name"],
        rows=lambda: iter(()),
        merges=[Merge(*merge) for merge in data["merges"]],
        epoch=date.fromisoformat(data["epoch"]),
    )
    return Part(data["index"], sheet, heading)


def pack_rejected(rejected):
    """:return: JSON of rejected rows: sheet, number, lines, problems"""
    return [
        [
            sheet,
            number,
            [pack_line(line) for line in lines],
            [list(problem) for problem in problems],
        ]
        for sheet, number, lines, problems in rejected
    ]


def unpack_rejected(data):
    """:return: the rejected rows packed by :func:`pack_rejected`"""
    return [
        (
            sheet,
            number,
            [unpack_line(line) for line in lines],
            [Problem(code, values) for code, values in problems],
        )
        for sheet, number, lines, problems in data
    ]
