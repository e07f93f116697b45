"""How HTML of a statutory form becomes PDF: wkhtmltopdf of either kind, fonts, page numbers.

Core's own way is not enough for these papers: it waits a second per run for JavaScript,
fetches style sheets over HTTP (which fails behind a reverse proxy or with one worker), needs
patched Qt for page numbers and for several documents in one run, and prints empty squares
when there is no Chinese font. The pages here are self-contained, so none of this is needed.

No Odoo environment in here; messages for people belong to the caller.
"""

import functools
import io
import os
import shutil
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from odoo.tools.pdf import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    PdfFileReader,
    PdfFileWriter,
)

from odoo.addons.base.models import ir_actions_report as core

MM = 72 / 25.4
# Page numbers: one of the fonts that every PDF reader has, and its widths in 1/1000.
FONT_KEY = "/TownshipNumber"
NUMBER_FONT = {
    "/Type": "/Font",
    "/Subtype": "/Type1",
    "/BaseFont": "/Times-Roman",
    "/Encoding": "/WinAnsiEncoding",
}
DIGIT_WIDTH, DASH_WIDTH, BLANK_WIDTH = 500, 1000, 250
TIMEOUT = 600
# Letters on one paper above which it probably needs a second page and is rendered alone.
SHORT_TEXT = 900
# Papers of one page that one run of wkhtmltopdf renders together.
BATCH_SIZE = 50
# A wrong "no font" must not last: an administrator installs one while the server runs.
FONT_RETRY_SECONDS = 30
FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "C:/Windows/Fonts",
)
FONT_NAMES = (
    "cjk",
    "sourcehan",
    "wqy",
    "simsun",
    "simfang",
    "simhei",
    "fangsong",
    "msyh",
    "ukai",
    "uming",
    "pingfang",
    "songti",
)


class PrintError(Exception):
    """wkhtmltopdf failed; the text is its own message."""


class Page(NamedTuple):
    """Paper size and margins in millimetres; ``numbers``: no, several, always."""

    size: str = "A4"
    landscape: bool = False
    top: float = 25
    right: float = 20
    bottom: float = 20
    left: float = 28
    numbers: str = "several"

    def arguments(self):
        """:return: ``list`` of wkhtmltopdf's arguments"""
        return [
            *("--page-size", self.size),
            *("--orientation", "Landscape" if self.landscape else "Portrait"),
            *("--margin-top", f"{self.top}mm"),
            *("--margin-right", f"{self.right}mm"),
            *("--margin-bottom", f"{self.bottom}mm"),
            *("--margin-left", f"{self.left}mm"),
        ]


# ----------------------------------------------------------------------
# Fonts
# ----------------------------------------------------------------------

_font_answer = (False, 0.0)


def has_chinese_font():
    """Whether the machine has a font with Chinese characters; a "no" is asked again after
    half a minute.

    :return: ``bool``
    """
    global _font_answer
    found, asked = _font_answer
    if not found and (not asked or time.monotonic() - asked > FONT_RETRY_SECONDS):
        found = _find_chinese_font()
        _font_answer = (found, time.monotonic())
    return found


def _find_chinese_font():
    program = shutil.which("fc-list")
    if program:
        listed = subprocess.run(
            [program, ":lang=zh", "file"], capture_output=True, check=False, timeout=60
        )
        # wkhtmltopdf asks fontconfig as well: where it answers, its answer counts.
        if listed.returncode == 0:
            return bool(listed.stdout.strip())
    return any(
        any(name in file.name.lower() for name in FONT_NAMES)
        for folder in FONT_FOLDERS
        for file in Path(folder).expanduser().rglob("*.[to]t[cf]")
    )


# ----------------------------------------------------------------------
# wkhtmltopdf
# ----------------------------------------------------------------------


def is_ready():
    """Whether wkhtmltopdf was found and answers."""
    return core._wkhtml().state not in ("install", "broken")


def render(pages, page):
    """Render papers, each on pages of its own, in as few runs as possible.

    Unpatched Qt takes one document per run, and a run takes longer to start than to print a
    page: so short papers go into one document with page breaks. If that has more pages than
    papers, one of them was longer than thought and each is rendered alone, so that the pages
    of every paper are known.

    :param list pages: HTML of each paper (:func:`join` puts several into one document)
    :param Page page: size and margins
    :return: ``list`` of ``(number of papers, PDF as bytes, its number of pages)`` in order
    """
    groups = _groups(pages)
    with ThreadPoolExecutor(max_workers=max(1, min(4, os.cpu_count() or 1))) as pool:
        results = list(pool.map(lambda group: _render_group(group, page), groups))
    return [part for result in results for part in result]


