"""Finding the heading of a ledger under its title rows, and telling data rows from the rest."""

import re
import unicodedata
from datetime import date
from typing import NamedTuple

from .cells import CellError, date_of, raw_text
from .problems import CellProblem, LedgerError

# Titles, filling notes and legends may stand above the heading.
SEARCH_ROWS = 30
MAX_HEIGHT = 3
MAX_HEADING_LENGTH = 40

_TOTALS = frozenset(
    [
        "合计",
        "小计",
        "总计",
        "共计",
        "总分",
        "累计",
        "本页合计",
        "本页小计",
        "本月合计",
        "本月小计",
        "本年合计",
    ]
)
_NOTE = re.compile(
    r"(?:注|备注|说明|填表说明|填表人|填报人|制表人?|制表单位|审核人?|复核人?|签发人?|单位负责人|分管领导|主要领导"
    r"|负责人|填报单位|填报时间|填表时间|填表日期|填报日期|联系人|盖章|单位\(盖章\))\s*(?:\(.*\))?[:;]"
)
_FILLED_ON = re.compile(
    r"(?:填报|填表|制表|统计|上报|报送|截止|截至)(?:时间|日期)?\s*:?\s*"
    r"(\d{4}\s*[年/\-.]\s*\d{1,2}\s*[月/\-.]\s*\d{1,2}\s*日?|\d{8})"
)
_BRACKETS = re.compile(r"\([^()]*\)")


class Vocabulary(NamedTuple):
    """The words of headings.

    ``headings``: heading → column; ``parts``: word under or after a person's heading (姓名,
    身份证号) → part of the person's columns (``name``, ``id_number``); ``default``: the person
    meant when the words stand alone.
    """

    headings: dict
    parts: dict
    default: str = ""


class Match(NamedTuple):
    """One column of the sheet: what it is called there, what it means, and how it was told."""

    key: str
    text: str
    unit: int = 1
    alias: bool = False


class Heading(NamedTuple):
    """Where the heading stands (``row``, ``height``), what its columns mean (``columns``: index →
    :class:`Match`), which it does not know (``unknown``: index → text), and the
    sheet's own date."""

    row: int
    height: int
    columns: dict
    unknown: dict
    rows: list
    title_rows: list
    filled_on: date | None


def normalise(text):
    """Heading text for comparing: full-width forms narrowed, blanks and marks (* :) gone."""
    text = unicodedata.normalize("NFKC", raw_text(text)).lower()
    return "".join(text.split()).strip("*:;、,.")


def find_heading(rows, merges, vocabulary, required=()):
    """Look for the heading in the first rows of a sheet.

    :param list rows: the first ``SEARCH_ROWS`` rows, as ``(row number, values)``
    :param Vocabulary vocabulary: the words known
    :param required: columns of which at least one must be there
    :return: :class:`Heading`
    :raise LedgerError: ``heading_not_found``, with the rows read
    """
    best = None
    for start in range(len(rows)):
        for height in range(1, min(MAX_HEIGHT, len(rows) - start) + 1):
            candidate = _read_heading(rows, start, height, merges, vocabulary)
            keys = {column.key for column in candidate.columns.values()}
            score = len(keys - {"serial", "ignored"})
            wanted = not required or bool(keys & set(required))
            if not wanted or score < 2:
                continue
            if best is None or score > best[0] or _is_core_of(candidate, best[1]):
                best = (score, candidate)
    if best is None:
        raise LedgerError("heading_not_found", rows=_first_texts(rows))
    return best[1]


def _is_core_of(shorter, longer):
    """:return: whether rows within those of ``longer`` say all that it says: what stands above
    them is a title"""
    keys, all_keys = (
        {index: column.key for index, column in heading.columns.items()}
        for heading in (shorter, longer)
    )
    return (
        longer.row <= shorter.row
        and shorter.row + shorter.height <= longer.row + longer.height
        and all_keys.items() <= keys.items()
    )


def _first_texts(rows, count=5):
    """:return: the first rows that say something, for the message"""
    texts = [" | ".join(raw_text(value) for value in values if value) for _number, values in rows]
    return [text[:80] for text in texts if text][:count]


def _read_heading(rows, start, height, merges, vocabulary):
    block = rows[start : start + height]
    above = rows[:start]
    spread = _spread(block, merges)
    columns, unknown, group, seen = {}, {}, vocabulary.default, set()
    for index in range(max((len(values) for _number, values in block), default=0)):
        texts = [row[index] for row in spread if index < len(row) and row[index]]
        texts = list(dict.fromkeys(texts))
        if not texts:
            continue
        key, alias = _meaning(texts, vocabulary, group)
        if key and "." in key:
            group = key.partition(".")[0]
        shown = "/".join(texts)
        if not key or (key in seen and key not in ("serial", "ignored")):
            unknown[index] = shown[:MAX_HEADING_LENGTH]
            continue
        seen.add(key)
        columns[index] = Match(key, shown, _unit(shown), alias)
    return Heading(
        row=block[0][0],
        height=block[-1][0] - block[0][0] + 1,
        columns=columns,
        unknown=unknown,
        rows=[values for _number, values in block],
        title_rows=above,
        filled_on=_filled_on([*above, *block]),
    )


