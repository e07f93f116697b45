"""Small words of Chinese forms: dates, numbers, blanks to fill by hand."""

import re

BLANK_DATE = "　　　　年　　月　　日"
# For narrow cells.
SHORT_BLANK_DATE = "　　年　 月　 日"


def date_words(day, blank=BLANK_DATE):
    """:param day: ``date`` or nothing
    :param str blank: what is printed when there is no date
    :return: ``str`` such as ``2026年6月3日``, or a blank to fill by hand"""
    return f"{day.year}年{day.month}月{day.day}日" if day else blank


def paragraphs(text):
    """Split what a person typed into paragraphs for a form; blank lines go.

    :param text: ``str`` or nothing
    :return: ``list`` of ``str``
    """
    return [line.strip(" \t　") for line in (text or "").splitlines() if line.strip(" \t　")]


def amount_words(amount):
    """:return: ``str`` of an amount in figures, without needless decimals: ``800``, ``86000.5``"""
    if not amount:
        return ""
    return f"{amount:.2f}".rstrip("0").rstrip(".")


def township_name(office):
    """:param office: ``str`` or nothing, such as 槐荫镇人民政府
    :return: ``str``: 槐荫镇"""
    return re.sub(r"(人民政府|综治中心|街道办事处|司法所)$", "", office or "")
