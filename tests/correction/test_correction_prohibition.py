from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .base import CorrectionCase

REPORT = "township_governance.report_correction_permit"


@tagged("post_install", "-at_install")
@freeze_time("2026-06-10 02:00:00")
class TestCorrectionProhibition(CorrectionCase):
    """Prohibition orders with their dates, and the permits that make an exception."""

    def order(self, subject, **vals):
        return (
            self.env["township.correction.prohibition"]
            .with_user(subject.env.user)
            .create(
                {
                    "subject_id": subject.id,
                    "kind": "place",
                    "text": "禁止进入酒吧、夜总会。",
                    "date_from": date(2026, 1, 20),
                    # a Saturday
                    "date_to": date(2026, 9, 19),
                    "decision_body": "槐荫县人民法院",
                    "decision_number": "（2026）槐刑初字第12号",
                    **vals,
                }
            )
        )

    def permit(self, order, **vals):
        return (
            self.env["township.correction.permit"]
            .with_user(order.env.user)
            .create(
                {
                    "subject_id": order.subject_id.id,
                    "prohibition_id": order.id,
                    "kind": "enter",
                    "reason": "到酒店送货。",
                    "target": "县城迎宾大酒店后厨",
                    "date_from": date(2026, 6, 15),
                    "date_to": date(2026, 6, 16),
                    "opinion": "情况属实，建议准许。",
                    "opinion_date": date(2026, 6, 10),
                    **vals,
                }
            )
        )

    def paper(self, permit, number="〔2026〕16号"):
        Attachment = self.env["ir.attachment"].with_user(permit.env.user)
        scan = Attachment.create({"name": "批复.pdf", "raw": b"%PDF-1.4 permit"})
        permit.write(
            {
                "decision_body": "槐荫县社区矫正管理局",
                "decision_number": number,
                "decision_date": date(2026, 6, 10),
                "decision_scan_ids": [(6, 0, scan.ids)],
            }
        )

    # ------------------------------------------------------------------
    # Orders
    # ------------------------------------------------------------------

    def test_the_end_of_an_order_is_a_clock_that_does_not_roll(self):
        subject = self.make_subject()
        order = self.order(subject)
        self.assertEqual(order.clock_id.deadline_date, date(2026, 9, 19))
        self.assertIn(order.clock_id, subject.clock_ids)

    def test_several_orders_hold_at_once_each_with_its_own_end(self):
        subject = self.make_subject()
        orders = self.order(subject) + self.order(subject, kind="person", date_to=date(2026, 7, 1))
        self.assertEqual(len(orders.clock_id), 2)
        self.assertEqual(subject.deadline_date, min(orders.mapped("date_to")))

    def test_a_corrected_date_moves_the_clock_until_the_announcement(self):
        order = self.order(self.make_subject())
        order.date_to = date(2026, 9, 20)
        self.assertEqual(order.clock_id.deadline_date, date(2026, 9, 20))
        order.date_to = date(2026, 6, 1)
        self.assertEqual(order.clock_id.deadline_state, "overdue")
        standing = self.order(self.in_correction(name="刘建国"))
        for vals in ({"date_to": "2026-12-31"}, {"text": "禁止进入网吧。"}):
            with self.subTest(vals), self.assertRaises(UserError):
                standing.write(vals)

    def test_telling_the_person_of_the_end_stops_the_clock(self):
        order = self.order(self.in_correction(), date_to=date(2026, 6, 10))
        with self.assertRaises(ValidationError):
            order.ended_date = date(2026, 6, 9)
        order.ended_date = date(2026, 6, 10)
        self.assertEqual(order.clock_id.deadline_done_date, date(2026, 6, 10))

    def test_an_order_that_ended_before_it_was_entered_raises_no_alarm(self):
        self.assertFalse(self.order(self.make_subject(), date_to=date(2026, 3, 1)).clock_id)

    def test_reports_on_an_order_are_rows_seen_with_it(self):
        order = self.order(self.in_correction(self.make_minor()))
        report = order.report_ids.create({"prohibition_id": order.id, "text": "未进入。"})
        for user in (self.correction, self.director):
            with self.subTest(user.login):
                self.assertFalse(report.with_user(user).has_access("read"))
        self.assertFalse(report.with_user(self.correction).search([]))
        self.assertTrue(report.with_user(self.minor_officer).has_access("read"))

    # ------------------------------------------------------------------
    # Permits
    # ------------------------------------------------------------------

    def test_a_permit_lies_within_the_dates_of_its_order(self):
        order = self.order(self.in_correction())
        for vals in (
            {"date_to": date(2026, 9, 20)},
            {"date_from": date(2026, 1, 19)},
        ):
            with self.subTest(vals), self.assertRaises(ValidationError):
                self.permit(order, **vals)
        permit = self.permit(order, date_to=date(2026, 9, 19))
        with self.assertRaises(ValidationError):
            permit.date_to = date(2026, 9, 20)

    def test_a_permit_is_of_the_person_of_the_order(self):
        order = self.order(self.in_correction())
        other = self.make_subject(name="刘建国")
        with self.assertRaises(UserError):
            self.permit(order, subject_id=other.id)

    def test_the_office_does_not_permit_without_the_countys_paper(self):
        permit = self.permit(self.order(self.in_correction()))
        with self.assertRaises(UserError):
            permit.action_approve()
        permit.action_submit()
        with self.assertRaisesRegex(UserError, "Number of the decision"):
            permit.action_approve()
        self.paper(permit)
        permit.action_approve()
        self.assertEqual(permit.state, "approved")

    def test_an_application_goes_on_with_the_offices_opinion(self):
        permit = self.permit(self.order(self.in_correction()), opinion=False)
        with self.assertRaisesRegex(UserError, "Opinion of the office"):
            permit.action_submit()

    def test_to_enter_asks_for_the_order_and_a_visit_does_not(self):
        order = self.order(self.in_correction())
        with self.assertRaisesRegex(UserError, "Prohibition order"):
            self.permit(order, prohibition_id=False).action_submit()
        visit = self.permit(order, prohibition_id=False, kind="visit", target="战友张某")
        visit.action_submit()
        self.assertEqual(visit.state, "submitted")

    def test_a_refusal_says_why_and_how_to_complain(self):
        permit = self.permit(self.order(self.in_correction()))
        permit.action_submit()
        self.paper(permit)
        with self.assertRaisesRegex(UserError, "Reasons of the refusal"):
            permit.action_refuse()
        permit.write({"refusal_reason": "可由他人代送。", "complaint_way": False})
        with self.assertRaisesRegex(UserError, "Way to complain"):
            permit.action_refuse()
        permit.complaint_way = "可以向槐荫县人民检察院申诉。"
        permit.action_refuse()
        text = self.html(permit)
        self.assertIn("可由他人代送。", text)
        self.assertIn("可以向槐荫县人民检察院申诉。", text)

    def test_what_was_decided_is_frozen_and_its_scan_too(self):
        permit = self.permit(self.order(self.in_correction()))
        permit.action_submit()
        with self.assertRaises(UserError):
            permit.target = "县城各处"
        self.paper(permit)
        permit.action_approve()
        for vals in ({"date_to": "2026-06-30"}, {"decision_number": "〔2026〕17号"}):
            with self.subTest(vals), self.assertRaises(UserError):
                permit.write(vals)
        with self.assertRaises(AccessError):
            permit.decision_scan_ids.unlink()
        with self.assertRaises(AccessError):
            permit.unlink()

    def test_each_form_has_its_title_and_no_code(self):
        order = self.order(self.in_correction())
        for kind, title in (("enter", "进入特定区域（场所）审批表"), ("visit", "会客审批表")):
            with self.subTest(kind):
                text = self.html(self.permit(order, kind=kind))
                self.assertIn(title, text)
                self.assertNotIn("核验码", text)

    def test_nobody_outside_the_room_reads_a_row_and_nobody_of_adults_one_of_a_minor(self):
        minor = self.in_correction(self.make_minor())
        order = self.order(minor)
        report = order.report_ids.create({"prohibition_id": order.id, "text": "未进入。"})
        change = minor.level_change_ids.create(
            {
                "subject_id": minor.id,
                "level_id": self.env.ref("township_governance.correction_level_normal").id,
                "reason": "入矫初期。",
            }
        )
        rows = [order, report, change, self.permit(order), minor.member_ids[0]]
        outside = (
            *(self.reporter_other, self.mediator_user, self.officer, self.director),
            *(self.supervisor, self.auditor, self.administrator, self.correction),
        )
        for user in outside:
            for row in rows:
                theirs = row.with_user(user)
                with self.subTest(user=user.login, model=row._name):
                    for verb in ("read", "write", "unlink"):
                        self.assertFalse(theirs.has_access(verb))
                    with self.assertRaises(AccessError):
                        theirs.read(["display_name"])
                    if user != self.correction:
                        self.assertFalse(theirs.browse().has_access("read"))

    def html(self, permit):
        report = self.env["ir.actions.report"].with_user(self.correction)
        return report._render_qweb_html(REPORT, permit.ids)[0].decode()
