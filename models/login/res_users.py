import secrets
import string

from odoo import fields, models, tools
from odoo.exceptions import UserError
from odoo.http import request

# Session key: which password opened the half-done session (see authenticate).
PROOF_KEY = "township_password_proof"
CHANGE_TYPE = "township_password"
CHANGE_URL = "/township/password"
MIN_PASSWORD_LENGTH = 8
# No 0/o and no 1/l/i: people type a slip of paper into a phone.
READABLE_ALPHABET = "".join(sorted(set(string.ascii_lowercase + string.digits) - set("01loi")))
# Ten characters out of 31 are 49 random bits.
ONE_TIME_LENGTH = 10
# Odoo stretches a password 600,000 times because people choose weak ones. That takes 0.3 s, so
# 500 accounts would outlast a request. 49 random bits need less, and at the first login Odoo
# itself replaces the hash by one of full strength, before the user's own password replaces it.
ONE_TIME_ROUNDS = 20_000


class ResUsers(models.Model):
    """A user whose password came on a slip of paper must replace it before anything else.

    Until then there is no session: Odoo's mechanism for a second factor keeps the login half
    done (``pre_uid``) until ``/township/password`` finishes it. RPC by password or API key is
    refused. A session that came into being otherwise (a passkey, a trusted device, a flag set
    later) ends with its next request (``ir.http``).
    """

    _inherit = "res.users"

    township_must_change_password = fields.Boolean(
        string="Must change the password at the next login",
        copy=False,
        groups="base.group_erp_manager",
        help="Set for accounts made in bulk, whose first password was printed on a slip.",
    )

    # ------------------------------------------------------------------
    # Login
    # ------------------------------------------------------------------

    def authenticate(self, credential, user_agent_env):
        """Bind the half-done session to the password that opened it.

        Once that password is replaced (a new slip was printed), the session is void.
        """
        auth_info = super().authenticate(credential, user_agent_env)
        if request:
            request.session.pop(PROOF_KEY, None)
            user = self.browse(auth_info["uid"])
            if user._township_must_change():
                request.session[PROOF_KEY] = user._township_password_proof()
        return auth_info

    def _township_password_proof(self):
        """HMAC of the session id under the present password hash, like Odoo's session token."""
        self.env.flush_all()
        return self._session_token_hash_compute(
            request.session.sid, self._session_token_get_values()
        )

    @tools.ormcache("self.id")
    def _township_must_change(self):
        """Whether this one user still has the password of a slip. Asked at every request.

        :rtype: bool
        """
        return bool(self.sudo().exists().township_must_change_password)

    def _get_session_token_fields(self):
        # Whoever is asked to change the password is logged out everywhere, websocket included.
        return super()._get_session_token_fields() | {"township_must_change_password"}

    def _mfa_type(self):
        return CHANGE_TYPE if self._township_must_change() else super()._mfa_type()

    def _mfa_url(self):
        return CHANGE_URL if self._township_must_change() else super()._mfa_url()

    def _rpc_api_keys_only(self):
        return self._township_must_change() or super()._rpc_api_keys_only()

    # ------------------------------------------------------------------
    # Passwords
    # ------------------------------------------------------------------

    def _change_password(self, new_passwd):
        result = super()._change_password(new_passwd)
        # Odoo calls this for the user's own change; an administrator's reset writes
        # ``password`` and leaves the flag as it is.
        self.sudo().filtered("township_must_change_password").township_must_change_password = False
        return result

    def _township_check_new_password(self, new, again):
        """Refuse a password that is too easy, with a message for people.

        :param str new: what the user chose
        :param str again: the same typed a second time
        :raises UserError: says what is wrong
        """
        self.ensure_one()
        if new != again:
            raise UserError(self.env._("The two passwords differ. Please type the same twice."))
        letters_and_digits = any(map(str.isalpha, new)) and any(map(str.isdigit, new))
        if len(new) < MIN_PASSWORD_LENGTH or not letters_and_digits:
            raise UserError(
                self.env._(
                    "Please choose a password of at least %(length)d characters with both "
                    "letters and digits.",
                    length=MIN_PASSWORD_LENGTH,
                )
            )
        if self.login.casefold() in new.casefold():
            raise UserError(self.env._("The password must not contain the login."))
        hashed = self._township_password_hash()
        if hashed and self._crypt_context().verify(new, hashed):
            raise UserError(self.env._("Please choose another password than the one on the slip."))

    def _township_password_hash(self):
        self.env.cr.execute("SELECT password FROM res_users WHERE id = %s", [self.id])
        return self.env.cr.fetchone()[0]

    def _township_renew_one_time_passwords(self):
        """Give each user a new random password for one login; earlier ones are void.

        The caller has checked that it may be done. The passwords exist only in the returned
        value: nothing stores or logs them.

        :return: dict of user id to password
        """
        context = self._crypt_context().copy()
        context.update(pbkdf2_sha512__rounds=ONE_TIME_ROUNDS)
        passwords = {}
        for user in self:
            passwords[user.id] = "".join(
                secrets.choice(READABLE_ALPHABET) for _i in range(ONE_TIME_LENGTH)
            )
            user._set_encrypted_password(user.id, context.hash(passwords[user.id]))
        self.sudo().township_must_change_password = True
        self.env.registry.clear_cache()
        return passwords

    # ------------------------------------------------------------------
    # Mail
    # ------------------------------------------------------------------

    def _notify_security_setting_update(self, subject, content, mail_values=None, **kwargs):
        """Write no security mail to people without an address: it would only pile up as failed."""
        reachable = self
        if not (mail_values or {}).get("email_to") and not kwargs.get("force_email"):
            reachable = self.filtered("email")
        if not reachable:
            return self.env["mail.mail"]
        return super(ResUsers, reachable)._notify_security_setting_update(
            subject, content, mail_values=mail_values, **kwargs
        )
