from datetime import date, timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .base import CorrectionCase

SCAN = [Command.create({"name": "回执.pdf", "raw": b"%PDF-1.4 scan"})]


@tagged("post_install", "-at_install")
class TestCorrectionData(CorrectionCase):
    """The working file goes to the county, the copy is kept for its term and anonymised."""

    def ended(self, **vals):
        subject = self.in_correction(**vals)
        subject.sudo()._enter_state("released")
        subject.sudo()._after_end()
        return subject

    def transfer(self, *subjects, **vals):
        return (
            self.env["township.correction.transfer"]
            .with_user(self.correction)
            .create(
                {
                    "company_id": self.company.id,
                    "line_ids": [Command.create({"subject_id": one.id}) for one in subjects],
                    **vals,
                }
            )
        )

    def handed_over(self, *subjects, day=None):
        transfer = self.transfer(*subjects)
        transfer.action_send()
        if day:
            transfer.sudo().sent_date = day
            for subject in subjects:
                subject.sudo().ended_date = min(day, subject.ended_date)
        transfer.write(
            {
                "decision_body": "槐荫县社区矫正管理局",
                "decision_number": "收〔2026〕1号",
                "decision_date": day or self.today,
                "decision_scan_ids": SCAN,
            }
        )
        transfer.action_receipt()
        return transfer

    def past_retention(self, **vals):
        subject = self.ended(**vals)
        self.handed_over(subject, day=self.today - timedelta(days=800))
        return subject

    def anonymise(self):
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=1.0):
            self.env["township.retention.job"]._cron_anonymise()

    # ------------------------------------------------------------------

    def test_the_end_starts_the_clock_of_the_hand_over_and_the_receipt_ends_it(self):
        subject = self.ended()
        clock = subject.clock_ids.filtered(lambda one: one.deadline_rule_id.start_event == "ended")
        self.assertFalse(clock.deadline_done_date)
        self.handed_over(subject)
        self.assertEqual(clock.deadline_done_date, self.today)
        self.assertEqual(subject.transferred_date, self.today)

    def test_a_file_without_receipt_is_never_released_for_anonymising(self):
        subject = self.ended()
        subject._start_retention(self.today - timedelta(days=5000))
        with self.assertRaisesRegex(UserError, "receipt"):
            subject.action_release_for_anonymising()

    def test_the_receipt_is_the_countys_paper(self):
        transfer = self.transfer(self.ended())
        transfer.action_send()
        with self.assertRaisesRegex(UserError, "receipt"):
            transfer.action_receipt()

    def test_what_is_still_in_correction_is_not_handed_over(self):
        transfer = self.transfer(self.in_correction())
        with self.assertRaises(UserError):
            transfer.action_send()

    def test_the_list_takes_every_file_that_waits_once(self):
        subjects = self.ended() + self.ended(name="刘芳") + self.ended(name="周平")
        listed = self.transfer(subjects[0])
        transfer = self.transfer()
        transfer.action_list_waiting()
        self.assertEqual(transfer.line_ids.subject_id, subjects[1:])
        transfer.action_list_waiting()
        self.assertEqual(len(transfer.line_ids), 2)
        self.assertEqual(listed.line_ids.subject_id, subjects[0])

    def test_files_of_minors_go_apart(self):
        minor = self.make_minor()
        with self.assertRaises(ValidationError):
            self.env["township.correction.transfer"].with_user(self.minor_officer).create(
                {
                    "company_id": self.company.id,
                    "line_ids": [Command.create({"subject_id": minor.id})],
                }
            )

    def test_the_term_of_the_copy_counts_from_the_receipt_by_the_townships_own_rule(self):
        subject = self.ended()
        self.env["township.retention.rule"].create(
            {
                "name": "本镇",
                "model": subject._name,
                "number": 6,
                "unit": "month",
                "company_id": self.company.id,
            }
        )
        self.handed_over(subject, day=date(2026, 8, 31))
        self.assertEqual(subject.retention_date, date(2027, 2, 28))

    def test_a_changed_rule_holds_for_what_has_ended(self):
        subject = self.ended()
        self.handed_over(subject, day=date(2026, 3, 1))
        rule = self.env["township.retention.rule"]._of(subject._name, self.company)
        rule.write({"number": 2, "unit": "year"})
        self.assertEqual(subject.retention_date, date(2028, 3, 1))

    # ------------------------------------------------------------------

    def test_nothing_is_anonymised_that_nobody_released(self):
        subject = self.past_retention()
        self.anonymise()
        self.assertFalse(subject.anonymised_date)
        self.assertTrue(subject.name)

    def test_an_anonymised_file_names_nobody_in_any_column_of_any_table(self):
        secret = "独一无二的名字"
        subject = self.make_subject(
            name=secret, address=f"{secret}家", id_number="619929195304014345", phone="13800000000"
        )
        self.in_correction(subject)
        subject.sudo()._enter_state("released")
        subject.sudo()._after_end()
        subject.message_post(body=f"{secret}来过")
        self.env["township.delivery"].with_user(self.correction).create(
            {
                "subject_id": subject.id,
                "company_id": self.company.id,
                "paper": "告知书",
                "recipient": secret,
                "manner": "leaving",
                "date_served": self.today,
                "refusal_reason": f"{secret}拒收",
                "attachment_ids": [Command.create({"name": f"{secret}.txt", "raw": b"x"})],
            }
        )
        self.handed_over(subject, day=self.today - timedelta(days=800))
        subject.action_release_for_anonymising()
        self.anonymise()
        self.env.flush_all()
        self.assertEqual(subject.anonymised_date, self.today)
        self.assertFalse(subject.birth_date)
        found = []
        self.env.cr.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema ="
            " current_schema() AND data_type IN ('text', 'character varying', 'jsonb') AND"
            " (table_name LIKE 'township%' OR table_name IN ('ir_attachment', 'mail_message',"
            " 'mail_activity', 'mail_tracking_value'))"
        )
        for table, column in self.env.cr.fetchall():
            self.env.cr.execute(
                f'SELECT 1 FROM "{table}" WHERE "{column}"::text LIKE %s LIMIT 1', [f"%{secret}%"]
            )
            if self.env.cr.rowcount:
                found.append(f"{table}.{column}")
        self.assertFalse(found)

    def test_registers_still_add_up_after_anonymising(self):
        subject = self.past_retention()
        subject.action_release_for_anonymising()
        before = (subject.category, subject.ended_date, subject.number, subject.is_minor)
        self.anonymise()
        self.assertEqual(
            (subject.category, subject.ended_date, subject.number, subject.is_minor), before
        )

    def test_a_minor_stays_a_minor_after_anonymising(self):
        minor = self.in_correction(self.make_minor())
        minor.sudo()._enter_state("released")
        minor.sudo()._after_end()
        minor.sudo()._hand_over(self.today - timedelta(days=800))
        minor.action_release_for_anonymising()
        self.anonymise()
        self.env.invalidate_all()
        self.assertTrue(minor.is_minor)

    def test_what_was_put_on_hold_after_its_release_waits(self):
        subject = self.past_retention()
        subject.action_release_for_anonymising()
        subject.write(
            {
                "retention_hold_until": self.today + timedelta(days=30),
                "retention_hold_reason": "申诉未结",
            }
        )
        self.anonymise()
        self.assertFalse(subject.anonymised_date)

    def test_anonymising_is_logged_for_the_person_who_released(self):
        subject = self.past_retention()
        subject.action_release_for_anonymising()
        self.anonymise()
        log = self.env["township.access.log"].search([("action", "=", "anonymise")])
        self.assertEqual((log.user_id, log.res_ids), (self.correction, subject.ids))

    def test_nobody_else_releases(self):
        subject = self.past_retention()
        for user in (self.director, self.officer, self.administrator):
            with self.subTest(user.login), self.assertRaises(AccessError):
                subject.with_user(user).action_release_for_anonymising()

    def test_nobody_types_the_dates_of_a_retention(self):
        subject = self.ended()
        for name in ("retention_start_date", "anonymised_date", "transferred_date"):
            with self.subTest(name), self.assertRaises(AccessError), mute_logger("odoo.http"):
                subject.write({name: self.today})

    def test_the_reviewer_is_told_once(self):
        self.past_retention()
        job = self.env["township.retention.job"]
        job._cron_review()
        job._cron_review()
        told = self.env["mail.activity"].search(
            [("user_id", "=", self.correction.id), ("res_model", "=", False)]
        )
        self.assertEqual(len(told), 1)

    def test_anonymising_ten_costs_as_many_queries_as_one(self):
        def count(number):
            subjects = [self.past_retention(name=f"甲{index}") for index in range(number)]
            for subject in subjects:
                subject.action_release_for_anonymising()
            self.env.flush_all()
            start = self.env.cr.sql_log_count
            self.anonymise()
            return self.env.cr.sql_log_count - start

        self.assertLessEqual(count(10), count(1) + 10)


