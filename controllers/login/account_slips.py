from odoo import http
from odoo.http import content_disposition, request


class AccountSlips(http.Controller):
    """Download of the slips with one-time passwords: made, sent and forgotten."""

    @http.route(
        "/township/account/slips/<int:wizard_id>/<string:token>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=False,
        sitemap=False,
    )
    def slips(self, wizard_id, token):
        """:param int wizard_id: id of the ``township.account.create``
        :param str token: good for one download
        :return: the PDF; 404 when the wizard is gone
        :raise AccessError: fetched already, or by somebody else"""
        wizard = request.env["township.account.create"].browse(wizard_id).exists()
        if not wizard:
            return request.not_found()
        pdf = wizard._take_slips(token)
        return request.make_response(
            pdf,
            headers=[
                ("Content-Type", "application/pdf"),
                ("Content-Disposition", content_disposition("登录凭条.pdf")),
                ("Cache-Control", "no-store"),
            ],
        )
