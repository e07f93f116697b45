"""Opening a ledger file of any usual kind as sheets of plain Python values.

Odoo's own ``base_import`` readers are not used: they take one sheet by name, drop blank rows (and
with them the row numbers people look for), stop at the first error cell, ignore merged cells and
take a formula without a saved value for an empty cell.
"""

import csv
import io
import struct
import zipfile
import zlib
from contextlib import contextmanager, suppress
from datetime import date
from typing import Any, NamedTuple

from .cells import EPOCH_1900, EPOCH_1904, CellError
from .problems import LedgerError

MAX_FILE = 64 * 2**20
# A ledger of 200,000 rows unpacks to about 150 MB; a zip bomb to gigabytes.
MAX_UNPACKED = 512 * 2**20
MAX_ROWS = 200_000
MAX_COLUMNS = 256
CSV_FIELD_LIMIT = 1_000_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_EXCEL = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_OTHER_KINDS = (
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"%PDF", "pdf"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"{\\rtf", "document"),
)


class Merge(NamedTuple):
    """A merged range; rows and columns count from 0, ends excluded."""

    top: int
    bottom: int
    left: int
    right: int


class Sheet(NamedTuple):
    """One sheet: ``rows()`` gives a fresh iterator of ``(row number from 0, list of values)``."""

    name: str
    rows: Any
    merges: list
    epoch: date = EPOCH_1900
    hidden: bool = False


def open_workbook(data, filename=""):
    """Tell the kind of a file by its first bytes and open it.

    :param bytes data: the file
    :param str filename: used only to tell a text file from something unknown
    :return: list of :class:`Sheet`, in the order of the workbook
    :raise LedgerError: the file is empty, too big, damaged, locked by a password, or no ledger
    """
    if not data:
        raise LedgerError("file_empty")
    if len(data) > MAX_FILE:
        raise LedgerError("file_too_big", size=len(data) // 2**20, limit=MAX_FILE // 2**20)
    for magic, kind in _OTHER_KINDS:
        if data.startswith(magic):
            raise LedgerError("not_a_ledger", kind=kind)
    if data.startswith(b"PK"):
        return _open_xlsx(data)
    if data.startswith(_OLE):
        return _open_ole(data)
    if data.startswith(_OLD_EXCEL):
        return _open_xls(data)
    start = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(
        (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<div", b"mime-version")
    ):
        raise LedgerError("not_a_ledger", kind="web_page")
    return _open_csv(data, filename)


# ------------------------------------------------------------------
# .xls
# ------------------------------------------------------------------


def _open_ole(data):
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise LedgerError("password")
    return _open_xls(data)


def _open_xls(data):
    import xlrd

    book = _load_xls(xlrd, data, formatting_info=True) or _load_xls(xlrd, data)
    epoch = EPOCH_1904 if book.datemode else EPOCH_1900
    return [
        Sheet(
            name=sheet.name,
            rows=_XlsRows(xlrd, book, sheet),
            merges=[Merge(*merge) for merge in sheet.merged_cells],
            epoch=epoch,
            hidden=bool(sheet.visibility),
        )
        for sheet in book.sheets()
    ]


def _load_xls(xlrd, data, **options):
    """:return: the book, or ``None`` when only the formats (wanted for merged cells) are broken"""
    try:
        book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), **options)
    except (MemoryError, RecursionError):
        raise LedgerError(
            "file_too_big", size=len(data) // 2**20, limit=MAX_FILE // 2**20
        ) from None
    except Exception as error:  # noqa: BLE001
        # xlrd has no common class for broken input: also struct.error, AssertionError, IndexError.
        message = str(error).lower()
        if "encrypt" in message or "password" in message:
            raise LedgerError("password") from None
        if "can't find workbook" in message:
            raise LedgerError("not_a_ledger", kind="document") from None
        if options:
            return None
        raise LedgerError("damaged") from None
    return book


class _XlsRows:
    """The rows of an .xls sheet."""

    def __init__(self, xlrd, book, sheet):
        self.xlrd, self.book, self.sheet = xlrd, book, sheet

    def __call__(self):
        sheet = self.sheet
        for number in range(sheet.nrows):
            types = sheet.row_types(number, 0, MAX_COLUMNS)
            values = sheet.row_values(number, 0, MAX_COLUMNS)
            yield number, [self._value(*cell) for cell in zip(types, values, strict=True)]

    def _value(self, kind, value):
        xlrd = self.xlrd
        if kind == xlrd.XL_CELL_NUMBER:
            return int(value) if value.is_integer() and abs(value) < 10**15 else value
        if kind == xlrd.XL_CELL_DATE:
            with suppress(ValueError, OverflowError, xlrd.xldate.XLDateError):
                return xlrd.xldate.xldate_as_datetime(value, self.book.datemode)
            return value
        if kind == xlrd.XL_CELL_BOOLEAN:
            return bool(value)
        if kind == xlrd.XL_CELL_ERROR:
            return CellError(xlrd.error_text_from_code.get(value, "#ERR!"))
        return value or None


