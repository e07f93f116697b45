"""Identity data as people type it: ID numbers, phones, names (no Odoo).

Functions named ``normalise_…`` never fail: they bring what people and spreadsheets write
into one form. Functions named ``check_…`` return a list of problem codes (empty = right);
the words for people belong to ``township.person.mixin``, where translation works.
"""

import re
import unicodedata
from datetime import date

# Only their check digits: their validation refuses residence permits (81-83) and area codes
# given after the birth.
from stdnum.cn import ric, uscc

ID_LENGTH = 18

# First two digits of a citizen ID number: provinces of GB/T 2260; 81-83 = residence permits
# of people of Hong Kong, Macau and Taiwan.
PERMIT_PREFIXES = ("81", "82", "83")
PROVINCES = frozenset(
    str(code)
    for codes in (
        range(11, 16),
        range(21, 24),
        range(31, 38),
        range(41, 47),
        range(50, 55),
        range(61, 66),
        (71, 81, 82, 83),
    )
    for code in codes
)
# A problem that only asks to look again: divisions were renamed and abolished for 40 years.
SOFT_PROBLEMS = frozenset({"area"})
EARLIEST_BIRTH_YEAR = 1900

ID_HEAD, ID_TAIL = 3, 1

# Capitals without I, O, S, V, Z.
_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]+")

# Letters that keyboards and text recognition put where the check character X belongs.
_LOOK_LIKE_X = str.maketrans("×хХχΧ", "XXXXX")
_INVISIBLE = re.compile("[\\s\u200b-\u200f\u2028-\u202e\u2060\ufeff'`‘’]+")
_CJK = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_SPACE_BESIDE_CJK = re.compile(rf"(?<=[{_CJK}·])\s+(?=[{_CJK}·])")
_NAME_DOT = re.compile(rf"(?<=[{_CJK}])\s*[•・‧∙⋅.]\s*(?=[{_CJK}])")

_PHONE_SEPARATORS = re.compile(r"[、,;/\\|\n\r]+|或")
_PHONE_LABEL = re.compile(
    r"^(?:联系电话|移动电话|手机号码|手机号|手机|电话号码|电话|座机|mobile|phone|tel)\.?[:：]?",
    re.IGNORECASE,
)
_PHONE_EXTENSION = re.compile(r"(?:转|分机|ext\.?|x|#)[:：]?(\d{1,6})$", re.IGNORECASE)
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(?:0(?:10|2\d|[3-9]\d{2}))?[1-9]\d{6,7}(?:-\d{1,6})?")
_SERVICE = re.compile(r"[48]00\d{7}|1\d{2}|1[0-2]\d{3}|9[56]\d{3,4}")
_FOREIGN = re.compile(r"\+\d{6,15}")
_AREA_CODE = re.compile(r"0(?:10|2\d|[3-9]\d{2})")


# ----------------------------------------------------------------------
# ID numbers (公民身份号码, GB 11643-1999)
# ----------------------------------------------------------------------


def normalise_id(text):
    """Bring an ID number into its stored form.

    Full-width characters become ordinary ones, blanks, invisible characters, hyphens and the
    apostrophe of spreadsheets go, letters become capitals.

    :param text: ``str``, a number out of a spreadsheet, or nothing
    :return: ``str``, empty when nothing was given; not checked
    """
    text = _as_text(text)
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).replace("-", "")
    return text.upper().translate(_LOOK_LIKE_X)


def check_id_number(text, today):
    """Check a number of a resident identity card, or of a residence permit of people from
    Hong Kong, Macau and Taiwan (same structure, area 81, 82, 83).

    :param text: the number, normalised or not
    :param date today: the last day that can be a birth date
    :return: ``list`` of problem codes: ``empty``, ``masked`` (contains asterisks), ``rounded``
        (a spreadsheet turned it into a rounded number), ``old_15`` (first-generation card,
        void since 2013), ``length``, ``characters``, ``birth_date`` (no such day),
        ``birth_future``, ``check_digit``, ``area`` (soft, see ``SOFT_PROBLEMS``)
    """
    number = normalise_id(text)
    problem = _shape_problem(number)
    if problem:
        return [problem]
    problems = []
    born = birth_date_of(number)
    if not born:
        problems.append("birth_date")
    elif born > today:
        problems.append("birth_future")
    if check_character(number[:-1]) != number[-1]:
        problems.append("check_digit")
    # On a foreigner's card the province follows a 9.
    province = number[1:3] if number[0] == "9" else number[:2]
    if province not in PROVINCES:
        problems.append("area")
    return problems


