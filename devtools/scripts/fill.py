"""Fill the release before with what a township would hold: runs in its Odoo's shell, on top of
the demo data. Speaks that release's API, so it changes with the commit the changelog names."""

import base64
import os
from datetime import date, timedelta

TODAY = env["township.calendar.day"]._today()
officer = env["res.users"].search([("login", "=", "officer")])
director = env["res.users"].search([("login", "=", "director")])
company = officer.company_id
env.user.write({"company_ids": [(4, company.id)]})


def ref(name):
    return env.ref(f"township_governance.{name}")


# One user with each group alone, for the comparison of rights.
groups = env["ir.model.data"].search(
    [("module", "=", "township_governance"), ("model", "=", "res.groups")]
)
for group in groups:
    env["res.users"].create(
        {
            "name": group.name,
            "login": f"only_{group.name}",
            "company_id": company.id,
            "company_ids": [(6, 0, company.ids)],
            "group_ids": [(6, 0, [env.ref("base.group_user").id, group.res_id])],
        }
    )

# The sample ledger, as the officer imports it.
with open(os.environ["TOWNSHIP_LEDGER"], "rb") as stream:
    ledger = base64.b64encode(stream.read())
wizard = (
    env["township.ledger.import"]
    .with_user(officer)
    .with_context(allowed_company_ids=company.ids)
    .create({"data": ledger, "filename": "ledger.xls", "target": "case", "create_missing": True})
)
wizard.action_import()
assert wizard.imported_count and wizard.rejected_count, "the sample ledger was not imported"

# A ledger of a past year: its clocks raise no alarm, and the upgrade must know that.
past = "受理时间,申请人,被申请人,纠纷类型,简要情况\n2024-03-05,孙某,钱某,邻里纠纷,地界\n"
wizard = wizard.create(
    {
        "data": base64.b64encode(past.encode()),
        "filename": "past.csv",
        "target": "case",
        "create_missing": True,
        "history": True,
    }
)
wizard.action_import()
assert wizard.imported_count == 1, "the ledger of a past year was not imported"

# A case with everything that can hang on it.
case = (
    env["township.case"]
    .with_user(officer)
    .with_company(company)
    .create(
        {
            "name": "升级",
            "type_id": ref("case_type_02").id,
            "party_ids": [(0, 0, {"name": "王某", "phone": "13800000000"})],
        }
    )
)
case.action_register()
env["township.case.extension"].with_user(director).create(
    {
        "case_id": case.id,
        "date_to": TODAY + timedelta(days=90),
        "reason": "双方同意",
        "both_agreed": True,
    }
)
env["township.case.suspension"].create(
    {"case_id": case.id, "date_from": TODAY, "reason": "appraisal"}
)
scan = env["ir.attachment"].create(
    {"name": "scan.txt", "raw": b"scan", "res_model": case._name, "res_id": case.id}
)
case.message_post(body="note", attachment_ids=scan.ids)
env["township.delivery"].create(
    {
        "case_id": case.id,
        "company_id": company.id,
        "paper": "受理告知书",
        "recipient": "王某",
        "date_served": TODAY,
        "attachment_ids": [
            (0, 0, {"name": "receipt.txt", "raw": b"receipt", "res_model": "township.delivery"})
        ],
    }
)
case.party_ids.action_reveal("phone", "upgrade")
env["township.access.log"].with_user(officer)._log("view", case, reason="upgrade")
env["township.document"].sudo()._issue(
    "township_governance.report_case_acceptance",
    [
        (
            case,
            {"number": case.number},
            {"kind": "登记表", "number": case.number, "date": TODAY, "office": company.name},
        )
    ],
)

