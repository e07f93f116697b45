"""The papers with which the corrections room of the made-up township opens."""

import base64
from datetime import timedelta

# A page that says what the scan would be: nobody's paper.
SCAN = base64.b64encode(b"%PDF-1.4 demo\n")


def load(env, company=None):
    """Record the four papers of a township.

    :param company: ``res.company``, default the one of the environment
    :return: the ``township.correction.opening.paper`` records
    """
    company = company or env.company
    today = env["township.calendar.day"]._today()
    begun = today - timedelta(days=100)
    body = company.township_correction_body or "槐荫县社区矫正管理局"
    shared = {"company_id": company.id, "date": begun}
    vals_list = [
        {
            "kind": "mandate",
            "number": "槐矫委〔2026〕3号",
            "body": body,
            "items": "组织入矫宣告\n走访、见面\n教育帮扶\n审批七日以内请假",
        },
        {
            "kind": "agreement",
            "body": body,
            "date_from": begun,
            "date_to": begun + timedelta(days=730),
            "purpose": "依照社区矫正法第九条受委托开展社区矫正日常工作",
            "data_kinds": "身份信息、裁判文书、报到与走访记录",
            "safeguards": "分组授权、字段加密、查阅留痕",
            "data_end": "both",
        },
        {"kind": "assessment", "review_date": begun + timedelta(days=365)},
        {"kind": "protection", "level": "2", "number": "备案 62990000-00001"},
    ]
    papers = env["township.correction.opening.paper"].create(
        [{**shared, **vals} for vals in vals_list]
    )
    for paper in papers:
        scan = {"name": f"{paper.kind}.pdf", "datas": SCAN, "mimetype": "application/pdf"}
        paper.scan_ids = env["ir.attachment"].create(scan)
    return papers
