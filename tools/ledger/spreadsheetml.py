"""The values of an .xlsx workbook (SpreadsheetML, ECMA-376, transitional and strict), streamed.

Read with expat in one pass and constant memory per row; how far away the cells of a sheet are
costs nothing. Readers that return whole tables were tried and not taken: they lose error cells
and formulas without a saved value, and one far cell makes them ask for gigabytes, so that each
sheet would have to be read twice.
"""

import math
import posixpath
import re
import zipfile
from datetime import date
from functools import lru_cache
from xml.parsers import expat

from openpyxl.styles.numbers import builtin_format_code, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel, from_ISO8601

from .cells import CellError

# The format's own limit of rows (18.3.1.73).
LAST_ROW = 2**20
# Built-in formats that are dates in Chinese, Japanese and Korean only (18.8.30).
_EAST_ASIAN_DATES = frozenset({*range(27, 37), *range(50, 59)})
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MERGE = re.compile(rb'mergeCell ref="\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)"')
_LETTERS = re.compile(r"[A-Z]{1,3}")
_CHUNK = 2**16


class Workbook:
    """A workbook: ``sheets`` lists ``(name, hidden, part)`` in its order, ``epoch`` is day 0 of
    its serial numbers (``datetime``).

    Any part may be damaged: every method raises whatever a broken archive, broken XML or a
    value out of place brings (``ValueError``, ``KeyError``, ``zipfile.BadZipFile``,
    ``expat.ExpatError`` …).

    :param file: a binary file
    """

    def __init__(self, file):
        self.archive = zipfile.ZipFile(file)
        self.parts = {name.lower(): name for name in self.archive.namelist()}
        [book] = self._related("", "/officeDocument").values()
        self.sheets, self.epoch = [], WINDOWS_EPOCH
        parts = self._related(book, "/worksheet")
        for name, attributes in self._elements(book):
            if name == "sheet":
                part = parts.get(_relation(attributes))
                if part:
                    hidden = attributes.get("state", "visible") != "visible"
                    self.sheets.append((attributes["name"], hidden, part))
            elif name == "workbookPr" and _is_true(attributes.get("date1904", "0")):
                self.epoch = MAC_EPOCH
        self.strings = self._strings(*self._related(book, "/sharedStrings").values())
        self.dates, self.durations = self._date_styles(*self._related(book, "/styles").values())

    def rows(self, part, width):
        """Iterate over ``(row number from 0, list of values)``; rows and cells that are not in
        the file are left out or ``None``, as are the columns from ``width`` on."""
        parser = _Rows(self, width)
        for _chunk in self._feed(part, parser.expat):
            yield from parser.rows
            parser.rows.clear()

    def merges(self, part):
        """:return: list of ``(top, bottom, left, right)`` from 0, ends excluded. They stand
        behind the rows: one pass over the text of the sheet, nothing kept."""
        merges, tail = [], b""
        with self._open(part) as source:
            while chunk := source.read(2**20):
                text = tail + chunk
                end = 0
                for match in _MERGE.finditer(text):
                    merges.append(_range(*match.groups()))
                    end = match.end()
                tail = text[max(end, len(text) - 60) :]
        return merges

    def _open(self, part):
        return self.archive.open(self.parts[part.lower()])

    def _related(self, source, kind):
        """:return: ``{relation id: part}`` of the parts of a kind that the archive holds"""
        folder, name = posixpath.split(source)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        found = {}
        for element, attributes in self._elements(relations):
            if element == "Relationship" and attributes["Type"].endswith(kind):
                part = posixpath.normpath(posixpath.join("/", folder, attributes["Target"]))[1:]
                if part.lower() in self.parts:
                    found[attributes["Id"]] = part
        return found

    def _elements(self, part):
        """Iterate over ``(name without prefix, attributes)`` of a part."""
        parser, elements = _parser(), []
        parser.StartElementHandler = lambda name, attributes: elements.append(
            (_local(name), attributes)
        )
        for _chunk in self._feed(part, parser):
            yield from elements
            elements.clear()

    def _feed(self, part, parser):
        """Parse a part, stopping after each piece."""
        with self._open(part) as source:
            while chunk := source.read(_CHUNK):
                parser.Parse(chunk)
                yield
            parser.Parse(b"", True)
            yield

    def _strings(self, part=None):
        if not part:
            return []
        texts = _Strings()
        for _chunk in self._feed(part, texts.expat):
            pass
        return texts.strings

    def _date_styles(self, part=None):
        """:return: the styles of cells (by place) that show dates, and those that show spans"""
        formats, styles, inside = {}, [], ""
        for name, attributes in self._elements(part) if part else ():
            if name in ("cellXfs", "cellStyleXfs", "dxfs", "cellStyles"):
                inside = name
            elif name == "numFmt":
                formats.setdefault(attributes.get("numFmtId"), attributes.get("formatCode"))
            elif name == "xf" and inside == "cellXfs":
                styles.append(attributes.get("numFmtId", "0"))
        dates, durations = set(), set()
        for place, number in enumerate(styles):
            code = formats.get(number) or builtin_format_code(int(number))
            if is_timedelta_format(code):
                durations.add(str(place))
            elif is_date_format(code) or (code is None and int(number) in _EAST_ASIAN_DATES):
                dates.add(str(place))
        return dates, durations


