import re
from datetime import date, datetime, timedelta
from unittest.mock import patch

from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg2.errors import ExclusionViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import TransactionCase, freeze_time, tagged
from odoo.tools import mute_logger

from ...tools.leave_days import days_of, most_days
from .leave_base import NOW, LeaveCase, plain

DAY = timedelta(days=1)
TILE = "return_due"


def counted_day_by_day(spans, months, first, last):
    """The same question answered by a list of days."""
    away = {start + DAY * number for start, end in spans for number in range(days_of(start, end))}
    most, end = 0, first
    while True:
        begin = end - relativedelta(months=months) + DAY
        if begin > last:
            return most
        window = [begin + DAY * number for number in range((end - begin).days + 1)]
        most = max(most, sum(day in away for day in window))
        end += DAY


@tagged("post_install", "-at_install")
class TestLeaveDays(TransactionCase):
    """Days count inclusive; a window of months moves day by day."""

    def test_both_ends_count_also_over_new_year_and_29_february(self):
        self.assertEqual(days_of(date(2026, 12, 30), date(2027, 1, 2)), 4)
        self.assertEqual(days_of(date(2028, 2, 28), date(2028, 3, 1)), 3)
        self.assertEqual(days_of(date(2027, 2, 28), date(2027, 3, 1)), 2)

    @settings(max_examples=80, deadline=None, database=None)
    @given(
        start=st.dates(date(2023, 11, 1), date(2028, 4, 30)),
        parts=st.lists(st.tuples(st.integers(1, 40), st.integers(1, 35)), min_size=1, max_size=6),
        chosen=st.integers(0, 5),
        months=st.integers(1, 3),
    )
    def test_the_moving_window_is_what_counting_day_by_day_gives(
        self, start, parts, chosen, months
    ):
        spans, day = [], start
        for gap, length in parts:
            day += DAY * gap
            spans.append((day, day + DAY * (length - 1)))
            day = spans[-1][1]
        leave = spans[chosen % len(spans)]
        self.assertEqual(
            most_days(spans, months, *leave), counted_day_by_day(spans, months, *leave)
        )


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestLeaveApprover(LeaveCase):
    """Who decides (domain 3.3)."""

    def test_days_lead_to_the_body_that_decides(self):
        for days, approver in ((1, "office"), (7, "office"), (8, "county"), (30, "county")):
            with self.subTest(days=days):
                self.assertEqual(self.leave(days=days).approver, approver)
        self.assertEqual(self.leave(days=31).approver, "above")

    def test_a_delegation_counts_only_in_its_time_and_with_its_whole_paper(self):
        cases = (
            {"date_from": date(2026, 6, 11)},
            {"date_to": date(2026, 6, 9)},
            {"decision_number": False},
            {"decision_scan_ids": [(5,)]},
            {"item": "plan"},
        )
        self.delegation.unlink()
        for vals in cases:
            self.delegate(**vals)
            with self.subTest(vals):
                self.assertEqual(self.leave().approver, "county")
        self.delegate(date_to=date(2026, 6, 10))
        self.assertEqual(self.leave().approver, "office")

    def test_a_delegation_that_ended_since_the_application_counts_no_more(self):
        leave = self.reviewed()
        self.delegation.date_to = date(2026, 6, 9)
        with self.assertRaisesRegex(UserError, "Number of the decision"):
            leave.with_user(self.head).action_approve()
        leave.write(self.paper())
        leave.action_approve()
        self.assertEqual(leave.approver, "county")

    def test_the_numbers_are_the_township_s_own_record_first(self):
        shared = self.env.ref("township_governance.correction_leave_rule")
        shared.copy({"company_id": self.company.id, "office_days": 2})
        self.assertEqual(self.leave(days=3).approver, "county")

    def test_approved_days_of_two_months_together_go_higher(self):
        self.approved(date(2026, 6, 15), days=25)
        self.assertEqual(self.leave(date(2026, 7, 20), days=5).approver, "office")
        self.assertEqual(self.leave(date(2026, 7, 20), days=6).approver, "above")
        # 15 August less two months begins on 16 June: one day has dropped out of the window
        self.assertEqual(self.leave(date(2026, 8, 10), days=6).approver, "office")

    def test_days_not_approved_or_not_used_do_not_count(self):
        self.reviewed(date(2026, 6, 15), days=25)
        self.assertEqual(self.leave(date(2026, 7, 20), days=6).approver, "office")

    def test_only_the_head_approves_what_is_the_office_s(self):
        leave = self.reviewed()
        with self.assertRaisesRegex(AccessError, re.escape(self.head.name)):
            leave.action_approve()
        leave.with_user(self.head).action_approve()
        self.assertEqual(leave.state, "approved")
        self.assertTrue(leave.to_file)

    def test_the_county_s_approval_is_its_paper_and_nothing_else(self):
        leave = self.reviewed(days=8)
        for user in (self.correction, self.head):
            with self.assertRaisesRegex(UserError, "Scan of the decision"):
                leave.with_user(user).action_approve()
        leave.write(self.paper(day=date(2026, 6, 9)))
        leave.action_approve()
        self.assertEqual(leave.given_date, date(2026, 6, 9))
        self.assertFalse(leave.to_file)

    def test_above_the_county_gives_its_opinion_and_tells_the_procuratorate(self):
        leave = self.reviewed(days=31)
        leave.write(self.paper())
        with self.assertRaisesRegex(UserError, "Opinion of the county body"):
            leave.action_approve()
        leave.write({"county_opinion": "同意", "county_opinion_date": date(2026, 6, 9)})
        leave.action_approve()
        self.assertEqual(self.subject.delivery_ids.mapped("recipient"), ["人民检察院"])

    def test_the_permit_bears_the_day_it_was_given(self):
        leave = self.reviewed(date(2026, 6, 8), application_date=date(2026, 6, 5))
        with self.assertRaises(AccessError):
            leave.given_date = date(2026, 6, 7)
        leave.with_user(self.head).action_approve()
        self.assertEqual(leave.given_date, date(2026, 6, 10))
        self.assertTrue(leave.given_late)
        with self.assertRaises(UserError):
            leave.write({"date_from": date(2026, 6, 11)})


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestLeave(LeaveCase):
    """The way of a leave from the application to the return."""

    def test_application_opinion_approval_away_and_back(self):
        leave = self.approved(date(2026, 6, 10))
        self.assertRegex(leave.number, "矫外字第")
        self.assertEqual((leave.deadline_date, leave.deadline_state), (leave.date_to, "due_soon"))
        leave.action_leave()
        self.assertEqual((leave.state, leave.left_date), ("away", date(2026, 6, 10)))
        leave.return_manner = "person"
        leave.action_return()
        self.assertEqual((leave.state, leave.deadline_state), ("returned", "met"))

    def test_a_late_application_is_warned_of_and_never_refused(self):
        self.assertFalse(self.leave(date(2026, 6, 13)).late_application)
        late = self.leave(date(2026, 6, 12))
        self.assertTrue(late.late_application)
        late.action_apply()
        self.assertEqual(late.state, "applied")

    def test_an_application_names_what_it_lacks(self):
        leave = self.leave(proof_ids=False, destination=False)
        with self.assertRaisesRegex(UserError, "Destination; Application and proof"):
            leave.action_apply()

    def test_who_calls_hands_in_the_papers_within_their_clock(self):
        leave = self.leave(date(2026, 6, 10), urgent=True, proof_ids=False)
        leave.action_apply()
        clock = leave.papers_clock_id
        self.assertEqual(clock.deadline_date, date(2026, 6, 15))
        with self.assertRaisesRegex(UserError, "Application and proof"):
            leave.action_papers()
        leave.opinion = "同意"
        leave.action_review()
        leave.with_user(self.head).action_approve()
        leave.proof_ids = self.scan(self.correction)
        leave.action_papers()
        self.assertEqual(clock.deadline_state, "met")
        with self.assertRaises(UserError):
            leave.action_papers()

    def test_within_one_city_nothing_is_applied_for(self):
        leave = self.leave(same_city=True)
        with self.assertRaisesRegex(UserError, "no leave is needed"):
            leave.action_apply()

    def test_who_is_not_in_correction_takes_no_leave(self):
        expected = self.make_subject()
        expected.action_expect()
        with self.assertRaisesRegex(UserError, "in correction"):
            self.leave(subject=expected).action_apply()

    def test_a_refusal_has_reasons_and_a_good_reason_one_more(self):
        leave = self.reviewed(reason_id=self.other.id).with_user(self.head)
        with self.assertRaisesRegex(UserError, "Reasons of the refusal"):
            leave.action_refuse()
        leave.refusal_reason = "事由不属实"
        leave.action_refuse()
        self.assertEqual((leave.state, leave.refused_date), ("refused", date(2026, 6, 10)))
        self.assertEqual(self.subject.delivery_ids.paper, f"外出不予批准告知书（{leave.number}）")

        good = self.reviewed().with_user(self.head)
        good.refusal_reason = "材料不实"
        with self.assertRaisesRegex(UserError, "Why a good reason was refused"):
            good.action_refuse()
        good.refusal_ground = "医院证明系伪造，经医院书面确认"
        good.action_refuse()
        self.assertEqual(good.state, "refused")

    def test_a_refusal_of_the_county_is_its_paper(self):
        leave = self.reviewed(days=9, reason_id=self.other.id)
        leave.refusal_reason = "事由不属实"
        with self.assertRaisesRegex(UserError, "Number of the decision"):
            leave.action_refuse()

    def test_overlapping_leaves_name_each_other(self):
        first = self.approved(date(2026, 6, 15), days=3)
        self.leave(date(2026, 6, 18)).action_apply()
        second = self.leave(date(2026, 6, 17), days=1)
        with self.assertRaisesRegex(ValidationError, first.number):
            second.action_apply()

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_what_two_people_save_at_once(self):
        self.approved(date(2026, 6, 15), days=3)
        second = self.leave(date(2026, 6, 17), days=1)
        unseen = patch.object(type(second), "_overlapping", lambda leave: leave.browse())
        with unseen, self.assertRaises(ExclusionViolation), self.env.cr.savepoint():
            second.sudo()._enter_state("applied")
            second.flush_recordset()

    def test_leaves_of_two_persons_do_not_exclude_each_other(self):
        self.approved(date(2026, 6, 15))
        other = self.in_correction(name="赵强")
        self.assertEqual(self.approved(date(2026, 6, 15), subject=other).state, "approved")

    def test_a_leave_over_new_year_ends_on_its_day_although_it_is_a_holiday(self):
        leave = self.approved(date(2026, 12, 30), days=3)
        self.assertEqual(leave.deadline_date, date(2027, 1, 1))

    def test_an_early_return_frees_the_days_after_it(self):
        leave = self.away(date(2026, 6, 10), days=7)
        leave.write({"return_manner": "phone", "returned_at": datetime(2026, 6, 10, 1)})
        leave.action_return()
        self.assertEqual(leave.date_end, date(2026, 6, 10))
        self.leave(date(2026, 6, 13)).action_apply()

    def test_what_is_recorded_has_happened(self):
        leave = self.away(date(2026, 6, 10))
        with self.assertRaises(ValidationError):
            leave.returned_at = datetime(2026, 6, 10, 3)

    def test_an_extension_is_one_leave_with_what_it_extends(self):
        leave = self.away(date(2026, 6, 10), days=5)
        extension = self.Leave.browse(leave.action_extend()["res_id"])
        self.assertEqual(extension.date_from, date(2026, 6, 15))
        extension.date_to = date(2026, 6, 17)
        self.assertEqual(extension.approver, "county")  # five days and three
        extension.write({"proof_ids": self.scan(self.correction), "opinion": "同意"})
        extension.action_apply()
        extension.action_review()
        extension.write(self.paper())
        extension.action_approve()
        self.assertEqual((leave.state, extension.state), ("returned", "away"))
        self.assertEqual(extension.left_date, leave.left_date)
        self.assertEqual((leave.deadline_state, extension.deadline_state), ("met", "running"))

    def test_cancelled_before_it_began(self):
        leave = self.approved()
        with self.assertRaisesRegex(UserError, "Why cancelled"):
            leave.action_cancel()
        leave.cancel_reason = "本人放弃"
        leave.action_cancel()
        self.assertEqual(leave.deadline_state, "met")

    def test_the_end_of_the_correction_revokes_the_leave(self):
        leave = self.away(date(2026, 6, 10), days=7)
        draft = self.leave(date(2026, 6, 20))
        self.terminate(self.subject)
        self.assertEqual((leave.state, draft.state), ("revoked", "cancelled"))
        self.assertEqual(leave.revoked_date, date(2026, 6, 10))
        self.assertEqual(leave.date_end, date(2026, 6, 10))
        self.assertNotEqual(leave.deadline_state, "overdue")

    def test_a_revocation_of_the_county_s_permit_is_its_paper(self):
        leave = self.away(date(2026, 6, 10), days=9)
        leave.revoked_reason = "违反批准的目的地"
        with self.assertRaisesRegex(UserError, "Number of the revocation"):
            leave.action_revoke()
        leave.write(
            {"revoked_number": "槐矫撤〔2026〕1号", "revoked_scan_ids": self.scan(self.correction)}
        )
        leave.action_revoke()
        self.assertEqual(leave.state, "revoked")

    def test_a_leave_of_a_minor_is_seen_by_who_sees_the_minor(self):
        minor = self.in_correction(self.make_minor())
        leave = (
            self.env["township.correction.leave"]
            .with_user(self.minor_officer)
            .create(
                {
                    "subject_id": minor.id,
                    "destination": "云州市",
                    "date_from": date(2026, 6, 15),
                    "date_to": date(2026, 6, 15),
                }
            )
        )
        self.assertFalse(self.Leave.search([("subject_id", "=", minor.id)]))
        with self.assertRaises(AccessError):
            leave.with_user(self.correction).read(["destination"])
        for user in (self.officer, self.director, self.supervisor, self.administrator):
            with self.subTest(user.login), self.assertRaises(AccessError):
                leave.with_user(user).read(["destination"])

    def test_a_leave_asks_for_no_illness(self):
        words = ("illness", "disease", "diagnosis", "病情", "病名", "诊断")
        for field in self.Leave._fields.values():
            self.assertFalse(any(word in field.name for word in words), field.name)


