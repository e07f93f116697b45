"""Names of persons and organisations as ledgers write them."""

import re
import unicodedata
from typing import NamedTuple

from .. import identity
from .cells import NOTHING, text_of
from .problems import CellProblem

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002fa1f"
_HAN_NAME = re.compile(rf"[{_HAN}·•.]+$")
_SEPARATORS = re.compile(r"[、,;/\n|]+")
_AND_OTHERS = re.compile(r"等\s*(?:[\d一二三四五六七八九十百两]+\s*)?(?:余?[人户名位家])?$")
_SIDES = re.compile(rf"([{_HAN}]{{2,4}})[与和诉]([{_HAN}]{{2,4}})$")
_ORGANISATION = re.compile(
    r"(?:公司|厂|店|行|村委会|居委会|委员会|合作社|联合社|银行|信用社|学校|小学|中学|大学|幼儿园|医院|卫生院|诊所"
    r"|局|所|站|中心|部|社|队|组|矿|场|馆|院|政府|办事处|协会|学会|基金会|商会|工会|工地|超市|饭店|酒店|商行|农场|集团|村|社区)$"
)
# Two-character surnames: "欧阳 修文" is one name, "张三 李四" are two.
_LONG_SURNAMES = frozenset(
    [
        "欧阳",
        "上官",
        "司马",
        "诸葛",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "司徒",
        "夏侯",
        "东方",
        "令狐",
        "长孙",
        "宇文",
        "端木",
        "轩辕",
        "独孤",
        "南宫",
        "拓跋",
        "太史",
        "申屠",
        "澹台",
        "公冶",
        "宗政",
        "濮阳",
        "淳于",
        "单于",
        "太叔",
        "钟离",
        "闾丘",
        "鲜于",
        "司空",
        "呼延",
        "赫连",
        "第五",
        "百里",
        "西门",
        "东郭",
    ]
)


class Names(NamedTuple):
    """The names of one cell: ``names`` of this side, ``others`` when the cell names both sides
    (张三与李四), ``more`` when it says that there are persons it does not name (张三等3人)."""

    names: list
    others: list
    more: bool


def is_organisation(name):
    """:return: whether a name is that of an organisation by its last word (公司, 村委会)"""
    return len(name) >= 4 and bool(_ORGANISATION.search(name))


def single_name(value):
    """One name, the blanks inside a Chinese name gone: " 沈  敏" → "沈敏".

    :return: ``str``, "" for an empty cell
    """
    text = identity.normalise_name(text_of(value))
    return "" if text.lower() in NOTHING else text


def names_of(value, count=None):
    """The names of one cell: 张三、李四 / 张三,李四 / one per line / 张三与李四 / 张三等3人.

    :param int count: how many ID numbers or phones stand beside it, to tell "张三 李四"
    :return: :class:`Names`
    :raise CellProblem: ``names_unclear``: one name or two cannot be told
    """
    text = unicodedata.normalize("NFKC", text_of(value))
    more = bool(_AND_OTHERS.search(text)) and len(_AND_OTHERS.sub("", text)) >= 2
    if more:
        text = _AND_OTHERS.sub("", text)
    names, others = [], []
    for part in _SEPARATORS.split(text):
        names += _names_between_blanks(part.strip(), count)
    if len(names) == 1 and (match := _SIDES.match(names[0])) and not is_organisation(names[0]):
        names, others = [match[1]], [match[2]]
    return Names([name for name in names if name], others, more)


def _names_between_blanks(part, count):
    pieces = part.split()
    if len(pieces) < 2 or not all(_HAN_NAME.match(piece) for piece in pieces):
        return [single_name(part)]
    joined = "".join(pieces)
    if min(map(len, pieces)) < 2 or pieces[0] in _LONG_SURNAMES or is_organisation(joined):
        return [joined]
    if count == len(pieces):
        return pieces
    raise CellProblem("names_unclear", text=part)
