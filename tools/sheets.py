"""Long tables in the middle of a paper: each page gets a table of its own that is known to fit.

So rows are never torn and each page has its heading under both kinds of wkhtmltopdf. Sizes
agree with ``table.items`` of report_form.css. No Odoo environment in here.
"""

from typing import NamedTuple

from . import printing

FONT, LINE, PADDING = 10.5, 15, 7.5
# Inside of a cell: what its padding and border take of the width.
EDGES = 7
# Characters are measured roughly: what a page holds is taken a little smaller.
SAFETY = 0.99
# A table begins on the page only where that many rows find room.
FEWEST = 2


class Column(NamedTuple):
    """``width`` in millimetres."""

    heading: str
    width: float
    centred: bool = False


def table_sheets(columns, rows, left, room):
    """Fill pages with rows; a row higher than a page goes on in further rows.

    :param columns: of :class:`Column`
    :param list rows: of texts, one for each column
    :param float left: height in points that is left on the page where the table begins
    :param float room: height of a whole page
    :return: ``(bool, list)``: whether the table begins on a new page, and its sheets, each a
        ``list`` of rows
    """
    head = _height(columns, [column.heading for column in columns])
    room = room * SAFETY - head
    pieces = [piece for row in rows for piece in _pieces(columns, row, room)]
    heights = [_height(columns, piece) for piece in pieces]
    left = left * SAFETY - head
    new_page = sum(heights[:FEWEST]) > left
    left = room if new_page else left
    sheets = [[]]
    for piece, height in zip(pieces, heights, strict=True):
        if height > left and sheets[-1]:
            sheets.append([])
            left = room
        sheets[-1].append(piece)
        left -= height
    return new_page, sheets


def _wrapped(column, text):
    return printing.wrap(text, column.width * printing.MM - EDGES, FONT)


def _height(columns, texts):
    lines = max(len(_wrapped(column, text)) for column, text in zip(columns, texts, strict=True))
    return lines * LINE + PADDING


def _pieces(columns, texts, room):
    """:return: ``list`` of rows that each fit on a page and together hold these texts"""
    if _height(columns, texts) <= room:
        return [texts]
    size = int((room - PADDING) / LINE)
    lines = [_wrapped(column, text) for column, text in zip(columns, texts, strict=True)]
    return [
        ["".join(cell[start : start + size]).strip() for cell in lines]
        for start in range(0, max(map(len, lines)), size)
    ]