@tagged("post_install", "-at_install")
class TestReturn(LeaveCase):
    """A return that nobody recorded shows at once, and does nothing by itself."""

    def assertReturn(self, leave, moment, state):
        with freeze_time(moment):
            leave.invalidate_recordset(["return_state"])
            self.assertEqual(leave.return_state, state)
            for key in ("none", "later", "due", "overdue"):
                found = self.Leave.search([("return_state", "=", key), ("id", "=", leave.id)])
                self.assertEqual(bool(found), key == state, key)

    @freeze_time(NOW)
    def test_it_is_due_on_the_last_day_and_overdue_the_day_after(self):
        leave = self.away(date(2026, 6, 10), days=3)
        self.assertReturn(leave, "2026-06-11 15:59:59", "later")
        self.assertReturn(leave, "2026-06-11 16:00:00", "due")
        self.assertReturn(leave, "2026-06-12 15:59:59", "due")
        self.assertReturn(leave, "2026-06-12 16:00:00", "overdue")

    @freeze_time(NOW)
    def test_it_is_overdue_on_the_hour_where_the_permit_names_one(self):
        leave = self.away(date(2026, 6, 10), days=3, return_by=datetime(2026, 6, 12, 10))
        self.assertReturn(leave, "2026-06-12 09:59:59", "due")
        self.assertReturn(leave, "2026-06-12 10:00:01", "overdue")

    @freeze_time(NOW)
    def test_the_hour_is_one_of_the_last_day(self):
        with self.assertRaises(ValidationError):
            self.leave(return_by=datetime(2026, 6, 17, 17))  # one o'clock on the 18th

    @freeze_time(NOW)
    def test_the_home_screen_counts_it_from_the_last_day_on(self):
        leave = self.away(date(2026, 6, 10), days=3)
        domain = leave._home_tile_domains()[TILE]
        self.assertFalse(leave.filtered_domain(domain))
        for moment in ("2026-06-12 02:00:00", "2026-06-20 02:00:00"):
            with freeze_time(moment):
                self.assertEqual(self.Leave.search(leave._home_tile_domains()[TILE]), leave)

    def test_a_late_return_is_recorded_with_its_reason_and_has_no_consequence(self):
        with freeze_time(NOW):
            leave = self.away(date(2026, 6, 10), days=3)
        with freeze_time("2026-06-14 02:00:00"):
            self.flag_deadlines()
            self.assertEqual(leave.overdue_flag_date, date(2026, 6, 14))
            self.assertEqual(self.subject.state, "in_correction")
            leave.return_manner = "phone"
            with self.assertRaisesRegex(UserError, "Why late"):
                leave.action_return()
            leave.late_return_reason = "航班取消"
            leave.action_return()
            self.assertEqual((leave.state, leave.deadline_state), ("returned", "missed"))


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestLeavePrints(LeaveCase):
    def printed(self, name, record):
        return self.print_text(f"township_governance.{name}", record)

    def test_the_permit_is_dated_on_the_day_it_was_given_whenever_it_is_printed(self):
        leave = self.approved()
        with freeze_time("2026-07-01 02:00:00"):
            text = self.printed("report_correction_leave_permit", leave)
        self.assertPrinted("2026年6月10日", text)
        self.assertNotIn(plain("2026年7月1日"), plain(text))

    def test_a_refusal_prints_its_reasons_and_the_way_to_complain(self):
        leave = self.reviewed(reason_id=self.other.id).with_user(self.head)
        leave.refusal_reason = "事由不属实"
        leave.action_refuse()
        self.company.township_correction_complaint = "向某检察院申诉"
        text = self.printed("report_correction_leave_refusal", leave)
        self.assertPrinted("事由不属实", text)
        self.assertPrinted("向某检察院申诉", text)

    def test_the_approval_form_prints_each_opinion(self):
        leave = self.approved(days=31)
        text = self.printed("report_correction_leave_application", leave)
        for part in ("情况属实，同意外出。", "上一级社区矫正机构审批", leave.decision_number):
            self.assertPrinted(part, text)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCrossPermit(LeaveCase):
    """Regular cross-county activity: the county's paper, some months, then a new application."""

    def permit(self, **vals):
        permit = self.env["township.correction.cross.permit"].with_user(self.correction)
        return permit.create(
            {
                "subject_id": self.subject.id,
                "places": "云州市东区",
                "reason": "每周送货",
                "proof_ids": self.scan(self.correction),
                "opinion": "同意",
                **vals,
            }
        )

    def held(self):
        permit = self.permit()
        permit.action_apply()
        permit.write(self.paper(day=date(2026, 6, 10)))
        permit.action_approve()
        return permit

    def test_it_holds_the_months_of_the_rule_from_the_day_of_the_paper(self):
        permit = self.permit()
        permit.action_apply()
        with self.assertRaisesRegex(UserError, "Number of the decision"):
            permit.action_approve()
        self.assertEqual(self.held().valid_to, date(2026, 12, 10))

    def test_it_is_warned_of_before_and_ends_by_itself_without_an_alarm(self):
        permit = self.held()
        for moment, validity in (
            ("2026-11-24 02:00:00", "valid"),
            ("2026-11-25 02:00:00", "ending"),
            ("2026-12-10 02:00:00", "ending"),
            ("2026-12-11 02:00:00", "expired"),
        ):
            with self.subTest(moment), freeze_time(moment):
                permit.invalidate_recordset(["validity"])
                self.assertEqual(permit.validity, validity)
                for key in ("valid", "ending", "expired"):
                    found = permit.search([("validity", "=", key)])
                    self.assertEqual(permit in found, key == validity)
                self.assertEqual(
                    bool(permit.filtered_domain(permit._home_open_domain())),
                    validity != "expired",
                )
        with freeze_time("2026-12-20 02:00:00"):
            self.flag_deadlines()
            self.assertFalse(permit.overdue_flag_date)

    def test_a_new_application_takes_its_place(self):
        permit = self.held()
        renewal = permit.browse(permit.action_renew()["res_id"])
        renewal.write({"proof_ids": self.scan(self.correction), "opinion": "同意"})
        renewal.action_apply()
        renewal.write(self.paper(number="槐矫批〔2026〕10号"))
        renewal.action_approve()
        self.assertTrue(permit.deadline_done_date)

    def test_the_end_of_the_correction_ends_it(self):
        permit = self.held()
        self.terminate(self.subject)
        self.assertEqual(permit.state, "ended")
