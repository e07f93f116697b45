"""What people type into the cells of a ledger, read without guessing.

Each reader takes the plain Python value of a cell (``str``, ``int``, ``float``, ``date``,
``datetime``, ``bool``, ``None`` or :class:`CellError`), returns the value meant, or raises
:class:`~.problems.CellProblem`. An empty cell gives ``None``, ``""`` or ``[]``.
"""

import re
import unicodedata
from contextlib import suppress
from datetime import date, datetime, timedelta

from .. import identity
from .problems import CellProblem

# Words that say "nothing" in a cell.
NOTHING = frozenset({"", "/", "-", "--", "—", "——", "无", "没有", "不详", "n/a", "na", "\\", "空"})
# Day 0 of Excel's serial numbers: 1900 mode (with its leap-year error) and 1904 mode (old Macs).
EPOCH_1900 = date(1899, 12, 30)
EPOCH_1904 = date(1904, 1, 1)
# A ledger of disputes older than this, or a serial number outside, is a slip of the pen.
FIRST_YEAR, LAST_YEAR = 1980, 2100
# Excel keeps 15 digits of a number; the rest of an ID number typed as a number is lost.
EXCEL_DIGITS = 15
MAX_TEXT = 20000

_INVISIBLE = re.compile(r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u200b-\u200f\u2060\ufeff]")
_BLANKS = re.compile(r"[ \t\r\f\v\u00a0\u3000]+")
_TIME_OF_DAY = re.compile(
    r"(?:T|\s+|(?<=[日号])\s*)(?:上午|下午|早上|晚上)?\s*\d{1,2}"
    r"(?:[:时点]\d{0,2}分?)(?::\d{1,2}(?:\.\d+)?|\d{1,2}秒)?$"
)
_WEEKDAY = re.compile(r"\(?(?:星期|周|礼拜)[一二三四五六日天]\)?$")
_DATE = re.compile(r"(\d{4})[年/\-.。,、](\d{1,2})[月/\-.。,、](\d{1,2})[日号]?\.?$")
_DATE_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?$")
_CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_CHINESE_DATE = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]$"
)
_AMOUNT = re.compile(r"(-?\d+(?:\.\d+)?)(亿|万|千|百)?$")
_UNITS = {None: 1, "百": 100, "千": 1000, "万": 10000, "亿": 100000000}
_DAMAGED_NUMBER = re.compile(r"(\d)(?:\.(\d+))?[eE]\+?(\d{1,2})$")


class CellError(str):
    """The text of an error cell (``#REF!``) or, empty, a formula whose value was not saved."""

    __slots__ = ()


def raw_text(value):
    """The cell as its author sees it, for the rejected workbook and for messages.

    :return: ``str``; a whole number without ``.0``, a date as 2026-01-06
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e18 else repr(value)
    if isinstance(value, datetime):
        return value.strftime(
            "%Y-%m-%d" if value.time() == datetime.min.time() else "%Y-%m-%d %H:%M"
        )
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def text_of(value):
    """The text of a cell with odd blanks and invisible characters put right.

    :return: ``str``, lines kept
    :raise CellProblem: the cell shows an error, or is longer than any ledger needs
    """
    if isinstance(value, CellError):
        if value:
            raise CellProblem("cell_error", text=str(value))
        raise CellProblem("formula_without_value")
    text = _INVISIBLE.sub("", raw_text(value)).replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > MAX_TEXT:
        raise CellProblem("text_too_long", limit=MAX_TEXT)
    return "\n".join(_BLANKS.sub(" ", line).strip() for line in text.split("\n")).strip()


def plain(value):
    """Text for comparing: full-width forms narrowed, blanks gone, lower case.

    :return: ``str``; "" also for the words that say nothing (无, /, -)
    """
    text = "".join(unicodedata.normalize("NFKC", text_of(value)).split()).lower()
    return "" if text in NOTHING else text


def date_of(value, epoch=EPOCH_1900):
    """A day as typed: 2026/01/06, 2026-1-6, 2026.1.14, 20260119, 2026年1月10日, 二〇二六年一月六日,
    with or without a time of day, or a serial number of Excel.

    :param date epoch: day 0 of the workbook's serial numbers
    :return: ``date``, or ``None`` for an empty cell
    :raise CellProblem: ``date_impossible`` (30 February), ``date_undetermined`` (待定, 1月6日)
    """
    if isinstance(value, datetime):
        return _plausible(value.date(), value)
    if isinstance(value, date):
        return _plausible(value, value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _date_of_number(value, epoch)
    if not plain(value):
        return None
    text = unicodedata.normalize("NFKC", text_of(value)).lstrip("'").strip()
    bare = _TIME_OF_DAY.sub("", _WEEKDAY.sub("", text).strip())
    bare = "".join(bare.split())
    if match := _DATE.match(bare) or _DATE_DIGITS.match(bare):
        return _date_of_parts(*map(int, match.groups()), value)
    if match := _CHINESE_DATE.match(bare):
        return _date_of_parts(
            int(match[1].translate(_CHINESE_DIGITS)), _small(match[2]), _small(match[3]), value
        )
    if _SERIAL.match(bare):
        return _date_of_number(float(bare), epoch)
    raise CellProblem("date_undetermined", text=text_of(value))


def _date_of_number(value, epoch):
    if float(value).is_integer() and FIRST_YEAR <= value // 10000 <= LAST_YEAR:
        digits = int(value)
        return _date_of_parts(digits // 10000, digits // 100 % 100, digits % 100, value)
    try:
        day = epoch + timedelta(days=int(value))
    except OverflowError:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CellProblem("date_undetermined", text=raw_text(value))
    return day


def _date_of_parts(year, month, day, value):
    try:
        return _plausible(date(year, month, day), value)
    except ValueError as error:
        if isinstance(error, CellProblem):
            raise
        raise CellProblem("date_impossible", text=text_of(value)) from None


def _plausible(day, value):
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CellProblem("date_impossible", text=raw_text(value))
    return day


def _small(text):
    """:return: ``int`` of a Chinese number up to 99, as in dates"""
    tens, ten, ones = text.rpartition("十")
    tens_value = int(tens.translate(_CHINESE_DIGITS) or 1) if ten else 0
    return tens_value * 10 + int(ones.translate(_CHINESE_DIGITS) or 0)


def amount_of(value, unit=1):
    """An amount of money: 800, 3500.5, 1.2万, 1,200元, ￥3000.00, 叁仟元整.

    :param int unit: 10000 under a heading that says 万元, for numbers without a unit of their own
    :return: ``float``, or ``None`` for an empty cell
    :raise CellProblem: ``amount_unclear`` (约3千, 2-3万), ``amount_negative``
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _positive(float(value) * unit, value)
    text = plain(value)
    if not text or text in ("不涉及", "未涉及", "不涉及金额", "无金额"):
        return None
    bare = re.sub(r"[,'¥￥]|人民币|rmb|cny", "", text)
    in_yuan = bare.endswith(("元", "元整", "圆", "圆整"))
    bare = re.sub(r"[元圆](?:整|正)?$", "", bare)
    if match := _AMOUNT.match(bare):
        factor = _UNITS[match[2]] if match[2] or in_yuan else unit
        return _positive(round(float(match[1]) * factor, 2), value)
    return _positive(_spelled_amount(bare, value), value)


