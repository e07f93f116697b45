"""Amounts of money in words (人民币大写), as receipts and payment lists need them."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

import cn2an

CENT = Decimal("0.01")
# cn2an knows sixteen digits before the point; no township pays more.
LIMIT = Decimal(10) ** 16


def amount_in_words(amount):
    """Write an amount as the rules of the People's Bank ask (正确填写票据和结算凭证的基本规定):
    人民币 in front without a gap, 整 after 元 or 角, nothing after 分.

    :param amount: ``int``, ``float``, ``str`` or ``Decimal`` in yuan, not negative
    :return: ``str`` such as ``人民币壹仟贰佰元伍角整``
    :raise ValueError: not an amount, negative, or of more than sixteen digits
    """
    try:
        value = Decimal(str(amount)).quantize(CENT, ROUND_HALF_UP)
    except InvalidOperation:
        raise ValueError(f"{amount!r} is not an amount of money") from None
    if value.is_nan() or not 0 <= value < LIMIT:
        raise ValueError(f"{amount!r} is outside the amounts that can be written in words")
    # normalize() would write 1E+2: the point and its zeros go by hand.
    words = cn2an.an2cn(f"{value:f}".rstrip("0").rstrip("."), "rmb")
    if words.endswith("角"):
        words += "整"
    return f"人民币{words}"
