"""How correction ended for some of the made-up subjects, and what follows: release, move,
termination, the hand-over of files, a request about personal data."""

from datetime import timedelta

from odoo.fields import Command

from .scans import decision, scan


def load(env, subjects):
    """:param dict subjects: of ``subjects.load``
    :return: ``township.correction.release`` of who was released"""
    today = env["township.calendar.day"]._today()
    release = _release(subjects["released"])
    _terminate(subjects["terminated"], today)
    _relocate(subjects["relocated"], today)
    for key in ("ending", "passed"):
        subjects[key].action_open_release()
    _prepare(subjects["ending"].release_ids, today)
    _hand_over(subjects["terminated"] + subjects["released"], subjects["released"].ended_date)
    _request(subjects["away"], today)
    return release


def _prepare(release, today):
    """Under way: the person's own summary and wish are there, the appraisal is not."""
    release.write(
        {
            "summary_date": today - timedelta(days=3),
            "summary_scan_ids": scan("个人总结"),
            "wish": "undecided",
            "wish_date": today - timedelta(days=3),
        }
    )


def _release(subject):
    """On the day itself, by the county's papers."""
    subject.action_open_release()
    release, end = subject.release_ids, subject.term_end
    before = end - timedelta(days=10)
    release.write(
        {
            "summary_date": before,
            "summary_scan_ids": scan("个人总结"),
            "appraisal": "矫正期间遵守法律法规和监督管理规定，按时报告。",
            "appraisal_by": "方知远",
            "appraisal_date": before,
            "wish": "yes",
            "wish_date": before,
        }
    )
    release.action_appraise()
    release.write(decision("槐矫解〔{year}〕9号", end - timedelta(days=3)))
    release.action_decide()
    release.write({"announced_date": end, "announced_place": "槐荫镇司法所宣告室"})
    release.action_announce()
    release.write(
        {
            "certificate_number": f"槐解矫〔{end.year}〕9号",
            "certificate_date": end,
            "certificate_scan_ids": scan("解除社区矫正证明书"),
        }
    )
    release.action_prepare_deliveries()
    release.delivery_ids.date_served = end
    release.action_release()
    return release


def _terminate(subject, today):
    day = today - timedelta(days=15)
    subject.env["township.correction.end"].create(
        {
            "subject_id": subject.id,
            "reason": "probation_revoked",
            "date": day,
            **decision("（{year}）槐刑更字第3号", day, subject.deciding_body),
        }
    )
    subject.action_terminate()
    subject.delivery_ids.date_served = day


def _relocate(subject, today):
    def ago(days):
        return today - timedelta(days=days)

    move = subject.env["township.correction.relocation"].create(
        {
            "subject_id": subject.id,
            "new_place": "云州市东区柳林街道",
            "new_body": "云州市东区社区矫正管理局",
            "reason": "随配偶迁居，新住处已办妥租赁手续",
            "application_date": ago(45),
            "planned_date": ago(10),
            "opinion": "情况属实，建议同意变更执行地。",
            "proof_ids": scan("变更执行地申请"),
            "sent_date": ago(43),
        }
    )
    move.action_apply()
    move.action_send()
    move.asked_date = ago(39)
    move.action_ask()
    move.write(
        {"answered_date": ago(30), "answer": "agreed", "answer_scan_ids": scan("征求意见复函")}
    )
    move.action_answer()
    move.write(decision("槐矫变〔{year}〕2号", ago(26)))
    move.action_approve()
    move.told_date = ago(24)
    move.action_tell()
    move.handed_over_date = ago(23)
    move.action_hand_over()
    move.write(
        {
            "arrived_date": ago(20),
            "receipt_number": f"云东矫收〔{ago(20).year}〕6号",
            "receipt_scan_ids": scan("回执"),
        }
    )
    move.action_arrive()
    subject.action_relocate()


def _hand_over(subjects, day):
    """The files are on their way to the county's archive, the receipt is waited for."""
    transfer = subjects.env["township.correction.transfer"].create(
        {
            "date": day,
            "line_ids": [
                Command.create({"subject_id": subject.id, "pages": 40 + place * 9})
                for place, subject in enumerate(subjects)
            ],
        }
    )
    transfer.action_send()


def _request(subject, today):
    request = subject.env["township.personal.request"].create(
        {
            "subject_id": subject.id,
            "kind": "access",
            "received_date": today - timedelta(days=3),
            "identity_checked": True,
            "text": "请求查阅、复制本人的登记信息。",
        }
    )
    request.action_receive()
