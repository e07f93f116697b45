"""Ledger files made in memory, for the tests of the import."""

import base64
import csv
import io
import struct
import zipfile

import openpyxl
import xlsxwriter

# Invented persons: the area code 619929 does not exist.
ID_A, ID_B = "619929195304014345", "619929199602102747"
HEADING = [
    "序号",
    "受理时间",
    "申请人",
    "被申请人",
    "所在村",
    "案由",
    "承办人",
    "化解情况",
    "结案时间",
]


def row(number=1, date="2026-03-02", applicant="王伟强", respondent="刘芳艳", *rest):
    """:return: a row under ``HEADING``"""
    return [number, date, applicant, respondent, *rest]


def make_xlsx(rows, merges=(), sheet="台账", more=(), **options):
    """:param rows: lists of values from the first row on
    :param merges: (first row, first column, last row, last column)
    :param more: further sheets: (name, rows)
    :return: ``bytes``"""
    output = io.BytesIO()
    book = xlsxwriter.Workbook(output, {"in_memory": True, **options})
    style = book.add_format()
    date_style = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, lines in ((sheet, rows), *more):
        page = book.add_worksheet(name)
        for place, values in enumerate(lines):
            for column, value in enumerate(values):
                if value is None:
                    continue
                write = page.write_datetime if hasattr(value, "isoformat") else page.write
                write(place, column, value, date_style if hasattr(value, "isoformat") else style)
        if name == sheet:
            for merge in merges:
                value = lines[merge[0]][merge[1]]
                page.merge_range(*merge, value, style)
    book.close()
    return output.getvalue()


def rewrite(data, **changes):
    """Change the parts of a workbook as other programs would have written them.

    :param changes: word in the part's name -> function of its ``bytes``, or ``None`` to drop it
    :return: ``bytes``"""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(output, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            for word, change in changes.items():
                if word in name:
                    content = change and change(content)
            if content is not None:
                new.writestr(name, content)
    return output.getvalue()


def make_csv(rows, encoding="utf-8", delimiter=","):
    """:return: ``bytes``"""
    output = io.StringIO()
    csv.writer(output, delimiter=delimiter).writerows(rows)
    return output.getvalue().encode(encoding)


def locked_xls():
    """:return: ``bytes`` of the first records of an old workbook with a password"""
    start = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)
    return start + struct.pack("<HH", 0x2F, 6) + b"\0" * 6 + struct.pack("<HH", 0x0A, 0)


def locked_xlsx():
    """:return: ``bytes`` that begin like a workbook with a password"""
    name = "EncryptedPackage".encode("utf-16-le")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + name + b"\0" * 600


def read_xlsx(data):
    """:param data: base64
    :return: ``dict`` sheet name -> list of lists of values"""
    book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(data)))
    return {sheet.title: [[c.value for c in line] for line in sheet.rows] for sheet in book}
