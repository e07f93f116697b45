"""Helpers of the tests that print."""

import io
import os
import shutil
import unittest
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from odoo.tools.pdf import PdfFileReader

from odoo.addons.base.models import ir_actions_report as core

from ...tools import printing

KINDS = ("patched", "unpatched")


@contextmanager
def wkhtmltopdf(kind):
    """Print with the named kind of wkhtmltopdf; the test is skipped where there is none.

    :param str kind: patched or unpatched
    """
    path = os.environ.get(f"TOWNSHIP_WKHTMLTOPDF_{kind.upper()}")
    if not path or not (Path(path).exists() or shutil.which(path)):
        raise unittest.SkipTest(f"no wkhtmltopdf with {kind} Qt: ./dev provides it")
    if not printing.has_chinese_font():
        raise unittest.SkipTest("no Chinese font on this machine: ./dev provides one")
    info = core._wkhtml()._replace(
        state="ok", bin=path, version="0.12", is_patched_qt=kind == "patched"
    )
    with patch.object(core, "_wkhtml", lambda: info):
        yield


def pages_of(pdf):
    """:return: ``list`` of ``str``, the text of each page without blanks"""
    reader = PdfFileReader(io.BytesIO(pdf))
    return ["".join(page.extract_text().split()) for page in reader.pages]


def fonts_of(pdf):
    """:return: ``dict``, name of each font -> whether it is embedded"""
    fonts = {}
    for page in PdfFileReader(io.BytesIO(pdf)).pages:
        for font in (page["/Resources"].get("/Font") or {}).values():
            font = font.get_object()
            for part in font.get("/DescendantFonts", [font]):
                part = part.get_object()
                descriptor = part.get("/FontDescriptor", {})
                descriptor = descriptor.get_object() if descriptor else {}
                fonts[part["/BaseFont"]] = any(
                    key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")
                )
    return fonts
