"""Assessments of the made-up township: the last quarter of the year before, closed, and the
current one under way; and a notice to a unit that has to put something right."""

from datetime import timedelta

MODULE = "township_governance"
ANNOUNCED = f"{MODULE}.mail_act_assessment_announced"
DEDUCTED = "watch"  # the indicator with an event
QUARTERS = 4


def load(env, scan):
    """:param callable scan: name -> commands of a small made-up scan"""
    today = env["township.calendar.day"]._today()
    past = _round(env, today.year - 1, QUARTERS)
    director = env.ref(f"{MODULE}.demo_user_director")
    for line in past.assessment_ids.line_ids.with_user(director).filtered("by_hand"):
        _score(line, scan)
    past.action_announce()
    past.action_close()
    # read long ago
    past.assessment_ids.activity_unlink([ANNOUNCED])
    _round(env, today.year, (today.month + 2) // 3)
    _notice(env, today)


def _round(env, year, index):
    batch = env["township.assessment.round"].create(
        {"year": year, "period": "quarter", "index": index}
    )
    batch.action_fill()
    return batch


def _score(line, scan):
    """Full marks, but for one event with its proof."""
    if line.letter_line_id.name == line.env.ref(f"{MODULE}.indicator_{DEDUCTED}").name:
        line.write(
            {
                "numerator": 1,
                "reason": "经核实，一次值班无故脱岗。",
                "date": line.assessment_id.date_to - timedelta(days=20),
                "evidence_ids": scan("核实记录"),
            }
        )
    else:
        line.action_full_marks()


def _notice(env, today):
    """A rectification notice that waits for the unit's answer."""
    env["township.accountability"].create(
        {
            "kind": "rectification",
            "unit_id": env.ref(f"{MODULE}.demo_unit_ziran").id,
            "user_id": env.ref(f"{MODULE}.demo_user_officer").id,
            "problem": "综治中心分派的两件土地权属纠纷，未在规定期限内签收和反馈。",
            "requirements": "核实未按期签收的原因，明确经办人，七日内书面反馈办理情况。",
            "basis": "本年度目标管理责任书关于事项签收、办理、反馈的约定",
            "answer_by": today + timedelta(days=7),
        }
    ).action_serve()
