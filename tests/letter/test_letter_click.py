"""Every menu, view and filter opens for those the letter room is for, with letters in it."""

from odoo.tests import tagged

from ..case.test_click_everywhere import ClickCase
from .assessing import AssessmentCase


@tagged("post_install", "-at_install")
class TestClickLetters(ClickCase, AssessmentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.round.action_fill()
        cls.make_letter(unit_id=cls.village.id, kind="agreement", line_ids=False).action_issue()

    def test_as_head_of_a_unit(self):
        self._click_everywhere(self.head)

    def test_as_director(self):
        self._click_everywhere(self.director)

    def test_as_supervisor(self):
        self._click_everywhere(self.supervisor)
