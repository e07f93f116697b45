"""People of the made-up corrections office, from the papers to the announcement.

``subjects.csv`` gives ages in years and what is left of the term in days, counted from the day of
installation, so that the same things are near, due and late whenever the demo is installed.
Nobody of these exists; nothing of this is in the registry of a township.
"""

import csv
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo.exceptions import UserError
from odoo.tools import file_open, groupby

from ...tools.identity import check_character
from ...tools.penal_term import Length, end_of_term
from .scans import decision

SUBJECTS_FILE = "township_governance/demo/correction/subjects.csv"
XMLID = "township_governance.{}"
COURT = "槐荫县人民法院"
# Who is announced, in the state of the file or in one after it.
ANNOUNCED = ("in_correction", "released", "terminated", "relocated")
UNDECIDED = ("draft", "assessing", "not_placed")
# How long a person is on the way from the decision to the office.
REPORTED_AFTER, ANNOUNCED_AFTER = timedelta(days=4), timedelta(days=7)
GROUP = {
    "justice": ("社区矫正工作者 方知远", "male"),
    "village": ("妇联主席 邹慧敏", "female"),
    "family": ("家属 何立群", "male"),
    "guardian": ("监护人 白建平", "male"),
    "minors": ("学校老师 田雨桐", "female"),
}
YOUNG_GROUP = ("justice", "village", "guardian", "minors")
ADULT_GROUP = ("justice", "village", "family")
PLAN = {
    "basic_situation": "与家人同住，有固定住所，家庭支持较好。",
    "assessment": "认罪悔罪，能够遵守监督管理规定。",
    "supervision": "按时到司法所报告，外出先请假。",
    "education": "每月参加集中教育，学习有关法律法规。",
    "help_measures": "协助联系就业服务和技能培训。",
}


def load(env):
    """Create the subjects and walk each through the real steps, up to the announcement.

    :return: ``dict`` key of the file -> ``township.correction.subject``, as its officer sees it
    """
    with file_open(SUBJECTS_FILE, "r") as stream:
        rows = list(csv.DictReader(stream))
    numbered = _can_encrypt(env)
    subjects = {}
    for place, row in enumerate(rows):
        officer = env.ref(XMLID.format(f"demo_user_{row['officer']}"))
        Subject = env["township.correction.subject"].with_user(officer)
        vals = _vals(Subject, place, row)
        if numbered:
            vals.update(_numbers(place, vals["birth_date"]))
        subjects[row["key"]] = Subject.create(vals)
    _walk(subjects, {row["key"]: row for row in rows})
    return subjects


def _can_encrypt(env):
    """Whether the key of the encrypted numbers is at hand: without it people have none."""
    try:
        return bool(env["township.key"]._ready_keyring())
    except UserError:
        return False


def _numbers(place, birth):
    """:return: ``dict``: numbers of an area that does not exist, of nobody"""
    body = f"619929{birth:%Y%m%d}{200 + place * 2:03d}"
    return {"id_number": body + check_character(body), "phone": f"138000000{10 + place}"}


def _vals(Subject, place, row):
    env = Subject.env
    today = env["township.calendar.day"]._today()
    unit = env.ref(XMLID.format(f"demo_unit_{row['unit']}"))
    # half a year past the birthday, so that no age hangs on the day of installation
    birth = today - relativedelta(years=int(row["age"]), months=6, days=place)
    return {
        "name": row["name"],
        "gender": row["gender"],
        "birth_date": birth,
        "address": f"{unit.name}{place + 1}组",
        "unit_id": unit.id,
        "user_id": env.uid,
        "category": row["category"],
        "offence": row["offence"],
        "deciding_body": COURT,
        **(_undecided(today, row) if row["state"] in UNDECIDED else _decided(today, place, row)),
    }


def _undecided(today, row):
    ago = today - timedelta(days=6 if row["state"] == "assessing" else 40)
    return {
        "date_received": today if row["state"] == "draft" else ago,
        "entrusted_date": row["state"] != "draft" and ago,
        "offence_date": today - timedelta(days=200),
    }


