from datetime import date, timedelta

from .base import CorrectionCase

BODY = "槐荫县社区矫正管理局"


class MeasureCase(CorrectionCase):
    """Somebody in correction, and the papers of the county body about that person."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.subject = cls.in_correction()
        cls.subject = cls.subject.with_user(cls.correction)

    @classmethod
    def scan(cls, name="scan.pdf", user=None):
        """:return: ids command with one new scan of the officer"""
        scan = cls.env["ir.attachment"].with_user(user or cls.correction)
        return [(6, 0, scan.create({"name": name, "raw": b"paper"}).ids)]

    @classmethod
    def paper(cls, number="槐矫〔2026〕7号", day=None, user=None):
        """:return: ``dict`` of a recorded decision"""
        return {
            "decision_body": BODY,
            "decision_number": number,
            "decision_date": day or cls.today,
            "decision_scan_ids": cls.scan(user=user),
        }

    @classmethod
    def make(cls, model, subject=None, **vals):
        """:return: a record about the subject, in the environment of the officer"""
        subject = subject or cls.subject
        return cls.env[model].with_user(subject.env.user).create({"subject_id": subject.id, **vals})

    @classmethod
    def finding(cls, days, subject=None, until=None):
        """:return: a search that led to a finding of the county body: out for that many days"""
        until = until or cls.today
        start = until - timedelta(days=days)
        search = cls.make(
            "township.correction.search", subject, noticed_date=start, police_date=start
        )
        search.write(
            {
                "police_body": "槐荫派出所",
                "try_ids": [(0, 0, {"tried_at": f"{start} 01:00:00", "result": "无人接听"})],
                **{f"{what}_excluded": True for what in ("hospital", "custody", "leave")},
                **{f"{what}_proof": "已核" for what in ("hospital", "custody", "leave")},
                "out_from": start,
                **cls.paper("槐矫认〔2026〕1号", until),
            }
        )
        search.action_record_finding()
        search.returned_date = until
        return search

    @classmethod
    def breach(cls, kind="rules", day=None, subject=None, **vals):
        """:return: a breach with its evidence, about which the person was heard"""
        return cls.make(
            "township.correction.breach",
            subject,
            kind=kind,
            date=day or cls.today - timedelta(days=1),
            facts="未按规定报告情况。",
            **{
                "evidence_scan_ids": cls.scan(),
                "heard_date": cls.today,
                "heard_statement": "属实。",
                **vals,
            },
        )

    @classmethod
    def kind(cls, code):
        return cls.env.ref(f"township_governance.correction_measure_kind_{code}")

    @classmethod
    def measure(cls, code="admonition", subject=None, **vals):
        """:return: a measure that has all the office's proposal needs"""
        user = (subject or cls.subject).env.user
        return cls.make(
            "township.correction.measure",
            subject,
            **{
                "kind_id": cls.kind(code).id,
                "facts": "未按规定报告情况。",
                "opinion": "建议给予训诫。",
                "evidence_scan_ids": cls.scan(user=user),
                "heard_date": cls.today,
                "heard_statement": "属实。",
                "proposed_date": cls.today,
                **vals,
            },
        )

    @classmethod
    def imposed(cls, code="admonition", day=None, subject=None, **vals):
        """:return: a measure that the county body decided on"""
        measure = cls.measure(code, subject, **vals)
        measure.action_propose()
        if measure.decided_by != "county":
            measure.write(
                {
                    "addressee": "槐荫县公安局",
                    "county_number": "槐矫〔2026〕6号",
                    "county_date": day or cls.today,
                    "county_scan_ids": cls.scan(),
                }
            )
        measure.write(cls.paper(day=day))
        measure.action_decide()
        return measure

    @classmethod
    def serve(cls, measure):
        measure.delivery_ids.date_served = cls.today
        measure.action_serve()

    @staticmethod
    def months_later(day, months):
        """:return: ``date``, counted by hand: the same day number, or the month's last day"""
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        for number in range(day.day, 0, -1):
            try:
                return date(year, month + 1, number)
            except ValueError:
                continue
        return None
