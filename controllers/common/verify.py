from markupsafe import Markup

from odoo import http
from odoo.http import request
from odoo.tools.misc import format_date

# What the page loads: nothing. It sends its form to itself.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"
MAX_LENGTH = 64
# Not in the template: with it there Odoo finds no term to translate.
DOCTYPE = Markup("<!DOCTYPE html>\n")


class Verify(http.Controller):
    """Public page: is this paper genuine? (design 4.8)

    Unknown and revoked papers answer alike, and nothing of the question is repeated in the
    answer. One indexed look-up, no session: asking often costs the server little, and 58
    random bits of the code are out of reach for guessing.
    """

    @http.route(
        ["/township/verify", "/township/verify/<string:token>"],
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
        readonly=True,
        save_session=False,
    )
    def verify(self, token=None, code=None, **_kwargs):
        """:param str token: out of the QR code
        :param str code: the check code, as typed
        :return: the page, with what was found or without"""
        asked = bool(token or code)
        found = None
        if asked and len(token or code) <= MAX_LENGTH:
            found = request.env["township.document"]._find_genuine(token=token, code=code)
        lang = self._language()
        values = {
            "asked": asked,
            "found": found
            and {**found, "date": format_date(request.env, found["date"], lang_code=lang)},
            "page_lang": lang.replace("_", "-"),
            "page_title": request.env(context={"lang": lang})._("Verify a document"),
        }
        html = (
            request.env["ir.qweb"]
            .with_context(lang=lang)
            ._render("township_governance.verify_page", values)
        )
        return request.make_response(
            DOCTYPE + html,
            headers=[
                ("Content-Type", "text/html; charset=utf-8"),
                ("Cache-Control", "no-store"),
                ("Content-Security-Policy", POLICY),
                ("Referrer-Policy", "no-referrer"),
                ("X-Content-Type-Options", "nosniff"),
                ("X-Robots-Tag", "noindex, nofollow, noarchive"),
            ],
        )

    def _language(self):
        """:return: ``str``, the first language of the browser that is installed; people in a
        township read Chinese, so else Chinese where it is installed"""
        installed = [code for code, _name in request.env["res.lang"].get_installed()]
        for wanted in request.httprequest.accept_languages.values():
            code = {"zh_hant": "zh_TW", "zh_hk": "zh_TW", "zh_mo": "zh_TW"}.get(
                wanted.replace("-", "_").lower(), wanted.replace("-", "_")
            )
            for lang in installed:
                if lang == code or lang.split("_")[0] == code.split("_")[0].lower():
                    return lang
        return "zh_CN" if "zh_CN" in installed else request.env.lang or "en_US"
