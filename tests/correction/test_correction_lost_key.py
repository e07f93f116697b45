import tempfile
from contextlib import contextmanager
from pathlib import Path

from odoo.exceptions import UserError
from odoo.tests import tagged

from .base import CorrectionCase


@tagged("post_install", "-at_install")
class TestCorrectionLostKey(CorrectionCase):
    """The key is gone: numbers stay shut, and everything that has a clock goes on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.key_path = Path(folder.name) / "test.key"
        certificates = type(cls.env["township.certificate"])
        cls.classPatch(certificates, "_key_path", lambda _self: cls.key_path)
        cls.subject = cls.make_subject(phone="13800000000")
        cls.env.flush_all()

    @contextmanager
    def lost_key(self):
        """The file of the key has another name."""
        away = self.key_path.rename(self.key_path.with_suffix(".away"))
        self.forget()
        try:
            yield
        finally:
            away.rename(self.key_path)
            self.forget()

    def forget(self):
        self.env.flush_all()
        self.env.invalidate_all()
        self.env.cr.cache.clear()

    def test_the_work_on_a_person_goes_on(self):
        with self.lost_key():
            subject = self.in_correction(self.subject)
            self.assertEqual(subject.state, "in_correction")
            self.assertNotIn("0000", subject.phone)
            checkins = self.env["township.correction.checkin"].with_user(self.correction)
            checkin = checkins.create({"subject_id": subject.id, "planned_date": self.today})
            checkin.action_record("complied")
            self.flag_deadlines()
            found = subject.search([("number", "=", subject.number)])
            self.assertEqual(found, subject)
        self.assertEqual(self.subject.sudo().phone_full, "13800000000")

    def test_the_rest_of_the_township_goes_on(self):
        with self.lost_key():
            case = self.make_case()
            case.action_register()
            self.assertEqual(case.state, "registered")

    def test_whoever_needs_the_number_is_told_what_is_needed(self):
        for attempt in (
            lambda: self.subject.action_reveal("phone", "窗口核对"),
            lambda: self.subject.write({"phone": "13900000000"}),
            lambda: self.make_subject(phone="13900000000"),
        ):
            with self.lost_key(), self.assertRaises(UserError) as caught:
                attempt()
            self.assertIn(str(self.key_path), str(caught.exception))