# ------------------------------------------------------------------
# .xlsx
# ------------------------------------------------------------------


def _open_xlsx(data):
    _check_archive(data)
    from .spreadsheetml import Workbook

    with _damage(data):
        book = Workbook(io.BytesIO(data))
        return [
            Sheet(
                name=name,
                rows=_XlsxRows(data, book, part),
                merges=[Merge(*merge) for merge in book.merges(part)],
                epoch=book.epoch.date(),
                hidden=hidden,
            )
            for name, hidden, part in book.sheets
        ]


@contextmanager
def _damage(data):
    """Any error of a broken part means one thing: BadZipFile, ExpatError, KeyError …"""
    try:
        yield
    except MemoryError:
        raise LedgerError(
            "file_too_big", size=len(data) // 2**20, limit=MAX_FILE // 2**20
        ) from None
    except Exception:  # noqa: BLE001
        raise LedgerError("damaged") from None


def _check_archive(data):
    """Refuse what is no workbook, and what would unpack to more than a ledger can need."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if any(part.flag_bits & 1 for part in parts):
                raise LedgerError("password")
            if not any(name.startswith("xl/") and name.endswith(".xml") for name in names):
                kind = "spreadsheet" if names & {"xl/workbook.bin", "content.xml"} else "document"
                raise LedgerError("not_a_ledger", kind=kind)
            if sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise LedgerError("unpacks_too_big", limit=MAX_UNPACKED // 2**20)
            for name in names:
                # The format knows no DTD; only entity bombs have one.
                if name.endswith((".xml", ".rels")):
                    with archive.open(name) as part:
                        if b"<!DOCTYPE" in part.read(1024):
                            raise LedgerError("damaged")
    except LedgerError:
        raise
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        OSError,
        ValueError,
        NotImplementedError,
        struct.error,
        RuntimeError,
        EOFError,
        zlib.error,
    ):
        raise LedgerError("damaged") from None


class _XlsxRows:
    """The rows of an .xlsx sheet, streamed; rows that are not in the file are left out."""

    def __init__(self, data, book, part):
        self.data, self.book, self.part = data, book, part

    def __call__(self):
        rows = self.book.rows(self.part, MAX_COLUMNS)
        while True:
            # only the reading: errors of whoever takes the rows are not the file's
            with _damage(self.data):
                row = next(rows, None)
            if row is None:
                return
            yield row


# ------------------------------------------------------------------
# .csv
# ------------------------------------------------------------------


def _open_csv(data, filename):
    text = _decode(data)
    sample = text[:20000]
    separator = _separator(sample)
    if separator is None and not filename.lower().endswith((".csv", ".txt", ".tsv")):
        raise LedgerError("not_a_ledger", kind="unknown")
    return [Sheet(name="CSV", rows=_CsvRows(text, separator or ","), merges=[])]


def _decode(data):
    """Text files come as UTF-8 or, from Excel in China, as GB18030 (GBK)."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ("utf-16",)
    else:
        if b"\x00" in data[:100_000]:
            raise LedgerError("not_a_ledger", kind="unknown")
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _looks_binary(text):
            return text
    raise LedgerError("not_a_ledger", kind="unknown")


def _looks_binary(text):
    sample = text[:4000]
    odd = sum(1 for char in sample if char < " " and char not in "\t\r\n\f")
    return odd > len(sample) // 100


def _separator(sample):
    """The separator that splits most lines into the same number of columns."""
    lines = [line for line in sample.splitlines()[:-1] or sample.splitlines() if line.strip()][:50]
    best, best_score = None, 0
    for candidate in ("\t", ";", ",", "|"):
        counts = [line.count(candidate) for line in lines]
        common = max(set(counts), key=counts.count, default=0)
        score = counts.count(common) * min(common, 20) if common else sum(counts) / 1000
        if score > best_score:
            best, best_score = candidate, score
    return best


class _CsvRows:
    """The rows of a text file."""

    def __init__(self, text, separator):
        self.text, self.separator = text, separator

    def __call__(self):
        lines = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.separator)
        old_limit = csv.field_size_limit(CSV_FIELD_LIMIT)
        try:
            for number, row in enumerate(lines):
                yield number, [value if value.strip() else None for value in row[:MAX_COLUMNS]]
        except csv.Error:
            raise LedgerError("damaged") from None
        finally:
            csv.field_size_limit(old_limit)
