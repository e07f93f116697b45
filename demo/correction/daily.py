"""A month of daily supervision of the made-up subjects: check-ins, leaves, activities, measures.

Steps stamp the day on which they are made; where a story lies in the past its days are put back
afterwards.
"""

from datetime import datetime, timedelta

from odoo.fields import Command

from .scans import decision, scan

XMLID = "township_governance.{}"
MONTH, HOUR = timedelta(days=31), timedelta(hours=1)
DUE_TODAY = ("device", "prohibited", "ending", "sealed")
MISSED = ("overdue", "prohibited")


def load(env, subjects):
    """:param dict subjects: of ``subjects.load``"""
    today = env["township.calendar.day"]._today()
    _checkins(subjects, today)
    _delegation(env, today)
    _leaves(subjects, today)
    _activities(subjects, today)
    _prohibition(subjects["prohibited"], today)
    _admonition(subjects["overdue"], today)
    _device(subjects["device"], today)


# ----------------------------------------------------------------------
# Check-ins
# ----------------------------------------------------------------------


def _checkins(subjects, today):
    """The days of the past month by the plan of each, with their outcomes; some for today, and
    two of yesterday that nobody has recorded yet."""
    for key, subject in subjects.items():
        if subject.state != "in_correction":
            continue
        Checkin = subject.env["township.correction.checkin"]
        days = {
            (kind, day)
            for kind, frequency in subject._checkin_plan()[subject].items()
            for day in subject._checkin_days(frequency, today - MONTH, today - timedelta(days=2))
        }
        _past(Checkin, subject, sorted(days, key=lambda pair: pair[1]), key in MISSED)
        waiting = [today] * (key in DUE_TODAY) + [today - timedelta(days=1)] * (key in MISSED)
        known = subject.env["township.correction.checkin"].search(
            [("subject_id", "=", subject.id), ("planned_date", "in", waiting)]
        )
        Checkin.create(
            [
                {"subject_id": subject.id, "planned_date": day}
                for day in waiting
                if day not in known.mapped("planned_date")
            ]
        )


def _past(Checkin, subject, days, missed):
    """All complied but one excused; of some also one who did not come."""
    vals_list = []
    for place, (kind, day) in enumerate(days):
        outcome = "complied"
        if missed and place == len(days) // 2:
            outcome = "not_complied"
        elif place == 1:
            outcome = "acceptable_absence"
        vals_list.append(
            {
                "subject_id": subject.id,
                "kind": kind,
                "planned_date": day,
                "outcome": outcome,
                "absence_reason": outcome == "acceptable_absence" and "家中有事，已电话说明",
                "recorded_by_id": Checkin.env.uid,
                "recorded_date": day,
            }
        )
    rows = Checkin._entering().create(vals_list)
    for day, checkins in rows.grouped("planned_date").items():
        checkins._deadline_stop(day)


# ----------------------------------------------------------------------
# Leaves
# ----------------------------------------------------------------------


def _delegation(env, today):
    """The county body has delegated short leaves to the office."""
    env["township.correction.delegation"].create(
        {
            "company_id": env.company.id,
            "item": "leave",
            "date_from": today - timedelta(days=100),
            **decision("槐矫委〔{year}〕3号", today - timedelta(days=100)),
        }
    )


def _leaves(subjects, today):
    _away(subjects["away"], today - timedelta(days=1), today + timedelta(days=2), "邻省云州市")
    _away(subjects["overdue"], today - timedelta(days=5), today - timedelta(days=2), "邻市青岚区")
    back = _away(
        subjects["medical"], today - timedelta(days=24), today - timedelta(days=22), "省城"
    )
    back.write(
        {
            "returned_at": datetime.combine(back.date_to, datetime.min.time()) + HOUR * 8,
            "return_manner": "person",
            "return_proof_ids": scan("车票"),
        }
    )
    back.action_return()
    _application(subjects["ending"], today + timedelta(days=6), today + timedelta(days=8), "省城")


def _application(subject, first, last, destination):
    today = subject.env["township.calendar.day"]._today()
    leave = subject.env["township.correction.leave"].create(
        {
            "subject_id": subject.id,
            "destination": destination,
            "reason_id": subject.env.ref(XMLID.format("correction_leave_reason_family_work")).id,
            "reason": "处理家庭重要事务",
            "contact": "家属陪同",
            "date_from": first,
            "date_to": last,
            "application_date": min(first - timedelta(days=5), today),
            "proof_ids": scan("外出申请"),
        }
    )
    leave.action_apply()
    return leave


