"""Pages for whoever comes by, complete in themselves: without session, web client or website."""

from markupsafe import Markup

from odoo.http import request

# Not in the template: with it there Odoo finds no term to translate.
DOCTYPE = Markup("<!DOCTYPE html>\n")
TAIWAN = {"zh_hant": "zh_TW", "zh_hk": "zh_TW", "zh_mo": "zh_TW"}


def page_language():
    """:return: ``str``, the first language of the browser that is installed; people in a
    township read Chinese, so else Chinese where it is installed"""
    installed = [code for code, _name in request.env["res.lang"].get_installed()]
    for wanted in request.httprequest.accept_languages.values():
        code = wanted.replace("-", "_")
        code = TAIWAN.get(code.lower(), code)
        for lang in installed:
            if lang == code or lang.split("_")[0] == code.split("_")[0].lower():
                return lang
    return "zh_CN" if "zh_CN" in installed else request.env.lang or "en_US"


def public_page(template, values, policy, status=200):
    """:param str template: xml id
    :param dict values: for the template
    :param str policy: Content-Security-Policy: what the page may load and where it may send
    :param int status: of HTTP
    :return: the response, in the language of the browser; kept and indexed nowhere"""
    lang = page_language()
    html = (
        request.env["ir.qweb"]
        .with_context(lang=lang)
        ._render(template, {"page_lang": lang.replace("_", "-"), **values})
    )
    return request.make_response(
        DOCTYPE + html,
        headers=[
            ("Content-Type", "text/html; charset=utf-8"),
            ("Cache-Control", "no-store"),
            ("Content-Security-Policy", policy),
            ("Referrer-Policy", "no-referrer"),
            ("X-Content-Type-Options", "nosniff"),
            ("X-Robots-Tag", "noindex, nofollow, noarchive"),
        ],
        status=status,
    )
