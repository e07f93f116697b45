from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .base import CorrectionCase


@tagged("post_install", "-at_install")
class TestCorrectionActivity(CorrectionCase):
    """Activities in groups: one list, adults and minors apart."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Activity = cls.env["township.correction.activity"].with_user(cls.correction)
        cls.activity = cls.make_activity()

    @classmethod
    def make_activity(cls, user=None, **vals):
        vals = {"name": "社区矫正法", "hours": 2, "company_id": cls.company.id, **vals}
        return cls.Activity.with_user(user or cls.correction).create(vals)

    def add(self, activity, user=None, **vals):
        """Fill the dialogue in and confirm it."""
        action = activity.action_open_add()
        Wizard = self.env[action["res_model"]].with_user(user or self.correction)
        form = Form(Wizard.with_context(**action["context"]))
        for name, value in vals.items():
            form[name] = value
        form.save().action_confirm()
        return activity.attendance_ids

    def test_all_of_a_village_come_on_the_list_at_once_as_present(self):
        here = self.in_correction() + self.in_correction()
        away = self.in_correction(unit_id=self.unit.id)
        draft = self.make_subject()
        self.in_correction(self.make_minor())
        rows = self.add(self.activity, unit_id=self.village)
        self.assertEqual(rows.subject_id, here)
        self.assertEqual(set(rows.mapped("outcome")), {"present"})
        self.assertEqual(set(rows.mapped("hours")), {2})
        rows = self.add(self.activity)
        self.assertEqual(len(rows), 3)
        self.assertIn(away, rows.subject_id)
        self.assertNotIn(draft, rows.subject_id)

    def test_the_absent_are_ticked_and_get_no_hours(self):
        rows = self.activity._add_subjects(self.in_correction() + self.in_correction())
        rows[0].is_absent = True
        self.assertEqual(rows.mapped("outcome"), ["absent", "present"])
        self.assertEqual(rows.mapped("hours"), [0, 2])
        rows[1].outcome = "excused"
        rows[1].is_absent = True
        self.assertEqual(rows[1].outcome, "excused")
        rows[0].is_absent = False
        self.assertEqual(self.activity.present_count, 1)

    def test_minors_and_adults_are_never_on_one_list(self):
        minor = self.in_correction(self.make_minor())
        adult = self.in_correction()
        of_minors = self.make_activity(self.minor_officer, minors=True)
        with self.assertRaises(ValidationError):
            self.activity.with_user(self.minor_officer)._add_subjects(minor)
        with self.assertRaises(ValidationError):
            of_minors._add_subjects(adult.with_user(self.minor_officer))
        of_minors._add_subjects(minor)
        with self.assertRaises(ValidationError):
            of_minors.minors = False

    def test_the_officer_for_adults_sees_nothing_of_the_minors_activity(self):
        minor = self.in_correction(self.make_minor())
        activity = self.make_activity(self.minor_officer, minors=True)
        rows = activity._add_subjects(minor)
        for record in (activity, rows):
            with self.assertRaises(AccessError):
                record.with_user(self.correction).read(["display_name"])
            seen = record.with_user(self.correction).search([("id", "in", record.ids)])
            self.assertFalse(seen)
        with self.assertRaises(AccessError):
            self.make_activity(minors=True)
        for user in (self.officer, self.director, self.supervisor):
            with self.assertRaises(AccessError):
                self.activity.with_user(user).read(["name"])

    def test_a_list_is_closed_once_it_was_held(self):
        with self.assertRaises(UserError):
            self.activity.action_hold()
        rows = self.activity._add_subjects(self.in_correction())
        self.activity.action_hold()
        for call in (
            lambda: rows.write({"outcome": "absent"}),
            rows.unlink,
            lambda: self.activity._add_subjects(self.in_correction()),
            lambda: self.activity.write({"hours": 8}),
            self.activity.unlink,
        ):
            with self.assertRaises(UserError):
                call()
        self.activity.action_reopen()
        rows.outcome = "absent"

    def test_what_is_still_to_come_was_not_held(self):
        activity = self.make_activity(date=self.today + timedelta(days=1))
        activity._add_subjects(self.in_correction())
        with self.assertRaisesRegex(UserError, "still to come"):
            activity.action_hold()

    def test_nobody_is_on_a_list_twice(self):
        subject = self.in_correction()
        self.activity._add_subjects(subject)
        self.assertFalse(self.activity._add_subjects(subject))

    def test_many_rows_cost_as_many_queries_as_few(self):
        vals = self.subject_vals(announced_date=date(2026, 1, 28))
        counted = []
        self.activity._add_subjects(self.in_correction())
        for number in (20, 40):
            subjects = self.Subject.create([vals] * number)
            subjects.sudo()._entering().write({"state": "in_correction"})
            activity = self.make_activity()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            activity._add_subjects(subjects)
            self.env.flush_all()
            counted.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counted[0], counted[1])
