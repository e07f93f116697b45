from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .base import CorrectionCase

TEXTS = {
    "basic_situation": "现居东沟村四组，从事货运。",
    "assessment": "认罪悔罪，家庭支持较好。",
    "supervision": "每周电话报告一次。",
    "education": "每月参加一次法治教育。",
    "help_measures": "联系镇就业服务站推荐工作。",
}


@tagged("post_install", "-at_install")
@freeze_time("2026-02-02 02:00:00")
class TestCorrectionPlan(CorrectionCase):
    """The plan: its clock, its versions, and what is kept of them."""

    def make_plan(self, subject, **vals):
        return (
            self.env["township.correction.plan"]
            .with_user(subject.env.user)
            .create({"subject_id": subject.id, **TEXTS, **vals})
        )

    def plan_clock(self, subject):
        return subject._plan_clocks()

    def test_the_plan_is_due_a_month_after_reporting_in_and_not_before_the_announcement(self):
        subject = self.in_correction()
        clock = self.plan_clock(subject)
        self.assertEqual(clock.deadline_date, date(2026, 2, 24))
        self.assertFalse(clock.deadline_done_date)

    def test_supervision_begins_without_a_plan_and_says_what_is_missing(self):
        subject = self.in_correction()
        self.assertIn("Help measures", subject.plan_gaps)
        plan = self.make_plan(subject, help_measures=False)
        self.assertEqual(subject.plan_gaps, "Help measures")
        plan.help_measures = TEXTS["help_measures"]
        self.assertEqual(subject.plan_gaps, "the confirmation")
        plan.action_confirm()
        self.assertFalse(subject.plan_gaps)

    def test_confirming_ends_the_clock_and_sets_the_review(self):
        subject = self.in_correction()
        plan = self.make_plan(subject)
        plan.action_confirm()
        self.assertEqual(self.plan_clock(subject).deadline_done_date, date(2026, 2, 2))
        # the second of May is a holiday: a duty of the office moves on
        self.assertGreaterEqual(plan.review_date, date(2026, 5, 2))
        self.assertIn(plan.review_clock_id, subject.clock_ids)

    def test_the_interval_of_reviews_is_the_townships_record(self):
        rule = self.env.ref("township_governance.rule_correction_plan_review")
        rule.copy({"company_id": self.company.id, "number": 1, "code": rule.code})
        plan = self.make_plan(self.in_correction())
        plan.action_confirm()
        self.assertEqual(plan.review_date, date(2026, 3, 2))

    def test_a_plan_that_lacks_a_part_is_not_confirmed(self):
        plan = self.make_plan(self.in_correction(), education=False)
        with self.assertRaisesRegex(UserError, "Education measures"):
            plan.action_confirm()

    def test_special_points_may_be_empty(self):
        plan = self.make_plan(self.in_correction())
        self.assertFalse(plan.special_points)
        plan.action_confirm()
        self.assertEqual(plan.state, "confirmed")

    def test_a_confirmed_plan_is_frozen_save_its_effect(self):
        plan = self.make_plan(self.in_correction())
        plan.action_confirm()
        for name in ("supervision", "valid_from"):
            with self.subTest(name), self.assertRaises(UserError):
                plan[name] = False
        with self.assertRaises(AccessError):
            plan.unlink()
        plan.effect = "按时报告，已找到工作。"

    def test_a_revision_replaces_the_version_and_says_why(self):
        subject = self.in_correction()
        first = self.make_plan(subject)
        first.action_confirm()
        second = first.browse(first.action_revise()["res_id"])
        self.assertEqual((second.version, second.state), (2, "draft"))
        self.assertEqual(second.supervision, first.supervision)
        self.assertEqual(first.action_revise()["res_id"], second.id)
        with self.assertRaisesRegex(UserError, "Reason of the revision"):
            second.action_confirm()
        self.assertEqual(first.state, "confirmed")
        second.reason = "已就业，调整报告方式。"
        second.action_confirm()
        self.assertEqual((first.state, second.state), ("replaced", "confirmed"))
        self.assertTrue(first.review_clock_id.deadline_done_date)
        self.assertFalse(second.review_clock_id.deadline_done_date)
        with self.assertRaises(UserError):
            first.effect = "改写"

    def test_a_review_writes_down_the_effect_and_sets_the_next(self):
        plan = self.make_plan(self.in_correction())
        plan.action_confirm()
        first = plan.review_clock_id
        with self.assertRaisesRegex(UserError, "Effect of the plan"):
            plan.action_review()
        plan.effect = "按时报告，已找到工作。"
        with freeze_time("2026-04-20 02:00:00"):
            plan.action_review()
        self.assertEqual(first.deadline_done_date, date(2026, 4, 20))
        self.assertGreater(plan.review_date, first.deadline_date)

    def test_versions_and_states_are_not_typed(self):
        subject = self.in_correction()
        for vals in ({"version": 7}, {"state": "confirmed"}):
            with self.subTest(vals), self.assertRaises(AccessError):
                self.make_plan(subject, **vals)

    def test_the_end_of_correction_freezes_the_plan(self):
        subject = self.in_correction()
        plan = self.make_plan(subject)
        subject.sudo()._enter_state("released")
        with self.assertRaises(AccessError):
            plan.supervision = "改写"

    def test_the_plan_of_a_minor_is_seen_by_the_minors_officer_alone(self):
        plan = self.make_plan(self.in_correction(self.make_minor()))
        for user in (self.correction, self.director, self.mediator_user, self.administrator):
            with self.subTest(user.login):
                self.assertFalse(plan.with_user(user).has_access("read"))
        self.assertFalse(plan.with_user(self.correction).search([]))


