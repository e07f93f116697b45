from odoo import http
from odoo.http import request
from odoo.tools.misc import format_date

from .public_page import page_language, public_page

# What the page loads: nothing. It sends its form to itself.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"
MAX_LENGTH = 64


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
        lang = page_language()
        values = {
            "asked": asked,
            "found": found
            and {**found, "date": format_date(request.env, found["date"], lang_code=lang)},
            "page_title": request.env(context={"lang": lang})._("Verify a document"),
        }
        return public_page("township_governance.verify_page", values, POLICY)