def _groups(pages):
    """:return: ``list`` of ``list`` of papers, in order, that share a run"""
    groups = []
    for paper in pages:
        short = len(paper.text) <= SHORT_TEXT
        if short and groups and groups[-1][0] and len(groups[-1][1]) < BATCH_SIZE:
            groups[-1][1].append(paper)
        else:
            groups.append((short, [paper]))
    return [group for _short, group in groups]


def _render_group(group, page):
    pdf = run_wkhtmltopdf(join(group), page)
    count = count_pages(pdf)
    if len(group) == 1 or count == len(group):
        return [(len(group), pdf, count)]
    parts = []
    for paper in group:
        pdf = run_wkhtmltopdf(join([paper]), page)
        parts.append((1, pdf, count_pages(pdf)))
    return parts


class Paper(NamedTuple):
    """One document: the HTML head that it shares with others, its body, its bare text."""

    head: str
    body: str
    text: str


def join(papers):
    """:param papers: ``list`` of :class:`Paper` with the same head
    :return: ``str``, one HTML document that starts each paper on a new page"""
    bodies = [papers[0].body]
    bodies += [f'<div style="page-break-before:always">{paper.body}</div>' for paper in papers[1:]]
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head>{papers[0].head}</head>'
        f'<body class="township">{"".join(bodies)}</body></html>'
    )


def run_wkhtmltopdf(html, page):
    """:param str html: a whole self-contained document
    :param Page page: size and margins
    :return: PDF as ``bytes``, in which a millimetre of CSS is a millimetre on paper
    :raise PrintError: wkhtmltopdf failed
    """
    zoom = 1 / page_scale(core._wkhtml().bin)
    style = f"<style>body{{zoom:{zoom:.4f}}}</style></head>"
    return _run(html.replace("</head>", style, 1), page.arguments())


@functools.lru_cache(4)
def page_scale(_binary):
    """How long a millimetre of CSS gets on the paper: 1.28 with patched Qt, 0.77 without, and
    other values in other builds. Measured once per process: the pages that a strip of known
    length fills.

    :param str _binary: path of the program, key of the cache
    :return: ``float``
    """
    length = 20000
    strip = f'<html><head></head><body style="margin:0"><div style="height:{length}mm"/></html>'
    page = Page(top=0, right=0, bottom=0, left=0)
    return count_pages(_run(strip, page.arguments())) * 297 / length


