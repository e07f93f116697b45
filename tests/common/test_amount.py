import re
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...tools.amount import amount_in_words

DIGITS = {word: value for value, word in enumerate("零壹贰叁肆伍陆柒捌玖")}
UNITS = {"拾": 10, "佰": 100, "仟": 1000}
BIG_UNITS = {"万": 10**4, "亿": 10**8}


def number_of(words):
    """Read 壹万零贰佰 back: written apart from the library, so that it checks it."""
    total = section = digit = 0
    for char in words:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in UNITS:
            section += digit * UNITS[char]
            digit = 0
        else:
            section += digit
            # 万亿: the whole number so far is counted in the bigger unit.
            total = (
                (total + section) * BIG_UNITS[char]
                if char == "亿"
                else (total + section * BIG_UNITS[char])
            )
            section = digit = 0
    return total + section + digit


def amount_of(words):
    """:return: ``Decimal`` of an amount in words"""
    yuan, jiao, fen = re.fullmatch(
        r"人民币(?:(.+)元)?零?(?:(.)角)?零?(?:(.)分)?整?", words
    ).groups()
    cents = number_of(yuan or "") * 100 + DIGITS.get(jiao, 0) * 10 + DIGITS.get(fen, 0)
    return Decimal(cents) / 100


@tagged("post_install", "-at_install")
class TestAmount(BaseCase):
    def test_examples(self):
        for amount, words in [
            (0, "人民币零元整"),
            (800, "人民币捌佰元整"),
            (1680.32, "人民币壹仟陆佰捌拾元叁角贰分"),
            (16409.02, "人民币壹万陆仟肆佰零玖元零贰分"),
            (1200.5, "人民币壹仟贰佰元伍角整"),
            ("0.05", "人民币伍分"),
            (100010001, "人民币壹亿零壹万零壹元整"),
            (Decimal("2.005"), "人民币贰元零壹分"),
        ]:
            with self.subTest(amount=amount):
                self.assertEqual(amount_in_words(amount), words)

    @settings(max_examples=300, deadline=None)
    @given(st.decimals(min_value=0, max_value=10**12, places=2))
    def test_words_mean_the_amount_and_have_the_legal_form(self, amount):
        words = amount_in_words(amount)
        self.assertEqual(amount_of(words), amount)
        # 正确填写票据和结算凭证的基本规定: 整 after 元 or 角, none after 分, no doubled zeros.
        self.assertEqual(words.endswith("整"), not words.endswith("分"))
        self.assertNotIn("零零", words)
        self.assertNotIn("零万", words)

    def test_what_is_no_amount_is_refused(self):
        for amount in (-1, "abc", 10**16, float("nan"), float("inf")):
            with self.subTest(amount=amount), self.assertRaises(ValueError):
                amount_in_words(amount)