def _spelled_amount(text, value):
    """Amounts spelled in Chinese figures (三千五百, 壹万贰仟), read by ``cn2an``."""
    if re.fullmatch(r"[零〇一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟两]+", text):
        import cn2an

        with suppress(ValueError):
            return float(cn2an.cn2an(text, "smart"))
    raise CellProblem("amount_unclear", text=text_of(value))


def _positive(amount, value):
    if amount < 0:
        raise CellProblem("amount_negative", text=raw_text(value))
    return amount


def whole_number_of(value):
    """A count such as 户数: 120, 120户, 1,200人.

    :return: ``int``, or ``None`` for an empty cell
    :raise CellProblem: ``number_unclear``
    """
    text = plain(value)
    if not text:
        return None
    match = re.fullmatch(r"(\d+)(?:\.0+)?[户人个名口]?", text.replace(",", ""))
    if not match:
        raise CellProblem("number_unclear", text=text_of(value))
    return int(match[1])


def digits_of(value):
    """The digits of a phone or ID number that Excel may have turned into a number.

    :return: ``str``
    :raise CellProblem: ``number_damaged`` when Excel has cut its last digits
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if isinstance(value, float) and (abs(value) >= 10**EXCEL_DIGITS or not value.is_integer()):
            raise CellProblem("number_damaged", text=raw_text(value))
        if isinstance(value, int) and abs(value) >= 10**EXCEL_DIGITS and value % 1000 == 0:
            raise CellProblem("number_damaged", text=raw_text(value))
        return str(int(value))
    text = unicodedata.normalize("NFKC", text_of(value)).lstrip("'`").strip()
    if re.fullmatch(r"\d{11}\.0+", text):
        return text.partition(".")[0]
    if match := _DAMAGED_NUMBER.match(text):
        fraction, power = match[2] or "", int(match[3])
        if len(fraction) < power or power >= EXCEL_DIGITS:
            raise CellProblem("number_damaged", text=text)
        return str(int(float(text)))
    return text


def phones_of(value):
    """The phone numbers of one cell, in order: 13943803232, 0571-88001234、13900001111.

    :return: ``list`` of ``str``, normalised
    :raise CellProblem: ``number_damaged``, ``phone_unclear``
    """
    text = digits_of(value)
    if not plain(text):
        return []
    phones = identity.normalise_phone(text)
    if any(identity.check_phone(phone) for phone in phones):
        raise CellProblem("phone_unclear", text=text_of(value))
    return phones


_SEPARATORS = re.compile(r"[、,;/\n|\\]+")


def ids_of(value):
    """The ID numbers of one cell, in order; "" keeps the place of a person without one (无).

    :return: ``list`` of ``str``, normalised; not checked
    :raise CellProblem: ``number_damaged``
    """
    text = digits_of(value)
    if not plain(text):
        return []
    numbers = []
    for part in _SEPARATORS.split(text):
        pieces = part.split()
        several = len(pieces) > 1 and all(len(piece) in (15, 18) for piece in pieces)
        numbers += pieces if several else [part]
    return ["" if plain(number) == "" else identity.normalise_id(number) for number in numbers]
