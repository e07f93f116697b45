"""Scans of the made-up corrections office: a page with nobody's paper on it."""

import io
from functools import cache

from PIL import Image, ImageDraw

from odoo.fields import Command


@cache
def _page():
    page = Image.new("RGB", (210, 297), "white")
    draw = ImageDraw.Draw(page)
    for line in range(40, 240, 14):
        draw.line((30, line, 180, line), fill="#bbbbbb")
    output = io.BytesIO()
    page.save(output, "PNG")
    return output.getvalue()


def scan(name):
    """:return: commands of one scan, for a field of scans"""
    return [Command.create({"name": f"{name}.png", "raw": _page()})]


def decision(number, day, body="槐荫县社区矫正管理局"):
    """:return: ``dict``: the whole paper of another body"""
    return {
        "decision_body": body,
        "decision_number": number.format(year=day.year),
        "decision_date": day,
        "decision_scan_ids": scan("文书"),
    }
