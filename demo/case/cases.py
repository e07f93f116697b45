"""Cases of the made-up township: read from a file, walked through the real steps.

The file gives days before the day of installation, so that some cases are overdue and some nearly,
whenever the demo is installed. Nothing of this is in the registry of a township.
"""

import csv
from datetime import timedelta

from odoo.tools import file_open

from ...tools.identity import check_character

CASES_FILE = "township_governance/demo/case/cases.csv"
XMLID = "township_governance.{}"
# States of the file that need a step more than the button of that name.
ENDS = {
    "rejected": "action_reject",
    "withdrawn": "action_withdraw",
    "transferred": "action_transfer",
}
CLOSED = ("closed", "failed", "archived")
UNASSIGNED = ("draft", "registered", "pending", "rejected", "accusation")
UNHANDLED = (*UNASSIGNED, "assigned", "accepted", *ENDS)
ORGANISATIONS = ("公司", "厂", "商行", "委会", "市场", "项目部")


def load(env):
    """Create the demo cases; called once, when all of the addon is installed."""
    Case = env["township.case"]
    if "zh_CN" in dict(env["res.lang"].get_installed()):
        # What the steps log stays for good.
        Case = Case.with_context(lang="zh_CN")
    with file_open(CASES_FILE, "r") as stream:
        rows = list(csv.DictReader(stream))
    cases = Case.create([_vals(Case, number, row) for number, row in enumerate(rows)])
    walked = [(case, row, row["state"]) for case, row in zip(cases, rows, strict=True)]

    def those(*states, exclude=()):
        return cases.browse(
            case.id
            for case, _row, state in walked
            if (not states or state in states) and state not in exclude
        )

    those(exclude=("draft", "pending")).action_register()
    those("pending").action_settle_on_spot()
    for case, row, state in walked:
        if case.kind == "petition" and state == "accepted":
            _accept(case, _day(Case, row["closed"]))
        elif case.kind == "petition" and state in CLOSED:
            _accept(case, case.date_received + timedelta(days=8))
    those(exclude=UNASSIGNED).action_assign()
    those("accepted").action_handle()
    those(exclude=UNHANDLED).action_handle()
    _pause(Case, those("suspended"), those("extended"))
    for case, row, state in walked:
        if state in CLOSED:
            case.write(_end_vals(case, row, state))
    those(*CLOSED).action_close()
    those("archived").action_archive_file()
    for case, row, state in walked:
        if state in ENDS:
            getattr(case, ENDS[state])(row["settlement"])


def _day(Case, days_ago, earliest=None):
    day = Case._today() - timedelta(days=int(days_ago))
    return max(day, earliest) if earliest else day


def _ref(Case, name, row_value):
    return Case.env.ref(XMLID.format(f"{name}_{row_value}")).id if row_value else False


def _vals(Case, number, row):
    received = _day(Case, row["received"])
    is_petition = row["kind"] == "petition"
    committee = "town" if row["kind"] == "mediation" and not row["mediator"] else ""
    handler = "mediator" if row["mediator"] else "officer"
    if row["state"] in UNASSIGNED and row["state"] != "accusation":
        handler = ""
    reporter = "reporter" if row["source"] == "grid" else "officer"
    return {
        "kind": row["kind"],
        "type_id": _ref(Case, "case_type", row["type"]),
        "date_received": received,
        "date_accepted": False if is_petition or row["state"] == "draft" else received,
        "source": row["source"],
        "difficulty": row["difficulty"],
        "risk": row["risk"],
        "grid_id": _ref(Case, "demo_grid", row["grid"]),
        # PET-23: an accusation is not passed to the unit it is about
        "unit_id": (row["state"] != "accusation" and _ref(Case, "demo_unit", row["unit"])),
        "mediator_id": _ref(Case, "demo_mediator", row["mediator"]),
        "committee_id": _ref(Case, "demo_committee", committee),
        "user_id": _ref(Case, "demo_user", handler),
        "reporter_id": _ref(Case, "demo_user", reporter),
        "summary": row["summary"],
        "amount": float(row["amount"] or 0),
        "settlement": row["settlement"] if row["state"] == "pending" else False,
        "petition_form": "visit" if is_petition else False,
        "purpose": ("accusation" if row["state"] == "accusation" else is_petition and "request"),
        "complained_unit_id": (
            _ref(Case, "demo_unit", row["unit"]) if row["state"] == "accusation" else False
        ),
        "party_ids": [
            (0, 0, _party(number * 2 + place, role, row[role]))
            for place, role in enumerate(("applicant", "respondent"))
            if row[role]
        ],
    }


def _party(number, role, name):
    """A person with an ID number of an area that does not exist, or an organisation."""
    vals = {"name": name, "role": role, "phone": f"1380000{3000 + number}"}
    if name.endswith(ORGANISATIONS):
        return {**vals, "is_organisation": True}
    year, month, day = 1955 + number * 7 % 45, 1 + number % 12, 1 + number * 5 % 28
    body = f"619929{year}{month:02d}{day:02d}{100 + number:03d}"
    return {**vals, "id_number": body + check_character(body), "address": "槐荫镇"}


def _accept(case, day):
    """Accept a petition on a day in the past; the button accepts today."""
    case._stop_clocks(day, "received")
    case.date_accepted = day
    case._message_log_batch(dict.fromkeys(case.ids, case._step_label("accept")))


def _pause(Case, suspended, extended):
    Case.env["township.case.suspension"].create(
        [
            {
                "case_id": case.id,
                "date_from": case.date_received + timedelta(days=3),
                "reason": "appraisal",
            }
            for case in suspended
        ]
    )
    Case.env["township.case.extension"].create(
        [
            {
                "case_id": case.id,
                "date_to": case.date_received + timedelta(days=45),
                "reason": "等待损失评估结果",
                "both_agreed": True,
            }
            for case in extended
        ]
    )


def _end_vals(case, row, state):
    failed = state == "failed"
    return {
        "date_closed": _day(case, row["closed"], case.date_accepted),
        "outcome": "failed" if failed else "settled",
        "settlement": row["settlement"],
        "routes_told": failed,
        "end_reason": "双方差距较大，不能达成一致。" if failed else False,
    }
