"""Words of a printed letter, whatever language the screen has."""

from typing import NamedTuple

PERIOD_WORDS = {"quarter": "季度", "half": "半年", "year": "年度"}
LEVEL_WORDS = {
    "central": "中央",
    "provincial": "省级",
    "city": "市级",
    "county": "县级",
    "township": "乡镇",
}
ZERO_WORDS = {
    "spread": "没有应计事项的指标不计分，其分值按比例分摊到其他指标",
    "full": "没有应计事项的指标记满分",
}


class Words(NamedTuple):
    """What a kind of letter calls its parts."""

    name: str
    own_name: str
    party_a: str
    party_b: str
    first: str
    direct: str
    basis: str
    term: str
    goals: str
    tasks: str
    items: str
    method: str
    measures: str


WORDS = {
    "letter": Words(
        "目标管理责任书", "本责任书", "甲方", "乙方", "第一责任人", "直接责任人", "签订依据",
        "责任期限", "责任目标", "工作任务", "考核内容及计分办法", "考核办法", "考核奖惩",
    ),
    "agreement": Words(
        "工作协议", "本协议", "甲方", "乙方", "乙方负责人", "乙方联系人", "签订依据",
        "协议期限", "工作目标", "工作任务", "工作事项", "工作方式", "支持与保障",
    ),
    "assistance": Words(
        "协助事项清单", "本清单", "提出单位", "协助单位", "负责人", "联系人",
        "提出依据", "协助期限", "协助目标", "协助要求", "协助事项", "办理方式", "支持与保障",
    ),
    "pledge": Words(
        "共建承诺书", "本承诺书", "共建单位", "承诺单位", "负责人", "联系人",
        "承诺依据", "承诺期限", "承诺目标", "承诺内容", "承诺事项", "履行方式", "支持与激励",
    ),
}  # fmt: skip