def _shape_problem(number):
    """:return: the problem code that makes every further check pointless, or ``None``"""
    if not number:
        return "empty"
    if "*" in number:
        return "masked"
    if re.fullmatch(r"\d(\.\d+)?E\+?\d+", number):
        return "rounded"
    if re.fullmatch(r"[0-9]{15}", number):
        return "old_15"
    if len(number) != ID_LENGTH:
        return "length"
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return "characters"
    return None


def check_other_number(text):
    """Check a passport or another paper that has no public check rule.

    :return: ``list`` of problem codes: ``empty``, ``masked``, ``length``, ``characters``
    """
    number = normalise_id(text)
    if not number:
        return ["empty"]
    if "*" in number:
        return ["masked"]
    if not re.fullmatch(r"[0-9A-Z()]+", number):
        return ["characters"]
    return [] if 5 <= len(number) <= 20 else ["length"]


def check_character(body):
    """:param str body: the first 17 digits
    :return: the check character of GB 11643-1999 (ISO 7064 MOD 11-2)"""
    # the library takes whole numbers and leaves out their last character
    return ric.calc_check_digit(f"{body}0")


def birth_date_of(number):
    """:param str number: normalised number of 18 characters
    :return: ``date``, or ``None`` when the number names no day"""
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number or ""):
        return None
    year, month, day = int(number[6:10]), int(number[10:12]), int(number[12:14])
    if year < EARLIEST_BIRTH_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def gender_of(number):
    """:param str number: normalised number of 18 characters
    :return: ``"male"`` (odd order number), ``"female"`` (even), or ``None``"""
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number or ""):
        return None
    return "male" if int(number[16]) % 2 else "female"


def mask_id(number):
    """Hide an ID number: the first 3 characters and the last 1 stay.

    Not the usual first 3 (or 6) and last 4: people of one township share the area code, and
    birth date and gender stand beside the number on the screen, so the last four characters
    would give away the whole number. Numbers of at most 6 characters are hidden entirely.

    :param str number: normalised number
    :return: ``str`` of the same length
    """
    number = number or ""
    if len(number) <= 6:
        return "*" * len(number)
    head = ID_HEAD if len(number) == ID_LENGTH else 1
    return number[:head] + "*" * (len(number) - head - ID_TAIL) + number[-ID_TAIL:]


def age_on(born, day):
    """:return: full years (周岁) on ``day``, never negative; a person born on 29 February
    has the birthday on 1 March in other years"""
    years = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return max(years, 0)


# ----------------------------------------------------------------------
# Phones
# ----------------------------------------------------------------------


def normalise_phone(text):
    """Split and clean what stands in a phone cell.

    Knows full-width digits, blanks, hyphens, brackets, ``+86`` and ``0086``, labels such as
    ``手机:``, several numbers in one cell, and numbers that a spreadsheet turned into floats
    (``13943803232.0``, ``1.3943803232E10``). An extension is kept as ``-801``.

    :param text: ``str``, ``int``, ``float`` or nothing
    :return: ``list`` of ``str`` in the order typed, without repeats; not checked
    """
    text = unicodedata.normalize("NFKC", _as_text(text))
    numbers = []
    for chunk in _PHONE_SEPARATORS.split(text):
        for number in _numbers_of_chunk(chunk):
            if number and number not in numbers:
                numbers.append(number)
    return numbers


def _numbers_of_chunk(chunk):
    """A blank separates two numbers when each side is one; else it is only a blank."""
    whole = _clean_phone(chunk)
    if not check_phone(whole):
        return [whole]
    pieces = [_clean_phone(piece) for piece in chunk.split()]
    if len(pieces) > 1 and not any(check_phone(piece) for piece in pieces):
        return pieces
    return [whole]