# What an administrator has changed or added.
ref("rule_mediation_standard").number = 25
ref("case_type_02").name = "本地改名"
env["township.import.alias"].create(
    {
        "name": "本镇列名",
        "kind": "heading",
        "target": "case",
        "column_name": "date_received",
        "company_id": company.id,
    }
)
env["township.calendar.day"].create({"date": date(2031, 5, 6), "name": "本地放假"})
env["ir.default"].set("township.case", "risk", "yellow", user_id=officer.id)
env["ir.config_parameter"].set_param("township_governance.access_log_days", "2000")
company.township_short_name = "槐"

# Jobs in the background, done and waiting.
job = env["township.ledger.job"].create(
    {"name": "large.xls", "data": ledger, "target": "case", "user_id": officer.id}
    | {"company_id": company.id}
)
env["township.ledger.chunk"].create({"job_id": job.id, "rows": []})
env["township.print.job"].create(
    {
        "name": "prints",
        "report_id": ref("action_report_case_acceptance").id,
        "res_model": case._name,
        "record_ids": case.ids,
        "user_id": officer.id,
        "company_id": company.id,
    }
)


# What the demo letters have not: papers of signing, a meeting, a job, a hand-over, and every row
# of an assessment.
def scan(name):
    return [(0, 0, {"name": f"{name}.pdf", "raw": b"%PDF-1.4 scan"})]


env["township.signature.agreement"].create(
    {"user_id": officer.id, "date": TODAY, "scan_ids": scan("agreement"), "company_id": company.id}
)
env["township.delegation"].create(
    {
        "principal_id": director.id,
        "deputy_id": officer.id,
        "date_from": TODAY,
        "date_to": TODAY + timedelta(days=7),
        "paper": "槐荫委〔2026〕1号",
        "attachment_ids": scan("delegation"),
        "company_id": company.id,
    }
)
issued = env["township.letter"].search(
    [("state", "=", "issued"), ("company_id", "=", company.id)], limit=1
)
env["township.letter.meeting"].create(
    {"name": "集中签订会", "letter_ids": [(6, 0, issued.ids)], "company_id": company.id}
)
env["township.letter.bind"].create(
    {
        "name": "bind",
        "letter_ids": [(6, 0, issued.ids)],
        "user_id": director.id,
        "company_id": company.id,
    }
)
env["township.letter.handover"].create(
    {
        "letter_id": issued.id,
        "date": TODAY,
        "to_user_id": officer.id,
        "reason": "岗位调整",
        "paper_number": "槐荫委〔2026〕2号",
        "scan_ids": scan("handover"),
    }
)
env["township.accountability.answer"].create(
    {
        "accountability_id": env["township.accountability"].search([], limit=1).id,
        "date": TODAY,
        "user_id": officer.id,
        "answer": "已整改",
        "scan_ids": scan("answer"),
    }
)
assessment = env["township.assessment"].search([("line_ids", "!=", False)], limit=1)
assert issued and assessment, "the demo has no issued letter or no assessment"
proof = {"assessment_id": assessment.id, "date": TODAY, "scorer_id": officer.id}
env["township.assessment.bonus"].create(
    {**proof, "points": 1, "reason": "表彰", "evidence_ids": scan("bonus")}
)
env["township.assessment.check"].create(
    {
        **proof,
        "line_id": assessment.line_ids[0].id,
        "reason": "台账",
        "finding": "相符",
        "evidence_ids": scan("check"),
    }
)
env["township.assessment.objection"].create(
    {
        "assessment_id": assessment.id,
        "line_id": assessment.line_ids[0].id,
        "text": "少计一件",
        "evidence_ids": scan("objection"),
    }
)
env["township.assessment.report"].create(
    {"assessment_id": assessment.id, "work_text": "履职情况", "result_text": "成效"}
)
env.flush_all()

empty = [
    name
    for name, model in env.items()
    if name.startswith("township.")
    and model._auto
    and not (model._abstract or model._transient)
    and not model.sudo().with_context(active_test=False).search_count([], limit=1)
]
assert not empty, f"the upgrade test fills no {', '.join(empty)}"
env.cr.commit()
