import base64
import secrets
from pathlib import Path

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import config, format_date

from ...tools import pades, vault

YEARS_PARAMETER = "township_governance.certificate_years"
DEFAULT_YEARS, MAX_YEARS = 10, 30
KEY_FILE_OPTION = "township_key_file"
WARN_DAYS = 60
MANAGERS = ("township_governance.group_director", "base.group_system")


class TownshipCertificate(models.Model):
    """The certificate a township seals its papers with (电子签章证书): its own one, bought and
    uploaded, or one made by this server, which proves that a file was not changed and no more.

    The private key is stored encrypted and handed out to nobody; the key of that encryption is
    in a file outside the database. The newest certificate seals; older ones stay, without their
    certificate the papers they sealed could not be verified.
    """

    _name = "township.certificate"
    _description = "Certificate"
    _order = "id desc"
    _rec_name = "subject"

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    active = fields.Boolean(string="In use", default=True, readonly=True)
    subject = fields.Char(string="Issued to", required=True, readonly=True)
    issuer = fields.Char(string="Issued by", required=True, readonly=True)
    serial = fields.Char(string="Serial number", required=True, readonly=True)
    key_kind = fields.Char(string="Kind of key", required=True, readonly=True)
    valid_from = fields.Datetime(string="Valid from", required=True, readonly=True)
    valid_to = fields.Datetime(string="Valid until", required=True, readonly=True)
    self_made = fields.Boolean(
        string="Self-made",
        readonly=True,
        help="Issued by no authority: proves that a file was not changed, and no more.",
    )
    public_certificate = fields.Binary(
        string="Certificate without key",
        required=True,
        readonly=True,
        attachment=False,
        help="For whoever wants to verify papers with other software.",
    )
    content = fields.Text(required=True, groups=fields.NO_ACCESS, copy=False)
    passphrase = fields.Char(required=True, groups=fields.NO_ACCESS, copy=False)
    key_fingerprint = fields.Char(
        string="Fingerprint of the key file",
        required=True,
        readonly=True,
        help="Tells whether the key file of the server is the one this certificate was stored "
        "with.",
    )

    _in_use_unique = models.UniqueIndex("(company_id) WHERE active")

    # ------------------------------------------------------------------
    # For those who seal and verify
    # ------------------------------------------------------------------

    @api.model
    def _check_ready(self, company):
        """Ask before anything is frozen: everything that sealing needs is there.

        :param company: ``res.company`` whose papers are to be sealed
        :return: the ``township.certificate`` (sudo) that would seal
        :raise UserError: says what is missing and who can help
        """
        certificate, _p12, _passphrase = self._ready(company)
        return certificate

    @api.model
    def _ready(self, company):
        """:return: (``township.certificate``, PKCS#12 as ``bytes``, its password)"""
        self._check_library()
        certificate = self._ensure(company)
        return certificate, *certificate._open()

    @api.model
    def _seal_pdf(self, pdf, company):
        """Write the township's seal into a PDF: from now on any change of the file shows.

        :param bytes pdf: not sealed yet
        :param company: ``res.company`` whose certificate seals
        :return: PDF as ``bytes``, not the same twice: to be kept
        :raise UserError: see :meth:`_check_ready`, or the PDF cannot be sealed
        """
        _certificate, p12, passphrase = self._ready(company)
        try:
            return pades.seal(pdf, p12, passphrase, fields.Datetime.now())
        except pades.SealError as error:
            raise UserError(
                self.env._("The PDF cannot be sealed: %(error)s", error=error)
            ) from error

    @api.model
    def _check_pdf(self, pdf, company):
        """Ask a PDF whether it is as the township sealed it. To be believed in full, the digest
        that was stored when it was sealed must agree as well.

        :param bytes pdf: anything somebody hands in
        :param company: ``res.company``, any of whose certificates, old ones too, may have sealed
        :return: :class:`~odoo.addons.township_governance.tools.pades.Check`
        :raise UserError: this server cannot check
        """
        self._check_library()
        known = self.sudo().with_context(active_test=False, bin_size=False)
        certificates = known.search_fetch([("company_id", "=", company.id)], ["public_certificate"])
        return pades.check(pdf, [base64.b64decode(one.public_certificate) for one in certificates])

    @api.model
    def _ensure(self, company):
        """:param company: ``res.company``
        :return: its ``township.certificate`` in use (sudo); a self-made one where it has none,
            or where the self-made one has expired
        :raise UserError: the key file cannot be made"""
        current = self._current(company)
        if current and not (current.self_made and current.valid_to < fields.Datetime.now()):
            return current
        return self._make(company)

    @api.model
    def _make(self, company):
        """:return: a new self-made ``township.certificate`` (sudo), in use from now on
        :raise UserError: the key file cannot be made"""
        years = self.env["ir.config_parameter"].sudo().get_param(YEARS_PARAMETER)
        passphrase = secrets.token_urlsafe(24)
        p12 = pades.make_certificate(
            # Printed and shown in PDF readers, whatever the language of the screen.
            f"{company.name[:40]}（自制证书，仅供完整性校验）",
            min(max(int(years or DEFAULT_YEARS), 1), MAX_YEARS),
            passphrase,
            fields.Datetime.now(),
        )
        return self._install(company, p12, passphrase)

    @api.model
    def _current(self, company):
        """:return: the ``township.certificate`` (sudo) in use, or none"""
        return self.sudo().search([("company_id", "=", company.id), ("active", "=", True)], limit=1)

    # ------------------------------------------------------------------
    # Storing
    # ------------------------------------------------------------------

    @api.model
    def _install(self, company, p12, passphrase):
        """Store a certificate and seal with it from now on. The caller has checked the rights.

        :param company: ``res.company``
        :param bytes p12: PKCS#12 file
        :param str passphrase: its password
        :return: ``township.certificate`` (sudo)
        :raise UserError: says why it cannot be used
        """
        known = self._read(p12, passphrase)
        key = self._encryption_key()
        self._current(company).active = False
        self.env.flush_all()
        try:
            with self.env.cr.savepoint():
                return self.sudo().create(
                    {
                        "company_id": company.id,
                        "subject": known.subject,
                        "issuer": known.issuer,
                        "serial": known.serial,
                        "key_kind": known.key_kind,
                        "valid_from": known.not_before,
                        "valid_to": known.not_after,
                        "self_made": known.self_made,
                        "public_certificate": base64.b64encode(known.der),
                        "content": self._encrypt(key, "content", p12),
                        "passphrase": self._encrypt(key, "passphrase", passphrase.encode()),
                        "key_fingerprint": vault.fingerprint(key),
                    }
                )
        except UniqueViolation as error:
            raise ConcurrencyError(str(error)) from error

    @api.model
    def _read(self, p12, passphrase):
        """:return: :class:`~odoo.addons.township_governance.tools.pades.Certificate`
        :raise UserError: says why it cannot be used"""
        try:
            return pades.read_certificate(p12, passphrase, fields.Datetime.now())
        except pades.CertificateError as error:
            raise UserError(self._refusal(error)) from error

    @api.model
    def _refusal(self, error):
        """:return: ``str`` for people, why a certificate cannot be used"""
        day = error.moment and format_date(self.env, error.moment)
        messages = {
            pades.WrongPassword: self.env._(
                "The password is wrong, or the file is no certificate with key (PKCS#12, .p12 or "
                ".pfx)."
            ),
            pades.ChineseAlgorithm: self.env._(
                "This certificate is of the kind SM2 (国密). PDF readers and the libraries of "
                "this system do not know that kind, so nobody could verify the papers. Ask the "
                "certification authority for one with RSA or ECC (P-256), or go on with the "
                "self-made one."
            ),
            pades.NoPrivateKey: self.env._(
                "There is no private key in the file that belongs to the certificate. Export it "
                "together with its key."
            ),
            pades.UnsuitableKey: self.env._(
                "The certificate is not for signing, or its key is too short or of a kind that "
                "PDF readers do not verify. Wanted is RSA from 2048 bits or ECC on P-256, P-384 "
                "or P-521."
            ),
            pades.Expired: self.env._(
                "The certificate expired on %(day)s. A director or the administrator uploads a "
                "new one in the settings.",
                day=day,
            ),
            pades.NotYetValid: self.env._(
                "The certificate is not valid before %(day)s. If that day has passed, the clock "
                "of the server is wrong.",
                day=day,
            ),
        }
        return messages[type(error)]

    # ------------------------------------------------------------------
    # For the settings
    # ------------------------------------------------------------------

    def _warning(self):
        """:return: ``str`` for people, what is or soon will be wrong with the certificate in use;
        empty if nothing is"""
        if not self:
            return ""
        try:
            self._open()
        except UserError as error:
            return str(error)
        days = (self.valid_to - fields.Datetime.now()).days
        if days >= WARN_DAYS:
            return ""
        return self.env._(
            "The certificate expires in %(days)s days, on %(day)s. Upload a new one in time.",
            days=days,
            day=format_date(self.env, self.valid_to),
        )

    @api.model
    def action_replace(self):
        """:return: action that asks for a certificate to seal with from now on"""
        return self.env["ir.actions.act_window"]._for_xml_id(
            "township_governance.township_certificate_wizard_action"
        )

    # ------------------------------------------------------------------
    # The key file
    # ------------------------------------------------------------------

    def _open(self):
        """:return: (PKCS#12 as ``bytes``, its password as ``str``), valid at this moment
        :raise UserError: says why it cannot be opened or used"""
        self.ensure_one()
        own = self.sudo()
        try:
            key = vault.read_key(self._key_path(), own.key_fingerprint)
        except vault.KeyFileError as error:
            raise UserError(
                self.env._(
                    "The certificate “%(subject)s” cannot be opened: the key file %(path)s is "
                    "missing or cannot be read. Put it back from its copy, or have a director "
                    "replace the certificate in the settings.",
                    subject=own.subject,
                    path=error,
                )
            ) from error
        try:
            p12 = vault.decrypt(key, own.content, f"{self._name}.content")
            passphrase = vault.decrypt(key, own.passphrase, f"{self._name}.passphrase").decode()
        except vault.WrongKey as error:
            raise UserError(
                self.env._(
                    "The certificate “%(subject)s” cannot be opened: the key file of this server "
                    "is another one (fingerprint %(found)s, wanted %(wanted)s). Put the right "
                    "one back from its copy, or have a director replace the certificate in the "
                    "settings.",
                    subject=own.subject,
                    found=vault.fingerprint(key),
                    wanted=own.key_fingerprint,
                )
            ) from error
        self._read(p12, passphrase)
        return p12, passphrase

    def _rekey(self):
        """Encrypt again with the newest key of the key file. What opens with no key there stays:
        papers sealed with it are verified without its key."""
        key = vault.read_key(self._key_path())
        for own in self.sudo():
            old = vault.read_key(self._key_path(), own.key_fingerprint)
            try:
                opened = {
                    name: vault.decrypt(old, own[name], f"{self._name}.{name}")
                    for name in ("content", "passphrase")
                }
            except vault.WrongKey:
                continue
            values = {name: self._encrypt(key, name, value) for name, value in opened.items()}
            own.write({**values, "key_fingerprint": vault.fingerprint(key)})

    @api.model
    def _encrypt(self, key, name, value):
        return vault.encrypt(key, value, f"{self._name}.{name}")

    @api.model
    def _encryption_key(self):
        """:return: ``bytes``; made where there is none yet
        :raise UserError: it cannot be made, or it was lost and encrypts more than certificates"""
        self.env["township.key"]._check_replaceable()
        try:
            return vault.ensure_key(self._key_path())
        except vault.KeyFileError as error:
            raise UserError(
                self.env._(
                    "The key file %(path)s can be neither read nor made. The administrator of "
                    "the server names another place with the option %(option)s in odoo.conf.",
                    path=error,
                    option=KEY_FILE_OPTION,
                )
            ) from error

    @api.model
    def _key_path(self):
        """:return: ``Path``, outside the database and its backups"""
        named = config.get(KEY_FILE_OPTION)
        if named:
            return Path(named)
        folder = Path(config["data_dir"]) / "township_governance"
        return folder / f"{self.env.cr.dbname}.key"

    @api.model
    def _check_library(self):
        if not pades.is_ready():
            raise UserError(
                self.env._(
                    "Papers can be neither sealed nor verified on this server: the Python "
                    "package pyhanko is missing. The administrator of the server installs it."
                )
            )
