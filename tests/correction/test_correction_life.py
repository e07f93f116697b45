from contextlib import ExitStack
from datetime import date, timedelta
from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .base import CorrectionCase
from .matrix import is_of_room
from .test_correction_plan import TEXTS

BEGIN = date(2026, 2, 2)
TERM = (date(2026, 2, 20), date(2026, 8, 19))


@tagged("post_install", "-at_install")
@freeze_time(f"{BEGIN} 02:00:00")
class TestCorrectionLife(CorrectionCase):
    """One person from the assessment to the anonymised file, through the buttons of those who
    work here, day by day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.head = cls._make_user("correction", "head")
        cls.company.township_correction_leader_id = cls.head
        cls.env["township.correction.delegation"].create(
            {
                "company_id": cls.company.id,
                "item": "leave",
                "date_from": BEGIN,
                **cls.decided(),
            }
        )

    def setUp(self):
        super().setUp()
        self.frozen = ExitStack()
        self.addCleanup(self.frozen.close)

    def on(self, *month_day, year=2026):
        """It is ten in the morning of that day; the scheduled actions have run in the night."""
        self.frozen.close()
        self.today = date(year, *month_day)
        self.frozen.enter_context(freeze_time(f"{self.today} 02:00:00"))
        self.env.invalidate_all()
        subjects = self.env["township.correction.subject"]
        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", return_value=1.0):
            subjects._cron_plan_checkins()
            subjects._cron_prepare_release()
            self.env["township.retention.job"]._cron_anonymise()
        self.flag_deadlines()

    def make(self, model, **vals):
        """:return: a row of the subject, made by the officer"""
        return (
            self.env[f"township.correction.{model}"]
            .with_user(self.correction)
            .create({"subject_id": self.subject.id, **vals})
        )

    def until(self, *month_day):
        """Every appointment up to that day is kept and recorded on its day."""
        last = date(2026, *month_day)
        checkins = self.env["township.correction.checkin"].with_user(self.correction)
        to_come = [
            ("subject_id", "=", self.subject.id),
            ("outcome", "=", "not_recorded"),
            ("planned_date", "<=", last),
        ]
        kept = checkins
        while due := checkins.search(to_come, limit=1):
            day = due.planned_date
            self.on(day.month, day.day)
            due = checkins.search([*to_come, ("planned_date", "=", day)])
            self.assertTrue(all(due.mapped("is_due")))
            due.action_complied()
            kept += due
        self.on(*month_day)
        return kept

    # ------------------------------------------------------------------

    def test_a_life_from_the_assessment_to_the_anonymised_file(self):
        self.subject = self.Subject.create(
            {
                "name": "王伟强",
                "gender": "male",
                "birth_date": date(1985, 3, 12),
                "address": "东沟村四组",
                "unit_id": self.village.id,
                "entrusted_date": BEGIN,
            }
        )
        self.assess()
        self.receive()
        self.supervise()
        self.go_on_leave()
        self.miss_and_be_admonished()
        self.wear_a_device()
        release = self.release()
        self.assertClocksMet()
        self.help_afterwards(release)
        self.hand_over_and_forget()

    def assess(self):
        self.subject.action_assess()
        assessment = self.make("assessment", entrusting_body="槐荫县人民法院")
        self.on(2, 9)
        assessment.write({"opinion": "适宜社区矫正。", "date_sent": self.today})

    def receive(self):
        subject = self.subject
        self.on(2, 24)
        subject.write(
            {
                "category": "probation",
                "offence": "危险驾驶罪",
                "offence_date": date(2025, 11, 2),
                "deciding_body": "槐荫县人民法院",
                "effective_date": TERM[0],
                "term_start": TERM[0],
                "term_end": TERM[1],
            }
        )
        subject.action_expect()
        self.on(2, 25)
        missing = subject.sudo()._missing_kinds()[subject.sudo()]
        subject.paper_ids = [Command.create({"kind_id": kind.id}) for kind in missing]
        subject.write(
            {
                "reported_date": self.today,
                "identity_checked_date": self.today,
                "papers_checked_date": self.today,
            }
        )
        subject.action_receive()
        self.make_group(subject)
        self.on(2, 27)
        subject.write(
            {
                "announced_date": self.today,
                "announcement_place": "槐荫镇司法所",
                "announcement_presider": "司法所所长",
            }
        )
        subject.action_announce()
        self.assertEqual(subject.state, "in_correction")

    def supervise(self):
        """A plan, a strict class, and a month of weekly reports."""
        self.plan = self.make("plan", **TEXTS)
        self.plan.action_confirm()
        classes = {
            name: self.env.ref(f"township_governance.correction_level_{name}")
            for name in ("strict", "normal")
        }
        self.make("level.change", level_id=classes["strict"].id, reason="入矫初期。")
        kept = self.until(4, 1)
        self.assertGreaterEqual(len(kept), 4)
        self.make("level.change", level_id=classes["normal"].id, reason="遵守规定。")

    def go_on_leave(self):
        leave = self.make(
            "leave",
            destination="邻省云州市",
            reason_id=self.env.ref("township_governance.correction_leave_reason_medical").id,
            reason="陪同家人就诊",
            date_from=date(2026, 4, 8),
            date_to=date(2026, 4, 10),
            proof_ids=self.scan_of(),
        )
        leave.action_apply()
        leave.opinion = "情况属实，同意外出。"
        leave.action_review()
        leave.with_user(self.head).action_approve()
        self.until(4, 8)
        leave.action_leave()
        self.on(4, 10)
        self.assertEqual(leave.return_state, "due")
        leave.return_manner = "person"
        leave.action_return()

    def miss_and_be_admonished(self):
        """Nothing follows from a missed report; the county's finding after a search does."""
        self.until(4, 20)
        missed = self.make("checkin", planned_date=self.today, kind="phone")
        missed.action_not_complied()
        self.assertFalse(self.subject.measure_notes)
        search = self.make(
            "search",
            police_date=self.today,
            police_body="槐荫派出所",
            try_ids=[Command.create({"result": "无人接听"})],
            **{f"{what}_excluded": True for what in ("hospital", "custody", "leave")},
            **{f"{what}_proof": "已核" for what in ("hospital", "custody", "leave")},
        )
        begun = self.today
        self.until(5, 6)
        search.write({"out_from": begun, **self.decided()})
        search.action_record_finding()
        search.returned_date = begun + timedelta(days=8)
        self.env.invalidate_all()
        admonition = self.env.ref("township_governance.correction_measure_kind_admonition")
        self.assertIn(admonition.name, self.subject.measure_notes)
        search.action_close()
        measure = self.make(
            "measure",
            kind_id=admonition.id,
            search_id=search.id,
            facts="脱离监管八日。",
            opinion="建议给予训诫。",
            evidence_scan_ids=self.scan_of(),
            heard_date=self.today,
            heard_statement="属实。",
            proposed_date=self.today,
        )
        measure.action_hear()
        measure.action_propose()
        self.until(5, 12)
        measure.write(self.decided())
        measure.action_decide()
        measure.delivery_ids.date_served = self.today
        measure.action_serve()
        measure.action_close()
        self.env.invalidate_all()
        self.assertFalse(self.subject.measure_notes)

    def wear_a_device(self):
        device = self.make(
            "device",
            ground="reporting",
            facts="拒不报告，经警告。",
            date_from=self.today,
            date_until=date(2026, 8, 11),
        )
        device.write(self.decided())
        device.action_approve()
        self.until(5, 27)
        self.plan.effect = "按时报告。"
        self.plan.action_review()
        self.until(6, 20)
        device.write(
            {
                "not_needed_date": self.today,
                "not_needed_by": "矫正小组",
                "not_needed_reason": "按时报告一个月。",
            }
        )
        device.action_end_early()
        device.taken_off_date = self.today
        device.action_take_off()

    def release(self):
        self.until(7, 21)
        release = self.subject.release_ids
        self.assertEqual((release.state, release.deadline_date), ("preparing", TERM[1]))
        release.write(
            {
                "appraisal": "遵守规定。",
                "appraisal_by": "司法所",
                "appraisal_date": self.today,
                "wish": "yes",
                "wish_date": self.today,
            }
        )
        release.action_appraise()
        self.until(8, 12)
        release.write(self.decided())
        release.action_decide()
        self.until(8, 19)
        release.announced_date = self.today
        release.action_announce()
        release.write(
            {
                "certificate_number": "槐解矫〔2026〕3号",
                "certificate_date": self.today,
                "certificate_scan_ids": self.scan_of(),
            }
        )
        release.action_prepare_deliveries()
        release.delivery_ids.date_served = self.today
        release.action_release()
        self.assertEqual(self.subject.ended_date, TERM[1])
        return release

    def assertClocksMet(self):
        """Whatever of the room has a clock about this person met it; nothing runs but the
        hand-over of the file."""
        mixin = self.env.registry["township.deadline.mixin"]
        names = [
            name
            for name, model in self.env.registry.items()
            if is_of_room(name)
            and issubclass(model, mixin)
            and not model._abstract
            and "subject_id" in model._fields
        ]
        states = {}
        for name in names:
            rows = self.env[name].sudo().search([("subject_id", "=", self.subject.id)])
            for row in rows.filtered("deadline_date"):
                states.setdefault(row.deadline_state, []).append(f"{name}: {row.display_name}")
                self.assertFalse(row.overdue_flag_date, f"{name}: {row.display_name}")
        running = states.pop("running", [])
        self.assertEqual(len(running), 1, running)
        self.assertEqual(list(states), ["met"], states)
        self.assertGreaterEqual(len(states["met"]), 15)

    def help_afterwards(self, release):
        action = release.action_to_aftercare()
        person = self.env["township.aftercare"].with_user(self.correction)
        person = self.person = person.browse(action["res_id"])
        person.action_register()
        person.write({"hand_over_date": self.today})
        person.action_hand_over()
        person.action_accept()
        self.assertTrue(person.visit_ids)

    def hand_over_and_forget(self):
        subject = self.subject
        self.on(9, 7)
        Transfer = self.env["township.correction.transfer"].with_user(self.correction)
        transfer = Transfer.create({})
        transfer.action_list_waiting()
        self.assertEqual(transfer.line_ids.subject_id, subject)
        transfer.action_send()
        self.on(9, 10)
        transfer.write({**self.decided(), "decision_body": "槐荫县社区矫正管理局"})
        transfer.action_receipt()
        clocks = subject.sudo().clock_ids
        self.assertEqual(set(clocks.mapped("deadline_state")), {"met"})
        self.on(9, 11, year=2027)
        subject.with_user(self.head).action_release_for_anonymising()
        self.on(9, 12, year=2027)
        self.assertEqual(subject.anonymised_date, self.today)
        self.assertNotIn("王伟强", subject.sudo().name)
        self.assertEqual(self.person.sudo().name, "王伟强")