@tagged("post_install", "-at_install")
class TestPersonalRequest(CorrectionCase):
    """What a person asks about the data held on him."""

    def request(self, subject, **vals):
        return (
            self.env["township.personal.request"]
            .with_user(self.correction)
            .create(
                {
                    "subject_id": subject.id,
                    "company_id": self.company.id,
                    "identity_checked": True,
                    **vals,
                }
            )
        )

    def test_the_clock_starts_on_the_day_the_request_came(self):
        request = self.request(self.make_subject(), received_date=date(2026, 11, 2))
        request.action_receive()
        self.assertEqual(request.deadline_date, date(2026, 11, 23))

    def test_a_request_without_proof_of_identity_is_not_taken(self):
        request = self.request(self.make_subject(), identity_checked=False)
        with self.assertRaisesRegex(UserError, "Identity"):
            request.action_receive()

    def test_a_refusal_gives_reasons(self):
        request = self.request(self.make_subject())
        request.action_receive()
        with self.assertRaises(UserError):
            request.action_refuse()
        request.refusal_reason = "涉及他人隐私；可以向检察机关申诉"
        request.action_refuse()
        self.assertEqual(request.deadline_state, "met")

    def test_nobody_outside_the_room_is_told_when_it_is_late(self):
        request = self.request(self.make_subject(), received_date=date(2026, 1, 5))
        request.action_receive()
        self.flag_deadlines()
        told = request.sudo().activity_ids.user_id
        self.assertEqual(told, self.correction)

    def test_a_request_about_a_minor_is_seen_as_the_minor_is(self):
        minor = self.make_minor()
        request = (
            self.env["township.personal.request"]
            .with_user(self.minor_officer)
            .create(
                {
                    "subject_id": minor.id,
                    "company_id": self.company.id,
                    "identity_checked": True,
                }
            )
        )
        Request = self.env["township.personal.request"].with_user(self.correction)
        self.assertFalse(Request.search([("id", "=", request.id)]))

    def test_the_sheet_holds_every_stored_value_of_the_person(self):
        subject = self.in_correction(
            self.make_subject(id_number="619929195304014345", phone="13800000000")
        )
        request = self.request(subject)
        request.action_receive()
        report = self.env["report.township_governance.report_personal_data"]
        values = report.with_user(self.correction)._get_report_values(request.ids)
        text = str(values["papers"][0]["parts"])
        for value in (subject.name, "619929195304014345", "13800000000", subject.offence):
            self.assertIn(value, text)
        self.assertIn("2026年1月20日", text)

    def test_the_sheet_is_printed_and_logged(self):
        request = self.request(self.make_subject())
        request.action_receive()
        Report = self.env["ir.actions.report"].with_user(self.correction)
        html, _kind = Report._render_qweb_html(
            "township_governance.report_personal_data", request.ids
        )
        self.assertIn("查阅单", html.decode())
        log = self.env["township.access.log"].search([("action", "=", "print")], limit=1)
        self.assertEqual(log.res_model, "township.personal.request")