def _away(subject, first, last, destination):
    """Through the steps; the permit bears the day before the leave began."""
    leave = _application(subject, first, last, destination)
    leave.opinion = "情况属实，同意外出。"
    leave.action_review()
    leave.with_user(subject.company_id.township_correction_leader_id).action_approve()
    given = first - timedelta(days=2)
    leave._entering().write({"opinion_date": given, "given_date": given})
    leave.left_date = first
    leave.action_leave()
    return leave


# ----------------------------------------------------------------------
# Activities
# ----------------------------------------------------------------------


def _activities(subjects, today):
    people = [subjects[key] for key in ("device", "prohibited", "ending", "passed", "overdue")]
    Activity = people[0].env["township.correction.activity"]
    for topic, kind, ago, hours, outcomes in (
        ("民法典与日常生活", "collective", 12, 2, ("present",) * 3 + ("excused", "absent")),
        ("村道清扫", "benefit", 5, 3, ("present",) * 5),
    ):
        activity = Activity.create(
            {
                "name": topic,
                "kind": kind,
                "date": today - timedelta(days=ago),
                "place": "槐荫镇司法所教育室" if kind == "collective" else "东沟村",
                "hours": hours,
                "attendance_ids": [
                    Command.create({"subject_id": subject.id, "outcome": outcome})
                    for subject, outcome in zip(people, outcomes, strict=True)
                ],
            }
        )
        activity.action_hold()
    Activity.create(
        {
            "name": "就业政策与技能培训",
            "kind": "vocational",
            "date": today + timedelta(days=9),
            "place": "槐荫镇党群服务中心",
            "hours": 2,
            "attendance_ids": [Command.create({"subject_id": one.id}) for one in people[:3]],
        }
    )


# ----------------------------------------------------------------------
# Papers of other bodies
# ----------------------------------------------------------------------


def _prohibition(subject, today):
    order = subject.env["township.correction.prohibition"].create(
        {
            "subject_id": subject.id,
            "kind": "activity",
            "text": "禁止在管制执行期间从事食品生产、销售活动。",
            "date_from": subject.term_start,
            "date_to": subject.term_end,
            **decision(subject.judgment_number, subject.judgment_date, subject.deciding_body),
        }
    )
    subject.env["township.correction.permit"].create(
        {
            "subject_id": subject.id,
            "prohibition_id": order.id,
            "reason": "协助家属办理食品店转让手续",
            "target": "槐荫镇农贸市场",
            "applied_date": today - timedelta(days=2),
            "date_from": today + timedelta(days=7),
            "date_to": today + timedelta(days=7),
        }
    )


def _admonition(subject, today):
    """For a class missed without excuse, on facts that a person found; heard, decided, served."""
    env, day = subject.env, today - timedelta(days=20)
    breach = env["township.correction.breach"].create(
        {
            "subject_id": subject.id,
            "kind": "education",
            "date": today - timedelta(days=30),
            "facts": "未参加当日集中教育，事后无正当理由说明。",
            "evidence_scan_ids": scan("签到表"),
            "heard_date": day,
            "heard_statement": "承认忘记时间，表示今后按时参加。",
        }
    )
    measure = env["township.correction.measure"].create(
        {
            "subject_id": subject.id,
            "kind_id": env.ref(XMLID.format("correction_measure_kind_admonition")).id,
            "facts": breach.facts,
            "breach_ids": [Command.set(breach.ids)],
            "evidence_scan_ids": scan("签到表"),
            "heard_date": day,
            "heard_statement": breach.heard_statement,
            "opinion": "建议给予训诫。",
            "proposed_date": day + timedelta(days=1),
        }
    )
    measure.action_hear()
    measure.action_propose()
    measure.write(decision("槐矫训〔{year}〕4号", day + timedelta(days=4)))
    measure.action_decide()
    measure.delivery_ids.date_served = day + timedelta(days=6)
    measure.action_serve()


def _device(subject, today):
    """Authorised for two months, of which five days are left."""
    first = today - timedelta(days=55)
    device = subject.env["township.correction.device"].create(
        {
            "subject_id": subject.id,
            "ground": "absence",
            "facts": "未经批准擅自离开居住的县，已由县级社区矫正机构查明。",
            "date_from": first,
            "date_until": today + timedelta(days=5),
            **decision("槐司定〔{year}〕2号", first - timedelta(days=1), "槐荫县司法局"),
        }
    )
    device.action_approve()
    device.delivery_ids.date_served = first
