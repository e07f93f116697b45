import base64
import re
from datetime import date, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools.safe_eval import safe_eval

from .base import CorrectionCase

ADULT_BIRTH = date(1990, 1, 1)


@tagged("post_install", "-at_install")
class TestCorrectionMinor(CorrectionCase):
    """Minors: a number, their own officers, sealed for good."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_minor_officer = cls._make_user("correction_minor", "correction_minor_2")
        cls.minor = cls.make_minor()
        cls.minor.action_expect()

    @classmethod
    def scans(cls, user=None):
        Attachment = cls.env["ir.attachment"].with_user(user or cls.minor_officer)
        data = {"name": "封存通知.pdf", "datas": base64.b64encode(b"x")}
        return [(4, Attachment.create(data).id)]

    def paper(self, **vals):
        return {
            "subject_id": self.minor.id,
            "decision_body": "槐荫县人民法院",
            "decision_number": "（2026）封存字第3号",
            "decision_date": self.today,
            "decision_scan_ids": self.scans(),
            **vals,
        }

    def seal(self):
        self.env["township.correction.sealing"].with_user(self.minor_officer).create(self.paper())
        return self.minor

    def dialog(self, user=None, **vals):
        user = user or self.other_minor_officer
        return (
            self.env["township.correction.sealed"]
            .with_user(user)
            .create(
                {
                    "number": self.minor.sudo().number,
                    "purpose": "query",
                    "reason": "征兵政治考核",
                    "body": "槐荫县征兵办公室",
                    "paper_number": "槐征函〔2026〕1号",
                    "scan_ids": self.scans(user),
                    **vals,
                }
            )
        )

    # ------------------------------------------------------------------
    # A number
    # ------------------------------------------------------------------

    def test_lists_searches_exports_and_groups_show_a_number(self):
        self.minor_officer.group_ids += self.env.ref("base.group_allow_export")
        Subject, name = self.minor, self.minor.name
        shown = [
            self.minor.list_name,
            self.minor.display_name,
            Subject.name_search(self.minor.number),
            Subject.name_search(name),
            self.minor.export_data(["name", "list_name", "display_name"]),
            self.minor.clock_ids.export_data(["subject_id", "subject_id/name"]),
            self.minor.clock_ids.web_read({"subject_id": {"fields": {"display_name": {}}}}),
            self.minor.clock_ids._read_group([], ["subject_id"], ["__count"]),
            self.minor._home_title(),
            self.env["township.access.log"]._labels(self.minor),
        ]
        for one in shown:
            with self.subTest(one=one):
                self.assertNotIn(name, str(one))
        self.assertEqual(self.make_subject().list_name, self.subject_vals()["name"])

    def test_no_list_or_card_of_the_room_has_the_column_name_of_a_subject(self):
        views = self.env["ir.ui.view"].search(
            [
                ("model", "=", self.minor._name),
                ("type", "in", ("list", "kanban", "calendar", "pivot", "graph", "activity")),
                ("mode", "=", "primary"),
            ]
        )
        self.assertTrue(views)
        for view in views:
            tree = self.minor.get_views([(view.id, view.type)])["views"][view.type]["arch"]
            with self.subTest(view.name):
                self.assertNotIn('name="name"', tree)

    def test_names_of_prints_are_numbers(self):
        room = self.env["ir.actions.report"].search([("model", "like", "township.correction.%")])
        for report in room.filtered(lambda one: one.model == self.minor._name):
            with self.subTest(report.report_name):
                words = safe_eval(report.print_report_name or "''", {"object": self.minor})
                self.assertNotIn(self.minor.name, words)

    def test_messages_and_to_dos_of_the_software_say_no_name(self):
        self.minor.write({"reported_date": self.today})
        self.minor.action_receive()
        self.minor.sudo().clock_ids.write({"deadline_date": self.today - timedelta(days=3)})
        self.flag_deadlines()
        said = self.minor.sudo().message_ids.mapped("body")
        said += self.minor.sudo().activity_ids.mapped("summary")
        self.assertTrue(said)
        self.assertNotIn(self.minor.name, " ".join(filter(None, said)))

    # ------------------------------------------------------------------
    # Their own officers
    # ------------------------------------------------------------------

    def test_an_officer_for_adults_who_enters_a_minor_is_told_whom_to_ask(self):
        with self.assertRaisesRegex(AccessError, re.escape(self.minor_officer.name)):
            self.make_subject(birth_date=date(2010, 1, 1))
        subject = self.make_subject()
        with self.assertRaisesRegex(AccessError, re.escape(self.minor_officer.name)):
            subject.birth_date = date(2010, 1, 1)

    def test_an_adult_who_turns_out_a_minor_leaves_the_hands_of_the_officer_for_adults(self):
        subject = self.make_subject()
        subject.message_subscribe(self.correction.partner_id.ids)
        subject.activity_schedule("mail.mail_activity_data_todo", user_id=self.correction.id)
        subject.with_user(self.minor_officer).birth_date = date(2010, 1, 1)
        subject = subject.sudo()
        self.assertEqual(subject.user_id, self.minor_officer)
        self.assertNotIn(self.correction.partner_id, subject.message_partner_ids)
        self.assertFalse(subject.activity_ids)

    def test_a_minor_is_given_to_nobody_outside_the_group(self):
        with self.assertRaises(UserError):
            self.minor.user_id = self.correction
        with self.assertRaises(AccessError):
            self.minor.activity_schedule("mail.mail_activity_data_todo", user_id=self.correction.id)
        self.minor.message_subscribe(self.correction.partner_id.ids)
        self.assertNotIn(self.correction.partner_id, self.minor.sudo().message_partner_ids)

    # ------------------------------------------------------------------
    # Facts
    # ------------------------------------------------------------------

    def test_no_edit_takes_anybody_out_of_the_rules(self):
        for vals in ({"birth_date": ADULT_BIRTH}, {"offence_date": date(2040, 1, 1)}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self.minor.write(vals)

    def correct_birth(self, scans):
        self.minor._correct_fact("birth_date", ADULT_BIRTH, "出生医学证明", scans)

    def test_only_a_correction_with_its_paper_ends_the_rules_and_keeps_what_stood_there(self):
        before = self.minor.birth_date
        paper = self.env["ir.attachment"].browse(self.scans()[0][1])
        with self.assertRaises(UserError):
            self.correct_birth(paper.browse())
        self.assertTrue(self.minor.is_minor)
        self.correct_birth(paper)
        self.assertFalse(self.minor.is_minor)
        amendment = self.minor.amendment_ids
        self.assertEqual((amendment.before, amendment.after), (str(before), str(ADULT_BIRTH)))
        self.assertEqual(amendment.scan_ids, paper)
        with self.assertRaises(AccessError):
            amendment.reason = "x"

    def test_turning_18_ends_no_protection(self):
        with freeze_time(fields.Date.add(self.minor.birth_date, years=18, days=1)):
            self.env.invalidate_all()
            self.minor.write({"address": "东沟村"})
            self.assertTrue(self.minor.is_minor)
            with self.assertRaises(AccessError):
                self.minor.with_user(self.correction).read(["number"])

    # ------------------------------------------------------------------
    # Sealed
    # ------------------------------------------------------------------

    def test_a_short_sentence_is_sealed_at_intake_by_the_setting(self):
        self.company.township_correction_seal_months = 24
        for months, sealed in ((24, True), (25, False), (0, False)):
            with self.subTest(months=months):
                minor = self.make_minor(original_sentence_months=months)
                minor.action_expect()
                self.assertEqual(minor.sealed, sealed)

    def test_a_sentence_entered_later_seals_too_and_adults_are_not_sealed(self):
        self.minor.original_sentence_months = 12
        self.assertTrue(self.minor.sealed)
        adult = self.make_subject(original_sentence_months=12)
        adult.action_expect()
        self.assertFalse(adult.sealed)

    def test_nobody_types_the_seal(self):
        for vals in ({"sealed": True}, {"sealed_on": self.today}):
            with self.assertRaises(AccessError):
                self.minor.write(vals)
        self.seal()
        with self.assertRaises(AccessError):
            self.minor.sealed = False

    def test_the_courts_notice_seals_when_it_is_complete(self):
        Sealing = self.env["township.correction.sealing"].with_user(self.minor_officer)
        with self.assertRaises(UserError):
            Sealing.create(self.paper(decision_scan_ids=False))
        self.assertFalse(self.minor.sealed)
        self.seal()
        self.assertEqual(self.minor.sealed_on, self.today)

    def test_a_sealed_file_is_its_handlers_and_no_other_officers(self):
        self.seal()
        self.assertTrue(self.minor.with_user(self.minor_officer).has_access("write"))
        hidden = self.minor.with_user(self.other_minor_officer)
        self.assertFalse(hidden.search([("id", "=", hidden.id)]))
        Clock = self.env["township.correction.clock"].with_user(self.other_minor_officer)
        self.assertFalse(Clock.search([("subject_id", "=", hidden.id)]))
        with self.assertRaises(AccessError):
            hidden.read(["number"])

    def test_it_opens_by_number_for_a_purpose_for_some_hours_and_is_logged(self):
        self.seal()
        self.company.township_correction_seal_hours = 2
        hidden = self.minor.with_user(self.other_minor_officer)
        Log = self.env["township.access.log"]
        before = Log.search_count([])
        start = fields.Datetime.now()
        with freeze_time(start):
            action = self.dialog().action_open()
            self.assertEqual(action["res_id"], self.minor.id)
            self.assertTrue(hidden.has_access("read"))
        log = Log.search([], order="id desc", limit=Log.search_count([]) - before)
        self.assertEqual((log.action, log.reason), ("view", "征兵政治考核"))
        self.assertEqual(log.user_id, self.other_minor_officer)
        self.assertIn("槐征函〔2026〕1号", log.detail)
        with freeze_time(start + timedelta(hours=2, seconds=1)):
            self.assertFalse(hidden.has_access("read"))
            self.assertFalse(hidden.search([("id", "=", hidden.id)]))

    def test_a_body_that_asks_shows_its_paper(self):
        self.seal()
        for name in ("body", "paper_number", "scan_ids", "reason"):
            with self.subTest(name), self.assertRaises(UserError):
                self.dialog(**{name: " " if name == "reason" else False}).action_open()

    def test_unknown_unsealed_and_foreign_numbers_answer_alike(self):
        words = set()
        for number in ("无此号", self.minor.number):
            with self.assertRaises(UserError) as caught:
                self.dialog(number=number).action_open()
            words.add(str(caught.exception))
        self.assertEqual(len(words), 1)

    def test_an_officer_for_adults_opens_none(self):
        self.seal()
        with self.assertRaises(AccessError):
            self.dialog(self.correction)
        with self.assertRaises(AccessError):
            self.env["township.correction.sealed.opening"].with_user(
                self.other_minor_officer
            ).create({"subject_id": self.minor.id})

    def test_after_the_end_it_is_shut_to_its_handler_too_when_the_papers_are_done(self):
        self.seal()
        self.minor.write({"reported_date": self.today, "announced_date": self.today})
        self.minor.action_receive()
        self.make_group(self.minor)
        self.minor.action_announce()
        self.terminate(self.minor)
        own = self.minor.with_user(self.minor_officer)
        self.assertTrue(own.has_access("read"))
        with freeze_time(fields.Datetime.now() + timedelta(days=4)):
            self.assertFalse(own.has_access("read"))
            dialog = {"number": own.sudo().number, "purpose": "duty", "reason": "移交档案"}
            self.env["township.correction.sealed"].with_user(self.minor_officer).create(
                dialog
            ).action_open()
            self.assertTrue(own.has_access("read"))