def _spread(block, merges):
    """The words of each heading row over the columns they are merged across.

    Files without merged ranges (.csv) leave the cells to the right empty, so in all but the last
    row a word also reaches over empty cells that have something below.
    """
    spread = []
    for place, (number, values) in enumerate(block):
        words = [normalise(value) if value is not None else "" for value in values]
        width = max(len(values) for _number, values in block)
        words += [""] * (width - len(words))
        for merge in merges:
            if merge.top <= number < merge.bottom and merge.left < len(words):
                word = words[merge.left]
                words[merge.left : merge.right] = [word] * (min(merge.right, width) - merge.left)
        if place < len(block) - 1:
            below = [row[1] for row in block[place + 1 :]]
            for index in range(1, width):
                if not words[index] and any(len(row) > index and row[index] for row in below):
                    words[index] = words[index - 1]
        spread.append(words)
    return spread


def _meaning(texts, vocabulary, group):
    """:return: ``(column key or None, told by an alias of part of the words)``"""
    if any(len(text) > MAX_HEADING_LENGTH for text in texts):
        return None, False
    whole = "".join(texts)
    for text in dict.fromkeys((whole, _BRACKETS.sub("", whole))):
        if text in vocabulary.headings:
            return vocabulary.headings[text], False
    if len(texts) > 1:
        person = _person(texts[0], vocabulary) or _person("".join(texts[:-1]), vocabulary)
        part = _part(texts[-1], vocabulary)
        if person and part:
            return f"{person}.{part}", False
        last = _lone(texts[-1], vocabulary)
        # "调解情况 / 结案时间": the lower word alone says it; a data row below a heading does not.
        return (last, True) if last else (None, False)
    for cut in range(1, len(whole)):
        person, part = (
            _person(whole[:cut], vocabulary),
            _part(whole[cut:].lstrip("-_/的"), vocabulary),
        )
        if person and part:
            return f"{person}.{part}", True
    part = _part(whole, vocabulary)
    if part and group:
        return f"{group}.{part}", True
    return None, False


def _lone(text, vocabulary):
    return vocabulary.headings.get(text) or vocabulary.headings.get(_BRACKETS.sub("", text))


def _person(text, vocabulary):
    """:return: the person's group (``applicant``) a heading names, or ``None``"""
    key = _lone(text, vocabulary)
    return key.partition(".")[0] if key and "." in key else None


def _part(text, vocabulary):
    return vocabulary.parts.get(text) or vocabulary.parts.get(_BRACKETS.sub("", text))


def _unit(text):
    """:return: 10000 when a heading gives its amounts in 万元"""
    return 10000 if re.search(r"\(?单?位?:?万元?\)?$", text) and "万" in text else 1


def _filled_on(rows):
    """:return: the sheet's own 填报时间, or ``None``"""
    for _number, values in rows:
        for place, value in enumerate(values):
            text = unicodedata.normalize("NFKC", raw_text(value))
            following = next((item for item in values[place + 1 :] if item), None)
            try:
                if match := _FILLED_ON.search(text):
                    return date_of("".join(match[1].split()))
                if re.fullmatch(r"(?:填报|填表|制表|统计)(?:时间|日期):?", text) and following:
                    return date_of(following)
            except CellProblem:
                continue
    return None


def is_data(values, heading, headings_seen=()):
    """Whether a row below the heading is a case and not blank, a total, a note or a repetition.

    :return: ``True``, or the code why not: ``blank``, ``total``, ``note``, ``heading``
    """
    texts = {index: normalise(value) for index, value in enumerate(values) if not _empty(value)}
    known = {
        index
        for index in texts
        if index in heading.columns and heading.columns[index].key not in ("serial", "ignored")
    }
    if not texts:
        return "blank"
    first = texts[min(texts)]
    if first in _TOTALS or re.sub(r"[\d:()条件起项]+$", "", first) in _TOTALS:
        return "total"
    if _NOTE.match(unicodedata.normalize("NFKC", raw_text(values[min(texts)])).strip()):
        return "note"
    if not known:
        return "note" if any(index not in heading.columns for index in texts) else "blank"
    if list(texts.values()) in headings_seen or _is_numbering(values):
        return "heading"
    return True


def _empty(value):
    return value is None or (
        isinstance(value, str) and not isinstance(value, CellError) and not value.strip()
    )


def is_heading_row(values, vocabulary):
    """Whether all words of a row are words of headings: the second line of a heading of which
    the first says everything (申请人 over 姓名)."""
    texts = [normalise(value) for value in values if not _empty(value)]
    return bool(texts) and all(
        text in vocabulary.headings or text in vocabulary.parts for text in texts
    )


def heading_texts(heading):
    """The words of the heading's rows (and title rows), to know them again on a later page."""
    rows = [*heading.rows, *(values for _number, values in heading.title_rows)]
    texts = [[normalise(value) for value in values if not _empty(value)] for values in rows]
    return [row for row in texts if row]


def _is_numbering(values):
    """The row 1 2 3 4 … that printed forms have under the heading."""
    filled = [raw_text(value) for value in values if not _empty(value)]
    return len(filled) > 3 and filled == [str(number) for number in range(1, len(filled) + 1)]
