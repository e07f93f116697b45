"""Every menu, view and filter of the room opens for those it is for, with people in it."""

from odoo.tests import tagged

from ..case.test_click_everywhere import ClickCase
from .base import CorrectionCase


@tagged("post_install", "-at_install")
class TestClickCorrections(ClickCase, CorrectionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        subject = cls.in_correction()
        cls.in_correction(cls.make_minor())
        subject.action_open_release()
        cls.env["township.aftercare"].with_user(cls.correction).create(
            {"name": "葛永顺", "release_date": cls.today, "company_id": cls.company.id}
        ).action_register()

    def test_as_corrections_officer(self):
        self._click_everywhere(self.correction)

    def test_as_minors_officer(self):
        self._click_everywhere(self.minor_officer)