@tagged("post_install", "-at_install")
@freeze_time("2026-06-10 02:00:00")
class TestCorrectionLevel(CorrectionCase):
    """The management class: data of the place, and a history that is not overwritten."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.strict = cls.env.ref("township_governance.correction_level_strict")
        cls.normal = cls.env.ref("township_governance.correction_level_normal")

    def change(self, subject, level, **vals):
        return (
            self.env["township.correction.level.change"]
            .with_user(subject.env.user)
            .create(
                {
                    "subject_id": subject.id,
                    "level_id": level.id,
                    "reason": "入矫初期。",
                    **vals,
                }
            )
        )

    def test_the_latest_change_holds_and_the_former_stays(self):
        subject = self.in_correction()
        first = self.change(subject, self.strict, date=date(2026, 2, 1))
        second = self.change(subject, self.normal)
        self.assertEqual(subject.level_id, self.normal)
        self.assertFalse(first.former_level_id)
        self.assertEqual(second.former_level_id, self.strict)
        for name, value in (("level_id", self.strict.id), ("date", "2026-01-30"), ("reason", "无")):
            with self.subTest(name), self.assertRaises(UserError):
                second.write({name: value})
        with self.assertRaises(UserError):
            first.unlink()
        with self.assertRaises(AccessError):
            subject.level_id = self.strict

    def test_no_change_begins_in_the_future_or_before_the_last(self):
        subject = self.in_correction()
        with self.assertRaises(ValidationError):
            self.change(subject, self.strict, date=date(2026, 6, 11))
        self.change(subject, self.strict)
        with self.assertRaises(ValidationError):
            self.change(subject, self.normal, date=date(2026, 6, 9))

    def test_what_the_county_decided_is_its_paper(self):
        subject = self.in_correction()
        with self.assertRaises(ValidationError):
            self.change(subject, self.strict, decided_by="county")
        change = self.change(
            subject,
            self.strict,
            decided_by="county",
            decision_body="槐荫县社区矫正管理局",
            decision_number="〔2026〕3号",
            decision_date=date(2026, 6, 8),
        )
        self.assertEqual(subject.level_id, change.level_id)

    def test_shared_classes_are_copied_and_not_changed(self):
        shared = self.strict.with_user(self.correction)
        with self.assertRaises(AccessError):
            shared.report_number = 2
        own = shared.browse(shared.action_make_own()["res_id"])
        own.name, own.report_number = "一级管理", 2
        self.assertIn(own, shared.search([("in_force", "=", True)]))
        self.assertNotIn(shared, shared.search([("in_force", "=", True)]))
        with self.assertRaises(UserError):
            own.action_make_own()

    def test_another_township_does_not_use_a_townships_own_class(self):
        other = self.env["res.company"].create({"name": "Other Township"})
        theirs = self.strict.copy({"company_id": other.id})
        with self.assertRaises(UserError):
            self.change(self.in_correction(), theirs)

    def test_the_form_says_facts_and_no_points(self):
        change = self.change(self.in_correction(), self.strict)
        html = (
            self.env["ir.actions.report"]
            .with_user(self.correction)
            ._render_qweb_html("township_governance.report_correction_level", change.ids)[0]
        )
        text = html.decode()
        self.assertIn("入矫初期。", text)
        self.assertIn("每周报告一次", text)
        self.assertNotIn("分值", text)
