from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .base import CorrectionCase


@tagged("post_install", "-at_install")
class TestCorrectionOpening(CorrectionCase):
    """The room opens with its papers; those already in it are served whatever lapses."""

    def papers(self, kind=None):
        papers = self.env["township.correction.opening.paper"].search(
            [("company_id", "=", self.company.id)]
        )
        return papers.filtered(lambda paper: paper.kind == kind) if kind else papers

    def lapse(self):
        agreement = self.papers("agreement")
        agreement.write(
            {
                "date_from": self.today - timedelta(days=400),
                "date_to": self.today - timedelta(days=1),
            }
        )
        return agreement

    def test_each_paper_is_needed(self):
        self.make_subject()
        for paper in self.papers():
            with self.subTest(paper.kind):
                label = dict(paper._fields["kind"].selection)[paper.kind]
                company = paper.company_id
                paper.company_id = self.env["res.company"].create({"name": label})
                with self.assertRaisesRegex(UserError, label):
                    self.make_subject()
                paper.company_id = company

    def test_a_paper_that_lacks_a_part_does_not_count_and_the_part_is_named(self):
        self.papers("mandate").items = False
        with self.assertRaisesRegex(UserError, "Delegated items"):
            self.make_subject()

    def test_system_code_enters_nobody_either(self):
        self.papers("assessment").scan_ids = False
        with self.assertRaises(UserError):
            self.Subject.sudo().create(self.subject_vals())

    def test_a_lapsed_agreement_refuses_new_persons_and_stops_no_work(self):
        subject = self.make_subject()
        self.assertFalse(subject.room_notice)
        self.lapse()
        subject.invalidate_recordset()
        self.assertTrue(subject.room_notice)
        self.assertEqual(self.in_correction(subject).state, "in_correction")
        with self.assertRaises(UserError):
            self.make_subject()

    def test_of_a_lapsed_agreement_the_head_of_the_office_is_told(self):
        agreement = self.lapse()
        self.flag_deadlines()
        self.assertEqual(agreement.activity_ids.user_id, self.correction)

    def test_a_renewed_agreement_opens_again_and_ends_the_clock_of_the_old(self):
        old = self.lapse()
        self.open_room()
        self.assertTrue(self.company._correction_open())
        self.assertEqual(old.deadline_done_date, self.today)

    def test_only_the_head_of_the_office_or_an_administrator_records(self):
        paper = self.papers("mandate")
        paper.with_user(self.correction).number = "槐矫委〔2026〕4号"
        paper.with_user(self.administrator).number = "槐矫委〔2026〕5号"
        for user in (self.minor_officer, self.officer, self.director):
            with self.subTest(user.login), self.assertRaises(AccessError):
                paper.with_user(user).number = "1"
        with self.assertRaises(AccessError):
            paper.with_user(self.minor_officer).copy()

    def test_a_complete_paper_is_not_deleted(self):
        with self.assertRaises(UserError):
            self.papers("assessment").with_user(self.correction).unlink()

    def test_the_menu_says_what_is_missing_while_nobody_is_in_the_room(self):
        Page = self.env["township.correction.opening"].with_user(self.correction)
        self.assertEqual(Page._entry()["res_model"], "township.correction.subject")
        self.lapse()
        self.assertEqual(Page._entry()["res_model"], Page._name)
        self.assertIn("Agreement", Page.create({}).missing)

    def test_each_township_opens_by_its_own_papers(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.assertFalse(other._correction_open())
        self.open_room(other)
        self.assertTrue(other._correction_open())

    def test_the_privacy_notice_says_purpose_basis_and_the_agreed_kinds(self):
        Notice = self.env["report.township_governance.report_correction_notice"]
        subject = self.make_subject()
        texts = dict(Notice._texts(subject))
        self.papers("agreement").data_kinds = "身份信息\n走访记录"
        self.assertEqual(dict(Notice._texts(subject))["信息种类"][1], "走访记录")
        self.assertTrue(texts["处理目的"] and texts["法律依据"] and texts["您的权利"])
