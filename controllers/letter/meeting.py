import logging

from odoo import http
from odoo.exceptions import AccessDenied, UserError
from odoo.http import request

from ...models.letter.letter_meeting import PAGE
from ...models.letter.letter_sign import PARTY_B
from ..common.public_page import page_language, public_page
from . import meeting_proof

_logger = logging.getLogger(__name__)

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PUBLIC = {"type": "http", "auth": "public", "sitemap": False}


class Meeting(http.Controller):
    """The tablet of a signing meeting: roll call, identity, letter, signature, next.

    All of it is public by the address of the tablet; in a session that somebody is logged in to
    it shows nothing. A letter is shown to who has just proven to be its signer, and to nobody
    else; whatever the reason why it is not, the page is the same.
    """

    @http.route(f"{PAGE}/start/<string:token>", methods=["GET"], **PUBLIC)
    def start(self, token):
        """Log the organiser out of this tablet, then show the roll call.

        :param str token: of the meeting, just made"""
        if not self._env()["township.letter.meeting"]._of_token(token):
            return self._nothing()
        request.session.logout(keep_db=True)
        return request.redirect(f"{PAGE}/{token}")

    @http.route(f"{PAGE}/<string:token>", methods=["GET"], **PUBLIC)
    def roll(self, token, done=None, again=None, **_kwargs):
        """:param str done: id of a letter that was signed just now
        :param str again: id of a letter that was signed before
        :return: the page with all who sign: unit, person, whether signed"""
        meeting = self._meeting(token)
        if not meeting:
            return self._nothing()
        meeting_proof.drop()
        letters = meeting._roll()
        signed = letters.filtered(lambda letter: letter.state != "issued")
        told = signed.filtered(lambda letter: str(letter.id) in (done, again))
        return self._page(
            "roll",
            token,
            meeting=meeting,
            rows=[self._row(letter) for letter in letters - signed],
            signed_rows=[self._row(letter) for letter in signed],
            told=told and self._row(told[0]),
            is_new=bool(done),
        )

    @http.route(f"{PAGE}/<string:token>/<int:letter_id>", methods=["GET", "POST"], **PUBLIC)
    def identity(self, token, letter_id, password="", login="", expired=None, **_kwargs):
        """:param int letter_id: the letter whose signer was tapped
        :param str password: the signer's own, or the one of the sealed slip
        :param str login: of a deputy who signs for the signer
        :param str expired: the time to sign ran out
        :return: the page that asks who it is, or the redirect to the letter"""
        meeting, letter = self._seat(token, letter_id)
        if not letter:
            return self._nothing()
        if letter.state != "issued":
            return self._signed_already(token, letter)
        meeting_proof.drop()
        error = None
        if request.httprequest.method == "POST":
            try:
                user, behalf = self._identify(letter, password, login.strip())
            except UserError as refusal:
                error = str(refusal)
            else:
                meeting_proof.give(meeting, letter, user, behalf)
                return request.redirect(f"{PAGE}/{token}/{letter.id}/sign", code=303)
        elif expired:
            error = self._env()._(
                "The time to sign has run out. Nothing was signed, and your drawing is still "
                "on this tablet. Please prove who you are once more."
            )
        return self._page(
            "identity", token, row=self._row(letter), error=error, login=login.strip()
        )

    @http.route(f"{PAGE}/<string:token>/<int:letter_id>/sign", methods=["GET", "POST"], **PUBLIC)
    def sign(self, token, letter_id, image="", read="", text="", **_kwargs):
        """:param int letter_id: the letter at hand
        :param str image: base64 of the drawing
        :param str read: set when the text was scrolled to its end
        :param str text: digest of the text that was read
        :return: the letter with the pen, or the redirect to the roll call when it is signed"""
        meeting, letter = self._seat(token, letter_id)
        if not letter:
            return self._nothing()
        if letter.state != "issued":
            return self._signed_already(token, letter)
        proof = meeting_proof.held(meeting, letter)
        if not proof:
            return request.redirect(f"{PAGE}/{token}/{letter.id}?expired=1", code=303)
        error = None
        if request.httprequest.method == "POST":
            try:
                self._sign(meeting, letter, proof, image, read, text)
            except UserError as refusal:
                error = str(refusal)
            else:
                meeting_proof.drop()
                return request.redirect(f"{PAGE}/{token}?done={letter.id}", code=303)
        return self._page(
            "letter",
            token,
            row=self._row(letter),
            uid=proof.user.id,
            behalf=proof.behalf and proof.user.name,
            html=letter._signature_html(PARTY_B),
            text=letter._signature_digest(PARTY_B),
            seconds=proof.seconds,
            error=error,
        )

    @http.route(f"{PAGE}/<string:token>/leave", methods=["POST"], **PUBLIC)
    def leave(self, token, **_kwargs):
        """Leave without signing: the next one proves identity again."""
        meeting_proof.drop()
        return request.redirect(f"{PAGE}/{token}", code=303)

    # ------------------------------------------------------------------
    # Who, what
    # ------------------------------------------------------------------

    def _env(self):
        """:return: environment in the language of the page"""
        return request.env(context={"lang": page_language()})

    def _meeting(self, token):
        """:return: the meeting (sudo) of this tablet; empty when there is none, or when somebody
        is logged in here: a tablet of a meeting has nobody behind it"""
        meetings = self._env()["township.letter.meeting"]
        return meetings.browse() if request.session.uid else meetings._of_token(token)

    def _seat(self, token, letter_id):
        """:return: the meeting and the letter (sudo), the second empty when it is not on the
        roll"""
        meeting = self._meeting(token)
        letters = meeting._letter(letter_id) if meeting else meeting.letter_ids
        return meeting, letters

    def _row(self, letter):
        """:return: ``dict``: what the tablet shows of a letter to everybody"""
        return {
            "id": letter.id,
            "unit": letter._printed_unit(letter.unit_id),
            "signer": letter._printed_signer(),
        }

    def _identify(self, letter, password, login):
        """:return: ``res.users`` (sudo) who signs, and on whose behalf or empty
        :raise UserError: says why not; who is no deputy is told so only with the own password"""
        env, signer = letter.env, letter.signer_id
        user = self._check_password(env, signer if not login else None, password, login)
        if user == signer:
            return user, user.browse()
        delegations = env["township.delegation"]
        if not delegations._valid_for(signer, user, letter.company_id):
            raise UserError(
                env._(
                    "%(deputy)s has no valid delegation from %(principal)s.",
                    deputy=user.name,
                    principal=signer.name,
                )
            )
        return user, signer

    def _check_password(self, env, user, password, login):
        """Core's own check within core's limit of attempts, and no session made of it.

        :param user: ``res.users``, or ``None`` to find it by ``login``
        :return: ``res.users`` (sudo)
        :raise UserError: wrong, or too many wrong ones"""
        users = env["res.users"].sudo()
        asked = False
        try:
            with users._assert_can_auth(user=login or user.login):
                asked = True
                user = user or users.search(users._get_login_domain(login), limit=1)
                if not user.active:
                    raise AccessDenied()
                user = user.with_user(user).sudo()
                credential = {"type": "password", "login": user.login, "password": password}
                user._check_credentials(credential, {"interactive": True})
        except AccessDenied as error:
            _logger.info("Identity refused at a signing meeting for %s", login or user.login)
            raise UserError(self._refusal_words(env, asked)) from error
        finally:
            # Core renews a weak hash and then the token of the session: here is no session.
            request.session["session_token"] = None
        return users.browse(user.id)

    def _refusal_words(self, env, asked):
        if asked:
            return env._("This password is not right. Please type it once more.")
        return env._("Too many wrong passwords on this tablet. Please wait a minute.")

    def _sign(self, meeting, letter, proof, image, read, text):
        """Sign, whole or not at all.

        :raise UserError: not read, not drawn, or no longer to be signed"""
        env = letter.env
        if not read:
            raise UserError(env._("Read the text to its end first."))
        if text != letter._signature_digest(PARTY_B):
            raise UserError(env._("The text was changed while you read it. Read it again."))
        own = letter.sudo(False).with_user(proof.user).with_company(letter.company_id)
        with env.cr.savepoint():
            own._sign(
                PARTY_B,
                image,
                user=own.env.user,
                behalf=proof.behalf,
                way="meeting",
            )

    # ------------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------------

    def _page(self, name, token, **values):
        return public_page(
            f"township_governance.meeting_{name}",
            {"page": f"{PAGE}/{token}", "csrf_token": request.csrf_token(), **values},
            POLICY,
        )

    def _nothing(self):
        """:return: the one page for whatever is not open, without any data"""
        return public_page("township_governance.meeting_nothing", {}, POLICY, status=404)

    def _signed_already(self, token, letter):
        meeting_proof.drop()
        return request.redirect(f"{PAGE}/{token}?again={letter.id}", code=303)
