import base64
import hashlib
import io
import json
import re
import secrets

import qrcode

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...tools import scans

# Without letters and digits that look alike on a bad copy: 0 O 1 I L U V.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"
CODE_GROUPS, CODE_GROUP_LENGTH = 3, 4
VERIFY_PATH = "/township/verify"
TOKEN_PATTERN = r"[0-9a-f]{32}"
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
        """What the paper shows: the code, in letters and as a small QR code by which a photo of
        the signed paper finds its record, and a QR code for citizens where the office has a
        public address.

        :return: ``dict`` with ``code``, ``code_qr`` (an inline picture), ``address`` (of the
            page, or empty) and ``qr`` (an inline picture, or empty)
        """
        self.ensure_one()
        public = (self.company_id.township_public_url or "").strip().rstrip("/")
        return {
            "code": self.check_code,
            # Few modules, so that each is large: that is what a blurred photo needs.
            "code_qr": self._qr(self.check_code, qrcode.constants.ERROR_CORRECT_Q),
            "address": public and public + VERIFY_PATH,
            "qr": public and self._qr(f"{public}{VERIFY_PATH}/{self.sudo().token}"),
        }

    @api.model
    def _qr(self, text, correction=qrcode.constants.ERROR_CORRECT_M):
        """:return: ``str``, a data URI: the print needs nothing from the network"""
        # Any mask can be read; comparing all eight takes longer than printing the page.
        code = qrcode.QRCode(
            border=1,
            box_size=4,
            error_correction=correction,
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
            term = ("token", "=", token if re.fullmatch(TOKEN_PATTERN, token) else "")
        else:
            term = ("check_code", "=", self._normalise_code(code))
        document = self.sudo().search([term, ("revoked_date", "=", False)], limit=1)
        if not document or not document._is_intact():
            return None
        return {name: document[name] for name in ("kind", "number", "date", "office")}

    def _is_intact(self):
        """:return: ``bool``: what this paper prints is as it was signed; a record that bears no
        signature cannot tell and is taken as it is"""
        self.ensure_one()
        if self.res_model not in self.env["township.signature"]._signed_models():
            return True
        record = self.env[self.res_model].sudo().browse(self.res_id).exists()
        if not record.signature_ids:
            return bool(record)
        return all(holds for _label, holds, _detail in record._verify_signatures())

    @api.model
    def _revoke_of(self, records):
        """Take back all papers of these records of one model: something else holds in their
        place."""
        papers = self.sudo().search(
            [
                ("res_model", "=", records._name),
                ("res_id", "in", records.ids),
                ("revoked_date", "=", False),
            ]
        )
        papers.write(papers._revoked_vals())

    @api.model
    def _revoked_vals(self):
        return {
            "revoked_date": self.env["township.calendar.day"]._today(),
            "revoked_by_id": self.env.uid,
        }

    @api.model
    def _normalise_code(self, code):
        """:param str code: a check code as somebody typed it
        :return: ``str`` as it is stored; empty for what can be none"""
        letters = re.sub(r"[^0-9A-Z]", "", (code or "").upper())
        if len(letters) != CODE_GROUPS * CODE_GROUP_LENGTH:
            return ""
        return "-".join(re.findall("." * CODE_GROUP_LENGTH, letters))

    def action_revoke(self):
        """Take back papers that were issued wrongly: from now on they are not found."""
        if not (self.env.su or self.env.user.has_group(REVOKE_GROUP)):
            raise AccessError(self.env._("Only a director can revoke an issued document."))
        self.check_access("read")
        valid = self.filtered(lambda document: not document.revoked_date)
        valid.sudo().write(self._revoked_vals())
        return True

    # ------------------------------------------------------------------
    # Signed papers that come back
    # ------------------------------------------------------------------

    @api.model
    def _read_scan(self, data, filename=""):
        """Find what a scan or photo shows: several papers in one file, or pages without a code.

        :param bytes data: content of a JPEG, PNG or PDF file
        :param str filename: as it was uploaded
        :return: ``list``, for each page the ``township.document`` on it, empty where no code was
            read or none belongs to a paper of records the user may read
        :raise UserError: says why the file cannot be read
        """
        try:
            texts = [scans.codes(image) for image in scans.pages(data, filename)]
        except scans.ScanError as error:
            raise UserError(self._scan_refusal(error, filename)) from error
        found = self._find_by_codes([text for page in texts for text in page])
        return [
            self.browse().union(*(found[text] for text in page if text in found)) for page in texts
        ]

    @api.model
    def _scan_refusal(self, error, filename):
        """:return: ``str`` for people, why a scan cannot be read"""
        name = filename or self.env._("The file")
        messages = {
            scans.TooLarge: self.env._(
                "%(file)s is too large: a scan may have 20 MB, 200 pages and 64 million pixels a "
                "page. Split it, or scan with 200 dpi.",
                file=name,
            ),
            scans.Heic: self.env._(
                "%(file)s is a photo in Apple's format HEIC, which cannot be read here. On the "
                "phone choose Settings, Camera, Formats, Most Compatible, or send it as JPEG.",
                file=name,
            ),
            scans.Unreadable: self.env._(
                "%(file)s cannot be read: wanted is a photo (JPEG, PNG) or a PDF without password.",
                file=name,
            ),
            scans.MissingPackage: self.env._(
                "Scans cannot be read on this server: the Python package %(package)s is missing. "
                "The administrator of the server installs it; match the papers by hand until "
                "then.",
                package=error,
            ),
        }
        return messages[type(error)]

    @api.model
    def _find_by_codes(self, texts):
        """Find the papers that codes on scans belong to.

        :param list texts: what QR codes hold: a check code, or the address of the public page;
            anything else is passed over
        :return: ``dict`` of text -> ``township.document``, only of those not revoked whose
            records the user may read
        """
        tokens = {text: token[1] for text in texts if (token := self._token_in(text))}
        codes = {text: self._normalise_code(text) for text in texts if text not in tokens}
        documents = self.sudo().search_fetch(
            Domain("token", "in", list(tokens.values()))
            | Domain("check_code", "in", [code for code in codes.values() if code]),
            ["token", "check_code", "res_model", "res_id"],
        )
        documents = documents.filtered(lambda document: not document.revoked_date)
        known = {}
        for document in documents._of_readable_records():
            own = document.sudo()
            known[own.token] = known[own.check_code] = document
        return {
            text: known[key] for text, key in {**codes, **tokens}.items() if key and key in known
        }

    @api.model
    def _token_in(self, text):
        """:return: match whose first group is the token in the address of the public page"""
        return re.search(rf"{VERIFY_PATH}/({TOKEN_PATTERN})$", text or "")

    def _of_readable_records(self):
        """:return: of these (sudo) those the user may read, and whose records too"""
        readable = self.sudo(False)._filtered_access("read")
        allowed = set()
        for res_model, documents in readable.sudo().grouped("res_model").items():
            if res_model in self.env:
                records = (
                    self.env[res_model].sudo(False).browse(documents.mapped("res_id")).exists()
                )
                allowed.update((res_model, id_) for id_ in records._filtered_access("read").ids)
        return readable.filtered(
            lambda document: (document.sudo().res_model, document.sudo().res_id) in allowed
        )