def _clean_phone(text):
    text = _PHONE_LABEL.sub("", _INVISIBLE.sub("", text))
    if _MOBILE.fullmatch(text.replace("-", "")):
        return text.replace("-", "")
    extension = _PHONE_EXTENSION.search(text)
    if extension:
        text = text[: extension.start()]
    elif re.fullmatch(r"(?:\(?0\d{2,3}\)?-?)?[1-9]\d{6,7}-\d{1,6}", text):
        text, _dash, digits = text.rpartition("-")
        extension = re.match(r"(\d+)", digits)
    text = re.sub(r"[-()._–—−]", "", text)
    text = re.sub(r"^(?:\+|00)?86(?=1[3-9]\d{9}$|0?[1-9]\d{8,10}$)", "", text)
    return f"{text}-{extension[1]}" if extension else text


def check_phone(number):
    """:param str number: one number from :func:`normalise_phone`
    :return: ``list`` of problem codes: ``empty``, ``masked``, ``characters``, ``length``"""
    if not number:
        return ["empty"]
    if "*" in number:
        return ["masked"]
    if any(kind.fullmatch(number) for kind in (_MOBILE, _LANDLINE, _SERVICE, _FOREIGN)):
        return []
    return ["length"] if re.fullmatch(r"\+?[0-9]+(-[0-9]+)?", number) else ["characters"]


def mask_phone(number):
    """Hide a phone number: ``139****4287`` for mobiles; a landline keeps its area code and
    the last 2 digits (a local number has only 7 or 8); a service number such as 12345 stays.

    :param str number: one normalised number
    :return: ``str`` of the same length
    """
    number = number or ""
    if _MOBILE.fullmatch(number):
        return f"{number[:3]}****{number[-4:]}"
    if len(number) <= 6:
        return number if _SERVICE.fullmatch(number) else "*" * len(number)
    area = _AREA_CODE.match(number)
    head = area[0] if area else ""
    return head + "*" * (len(number) - len(head) - 2) + number[-2:]


# ----------------------------------------------------------------------
# Names and organisations
# ----------------------------------------------------------------------


def normalise_name(text):
    """Bring a name into the form it is searched in.

    Blanks inside a Chinese name go (``张  三``, ``张　三``), those between Latin words become
    one; the dot inside names such as 阿依·古丽 is always U+00B7.

    :param text: ``str`` or nothing
    :return: ``str``
    """
    text = re.sub("[\u200b-\u200f\u2060\ufeff]", "", str(text or ""))
    text = " ".join(unicodedata.normalize("NFC", text).split())
    text = _NAME_DOT.sub("·", text)
    return _SPACE_BESIDE_CJK.sub("", text)


def normalise_credit_code(text):
    """:return: unified social credit code (统一社会信用代码) as stored: capitals, no blanks"""
    return normalise_id(text)


def check_credit_code(text):
    """Check a unified social credit code (GB 32100-2015: 18 characters, the last one from
    the first 17, modulo 31).

    :return: ``list`` of problem codes: ``empty``, ``length``, ``characters``, ``check_digit``
    """
    code = normalise_credit_code(text)
    if not code:
        return ["empty"]
    if len(code) != ID_LENGTH:
        return ["length"]
    if not _CREDIT_CODE.fullmatch(code):
        return ["characters"]
    return [] if uscc.calc_check_digit(code) == code[-1] else ["check_digit"]


def _as_text(value):
    """:return: ``str`` of a cell; a float that is a whole number loses its ``.0`` unless it is
    too large to be exact (the last digits of an ID number are then gone for good)"""
    if value is None or value is False:
        return ""
    if isinstance(value, float):
        return f"{value:.0f}" if abs(value) < 2**53 and value.is_integer() else repr(value)
    text = str(value).strip()
    if re.fullmatch(r"\d{7,}\.0+", text):
        return text.partition(".")[0]
    scientific = re.fullmatch(r"(\d)(?:\.(\d+))?[eE]\+?(\d+)", text)
    # Up to two zeros at the end may be missing; with more, the text was cut for display.
    if scientific and 0 <= int(scientific[3]) - len(scientific[2] or "") <= 2:
        return (scientific[1] + (scientific[2] or "")).ljust(int(scientific[3]) + 1, "0")
    return text
