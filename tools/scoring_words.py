"""How an item is scored, in the words of a letter."""

from .scoring import decimal, parse_bands

BY_HAND = "由考核单位对照工作情况评分"


def number_words(number):
    """:return: ``str`` of a number without needless decimals: ``95``, ``0.5``"""
    text = f"{decimal(number):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rule_words(item):
    """:param item: ``tools.scoring.Item``
    :return: ``str`` such as ``达到95%得满分，未达到的按比例计分``
    """
    if item.rule == "full_or_zero":
        return f"达到{number_words(item.target)}%得满分，未达到的不得分"
    if item.rule == "proportional":
        return f"达到{number_words(item.target)}%得满分，未达到的按比例计分"
    if item.rule == "deduct_per_event":
        return f"每发生1次扣{number_words(item.deduction)}分，扣完为止"
    if item.rule == "banded":
        return _band_words(parse_bands(item.bands, item.weight))
    return BY_HAND


def _band_words(bands):
    parts = [f"{number_words(floor)}%以上得{number_words(won)}分" for floor, won in bands]
    lowest, least = bands[-1]
    if lowest and least:
        parts.append(f"不足{number_words(lowest)}%的不得分")
    return "，".join(parts)