class _Texts:
    """Gathers the text of ``<t>`` and ``<v>``, without the readings (``<rPh>``).

    ``starts`` and ``ends`` hold what else is done at an element, by its name.
    """

    def __init__(self):
        self.expat = _parser()
        self.expat.StartElementHandler = self.start
        self.expat.EndElementHandler = self.end
        self.texts = []
        self.starts = {"t": self.listen, "v": self.listen, "rPh": self.start_reading}
        self.ends = {"t": self.ignore, "v": self.ignore, "rPh": self.end_reading}

    def start(self, name, attributes):
        action = self.starts.get(name if ":" not in name else _local(name))
        if action:
            action(attributes)

    def end(self, name):
        action = self.ends.get(name if ":" not in name else _local(name))
        if action:
            action()

    def listen(self, _attributes):
        self.expat.CharacterDataHandler = self.texts.append

    def ignore(self):
        self.expat.CharacterDataHandler = None

    def start_reading(self, _attributes):
        self.starts["t"] = None

    def end_reading(self):
        self.starts["t"] = self.listen


class _Strings(_Texts):
    """The texts that cells share."""

    def __init__(self):
        super().__init__()
        self.strings = []
        self.ends["si"] = self.end_string

    def end_string(self):
        self.strings.append(_unescape("".join(self.texts)) or None)
        self.texts.clear()


class _Rows(_Texts):
    """The rows of a sheet, as they end."""

    def __init__(self, book, width):
        super().__init__()
        self.book, self.width = book, width
        self.rows, self.values = [], []
        self.row, self.column = -1, -1
        self.cell, self.formula, self.saved = {}, False, False
        self.starts |= {
            "row": self.start_row,
            "c": self.start_cell,
            "f": self.start_formula,
            "v": self.start_value,
        }
        self.ends |= {"row": self.end_row, "c": self.end_cell}

    def start_row(self, attributes):
        number = attributes.get("r")
        self.row = int(number) - 1 if number else self.row + 1
        if not 0 <= self.row < LAST_ROW:
            raise ValueError("row outside the sheet")
        self.values, self.column = [], -1

    def start_cell(self, attributes):
        reference = attributes.get("r")
        self.column = _column_of(reference) if reference else self.column + 1
        self.cell, self.formula, self.saved = attributes, False, False

    def start_formula(self, _attributes):
        self.formula = True

    def start_value(self, attributes):
        self.saved = True
        self.listen(attributes)

    def end_cell(self):
        if not self.texts and not self.formula and "t" not in self.cell:
            return
        value = self.value("".join(self.texts))
        self.texts.clear()
        if value is not None and self.column < self.width:
            self.values.extend([None] * (self.column + 1 - len(self.values)))
            self.values[self.column] = value

    def end_row(self):
        self.rows.append((self.row, self.values))

    def value(self, text):
        kind = self.cell.get("t", "n")
        if kind == "inlineStr":
            return _unescape(text) or None
        if not text:
            # Text formulas keep an empty <v/> when their result is empty text.
            empty_text = kind == "str" and self.saved
            return CellError("") if kind == "e" or (self.formula and not empty_text) else None
        if kind == "s":
            return self.book.strings[_index(text)]
        if kind == "str":
            return _unescape(text)
        if kind == "e":
            return CellError(text)
        if kind == "b":
            return _is_true(text)
        return self.moment(from_ISO8601(text)) if kind == "d" else self.number(text)

    def number(self, text):
        value = _number(text)
        style = self.cell.get("s")
        spans = style in self.book.durations
        if not spans and style not in self.book.dates:
            return value
        try:
            return self.moment(from_excel(value, self.book.epoch, timedelta=spans))
        except (OverflowError, ValueError):
            return CellError("#VALUE!")

    def moment(self, value):
        """Times of day and spans are of no use but as the text they show."""
        return value if isinstance(value, date) else str(value)


def _parser():
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*_declaration):
    """The format knows no DTD; only entity bombs have one."""
    raise ValueError("a DTD in a workbook")


def _local(name):
    return name[name.find(":") + 1 :]


def _relation(attributes):
    """:return: the value of ``r:id``, whatever the prefix"""
    for name, value in attributes.items():
        if ":" in name and _local(name) == "id":
            return value
    return None


def _is_true(text):
    return text.strip() in ("1", "true", "on")


def _column_of(reference):
    """:return: index from 0 of the column of ``AB12``"""
    return _column(reference.rstrip("0123456789"))


@lru_cache(2**10)
def _column(letters):
    """:return: index from 0 of a column given in letters"""
    if not _LETTERS.fullmatch(letters):
        raise ValueError("no column")
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _range(left, top, right, bottom):
    """:return: ``(top, bottom, left, right)`` from 0, ends excluded"""
    if int(bottom) > LAST_ROW:
        raise ValueError("range outside the sheet")
    return int(top) - 1, int(bottom), _column(left.decode()), _column(right.decode()) + 1


def _index(text):
    index = int(text)
    if index < 0:
        raise ValueError("no index of a shared text")
    return index


def _number(text):
    """:return: ``int`` where the number is whole and exact, else ``float``"""
    if text.isdecimal() and len(text) <= 20:
        return int(text)
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("no number")
    return int(value) if value.is_integer() and abs(value) < 10**15 else value


def _unescape(text):
    """Characters that XML does not keep are written ``_x000D_`` (22.9.2.19): line ends mostly."""
    return _ESCAPE.sub(_character, text).replace("\r\n", "\n") if "_x" in text else text


def _character(match):
    code = int(match[1], 16)
    if code == 0:
        return ""
    return match[0] if 0xD800 <= code < 0xE000 else chr(code)
