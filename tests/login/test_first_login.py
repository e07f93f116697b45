import json

from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.http import root
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..common import TownshipCase

CHANGE = "/township/password"


@tagged("post_install", "-at_install")
class TestFirstLogin(HttpCase, TownshipCase):
    """The password of the slip opens nothing but the page on which it is replaced."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.reporter.copy({"name": "甄新", "login": "13800005001"})
        cls.one_time = cls.user._township_renew_one_time_passwords()[cls.user.id]
        cls.env.flush_all()

    def form(self, url, **values):
        page = self.url_open(url)
        token = page.text.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"')[0]
        return self.url_open(url, data={"csrf_token": token, **values}, allow_redirects=False)

    def log_in(self, password=None):
        return self.form("/web/login", login=self.user.login, password=password or self.one_time)

    def rpc(self, url, **params):
        response = self.url_open(
            url,
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
            headers={"Content-Type": "application/json"},
        )
        return response.json()

    def call(self):
        return self.rpc(
            "/web/dataset/call_kw/township.unit/search_count",
            model="township.unit",
            method="search_count",
            args=[[]],
            kwargs={},
        )

    def test_login_leads_to_the_change_and_nowhere_else(self):
        response = self.log_in()
        self.assertIn(CHANGE, response.headers["Location"])
        page = self.url_open(CHANGE)
        self.assertIn('name="again"', page.text)
        for url in ("/odoo", "/web", "/web/webclient/load_menus"):
            with self.subTest(url=url):
                answer = self.url_open(url, allow_redirects=False)
                self.assertIn("/web/login", answer.headers.get("Location", ""))
        self.assertIn("error", self.call())
        self.assertIn("error", self.rpc("/web/session/get_session_info"))

    def test_after_the_change_the_session_is_open_and_the_slip_is_void(self):
        self.log_in()
        response = self.form(CHANGE, password="Huaiyin2026", again="Huaiyin2026")
        self.assertIn("/odoo", response.headers["Location"])
        self.assertIn("result", self.call())
        self.assertFalse(self.user.township_must_change_password)
        self.assertFalse(self.env["mail.mail"].search([("email_to", "=", False)]))
        self.url_open("/web/session/logout")
        self.log_in("Huaiyin2026")
        self.assertIn("result", self.call())
        self.url_open("/web/session/logout")
        self.log_in(self.one_time)
        self.assertIn("error", self.call())

    def test_a_poor_choice_is_refused_with_a_reason(self):
        self.log_in()
        for new, again in (
            ("short1", "short1"),
            ("onlyletters", "onlyletters"),
            ("1234567890", "1234567890"),
            ("Huaiyin2026", "Huaiyin2027"),
            (f"a{self.user.login}", f"a{self.user.login}"),
            (self.one_time, self.one_time),
        ):
            with self.subTest(new=new):
                response = self.form(CHANGE, password=new, again=again)
                self.assertIn("alert-danger", response.text)
        self.assertTrue(self.user.township_must_change_password)
        self.assertIn("error", self.call())

    def test_the_page_is_closed_to_who_has_not_typed_the_slip(self):
        response = self.url_open(CHANGE, allow_redirects=False)
        self.assertIn("/web/login", response.headers["Location"])

    def test_a_new_slip_voids_a_login_half_done(self):
        self.log_in()
        self.user._township_renew_one_time_passwords()
        self.env.flush_all()
        response = self.url_open(CHANGE, allow_redirects=False)
        self.assertIn("/web/login", response.headers["Location"])

    def test_a_session_opened_otherwise_ends_with_its_next_request(self):
        self.authenticate(self.reporter.login, self.reporter.login)
        self.assertIn("result", self.call())
        self.reporter.township_must_change_password = True
        self.env.flush_all()
        self.assertIn("error", self.call())

    def test_a_session_stored_before_the_flag_is_no_way_in(self):
        """As a passkey or a trusted device would make it: finished although flagged."""
        self.authenticate(self.reporter.login, self.reporter.login)
        self.reporter.township_must_change_password = True
        self.env.flush_all()
        session = root.session_store.get(self.session.sid)
        user = self.env["res.users"].browse(self.reporter.id)
        session.session_token = user._compute_session_token(session.sid)
        root.session_store.save(session)
        self.assertIn("error", self.call())

    def test_password_and_api_key_open_no_rpc(self):
        with self.assertRaises(AccessDenied), mute_logger("odoo.addons.base.models.res_users"):
            self.user.with_user(self.user)._check_credentials(
                {"type": "password", "login": self.user.login, "password": self.one_time},
                {"interactive": False},
            )
        keys = self.env["res.users.apikeys"]
        key = keys.with_user(self.user).sudo()._generate(None, "kept", None)
        self.assertFalse(keys._check_credentials(scope="rpc", key=key))
        self.user.township_must_change_password = False
        self.assertEqual(keys._check_credentials(scope="rpc", key=key), self.user.id)

    def test_json_login_of_the_web_client_gives_no_session(self):
        answer = self.rpc(
            "/web/session/authenticate",
            db=self.env.cr.dbname,
            login=self.user.login,
            password=self.one_time,
        )
        self.assertFalse(answer["result"]["uid"])
        self.assertIn("error", self.call())

    def test_a_user_cannot_take_the_flag_away(self):
        with self.assertRaises(AccessError):
            self.user.with_user(self.user).write({"township_must_change_password": False})
        with self.assertRaises(UserError):
            self.user._township_check_new_password("a", "b")
