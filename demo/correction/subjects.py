"""People of the made-up corrections office, from the papers to the announcement.

``subjects.csv`` gives ages in years and what is left of the term in days, counted from the day of
installation, so that the same things are near, due and late whenever the demo is installed.
Nobody of these exists; nothing of this is in the registry of a township.
"""

import csv
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo.exceptions import UserError
from odoo.tools import file_open

from ...tools.identity import check_character
from ...tools.penal_term import Length, end_of_term
from .scans import decision, scan

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
    for row in rows:
        _walk(subjects[row["key"]], row)
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
    counted_from = today + timedelta(days=int(row["left"]) + 1) - relativedelta(months=length.months)
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


def _walk(subject, row):
    if row["state"] in ("assessing", "not_placed"):
        subject.action_assess()
        _assessment(subject, row["state"] == "not_placed")
    if row["state"] == "not_placed":
        subject.action_not_place()
    if row["state"] in UNDECIDED:
        return
    subject.action_expect()
    if row["state"] == "expected":
        return
    subject.write(_reception(subject, row))
    subject.action_receive()
    _papers(subject)
    _group(subject)
    if row["state"] in ANNOUNCED:
        subject.action_announce()
        _in_correction(subject, row)


def _assessment(subject, sent):
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


def _reception(subject, row):
    reported = subject.effective_date + REPORTED_AFTER
    vals = {
        "reported_date": reported,
        "reception_way": "handed_over" if row["category"] == "medical" else "self",
        "identity_checked_date": reported,
        "identity_paper": "居民身份证",
        "papers_checked_date": reported,
        "archive_opened_date": reported,
    }
    if row["state"] in ANNOUNCED:
        vals.update(
            announced_date=subject.effective_date + ANNOUNCED_AFTER,
            announcement_place="槐荫镇司法所宣告室",
            announcement_presider="槐荫镇司法所所长",
            announcement_attendees="矫正小组成员、社区民警",
            announcement_guardian=subject.is_minor,
        )
    return vals


def _papers(subject):
    """All that the category needs; of who was just received one is still on its way."""
    kinds = subject._missing_kinds()[subject].sorted("sequence")
    if subject.is_minor and not subject.sealed:
        kinds = kinds[:-1]
    subject.env["township.correction.paper"].create(
        [
            {
                "subject_id": subject.id,
                "kind_id": kind.id,
                "number": kind == kinds[:1] and subject.judgment_number,
                "date_received": subject.reported_date,
            }
            for kind in kinds
        ]
    )


def _group(subject):
    Kind = subject.env["township.correction.member.kind"]
    kinds = Kind._own_first(subject.company_id).grouped("code")
    subject.env["township.correction.member"].create(
        [
            {
                "subject_id": subject.id,
                "kind_id": kinds[code].id,
                "name": GROUP[code][0],
                "gender": GROUP[code][1],
                "date_from": subject.reported_date,
            }
            for code in (YOUNG_GROUP if subject.is_minor else ADULT_GROUP)
        ]
    )


def _in_correction(subject, row):
    """Class, plan and the county's exit report, as they stand for who was announced."""
    env, begun = subject.env, subject.announced_date
    env["township.correction.level.change"].create(
        {
            "subject_id": subject.id,
            "level_id": env.ref(XMLID.format(f"correction_level_{row['level']}")).id,
            "date": begun,
            "reason": "依据期限、表现和生活情况确定。",
        }
    )
    plan = env["township.correction.plan"].create(
        {"subject_id": subject.id, "valid_from": begun, **PLAN}
    )
    plan.action_confirm()
    env["township.correction.exit.report"].create(
        {
            "subject_id": subject.id,
            "receipt_number": f"槐境备〔{begun.year}〕{subject.id}号",
            "receipt_date": begun,
            "date_until": subject.term_end,
            **decision("槐矫备〔{year}〕8号", begun),
        }
    )