def _run(html, arguments):
    """Feed wkhtmltopdf through pipes: no temporary file ever holds personal data.

    No scripts, no local files, no network: all that is on the page is in the page.
    """
    command = [
        core._wkhtml().bin,
        "--quiet",
        "--disable-javascript",
        "--disable-local-file-access",
        "--disable-smart-shrinking",
        *arguments,
        "-",
        "-",
    ]
    environment = {"XDG_RUNTIME_DIR": "/tmp", "QT_QPA_PLATFORM": "offscreen", **os.environ}
    try:
        done = subprocess.run(
            command,
            input=html.encode(),
            capture_output=True,
            check=False,
            timeout=TIMEOUT,
            env=environment,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PrintError(str(error)) from error
    # Code 1 is a warning (something on the page could not be loaded) if there is a PDF.
    if done.returncode not in (0, 1) or not done.stdout.startswith(b"%PDF"):
        message = done.stderr.decode(errors="replace").strip()[-500:]
        raise PrintError(message or f"exit code {done.returncode}")
    return done.stdout


# ----------------------------------------------------------------------
# PDF (by the old names that odoo.tools.pdf gives every version of pypdf)
# ----------------------------------------------------------------------


def count_pages(pdf):
    """:return: ``int``"""
    return PdfFileReader(io.BytesIO(pdf)).numPages


def merge(pdfs, duplex=False):
    """:param pdfs: ``list`` of ``bytes``
    :param bool duplex: each begins on a new sheet of paper when it is printed on both sides
    :return: one PDF as ``bytes``; a single one is left as it is, byte for byte"""
    if len(pdfs) == 1:
        return pdfs[0]
    writer = PdfFileWriter()
    for pdf in pdfs:
        for sheet in PdfFileReader(io.BytesIO(pdf)).pages:
            _drop_signature(sheet)
            writer.addPage(sheet)
        if duplex and writer.getNumPages() % 2:
            writer.addBlankPage()
    return _written(writer)


def cut(pdf, first, last):
    """:param bytes pdf: the document
    :param int first: first page wanted, from 1
    :param int last: last page wanted
    :return: PDF as ``bytes`` of those pages"""
    reader, writer = PdfFileReader(io.BytesIO(pdf)), PdfFileWriter()
    for position in range(first - 1, last):
        writer.addPage(reader.pages[position])
    return _written(writer)


def _drop_signature(sheet):
    """A signature covers its own file: what a page carries of it would show as broken in any
    other file."""
    annotations = sheet.get("/Annots")
    if annotations is None:
        return
    sheet[NameObject("/Annots")] = ArrayObject(
        one for one in annotations.getObject() if one.getObject().get("/FT") != "/Sig"
    )


def stamp_page_numbers(pdf, numbers, page):
    """Print page numbers into the bottom margin.

    Digits need no Chinese font, so the numbers are right on every machine: ``— 2 —`` in 14 pt
    as GB/T 9704-2012 7.5 has them.

    :param bytes pdf: the document
    :param list numbers: for each page the number to print, or ``None``
    :param Page page: margins of the document
    :return: PDF as ``bytes``
    """
    if not any(numbers):
        return pdf
    reader, writer = PdfFileReader(io.BytesIO(pdf)), PdfFileWriter()
    for position, number in enumerate(numbers):
        writer.addPage(reader.pages[position])
        if number:
            sheet = writer.getPage(position)
            _stamp(writer, sheet, _number_operators(sheet, number, page))
    return _written(writer)


def _number_operators(sheet, number, page):
    """:return: ``str``, PDF operators that print the number on the page"""
    width = float(sheet.mediaBox[2])
    size = 14
    units = len(str(number)) * DIGIT_WIDTH + 2 * DASH_WIDTH + 2 * BLANK_WIDTH
    x = (page.left * MM + width - page.right * MM - units * size / 1000) / 2
    y = (page.bottom - 10) * MM
    # \227: the dash of GB/T 9704 in WinAnsiEncoding
    return f"BT {FONT_KEY} {size} Tf {x:.2f} {y:.2f} Td (\\227 {number} \\227) Tj ET"


def _stamp(writer, sheet, operators):
    """Add operators after the content of a page without parsing it, which would take longer
    than printing the page and leave it uncompressed."""
    contents = sheet["/Contents"]
    parts = list(contents) if isinstance(contents, list) else [sheet.raw_get("/Contents")]
    before, after = (writer._add_object(_stream(text)) for text in ("q\n", f"\nQ\n{operators}\n"))
    sheet[NameObject("/Contents")] = ArrayObject([before, *parts, after])
    fonts = sheet["/Resources"].get("/Font")
    if fonts is None:
        fonts = sheet["/Resources"][NameObject("/Font")] = DictionaryObject()
    if FONT_KEY not in fonts:
        fonts[NameObject(FONT_KEY)] = DictionaryObject(
            {NameObject(key): NameObject(value) for key, value in NUMBER_FONT.items()}
        )


def _stream(text):
    stream = DecodedStreamObject()
    stream.setData(text.encode("ascii"))
    return stream


def _written(writer):
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def wrap(text, width, size):
    """Estimate how a text breaks into lines in a table cell: a Chinese character is as wide as
    the font is high, a digit or letter a little more than half.

    :param str text: content of the cell
    :param float width: of the cell in points, without its padding
    :param float size: of the font in points
    :return: ``list`` of ``str``, at least one; joined they are ``text`` (line feeds included)
    """
    lines = []
    for paragraph in (text or "").splitlines(keepends=True) or [""]:
        line, used = "", 0.0
        # A line ends early where punctuation may not begin the next one.
        room = width - size if width > 10 * size else width
        for char in paragraph:
            needed = 0 if char == "\n" else size * (1 if ord(char) > 255 else 0.58)
            if line and used + needed > room:
                lines.append(line)
                line, used = "", 0.0
            line += char
            used += needed
        lines.append(line)
    return lines