def _decided(today, place, row):
    """The term is counted by the rule of the category: from the decision, or what is left."""
    length = Length(months=int(row["months"]))
    counted_from = (
        today + timedelta(days=int(row["left"]) + 1) - relativedelta(months=length.months)
    )
    effective = counted_from + relativedelta(months=int(row["served"]))
    if row["state"] == "expected":
        effective = counted_from = today - timedelta(days=16)
    vals = {
        "date_received": effective + timedelta(days=2),
        "effective_date": effective,
        "judgment_date": effective - timedelta(days=11),
        "judgment_number": f"（{effective.year}）槐刑初字第{20 + place}号",
        "notice_number": f"（{effective.year}）槐执通字第{20 + place}号",
        "notice_date": effective,
        "offence_date": counted_from - timedelta(days=150),
        "penalty": row["penalty"],
        "term_start": effective,
        "term_end": end_of_term(counted_from, length),
        "original_sentence_months": int(row["original"] or 0),
    }
    if row["category"] in ("parole", "medical"):
        vals.update(sentence_months=length.months, sentence_start=counted_from)
    elif row["category"] == "control":
        vals.update(sentence_months=length.months)
    else:
        vals.update(period_months=length.months, sentence_months=max(length.months // 2, 2))
    return vals


# ----------------------------------------------------------------------
# Steps
# ----------------------------------------------------------------------


def _walk(subjects, rows):
    """Through the steps; each step at once for all of one officer."""

    state_of = {one.id: rows[key]["state"] for key, one in subjects.items()}
    level_of = {one.id: rows[key]["level"] for key, one in subjects.items()}

    def those(*states):
        found = [one for one in subjects.values() if state_of[one.id] in states]
        return [
            group[0].union(*group) for _officer, group in groupby(found, lambda one: one.env.uid)
        ]

    for people in those("assessing", "not_placed"):
        people.action_assess()
    _assessment(subjects["assessed"])
    _assessment(subjects["elsewhere"], sent=True)
    subjects["elsewhere"].action_not_place()
    for people in those("expected", "received", *ANNOUNCED):
        people.action_expect()
    for people in those("received", *ANNOUNCED):
        for subject in people:
            subject.write(_reception(subject, state_of[subject.id] in ANNOUNCED))
        people.action_receive()
        _papers(people)
        _group(people)
    for people in those(*ANNOUNCED):
        people.action_announce()
        _in_correction(people, level_of)


def _assessment(subject, sent=False):
    subject.env["township.correction.assessment"].create(
        {
            "subject_id": subject.id,
            "entrusting_body": COURT,
            "entrusting_number": f"（{subject.entrusted_date.year}）槐刑委字第6号",
            "residence": "与父母同住，住所为自有房屋。",
            "conduct": "邻里反映平时表现较好，有稳定工作。",
            "opinion": sent and "在本镇无固定住所，不具备在本镇接受社区矫正的条件。",
            "date_sent": sent and subject.entrusted_date + timedelta(days=7),
            "outcome": sent and "adopted",
        }
    )


def _reception(subject, announced):
    reported = subject.effective_date + REPORTED_AFTER
    vals = {
        "reported_date": reported,
        "reception_way": "handed_over" if subject.category == "medical" else "self",
        "identity_checked_date": reported,
        "identity_paper": "居民身份证",
        "papers_checked_date": reported,
        "archive_opened_date": reported,
    }
    if announced:
        vals.update(
            announced_date=subject.effective_date + ANNOUNCED_AFTER,
            announcement_place="槐荫镇司法所宣告室",
            announcement_presider="槐荫镇司法所所长",
            announcement_attendees="矫正小组成员、社区民警",
            announcement_guardian=subject.is_minor,
        )
    return vals


def _papers(people):
    """All that the category needs; of one minor a paper is still on its way."""
    vals_list = []
    for subject, kinds in people._missing_kinds().items():
        there = kinds.sorted("sequence")
        if subject.is_minor and not subject.sealed:
            there = there[:-1]
        vals_list += [
            {
                "subject_id": subject.id,
                "kind_id": kind.id,
                "number": kind == there[:1] and subject.judgment_number,
                "date_received": subject.reported_date,
            }
            for kind in there
        ]
    people.env["township.correction.paper"].create(vals_list)


def _group(people):
    Kind = people.env["township.correction.member.kind"]
    kinds = Kind._own_first(people.company_id).grouped("code")
    people.env["township.correction.member"].create(
        [
            {
                "subject_id": subject.id,
                "kind_id": kinds[code].id,
                "name": GROUP[code][0],
                "gender": GROUP[code][1],
                "date_from": subject.reported_date,
            }
            for subject in people
            for code in (YOUNG_GROUP if subject.is_minor else ADULT_GROUP)
        ]
    )


def _in_correction(people, levels):
    """Class, plan and the county's exit report, as they stand for who was announced."""
    env = people.env
    env["township.correction.level.change"].create(
        [
            {
                "subject_id": subject.id,
                "level_id": env.ref(XMLID.format(f"correction_level_{levels[subject.id]}")).id,
                "date": subject.announced_date,
                "reason": "依据期限、表现和生活情况确定。",
            }
            for subject in people
        ]
    )
    plans = env["township.correction.plan"].create(
        [
            {"subject_id": subject.id, "valid_from": subject.announced_date, **PLAN}
            for subject in people
        ]
    )
    for subject in people:
        subject._plan_clocks()._deadline_stop(subject.announced_date)
    plans.action_confirm()
    env["township.correction.exit.report"].create(
        [
            {
                "subject_id": subject.id,
                "receipt_number": f"槐境备〔{subject.announced_date.year}〕{place + 11}号",
                "receipt_date": subject.announced_date,
                "date_until": subject.term_end,
                **decision("槐矫备〔{year}〕8号", subject.announced_date),
            }
            for place, subject in enumerate(people)
        ]
    )
