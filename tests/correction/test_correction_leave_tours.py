from odoo.tests import HttpCase, tagged

from .leave_base import LeaveCase


@tagged("post_install", "-at_install")
class TestLeaveTours(HttpCase, LeaveCase):
    """The daily path of an office whose head does everything himself."""

    browser_size = "1366x768"

    def test_a_leave_from_the_application_to_the_return(self):
        self.company.township_correction_leader_id = self.correction
        leave = self.leave(self.today, days=3)
        self.start_tour(
            f"/odoo/correction-leaves/{leave.id}", "township_leave", login="test_correction"
        )
        self.assertEqual((leave.state, leave.deadline_state), ("returned", "met"))
        self.assertEqual(leave.given_date, self.today)
