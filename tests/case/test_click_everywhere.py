from odoo.tests import HttpCase, tagged

from odoo.addons.township_governance.tests.common import TownshipCase

CLICKBOT = (
    "odoo.loader.modules.get('@web/webclient/clickbot/clickbot_loader')"
    ".startClickEverywhere('township_governance.menu_township_root');"
)


class ClickCase(HttpCase, TownshipCase):
    """Core's own click-everywhere test on this app: every menu, view and filter opens."""

    allow_end_on_form = True

    def _click_everywhere(self, user):
        if "tour_enabled" in user._fields:
            user.tour_enabled = False
        user.password = user.login
        self.browser_js(
            "/odoo",
            CLICKBOT,
            "odoo.isReady === true",
            login=user.login,
            timeout=600,
            success_signal="clickbot test succeeded",
        )


@tagged("post_install", "-at_install")
class TestClickEverywhere(ClickCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_handling_case(user_id=cls.officer.id)
        cls.make_case().action_register()
        cls.make_case()

    def test_as_administrator(self):
        """Without a role of the township: he configures, and sees no case."""
        self._click_everywhere(self.administrator)

    def test_as_administrator_who_is_director(self):
        self.administrator.group_ids += self.env.ref("township_governance.group_director")
        self._click_everywhere(self.administrator)

    def test_as_officer(self):
        self._click_everywhere(self.officer)
