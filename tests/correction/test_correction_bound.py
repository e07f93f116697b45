from datetime import date, timedelta
from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .test_correction_release import END, ReleaseCase

LATE = END + timedelta(days=1)


@tagged("post_install", "-at_install")
class TestBoundUntil(ReleaseCase):
    """After the last day nothing is asked of the person any more unless the county body's paper
    says so, and what hangs on that day follows when it moves."""

    def setUp(self):
        super().setUp()
        self.release_of = self.prepared(END - timedelta(days=20))
        self.subject = self.release_of.subject_id
        self.Checkin = self.env["township.correction.checkin"].with_user(self.correction)

    def make(self, model, **vals):
        Model = self.env[f"township.correction.{model}"].with_user(self.correction)
        return Model.create({"subject_id": self.subject.id, **vals})

    def hold(self):
        """Record the county's paper that the person is not released for now."""
        return self.release_of.obstacle_ids.create(
            {
                "release_id": self.release_of.id,
                "kind": "measure",
                "since_date": self.env["township.calendar.day"]._today(),
                "body": "槐荫县公安局",
                "outcome": "continue",
                **self.decided(),
            }
        )

    def pass_end(self, day=LATE):
        self.on(day)
        self.env.invalidate_all()
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=1.0):
            self.subject._cron_plan_checkins()

    def days(self, kind="in_person"):
        domain = [("subject_id", "=", self.subject.id), ("kind", "=", kind)]
        return self.Checkin.search(domain).mapped("planned_date")

    def leave(self, first, last):
        return self.make(
            "leave",
            destination="邻省云州市",
            reason_id=self.env.ref("township_governance.correction_leave_reason_medical").id,
            reason="陪同家人就诊",
            date_from=first,
            date_to=last,
            proof_ids=self.scan_of(),
        )

    def away(self, first, last):
        leave = self.leave(first, last)
        leave.action_apply()
        leave.opinion = "同意"
        leave.action_review()
        leave.write(self.decided())
        leave.action_approve()
        self.on(first)
        leave.action_leave()
        return leave

    def device(self, until):
        today = self.env["township.calendar.day"]._today()
        device = self.make(
            "device", ground="reporting", facts="经警告", date_from=today, date_until=until
        )
        device.write(self.decided())
        device.action_approve()
        return device

    # ------------------------------------------------------------------
    # The end has passed
    # ------------------------------------------------------------------

    def test_no_check_in_and_no_visit_is_planned_after_the_end(self):
        self.pass_end()
        for kind in ("in_person", "visit"):
            with self.subTest(kind):
                self.assertFalse([day for day in self.days(kind) if day > END])
        self.assertTrue(self.subject.term_over)

    def test_none_is_booked_by_hand_either(self):
        self.pass_end()
        with self.assertRaises(ValidationError):
            self.make("checkin", planned_date=LATE)

    def test_the_countys_paper_lets_them_be_planned_until_it_ends(self):
        self.pass_end()
        obstacle = self.hold()
        self.assertFalse(self.subject.term_over)
        self.pass_end()
        later = [day for day in self.days() if day > END]
        self.assertTrue(later)
        obstacle.ended_date = LATE
        self.assertFalse([day for day in self.days() if day > END])

    def test_a_pardon_takes_away_what_was_planned_after_it(self):
        day = self.env["township.calendar.day"]._today()
        planned = self.make("checkin", planned_date=day + timedelta(days=3), kind="phone")
        device = self.device(END)
        self.release_of.write({"ground": "amnesty", "amnesty_date": day})
        self.assertFalse(planned.exists())
        self.assertEqual(device.deadline_date, day)

    def test_who_is_no_longer_bound_is_not_put_on_an_attendance_list(self):
        Activity = self.env["township.correction.activity"].with_user(self.correction)
        Add = self.env["township.correction.activity.add"].with_user(self.correction)
        for day, listed in ((END, True), (LATE, False)):
            activity = Activity.create({"name": "法治教育", "date": day})
            with self.subTest(day):
                people = Add.create({"activity_id": activity.id}).subject_ids
                self.assertEqual(self.subject in people, listed)

    def test_no_leave_is_needed_after_the_end(self):
        with self.assertRaisesRegex(UserError, "no leave is needed"):
            self.leave(END, LATE).action_apply()
        self.leave(END - timedelta(days=1), END).action_apply()

    def test_an_order_is_in_force_no_longer_than_the_person_is_bound(self):
        order = self.make(
            "prohibition",
            kind="place",
            text="禁止进入酒吧",
            date_from=date(2026, 1, 20),
            date_to=END + timedelta(days=30),
        )
        self.assertTrue(order.in_force)
        self.pass_end()
        self.assertFalse(order.in_force)
        self.hold()
        self.env.invalidate_all()
        self.assertTrue(order.in_force)

    def test_a_device_comes_off_with_the_end_whatever_was_authorised(self):
        with self.assertRaises(ValidationError):
            self.device(LATE)
        self.assertEqual(self.device(END).deadline_date, END)

    # ------------------------------------------------------------------
    # The end moves
    # ------------------------------------------------------------------

    def test_everything_follows_a_term_changed_by_a_court(self):
        earlier = END - timedelta(days=8)
        device = self.device(END)
        order = self.make(
            "prohibition",
            kind="place",
            text="禁止进入酒吧",
            date_from=date(2026, 1, 20),
            date_to=END,
        )
        leave = self.away(earlier - timedelta(days=2), earlier + timedelta(days=2))
        self.change_term(self.subject, earlier)
        self.assertEqual(self.release_of.deadline_date, earlier)
        self.assertEqual(device.deadline_date, earlier)
        self.assertEqual(order.date_to, END)
        self.assertFalse([day for day in self.days() if day > earlier])
        self.on(earlier + timedelta(days=3))
        self.env.invalidate_all()
        self.flag_deadlines()
        self.assertEqual((leave.return_state, leave.overdue_flag_date), ("none", False))
        late = self.env["township.correction.leave"].search([("return_state", "=", "overdue")])
        self.assertNotIn(leave, late)

    def test_a_return_is_due_again_when_the_term_is_longer_again(self):
        last = END - timedelta(days=5)
        leave = self.away(END - timedelta(days=10), last)
        self.change_term(self.subject, END - timedelta(days=8))
        self.assertTrue(leave.deadline_done_date)
        self.change_term(self.subject, END)
        self.assertEqual((leave.deadline_done_date, leave.deadline_date), (False, last))

    def test_a_corrected_end_moves_the_same_things(self):
        later = END + timedelta(days=40)
        scans = self.env["ir.attachment"].browse(self.scan_of()[0][2])
        self.subject._correct_fact("term_end", later, "登记时录错", scans)
        self.assertEqual(self.release_of.deadline_date, later)
        self.assertEqual(self.subject._term_clock().deadline_date, later)
        self.assertTrue([day for day in self.days() if day > END])

    def test_revoked_while_on_leave_ends_the_leave_that_day(self):
        first = END - timedelta(days=10)
        leave = self.away(first, first + timedelta(days=6))
        self.on(first + timedelta(days=2))
        self.terminate(self.subject)
        self.assertEqual((leave.state, leave.date_end), ("revoked", first + timedelta(days=2)))

    def test_a_termination_stops_everything(self):
        self.away(END - timedelta(days=10), END - timedelta(days=9))
        self.make("checkin", planned_date=END - timedelta(days=1), kind="phone")
        self.make(
            "prohibition",
            kind="place",
            text="禁止进入酒吧",
            date_from=date(2026, 1, 20),
            date_to=END,
        )
        self.terminate(self.subject)
        handing = self.subject.clock_ids.filtered(
            lambda clock: clock.deadline_rule_id.start_event == "ended"
        )
        self.assertTrue(all((self.subject.clock_ids - handing).mapped("deadline_done_date")))
        for rows in (self.subject.leave_ids, self.release_of):
            self.assertTrue(all(rows.mapped("deadline_done_date")))
        today = self.env["township.calendar.day"]._today()
        open_rows = [("subject_id", "=", self.subject.id), ("outcome", "=", "not_recorded")]
        rows = self.Checkin.search(open_rows)
        self.assertFalse(rows.filtered(lambda row: row.planned_date > today or row.is_due))
        self.assertFalse(any(self.subject.prohibition_ids.mapped("in_force")))


