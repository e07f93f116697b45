from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .leave_base import NOW, LeaveCase

TODAY = date(2026, 6, 10)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRelocation(LeaveCase):
    """Change of the place of execution: who does what is on record, with its clocks."""

    def move(self, **vals):
        Move = self.env["township.correction.relocation"].with_user(self.correction)
        return Move.create(
            {
                "subject_id": self.subject.id,
                "new_place": "云州市东区柳林街道",
                "new_body": "云州市东区社区矫正管理局",
                "reason": "随配偶迁居",
                "planned_date": date(2026, 7, 15),
                "application_date": date(2026, 6, 1),
                "opinion": "情况属实",
                "proof_ids": self.scan(self.correction),
                **vals,
            }
        )

    def answered(self):
        move = self.move()
        move.action_apply()
        move.sent_date = date(2026, 6, 1)
        move.action_send()
        move.asked_date = date(2026, 6, 3)
        move.action_ask()
        move.write(
            {
                "answered_date": date(2026, 6, 8),
                "answer": "agreed",
                "answer_scan_ids": self.scan(self.correction),
            }
        )
        move.action_answer()
        return move

    def approved_move(self):
        move = self.answered()
        move.write(self.paper(day=date(2026, 6, 9)))
        move.action_approve()
        return move

    def checkins(self, subject):
        Checkin = self.env["township.correction.checkin"].with_user(self.correction)
        return Checkin.search([("subject_id", "=", subject.id)])

    def clock(self, move, event):
        return move._clocks_of(event)

    def test_each_step_runs_its_clock(self):
        move = self.answered()
        asked, answer = self.clock(move, "move_sent"), self.clock(move, "move_asked")
        self.assertEqual((asked.deadline_date, asked.deadline_state), (date(2026, 6, 8), "met"))
        self.assertEqual((answer.deadline_date, answer.deadline_state), (date(2026, 6, 8), "met"))
        move.write(self.paper(day=date(2026, 6, 9)))
        move.action_approve()
        self.assertEqual(self.clock(move, "move_decided").deadline_date, date(2026, 6, 15))
        move.told_date = date(2026, 6, 10)
        move.action_tell()
        # a Wednesday a week later: days of the person do not roll
        self.assertEqual(self.clock(move, "move_told").deadline_date, date(2026, 6, 17))
        with self.assertRaises(UserError):
            move.action_tell()

    def test_the_decision_is_the_county_s_paper_and_its_copies_wait_to_be_served(self):
        move = self.answered()
        with self.assertRaisesRegex(UserError, "Scan of the decision"):
            move.action_approve()
        move.write(self.paper(day=date(2026, 6, 9)))
        move.action_approve()
        self.assertEqual(
            set(self.subject.delivery_ids.mapped("recipient")),
            {self.subject.deciding_body, "人民检察院", "公安机关"},
        )

    def test_the_place_changes_only_with_the_new_body_s_receipt(self):
        move = self.approved_move()
        with self.assertRaisesRegex(UserError, "new body's receipt"):
            self.subject.action_relocate()
        move.write({"told_date": date(2026, 6, 9), "handed_over_date": date(2026, 6, 10)})
        move.action_tell()
        move.action_hand_over()
        move.arrived_date = date(2026, 6, 10)
        with self.assertRaisesRegex(UserError, "receipt"):
            move.action_arrive()
        move.write(
            {
                "receipt_number": "云东矫收〔2026〕3号",
                "receipt_scan_ids": self.scan(self.correction),
            }
        )
        move.action_arrive()
        self.assertFalse(move.clock_ids.filtered(lambda clock: not clock.deadline_done_date))
        leave = self.away(date(2026, 6, 10))
        self.subject.action_relocate()
        self.assertEqual(self.subject.state, "relocated")
        self.assertEqual((leave.state, leave.date_end), ("revoked", date(2026, 6, 10)))
        self.assertFalse(self.checkins(self.subject).filtered(lambda one: one.planned_date > TODAY))
        self.assertTrue(self.subject._term_clock().deadline_done_date)

    def test_a_refusal_is_the_county_s_paper_with_reasons(self):
        move = self.answered()
        move.write(self.paper())
        with self.assertRaisesRegex(UserError, "Reasons of the refusal"):
            move.action_refuse()
        move.refusal_reason = "新执行地无固定居所"
        move.action_refuse()
        self.assertEqual(move.state, "refused")

    def test_days_follow_one_another(self):
        move = self.answered()
        with self.assertRaises(UserError):
            move.sent_date = date(2026, 6, 5)
        other = self.move(application_date=date(2026, 6, 5))
        with self.assertRaises(ValidationError):
            other.sent_date = date(2026, 6, 4)

    def test_a_late_application_is_warned_of_and_never_refused(self):
        self.assertFalse(self.move(planned_date=date(2026, 7, 1)).late_application)
        late = self.move(planned_date=date(2026, 6, 30))
        self.assertTrue(late.late_application)
        late.action_apply()
        self.assertEqual(late.state, "applied")

    def test_the_end_of_the_correction_ends_the_application(self):
        move = self.answered()
        self.terminate(self.subject)
        self.assertEqual(move.state, "cancelled")
        self.assertNotEqual(move.deadline_state, "overdue")

    def test_who_comes_from_another_place_reports_in_by_that_rule_and_keeps_the_term(self):
        subject = self.make_subject(by_transfer=True, reported_date=False, announced_date=False)
        with self.assertRaisesRegex(UserError, "former place"):
            subject.action_expect()
        subject.write({"origin_body": "云州市东区", "origin_decision_date": date(2026, 6, 8)})
        subject.action_expect()
        self.assertEqual(subject.deadline_date, date(2026, 6, 15))
        term = subject.term_start, subject.term_end
        subject.reported_date = date(2026, 6, 10)
        subject.action_receive()
        self.assertEqual(subject.transfer_clock_id.deadline_state, "met")
        self.assertEqual((subject.term_start, subject.term_end), term)
        self.assertEqual(subject._term_clock().deadline_date, subject.term_end)
        self.make_group(subject)
        subject.announced_date = date(2026, 6, 10)
        subject.action_announce()
        self.assertTrue(self.checkins(subject))

    def test_papers_print(self):
        move = self.approved_move()
        forms = {
            "move_application": ("情况属实", "同意接收"),
            "move_inquiry": ("云州市东区社区矫正管理局：", "随配偶迁居"),
            "move_decision": ("7日内", move.decision_number),
            "move_certificate": ("云州市东区柳林街道",),
        }
        for name, parts in forms.items():
            with self.subTest(name):
                text = self.print_text(f"township_governance.report_correction_{name}", move)
                for part in parts:
                    self.assertPrinted(part, text)
