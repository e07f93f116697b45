"""Points of an item: invariants over any figures."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...tools.scoring import (
    BandError,
    Item,
    Rounding,
    decimal,
    parse_bands,
    points,
    spread,
)

weights = st.decimals("0.01", "100", places=2)
counts = st.integers(0, 10_000)
rate_rules = st.sampled_from(["full_or_zero", "proportional", "banded"])


def item(rule, weight, target=Decimal(95)):
    bands = f"95:{weight}；80:{weight / 2}"
    return Item(rule=rule, weight=weight, target=target, deduction="0.5", bands=bands)


@tagged("post_install", "-at_install")
class TestScoring(BaseCase):
    @given(rate_rules, weights, counts, counts)
    def test_points_lie_between_zero_and_the_weight(self, rule, weight, numerator, denominator):
        numerator = min(numerator, denominator)
        won = points(item(rule, weight), numerator, denominator)
        if not denominator:
            self.assertIsNone(won)
        else:
            self.assertTrue(0 <= won <= weight)

    @given(rate_rules, weights, st.integers(1, 1000), st.data())
    def test_more_reached_never_gives_fewer_points(self, rule, weight, denominator, data):
        less = data.draw(st.integers(0, denominator))
        more = data.draw(st.integers(less, denominator))
        scored = item(rule, weight)
        self.assertLessEqual(points(scored, less, denominator), points(scored, more, denominator))

    @given(weights, counts)
    def test_events_cost_points_down_to_zero(self, weight, events):
        won = points(item("deduct_per_event", weight), events, 0)
        self.assertEqual(won, max(weight - events * Decimal("0.5"), 0))

    @given(st.lists(weights, min_size=1, max_size=30), st.data())
    def test_spread_weights_keep_their_sum(self, given_weights, data):
        table = dict(enumerate(given_weights))
        dropped = data.draw(st.sets(st.sampled_from(sorted(table))))
        kept = spread(table, dropped)
        self.assertEqual(set(kept), set(table) - dropped)
        if kept:
            self.assertLess(abs(sum(kept.values()) - sum(given_weights)), Decimal("1e-20"))

    @given(weights, st.integers(1, 1000), st.data())
    def test_the_same_figures_give_the_same_points_to_the_cent(self, weight, denominator, data):
        numerator = data.draw(st.integers(0, denominator))
        scored = item("proportional", weight)
        as_float = item("proportional", float(weight), 95.0)
        rounding = Rounding()
        self.assertEqual(
            rounding(points(scored, numerator, denominator)),
            rounding(points(as_float, numerator, denominator)),
        )

    def test_the_rounding_of_the_settings_decides_the_last_place(self):
        half = decimal(0.125)
        self.assertEqual(Rounding("half_up", 2)(half), Decimal("0.13"))
        self.assertEqual(Rounding("half_even", 2)(half), Decimal("0.12"))
        self.assertEqual(Rounding("down", 2)(decimal(0.129)), Decimal("0.12"))

    def test_bands_as_people_write_them(self):
        read = parse_bands("95%：10; 90=8，80:5；", 10)
        self.assertEqual(read, [(95, 10), (90, 8), (80, 5)])
        for wrong in ("", "95", "80:5;95:10", "95:5;90:8", "95:11"):
            with self.subTest(wrong), self.assertRaises(BandError):
                parse_bands(wrong, 10)
