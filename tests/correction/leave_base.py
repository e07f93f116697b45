import os
import unicodedata
from datetime import date, timedelta
from pathlib import Path

from odoo.tests import freeze_time

from ..common.printing import KINDS, pages_of, wkhtmltopdf
from .base import CorrectionCase

NOW = "2026-06-10 02:00:00"  # ten o'clock in the morning in China


def plain(text):
    """:return: ``str`` with each sign in its one form"""
    return unicodedata.normalize("NFKC", text)


@freeze_time(NOW)
class LeaveCase(CorrectionCase):
    """A person in correction, and an office to which short leaves are delegated."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.head = cls._make_user("correction", "head")
        cls.company.township_correction_leader_id = cls.head
        cls.Leave = cls.env["township.correction.leave"].with_user(cls.correction)
        cls.medical = cls.env.ref("township_governance.correction_leave_reason_medical")
        cls.other = cls.env.ref("township_governance.correction_leave_reason_other")
        cls.subject = cls.in_correction()
        cls.delegation = cls.delegate()

    @classmethod
    def delegate(cls, **vals):
        """:return: the delegation of short leaves, with its paper"""
        return cls.env["township.correction.delegation"].create(
            {
                "company_id": cls.company.id,
                "item": "leave",
                "date_from": date(2026, 1, 1),
                **cls.paper("委〔2026〕1号", date(2026, 1, 1)),
                **vals,
            }
        )

    def print_text(self, report, record):
        """:return: ``str``, what a form says, printed by the officer"""
        reports = self.env["ir.actions.report"].with_user(self.correction)
        with wkhtmltopdf(KINDS[0]):
            pdf = reports.with_context(force_report_rendering=True)._render_qweb_pdf(
                report, record.ids
            )[0]
        folder = os.environ.get("TOWNSHIP_KEEP_PRINTS")
        if folder:
            Path(folder, f"{report}.pdf").write_bytes(pdf)
        return "".join(pages_of(pdf))

    def assertPrinted(self, part, text):
        """The text of a PDF has some signs in a second form."""
        self.assertIn(plain(part), plain(text))

    @classmethod
    def scan(cls, user=None, name="扫描件.pdf"):
        """:return: ``list`` of commands for a field of scans"""
        Attachment = cls.env["ir.attachment"].with_user(user or cls.env.user)
        return [(4, Attachment.create({"name": name, "raw": b"%PDF-1.4"}).id)]

    @classmethod
    def paper(cls, number="槐矫批〔2026〕9号", day=date(2026, 6, 10)):
        """:return: ``dict``, the whole paper of another body"""
        return {
            "decision_body": "槐荫县社区矫正管理局",
            "decision_number": number,
            "decision_date": day,
            "decision_scan_ids": cls.scan(cls.correction),
        }

    @classmethod
    def leave(cls, begin=date(2026, 6, 15), days=3, subject=None, **vals):
        """:return: a draft of so many days with everything an application needs"""
        return cls.Leave.create(
            {
                "subject_id": (subject or cls.subject).id,
                "destination": "邻省云州市",
                "reason_id": cls.medical.id,
                "reason": "陪同家人就诊",
                "date_from": begin,
                "date_to": begin + timedelta(days=days - 1),
                "proof_ids": cls.scan(cls.correction),
                **vals,
            }
        )

    @classmethod
    def reviewed(cls, *args, **vals):
        leave = cls.leave(*args, **vals)
        leave.action_apply()
        leave.opinion = "情况属实，同意外出。"
        leave.action_review()
        return leave

    @classmethod
    def approved(cls, *args, **vals):
        """:return: a leave approved by whoever must"""
        leave = cls.reviewed(*args, **vals)
        if leave.approver != "office":
            leave.write(cls.paper(day=cls.env["township.calendar.day"]._today()))
        if leave.approver == "above":
            leave.write({"county_opinion": "同意", "county_opinion_date": date(2026, 6, 9)})
        leave.with_user(cls.head).action_approve()
        return leave

    @classmethod
    def away(cls, *args, **vals):
        leave = cls.approved(*args, **vals)
        leave.action_leave()
        return leave
