import base64
import hashlib
import io
import json
import re
import secrets

import qrcode

from odoo import api, fields, models
from odoo.exceptions import AccessError

# Without letters and digits that look alike on a bad copy: 0 O 1 I L U V.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"
CODE_GROUPS, CODE_GROUP_LENGTH = 3, 4
VERIFY_PATH = "/township/verify"
REVOKE_GROUP = "township_governance.group_director"


class TownshipDocument(models.Model):
    """A paper that was printed and handed out, so that whoever holds it can ask whether it is
    genuine.

    The token behind the QR code and the short check code are random: neither can be worked out
    from a number or an id. The public page tells kind, number, date and office, and nothing
    else; a row holds nothing else either. Reprinting the same content keeps its row.
    """

    _name = "township.document"
    _description = "Issued document"
    _inherit = ["township.row.mixin"]
    _order = "id desc"
    _owner_write = "read"
    _rec_name = "check_code"
    _rec_names_search = ["check_code", "number"]

    report_name = fields.Char(string="Report", required=True, readonly=True)
    kind = fields.Char(
        string="Paper", required=True, readonly=True, help="Title as printed, in Chinese."
    )
    number = fields.Char(required=True, readonly=True, index="btree")
    date = fields.Date(required=True, readonly=True)
    office = fields.Char(string="Issuing office", required=True, readonly=True)
    check_code = fields.Char(string="Verification code", required=True, readonly=True)
    token = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)
    digest = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)
    res_model = fields.Char(string="Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", required=True, readonly=True
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    revoked_date = fields.Date(string="Revoked on", readonly=True)
    revoked_by_id = fields.Many2one("res.users", string="Revoked by", readonly=True)

    _token_unique = models.UniqueIndex("(token)")
    _check_code_unique = models.UniqueIndex("(check_code)")
    _record_idx = models.Index("(res_model, res_id, report_name)")

    # ------------------------------------------------------------------
    # Issuing
    # ------------------------------------------------------------------

    @api.model
    def _issue(self, report_name, papers):
        """Give each paper its row; the same content of the same record keeps the one it has.

        The caller has checked that the user may read the records.

        :param str report_name: report that prints the papers
        :param list papers: ``(record, content, vals)``: the record of the paper, what is
            printed (any JSON), and ``kind``, ``number``, ``date``, ``office`` of the row
        :return: ``list`` of ``township.document`` (sudo), in the order of ``papers``
        """
        if not papers:
            return []
        digests = [self._digest(content) for _record, content, _vals in papers]
        res_model = papers[0][0]._name
        known = self.sudo().search_fetch(
            [
                ("res_model", "=", res_model),
                ("res_id", "in", [record.id for record, _content, _vals in papers]),
                ("report_name", "=", report_name),
                ("digest", "in", digests),
                ("revoked_date", "=", False),
            ],
            ["res_id", "digest", "token", "check_code", "company_id"],
            order="id desc",
        )
        rows = {(document.res_id, document.digest): document for document in known}
        missing = {
            (record.id, digest): {
                **vals,
                "report_name": report_name,
                "res_model": res_model,
                "res_id": record.id,
                "digest": digest,
                "company_id": record.company_id.id or self.env.company.id,
                "token": secrets.token_hex(16),
                "check_code": self._new_check_code(),
            }
            for (record, _content, vals), digest in zip(papers, digests, strict=True)
            if (record.id, digest) not in rows
        }
        rows.update(zip(missing, self.sudo().create(list(missing.values())), strict=True))
        return [
            rows[record.id, digest]
            for (record, _content, _vals), digest in zip(papers, digests, strict=True)
        ]

    @api.model
    def _digest(self, content):
        """:return: ``str``, the same for the same content"""
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    @api.model
    def _new_check_code(self):
        """:return: ``str`` such as ``7KQM-2XBD-9TRA``: 58 random bits"""
        return "-".join(
            "".join(secrets.choice(CODE_ALPHABET) for _letter in range(CODE_GROUP_LENGTH))
            for _group in range(CODE_GROUPS)
        )

    def _mark(self):
        """What the paper shows: the code, and a QR code where the office has a public address.

        :return: ``dict`` with ``code``, ``address`` (of the page, or empty) and ``qr`` (an
            inline picture, or empty)
        """
        self.ensure_one()
        public = (self.company_id.township_public_url or "").strip().rstrip("/")
        return {
            "code": self.check_code,
            "address": public and public + VERIFY_PATH,
            "qr": public and self._qr(f"{public}{VERIFY_PATH}/{self.sudo().token}"),
        }

    @api.model
    def _qr(self, text):
        """:return: ``str``, a data URI: the print needs nothing from the network"""
        # Any mask can be read; comparing all eight takes longer than printing the page.
        code = qrcode.QRCode(
            border=1,
            box_size=4,
            error_correction=qrcode.constants.ERROR_CORRECT_M,
            mask_pattern=0,
        )
        code.add_data(text)
        picture = io.BytesIO()
        code.make_image().save(picture, "PNG")
        return "data:image/png;base64," + base64.b64encode(picture.getvalue()).decode()

    # ------------------------------------------------------------------
    # Asking
    # ------------------------------------------------------------------

    @api.model
    def _find_genuine(self, token=None, code=None):
        """Look a paper up for the public page.

        :param str token: what the QR code holds
        :param str code: the check code as somebody typed it
        :return: ``dict`` of kind, number, date, office; ``None`` for unknown and revoked alike
        """
        if token is not None:
            term = ("token", "=", token if re.fullmatch(r"[0-9a-f]{32}", token) else "")
        else:
            letters = re.sub(r"[^0-9A-Z]", "", (code or "").upper())
            groups = re.findall("." * CODE_GROUP_LENGTH, letters)
            term = ("check_code", "=", "-".join(groups) if len(letters) == 12 else "")
        document = self.sudo().search([term, ("revoked_date", "=", False)], limit=1)
        if not document:
            return None
        return {name: document[name] for name in ("kind", "number", "date", "office")}

    def action_revoke(self):
        """Take back papers that were issued wrongly: from now on they are not found."""
        if not (self.env.su or self.env.user.has_group(REVOKE_GROUP)):
            raise AccessError(self.env._("Only a director can revoke an issued document."))
        self.check_access("read")
        self.filtered(lambda document: not document.revoked_date).sudo().write(
            {
                "revoked_date": self.env["township.calendar.day"]._today(),
                "revoked_by_id": self.env.uid,
            }
        )
        return True
