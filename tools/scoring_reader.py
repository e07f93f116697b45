"""The scoring rule that the words of an item table mean (计分办法), where they are clear.

No Odoo environment in here. What the words do not say beyond doubt is scored by hand.
"""

import re
import unicodedata
from typing import NamedTuple

from .scoring import BandError, parse_bands

_NUMBER = r"(\d+(?:\.\d+)?)"
# 95:10；90:8
_LISTED = re.compile(rf"{_NUMBER}\s*%?\s*[:=]\s*{_NUMBER}(?:\s*[;,]\s*|\s*$)")
# 95%以上(含95%)的，得10分
_SPOKEN = re.compile(
    rf"{_NUMBER}%(?:\([^()]*\))?(?:及以上|以上)?(?:\([^()]*\))?(?:的)?[,:]?(?:得|计|记){_NUMBER}分"
)
_BELOW = re.compile(rf"{_NUMBER}%以下(?:的)?[,:]?(?:不得分|不计分|(?:得|计|记)0分)")
_DEDUCTED = re.compile(rf"扣(?:减|除)?{_NUMBER}分")
_PER_EVENT = re.compile(
    r"每(?:发生|发现|出现|逾期|缺|少)?(?:一|1)?(?:次|件|起|项|处|例|份|卷|宗|条|天|日)"
    rf"[^,;。扣]{{0,12}}扣(?:减|除)?{_NUMBER}分"
)
_ALL_OR_NOTHING = re.compile(r"(?:达标|达到|完成)[^;。]{0,20}(?:得|计|记)满分")
_BY_HAND = re.compile(r"人工|酌情|视情|综合评定|评议")


class Scoring(NamedTuple):
    """``rule`` of ``township.indicator.mixin`` with what it needs."""

    rule: str = "manual"
    deduction: float = 0.0
    bands: str = ""


BY_HAND = Scoring()


def read_scoring(text, weight):
    """:param str text: as written in the table
    :param weight: full marks of the item
    :return: :class:`Scoring`
    """
    text = "".join(unicodedata.normalize("NFKC", text or "").split())
    if not text or _BY_HAND.search(text):
        return BY_HAND
    deducted = set(_DEDUCTED.findall(text))
    bands = _bands(text, weight)
    proportional = "按比例" in text
    # words that name two ways at once leave the choice to a person
    if deducted:
        return BY_HAND if bands or proportional else _per_event(text)
    if bands:
        return BY_HAND if proportional else Scoring("banded", bands=bands)
    if proportional:
        return Scoring("proportional")
    return Scoring("full_or_zero") if _ALL_OR_NOTHING.search(text) else BY_HAND


def _per_event(text):
    """One amount, and that for each event; several amounts are several rules."""
    amounts = _DEDUCTED.findall(text)
    if len(amounts) == 1 and _PER_EVENT.findall(text) == amounts and float(amounts[0]):
        return Scoring("deduct_per_event", deduction=float(amounts[0]))
    return BY_HAND


def _bands(text, weight):
    """:return: ``str`` of bands that hold for this weight, or empty"""
    found = _SPOKEN.findall(_BELOW.sub("", text)) or _LISTED.findall(text)
    bands = "；".join(f"{floor}:{points}" for floor, points in found)
    try:
        parse_bands(bands, weight)
    except BandError:
        return ""
    return bands
