"""The signing meeting: one tablet, many signers, each with an identity of their own."""

import base64
import io
import re
from datetime import timedelta

from lxml import html
from PIL import Image, ImageDraw

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ...controllers.letter import meeting_proof
from ...models.letter.letter_meeting import PAGE
from .base import LetterCase
from .test_letter_sign import drawn

MUTED = "odoo.addons.township_governance.controllers.letter.meeting"


def drawn_dot():
    """:return: base64 of a picture with one dot"""
    picture = Image.new("RGBA", (600, 250), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse([300, 100, 312, 112], fill="black")
    data = io.BytesIO()
    picture.save(data, "PNG")
    return base64.b64encode(data.getvalue()).decode()


class MeetingCase(HttpCase, LetterCase):
    """A meeting with the letters of two units: a department and another one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.head.name, cls.village_head.name = "陈立新", "周敏"
        cls.other_unit = cls.env["township.unit"].create(
            {
                "name": "社会事务办",
                "kind": "department",
                "company_id": cls.company.id,
                "leader_id": cls.village_head.id,
            }
        )
        cls.letter = cls.make_letter()
        cls.other_letter = cls.make_letter(unit_id=cls.other_unit.id)
        (cls.letter | cls.other_letter).action_issue()
        cls.meeting = (
            cls.env["township.letter.meeting"]
            .with_user(cls.officer)
            .create({"name": "年度责任书集中签订会", "company_id": cls.company.id})
        )
        cls.meeting.action_fill()

    def setUp(self):
        super().setUp()
        # The words that are looked for, whatever languages are installed.
        self.opener.headers["Accept-Language"] = "en-US"
        # Core keeps them in memory, by address: every test starts as if nobody had failed.
        vars(self.env.registry).pop("_login_failures", None)

    # ------------------------------------------------------------------
    # The tablet
    # ------------------------------------------------------------------

    def open_tablet(self, meeting=None):
        """Open the meeting in a fresh browser.

        :return: ``str`` address of the roll call"""
        action = (meeting or self.meeting).action_start()
        self.env.flush_all()
        self.opener.cookies.clear()
        self.url_open(action["url"])
        return action["url"].replace("/start/", "/")

    def seat(self, page, letter=None):
        return f"{page}/{(letter or self.letter).id}"

    def form(self, url, page=None, **values):
        """Send a form, with the values hidden in the page it stands on."""
        tree = html.fromstring(self.url_open(page or url).content)
        form = next(form for form in tree.forms if form.action == url)
        return self.url_open(url, data={**dict(form.fields), **values})

    def identify(self, page, letter=None, password=None, **values):
        letter = letter or self.letter
        password = password or letter.signer_id.login
        return self.form(self.seat(page, letter), password=password, **values)

    def sign(self, page, letter=None, **values):
        values = {"image": drawn().decode(), "read": "1", **values}
        return self.form(f"{self.seat(page, letter)}/sign", **values)

    def assertNothing(self, response):
        self.assertEqual(response.status_code, 404)
        self.assertNotIn(self.unit.name, response.text)
        self.assertNotIn(self.meeting.name, response.text)

    def assertUnsigned(self, letter=None):
        letter = letter or self.letter
        letter.invalidate_recordset()
        self.assertEqual(letter.state, "issued")
        self.assertFalse(letter.sudo().signature_ids)


@tagged("post_install", "-at_install")
class TestMeeting(MeetingCase):
    """What officers do with a meeting in the web client."""

    def test_all_issued_letters_of_the_year_are_put_on_the_roll(self):
        self.make_letter(unit_id=self.village.id)  # a draft
        last_year = self.make_letter(
            unit_id=self.village.id, kind="agreement", year=self.letter.year - 1, line_ids=[]
        )
        last_year.sudo()._entering().state = "issued"
        self.meeting.letter_ids = False
        self.meeting.action_fill()
        self.assertEqual(self.meeting.letter_ids, self.letter | self.other_letter)
        self.assertEqual((self.meeting.signed_count, self.meeting.total_count), (0, 2))
        self.letter.with_user(self.head)._sign("party_b", drawn())
        self.meeting.invalidate_recordset(["signed_count"])
        self.assertEqual(self.meeting.signed_count, 1)

    def test_a_draft_is_not_signed_at_a_meeting(self):
        draft = self.make_letter(unit_id=self.village.id)
        with self.assertRaisesRegex(ValidationError, "not issued"):
            self.meeting.letter_ids = [Command.link(draft.id)]

    def test_a_meeting_without_letters_is_not_opened(self):
        self.meeting.letter_ids = False
        with self.assertRaisesRegex(UserError, "Letters to be signed"):
            self.meeting.action_start()

    def test_officers_alone_hold_meetings_of_their_own_township(self):
        for user in (self.head, self.mediator_user, self.supervisor):
            meeting = self.meeting.with_user(user)
            for method in ("action_start", "action_fill", "action_close"):
                with self.subTest(user.login + method), self.assertRaises(AccessError):
                    getattr(meeting, method)()
        other = self.env["res.company"].create({"name": "Other Township"})
        self.env.user.company_ids += other
        foreign = self.env["township.letter.meeting"].create(
            {"name": "x", "company_id": other.id, "organiser_id": False}
        )
        with self.assertRaises(AccessError):
            foreign.with_user(self.officer).read(["name"])

    def test_nobody_reads_or_sets_what_opens_a_tablet(self):
        with self.assertRaises(AccessError):
            self.meeting.read(["token_digest"])
        for name, value in (("token_digest", "x"), ("open_until", self.today), ("state", "open")):
            with self.subTest(name), self.assertRaises(AccessError):
                self.meeting.write({name: value})

    def test_the_address_of_a_tablet_is_kept_nowhere(self):
        token = self.meeting.action_start()["url"].rpartition("/")[2]
        self.assertGreaterEqual(len(token), 22)  # 128 bits
        self.assertNotIn(token, self.meeting.sudo().token_digest)
        self.assertNotIn(token, "".join(self.meeting.message_ids.mapped("body")))

    def test_a_closed_meeting_stays_as_it_is(self):
        self.meeting.action_close()
        with self.assertRaises(UserError):
            self.meeting.letter_ids = False
        with self.assertRaises(UserError):
            self.meeting.action_start()


@tagged("post_install", "-at_install")
class TestTablet(MeetingCase):
    """What the tablet shows and does, asked by HTTP."""

    def test_two_sign_one_after_the_other(self):
        page = self.open_tablet()
        roll = self.url_open(page)
        self.assertEqual(roll.text.count('class="seat"'), 2)
        for letter in (self.letter, self.other_letter):
            answer = self.identify(page, letter)
            self.assertIn(letter.goals, answer.text)
            answer = self.sign(page, letter)
            self.assertEqual(answer.url.partition("?")[0], self.base_url() + page)
            self.assertIn("told", answer.text)
            letter.invalidate_recordset()
            self.assertEqual((letter.state, letter.signed_way), ("signed", "meeting"))
            pen = letter.sudo().signature_ids
            self.assertEqual((pen.user_id, pen.way), (letter.signer_id, "meeting"))
            self.assertEqual(pen.recorded_by_id, letter.signer_id)
            self.assertTrue(letter.sudo().signed_file_id.raw.startswith(b"%PDF"))
        self.assertNotIn('class="seat"', self.url_open(page).text)

    def test_the_organiser_is_logged_out_there(self):
        self.authenticate(self.officer.login, self.officer.login)
        url = self.meeting.action_start()["url"]
        self.env.flush_all()
        page = url.replace("/start/", "/")
        self.assertNothing(self.url_open(page))
        self.assertIn(self.unit.name, self.url_open(url).text)
        self.assertIn("/web/login", self.url_open("/odoo").url)

    def test_the_roll_call_tells_nothing_of_the_letters(self):
        page = self.url_open(self.open_tablet()).text
        for told in (self.unit.name, self.head.name):
            self.assertIn(told, page)
        for hidden in (self.letter.title, self.letter.goals, self.letter.number, self.head.login):
            self.assertNotIn(hidden, page)

    def test_the_page_loads_nothing_from_elsewhere_and_is_kept_nowhere(self):
        response = self.url_open(self.open_tablet())
        self.assertIn("default-src 'none'", response.headers["Content-Security-Policy"])
        self.assertNotIn("unsafe", response.headers["Content-Security-Policy"])
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        self.assertIn("noindex", response.headers["X-Robots-Tag"])
        self.assertNotRegex(response.text, r"<style| style=| on\w+=|<script(?![^>]* src=\"/)")

    def test_who_has_proven_identity_is_not_logged_in(self):
        page = self.open_tablet()
        self.identify(page)
        for url in ("/odoo", "/web"):
            with self.subTest(url):
                self.assertIn("/web/login", self.url_open(url).url)

    def test_the_slip_of_a_new_account_signs_and_opens_no_session(self):
        one_time = self.head._township_renew_one_time_passwords()[self.head.id]
        self.env.flush_all()
        page = self.open_tablet()
        self.identify(page, password=one_time)
        self.sign(page)
        self.letter.invalidate_recordset()
        self.assertEqual(self.letter.state, "signed")
        self.assertTrue(self.head.township_must_change_password)
        self.assertIn("/web/login", self.url_open("/odoo").url)

    def test_ones_proof_opens_no_other_letter(self):
        page = self.open_tablet()
        self.identify(page)
        answer = self.url_open(f"{self.seat(page, self.other_letter)}/sign")
        self.assertIn('id="identity"', answer.text)
        self.assertNotIn(self.other_letter.goals, answer.text)
        self.identify(page)
        token = self.csrf(page)
        self.url_open(
            f"{self.seat(page, self.other_letter)}/sign",
            data={
                "csrf_token": token,
                "image": drawn().decode(),
                "read": "1",
                "text": self.other_letter.sudo()._signature_digest("party_b"),
            },
        )
        self.assertUnsigned(self.other_letter)

    def csrf(self, page):
        text = self.url_open(self.seat(page)).text
        return re.search(r'name="csrf_token" value="([^"]+)"', text)[1]

    @mute_logger(MUTED)
    def test_a_wrong_password_is_refused_in_words(self):
        page = self.open_tablet()
        # the organiser's, a colleague's
        for password in ("wrong", self.officer.login, self.village_head.login):
            with self.subTest(password):
                answer = self.identify(page, password=password)
                self.assertIn("This password is not right", answer.text)
                self.assertNotIn(self.letter.goals, answer.text)
        self.assertUnsigned()

    @mute_logger(MUTED, "odoo.addons.base.models.res_users")
    def test_who_guesses_has_to_wait(self):
        page = self.open_tablet()
        self.env["ir.config_parameter"].sudo().set_param("base.login_cooldown_after", 2)
        for _i in range(2):
            self.identify(page, password="wrong")
        answer = self.identify(page)  # the right one
        self.assertIn("Too many wrong passwords", answer.text)
        self.assertNotIn(self.letter.goals, answer.text)

    def test_a_proof_lasts_ten_minutes(self):
        page = self.open_tablet()
        self.patch(meeting_proof, "SECONDS", 0)
        answer = self.identify(page)
        self.assertIn("The time to sign has run out", answer.text)
        self.assertNotIn(self.letter.goals, answer.text)

    def test_a_changed_password_voids_the_proof(self):
        page = self.open_tablet()
        self.identify(page)
        self.head.password = "another one 2026"
        self.env.flush_all()
        self.assertIn('id="identity"', self.url_open(f"{self.seat(page)}/sign").text)

    def test_leaving_and_the_roll_call_end_the_proof(self):
        page = self.open_tablet()
        letter = f"{self.seat(page)}/sign"
        self.identify(page)
        self.form(f"{page}/leave", page=letter)
        self.assertIn('id="identity"', self.url_open(letter).text)
        self.identify(page)
        self.url_open(page)
        self.assertIn('id="identity"', self.url_open(letter).text)

    def test_a_closed_an_expired_and_a_former_tablet_answer_alike(self):
        former = self.open_tablet()
        page = self.open_tablet()
        self.assertIn(self.unit.name, self.url_open(page).text)
        texts = {self.url_open(f"{PAGE}/nothing").text, self.url_open(former).text}
        self.meeting.sudo().open_until = fields.Datetime.now() - timedelta(seconds=1)
        self.env.flush_all()
        for url in (page, self.seat(page), f"{self.seat(page)}/sign"):
            self.assertNothing(response := self.url_open(url))
            texts.add(response.text)
        page = self.open_tablet()
        self.meeting.action_close()
        self.env.flush_all()
        self.assertNothing(response := self.url_open(page))
        self.assertEqual(len(texts | {response.text}), 1)

    def test_the_proof_of_a_former_tablet_signs_nothing(self):
        former = self.open_tablet()
        self.identify(former)
        self.meeting.action_start()
        self.env.flush_all()
        self.assertNothing(self.url_open(f"{self.seat(former)}/sign"))

    @mute_logger("odoo.http")
    def test_forms_of_elsewhere_do_nothing(self):
        page = self.open_tablet()
        data = {"password": self.head.login}
        self.assertEqual(self.url_open(self.seat(page), data=data).status_code, 400)
        self.identify(page)
        data = {"image": drawn().decode(), "read": "1"}
        answer = self.url_open(f"{self.seat(page)}/sign", data=data)
        self.assertEqual(answer.status_code, 400)
        self.assertUnsigned()

    def test_what_is_no_signature_is_refused_in_words(self):
        page = self.open_tablet()
        self.identify(page)
        for values, words in (
            ({"image": ""}, "Draw your signature first"),
            ({"image": drawn_dot()}, "only a dot"),
            ({"read": ""}, "Read the text to its end first"),
            ({"text": "0" * 64}, "Read it again"),
        ):
            with self.subTest(words):
                answer = self.sign(page, **values)
                self.assertIn(words, answer.text)
                self.assertIn('id="pen"', answer.text)
                self.assertUnsigned()
        self.sign(page)
        self.letter.invalidate_recordset()
        self.assertEqual(self.letter.state, "signed")

    def test_a_picture_of_20_mb_is_refused_in_words(self):
        page = self.open_tablet()
        self.identify(page)
        self.assertIn("larger than", self.sign(page, image="A" * 20_000_000).text)
        self.assertUnsigned()

    def test_a_second_tap_is_told_that_it_is_signed(self):
        page = self.open_tablet()
        self.identify(page)
        values = self.values_of(f"{self.seat(page)}/sign")
        for _tap in range(2):
            answer = self.url_open(f"{self.seat(page)}/sign", data=values)
        self.assertIn("Signed already", answer.text)
        self.assertEqual(len(self.letter.sudo().signature_ids), 1)
        self.assertIn("Signed already", self.url_open(self.seat(page)).text)

    def values_of(self, url):
        tree = html.fromstring(self.url_open(url).content)
        form = next(form for form in tree.forms if form.action == url)
        return {**dict(form.fields), "image": drawn().decode(), "read": "1"}

    def test_the_organisers_session_signs_for_nobody(self):
        page = self.open_tablet()
        self.identify(page)
        values = self.values_of(f"{self.seat(page)}/sign")
        self.authenticate(self.officer.login, self.officer.login)
        with mute_logger("odoo.http"):
            answer = self.url_open(f"{self.seat(page)}/sign", data=values)
        self.assertEqual(answer.status_code, 400)  # the form of another session
        self.assertNothing(self.url_open(f"{self.seat(page)}/sign"))
        with self.assertRaises(UserError):
            self.letter.with_user(self.officer)._sign("party_b", drawn(), way="meeting")
        self.assertUnsigned()

    def test_a_letter_of_another_township_is_never_shown(self):
        other = self.env["res.company"].create({"name": "Other Township"})
        foreign = self.letter.sudo().copy(
            {"company_id": other.id, "unit_id": False, "basis_id": False, "signer_id": False}
        )
        foreign._entering().state = "issued"
        with self.assertRaises(UserError):
            self.meeting.sudo().letter_ids = [Command.link(foreign.id)]
        self.env.invalidate_all()
        page = self.open_tablet()
        self.assertNothing(self.url_open(self.seat(page, foreign)))
        # as it would be after a change past the web client
        self.env.cr.execute(
            "INSERT INTO township_letter_meeting_rel VALUES (%s, %s)",
            [self.meeting.id, foreign.id],
        )
        self.env.invalidate_all()
        self.assertNothing(self.url_open(self.seat(page, foreign)))
        self.assertEqual(self.url_open(page).text.count('class="seat"'), 2)

    def delegate(self, deputy):
        self.env["township.delegation"].create(
            {
                "principal_id": self.head.id,
                "deputy_id": deputy.id,
                "date_from": self.today,
                "date_to": self.today,
                "paper": "自然资源所授〔2026〕1号",
                "company_id": self.company.id,
            }
        )

    @mute_logger(MUTED)
    def test_a_deputy_signs_with_the_own_password(self):
        deputy = self.reporter_other
        page = self.open_tablet()
        values = {"login": deputy.login, "password": deputy.login}
        answer = self.identify(page, **values)
        self.assertIn("no valid delegation", answer.text)
        self.delegate(deputy)
        self.assertIn("not right", self.identify(page, login="nobody", password="x").text)
        answer = self.identify(page, **values)
        self.assertIn(self.letter.goals, answer.text)
        # the drawing kept on the tablet is the deputy's own
        self.assertIn(f'"meeting:{self.letter.id}:{deputy.id}"', answer.text)
        self.sign(page)
        pen = self.letter.sudo().signature_ids
        self.assertEqual((pen.user_id, pen.behalf_id), (deputy, self.head))

    def test_a_letter_taken_back_leaves_the_roll(self):
        page = self.open_tablet()
        self.identify(page)
        self.letter.action_recall("单位名称有误")
        self.env.flush_all()
        self.assertNotIn(self.unit.name, self.url_open(page).text)
        self.assertNothing(self.url_open(f"{self.seat(page)}/sign"))
