"""Points of an item out of what was reached: pure arithmetic in ``Decimal`` (domain 5.3).

No Odoo environment in here. Rates are per cent; points are rounded once, at the item.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import NamedTuple

ROUNDINGS = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "down": ROUND_DOWN}
ZERO, HUNDRED = Decimal(0), Decimal(100)
_BAND = re.compile(r"\s*(\d+(?:\.\d+)?)\s*%?\s*[:：=]\s*(\d+(?:\.\d+)?)\s*")


class BandError(ValueError):
    """The text is no list of bands."""


class Rounding(NamedTuple):
    """How points are rounded: ``mode`` of ``ROUNDINGS``, ``places`` after the point."""

    mode: str = "half_up"
    places: int = 2

    def __call__(self, value):
        """:return: ``Decimal``"""
        return value.quantize(Decimal(1).scaleb(-self.places), ROUNDINGS[self.mode])


@dataclass(frozen=True, kw_only=True)
class Item:
    """An item as its letter has it; numbers of any kind are taken by their decimal text."""

    rule: str
    weight: object
    target: object = 100
    deduction: object = 0
    bands: str = ""


def decimal(number):
    """:return: ``Decimal`` of what people see of a number, never of its binary fraction"""
    return number if isinstance(number, Decimal) else Decimal(str(number or 0))


def parse_bands(text, weight):
    """:param str text: ``"95:10；90:8；80:5"``
    :param weight: full marks of the item
    :return: ``list`` of (per cent, points), the highest first
    :raise BandError: no bands, not falling, or more points than the weight
    """
    bands = []
    for part in re.split("[;；,，]", text.strip().rstrip(";；")):
        match = _BAND.fullmatch(part)
        if not match:
            raise BandError(text)
        bands.append((Decimal(match[1]), Decimal(match[2])))
    falling = all(high[0] > low[0] and high[1] >= low[1] for high, low in pairwise(bands))
    if not falling or bands[0][1] > decimal(weight):
        raise BandError(text)
    return bands


def rate(numerator, denominator):
    """:return: ``Decimal`` per cent, exact; ``None`` for nothing to measure"""
    if not denominator:
        return None
    return decimal(numerator) * HUNDRED / decimal(denominator)


def points(item, numerator, denominator, weight=None):
    """Points before rounding.

    :param Item item: the item
    :param numerator: what was reached; events for ``deduct_per_event``
    :param denominator: what ought to be reached
    :param weight: full marks instead of the item's own, after weights were spread
    :return: ``Decimal`` between zero and the weight; ``None``: not scored (不计分), as nothing
        was there to measure
    """
    own = decimal(item.weight)
    full = own if weight is None else decimal(weight)
    if item.rule == "deduct_per_event":
        lost = decimal(numerator) * decimal(item.deduction)
        return _scaled(max(own - lost, ZERO), own, full)
    reached = rate(numerator, denominator)
    if reached is None:
        return None
    target = decimal(item.target)
    if item.rule == "full_or_zero":
        return full if reached >= target else ZERO
    if item.rule == "proportional":
        return min(reached / target, Decimal(1)) * full
    if item.rule == "banded":
        bands = parse_bands(item.bands, item.weight)
        return _scaled(next((won for floor, won in bands if reached >= floor), ZERO), own, full)
    raise ValueError(f"Items of rule {item.rule!r} are scored by hand.")


def by_hand(item, given, weight):
    """:param Item item: the item
    :param given: points somebody gave out of the item's own weight
    :param weight: full marks after weights were spread
    :return: ``Decimal`` points before rounding
    """
    return _scaled(decimal(given), decimal(item.weight), decimal(weight))


def _scaled(value, own, full):
    return value if full == own or not own else value * full / own


def spread(weights, dropped):
    """Spread the weights of items that are not scored over the others, in proportion.

    :param dict weights: item -> weight
    :param set dropped: items that are not scored
    :return: ``dict`` item -> ``Decimal`` for the others; their sum is the sum of all
    """
    kept = {key: decimal(weight) for key, weight in weights.items() if key not in dropped}
    total = sum(map(decimal, weights.values()), ZERO)
    base = sum(kept.values(), ZERO)
    if not base or base == total:
        return kept
    return {key: weight * total / base for key, weight in kept.items()}


def spread_whole(weights, dropped, places=2):
    """As :func:`spread`, in whole cents: what a sheet prints adds up to the sum of all weights.
    What rounding leaves goes to those that lost most, the first of equals.

    :param int places: after the point
    :return: ``dict`` item -> ``Decimal``
    """
    exact = spread(weights, dropped)
    cent = Decimal(1).scaleb(-places)
    cut = {key: weight.quantize(cent, ROUND_DOWN) for key, weight in exact.items()}
    left = sum(exact.values(), ZERO) - sum(cut.values(), ZERO)
    lost = sorted(cut, key=lambda key: cut[key] - exact[key])
    for key in lost[: int((left / cent).to_integral_value())]:
        cut[key] += cent
    return cut
