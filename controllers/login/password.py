from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.web.controllers.home import Home

from ...models.login.res_users import CHANGE_URL, PROOF_KEY


class FirstPassword(Home):
    """The page on which the password of the slip is replaced; it finishes the login."""

    @http.route(
        CHANGE_URL,
        type="http",
        auth="public",
        methods=["GET", "POST"],
        website=True,
        multilang=False,
        sitemap=False,
    )
    def change_first_password(self, redirect=None, password="", again="", **_kwargs):
        """:param str redirect: where the login was going
        :param str password: the new one, when the form was sent
        :param str again: the same typed a second time
        :return: the form, or the redirect that finishes the login"""
        if request.session.uid:
            return request.redirect(self._login_redirect(request.session.uid, redirect=redirect))
        user = self._half_logged_in_user()
        if not user:
            return request.redirect("/web/login")
        error = None
        if request.httprequest.method == "POST":
            try:
                self._replace_password(user, password.strip(), again.strip())
            except UserError as refusal:
                error = str(refusal)
            else:
                return self._finish_login(user, redirect)
        response = request.render(
            "township_governance.first_password_form",
            {"user": user, "error": error, "redirect": redirect},
        )
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Frame-Options"] = "DENY"
        return response

    def _half_logged_in_user(self):
        """The user who typed the password of the slip in this session, if it still holds."""
        uid = request.session.get("pre_uid")
        if not uid:
            return None
        user = request.env["res.users"].sudo().browse(uid).exists()
        if not user.active or not user._township_must_change():
            return None
        if request.session.get(PROOF_KEY) != user._township_password_proof():
            return None
        return user.with_context(lang=user.lang)

    def _replace_password(self, user, password, again):
        user._township_check_new_password(password, again)
        with request.env.cr.savepoint():
            user.with_user(user).env.user._change_password(password)

    def _finish_login(self, user, redirect):
        """Go on to the second factor where there is one, else open the session."""
        request.env.flush_all()
        request.session.pop(PROOF_KEY, None)
        if not user._mfa_url():
            request.session.finalize(request.env)
            request.update_env(user=request.session.uid)
            request.update_context(**request.session.context)
        return request.redirect(self._login_redirect(user.id, redirect=redirect))
