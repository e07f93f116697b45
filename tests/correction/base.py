from datetime import date
from unittest.mock import patch

from ...demo.correction import opening
from ..common.base import TownshipCase


class CorrectionCase(TownshipCase):
    """A township whose corrections room is open, with an officer for adults and one for minors."""

    MEMBERS = ("周文静", "刘秀兰", "陈玉梅", "赵淑芬", "孙丽华")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.minor_officer = cls._make_user("correction_minor")
        cls.company.township_correction_leader_id = cls.correction
        cls.company.township_correction_body = "槐荫县社区矫正管理局"
        cls.today = cls.env["township.calendar.day"]._today()
        cls.open_room()
        cls.Subject = cls.env["township.correction.subject"].with_user(cls.correction)

    @classmethod
    def open_room(cls, company=None):
        """Record the papers with which the room opens.

        :return: the ``township.correction.opening.paper`` records"""
        return opening.load(cls.env, company or cls.company)

    @classmethod
    def subject_vals(cls, **vals):
        """:return: ``dict`` for ``create`` of an adult on probation"""
        return {
            "name": "王伟强",
            "gender": "male",
            "birth_date": date(1985, 3, 12),
            "address": "东沟村四组",
            "unit_id": cls.village.id,
            "category": "probation",
            "offence": "危险驾驶罪",
            "offence_date": date(2025, 11, 2),
            "deciding_body": "槐荫县人民法院",
            "judgment_number": "（2026）槐刑初字第12号",
            "judgment_date": date(2026, 1, 8),
            "effective_date": date(2026, 1, 20),
            "term_start": date(2026, 1, 20),
            "term_end": date(2027, 1, 19),
            "reported_date": date(2026, 1, 24),
            "announced_date": date(2026, 1, 28),
            "identity_checked_date": date(2026, 1, 24),
            "papers_checked_date": date(2026, 1, 24),
            "announcement_place": "槐荫镇司法所",
            "announcement_presider": "司法所所长",
            "announcement_guardian": True,
            "user_id": cls.correction.id,
            "company_id": cls.company.id,
            **vals,
        }

    @classmethod
    def make_subject(cls, user=None, **vals):
        """:return: one draft subject in the environment of the user"""
        return cls.Subject.with_user(user or cls.correction).create(cls.subject_vals(**vals))

    @classmethod
    def make_minor(cls, **vals):
        """:return: one draft subject who was 16 at the offence"""
        return cls.make_subject(
            cls.minor_officer,
            **{
                "name": "李小明",
                "birth_date": date(2009, 6, 1),
                "user_id": cls.minor_officer.id,
                **vals,
            },
        )

    @classmethod
    def in_correction(cls, subject=None, **vals):
        """:return: a subject that went through the buttons up to the announcement"""
        subject = subject or cls.make_subject(**vals)
        subject.action_expect()
        subject.action_receive()
        cls.make_group(subject)
        subject.action_announce()
        return subject

    @classmethod
    def make_group(cls, subject, *codes, **vals):
        """Put a correction group together.

        :param codes: of the kinds of members; by default all that any group needs
        :return: the members
        """
        Kind = cls.env["township.correction.member.kind"].with_user(subject.env.user)
        kinds = Kind._own_first(subject.company_id)
        if codes:
            kinds = kinds.filtered(lambda kind: kind.code in codes)
        else:
            kinds = kinds.filtered(lambda kind: kind.required or kind.required_minor)
        return (
            cls.env["township.correction.member"]
            .with_user(subject.env.user)
            .create(
                [
                    {
                        "subject_id": subject.id,
                        "kind_id": kind.id,
                        "name": name,
                        "gender": "female",
                        "date_from": subject.reported_date,
                        **vals,
                    }
                    for kind, name in zip(kinds, cls.MEMBERS, strict=False)
                ]
            )
        )

    @classmethod
    def scan_of(cls, user=None):
        """:return: commands for a field of scans: one new scan of that user"""
        Scan = cls.env["ir.attachment"].with_user(user or cls.correction)
        return [(6, 0, Scan.create({"name": "扫描件.pdf", "raw": b"%PDF-1.4"}).ids)]

    @classmethod
    def decided(cls, user=None, day=None):
        """:return: ``dict``: the whole paper of another body, of today or that day"""
        return {
            "decision_body": "槐荫县人民法院",
            "decision_number": "（2026）槐刑更字第3号",
            "decision_date": day or cls.env["township.calendar.day"]._today(),
            "decision_scan_ids": cls.scan_of(user),
        }

    @classmethod
    def terminate(cls, subject, **vals):
        """End the correction of a subject by the paper of the body that said so.

        :return: the ``township.correction.end`` record"""
        user = subject.env.user
        end = (
            cls.env["township.correction.end"]
            .with_user(user)
            .create(
                {
                    "subject_id": subject.id,
                    "reason": "probation_revoked",
                    **cls.decided(user),
                    **vals,
                }
            )
        )
        subject.action_terminate()
        return end

    @classmethod
    def change_term(cls, subject, end):
        """Record the decision by which a court moves the end of the term to that day."""
        user = subject.env.user
        kind = "extension" if end > subject.term_end else "reduction"
        cls.env["township.correction.term.change"].with_user(user).create(
            {
                "subject_id": subject.id,
                "kind": kind,
                "term_end_after": end,
                **cls.decided(user),
            }
        ).action_record()

    def flag_deadlines(self):
        """Run the scheduled action on deadlines without its commits."""
        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", return_value=1.0):
            self.env["township.deadline.flag"]._cron_flag_deadlines()