@tagged("post_install", "-at_install")
class TestNothingFromMisses(ReleaseCase):
    """The ladder begins with the county's finding after a search, and with nothing else."""

    def test_a_hundred_missed_check_ins_suggest_nothing(self):
        subject = self.prepared(END - timedelta(days=5)).subject_id
        Checkin = self.env["township.correction.checkin"].with_user(self.correction)
        first = END - timedelta(days=150)
        missed = Checkin.create(
            [
                {
                    "subject_id": subject.id,
                    "planned_date": first + timedelta(days=number),
                    "kind": "phone",
                }
                for number in range(100)
            ]
        )
        missed.action_not_complied()
        self.assertEqual(set(missed.mapped("outcome")), {"not_complied"})
        praise = self.env.ref("township_governance.correction_measure_kind_praise")
        found = self.env["township.correction.suggestion"]._of(subject)
        self.assertFalse([one for one in found if one.kind != praise])

    def test_an_approved_leave_a_hospital_and_custody_are_excluded_before_a_finding(self):
        subject = self.prepared(END - timedelta(days=25)).subject_id
        today = self.env["township.calendar.day"]._today()
        Leave = self.env["township.correction.leave"].with_user(self.correction)
        leave = Leave.create(
            {
                "subject_id": subject.id,
                "destination": "邻省云州市",
                "reason_id": self.env.ref("township_governance.correction_leave_reason_medical").id,
                "reason": "陪同家人就诊",
                "date_from": today,
                "date_to": today + timedelta(days=9),
                "proof_ids": self.scan_of(),
                "opinion": "同意",
            }
        )
        leave.action_apply()
        leave.action_review()
        leave.write(self.decided())
        leave.action_approve()
        self.on(today + timedelta(days=12))
        search = (
            self.env["township.correction.search"]
            .with_user(self.correction)
            .create(
                {
                    "subject_id": subject.id,
                    "noticed_date": today + timedelta(days=2),
                    "police_date": today + timedelta(days=3),
                    "police_body": "槐荫派出所",
                    "out_from": today + timedelta(days=2),
                    "try_ids": [Command.create({"result": "无人接听"})],
                    **{f"{what}_excluded": True for what in ("hospital", "custody", "leave")},
                    **{f"{what}_proof": "已核" for what in ("hospital", "custody", "leave")},
                    **self.decided(),
                }
            )
        )
        self.assertIn(leave.number, search.leaves_found)
        with self.assertRaisesRegex(UserError, leave.number):
            search.action_record_finding()
        search.out_from = today + timedelta(days=10)
        for what in ("hospital", "custody"):
            search[f"{what}_excluded"] = False
            with self.subTest(what), self.assertRaises(UserError):
                search.action_record_finding()
            search[f"{what}_excluded"] = True
        search.action_record_finding()
        self.assertTrue(search.is_finding)
