"""People in aftercare of the made-up township: who accepted, who declined, who is still to come."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo.fields import Command

from .scans import scan

XMLID = "township_governance.{}"
PRISON = "省第九监狱"
# name, gender, age, unit, days since the release, state to reach
PEOPLE = (
    ("葛永顺", "male", 45, "donggou", -20, "expected"),
    ("尹素琴", "female", 50, "xinhe", 6, "handed_over"),
    ("管大勇", "male", 37, "liushu", 70, "active"),
    ("裴志文", "male", 58, "shiqiao", 200, "active"),
    ("章海波", "male", 30, "baihe", 90, "declined"),
)


def load(env, release):
    """:param release: of a subject who wished aftercare; taken over with the wish"""
    today = env["township.calendar.day"]._today()
    officer = env.ref(XMLID.format("demo_user_correction"))
    release.action_to_aftercare()
    taken_over = release.env["township.aftercare"].search(
        [("subject_id", "=", release.subject_id.id)]
    )
    taken_over.hand_over_date = release.subject_id.ended_date
    taken_over.action_register()
    taken_over.action_hand_over()
    taken_over.action_accept()
    _helped(taken_over, today, "job")
    Person = env["township.aftercare"].with_user(officer)
    people = Person.create([_vals(Person, today, *row) for row in PEOPLE])
    for person, row in zip(people, PEOPLE, strict=True):
        _walk(person, row[-1], today)


def _vals(Person, today, name, gender, age, unit, ago, state):
    released = today - timedelta(days=ago)
    noticed = min(released - timedelta(days=3), today)
    unit = Person.env.ref(XMLID.format(f"demo_unit_{unit}"))
    wish = {"active": "yes", "declined": "no"}.get(state, "undecided")
    return {
        "name": name,
        "gender": gender,
        "birth_date": today - relativedelta(years=age, months=6),
        "unit_id": unit.id,
        "address": f"{unit.name}{age % 9 + 1}组",
        "source": "prison",
        "released_from": PRISON,
        "release_date": released,
        "notice_number": f"释通〔{released.year}〕{age}号",
        "notice_date": noticed,
        "date_received": noticed,
        "offence": "盗窃罪",
        "offence_date": released - relativedelta(years=3),
        "sentence": "有期徒刑二年六个月",
        "meet_wished": state == "expected",
        "wish": wish,
        "wish_date": wish != "undecided" and released + timedelta(days=3),
        "hand_over_date": ago > 0 and released,
        "hand_over_way": ago > 0 and "family",
    }


def _walk(person, state, today):
    person.action_register()
    if state == "expected":
        return
    person.action_hand_over()
    if state == "active":
        person.action_accept()
        _helped(person, today, "allowance" if person.release_date.year % 2 else "housing")
    elif state == "declined":
        person.action_decline()


def _helped(person, today, need):
    """A helper, a visit made and one need with what was done about it."""
    visited = max(today - timedelta(days=9), person.wish_date)
    person.write(
        {
            "helper_ids": [
                Command.create(
                    {"name": "邹慧敏", "workplace": person.unit_id.name, "date_from": visited}
                )
            ],
            "wish_scan_ids": scan("帮教意愿书"),
        }
    )
    visit = person.env["township.aftercare.visit"]._entering()
    visit.create(
        {
            "aftercare_id": person.id,
            "planned_date": visited,
            "outcome": "complied",
            "recorded_by_id": person.env.uid,
            "recorded_date": visited,
            "visitor": "方知远、邹慧敏",
        }
    )._deadline_stop(visited)
    person.env["township.aftercare.need"].create(
        [
            {
                "aftercare_id": person.id,
                "kind_id": person.env.ref(XMLID.format(f"aftercare_need_{need}")).id,
                "asked_date": visited,
                "request": "希望得到帮助。",
                "department_id": person.env.ref(XMLID.format("demo_unit_pingan")).id,
                "answer_by": today + timedelta(days=4),
            },
            {
                "aftercare_id": person.id,
                "kind_id": person.env.ref(XMLID.format("aftercare_need_documents")).id,
                "asked_date": visited,
                "request": "补办户口登记。",
                "done": "陪同到派出所办理。",
                "result": "met",
                "result_date": today - timedelta(days=2),
            },
        ]
    )
