import base64

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...models.common.certificate import MANAGERS
from ...tools import vault
from ...tools.rights import check_groups

MAX_BYTES = 1_000_000


class TownshipCertificateWizard(models.TransientModel):
    """Asks for a certificate file and its password, shows what it is, and seals with it from
    then on.

    Rows of a wizard stay in the database for a while: what was typed is encrypted on its way in.
    """

    _name = "township.certificate.wizard"
    _description = "Replace the certificate"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    data = fields.Binary(
        string="Certificate file", compute="_compute_typed", inverse="_inverse_data"
    )
    filename = fields.Char(string="File chosen")
    password = fields.Char(compute="_compute_typed", inverse="_inverse_password")
    content = fields.Text(groups=fields.NO_ACCESS)
    passphrase = fields.Char(groups=fields.NO_ACCESS)
    subject = fields.Char(string="Issued to", readonly=True)
    issuer = fields.Char(string="Issued by", readonly=True)
    valid_from = fields.Datetime(string="Valid from", readonly=True)
    valid_to = fields.Datetime(string="Valid until", readonly=True)
    self_made = fields.Boolean(string="Self-made", readonly=True)

    def _compute_typed(self):
        self.data = self.password = False

    def _inverse_data(self):
        for wizard in self.filtered("data"):
            wizard._store("content", base64.b64decode(wizard.data))

    def _inverse_password(self):
        for wizard in self:
            wizard._store("passphrase", (wizard.password or "").encode())

    def _store(self, name, value):
        key = self.env["township.certificate"]._encryption_key()
        self.sudo()[name] = vault.encrypt(key, value, f"{self._name}.{name}")

    def action_read(self):
        """Show what the file holds, before anything is replaced.

        :raise UserError: says why it cannot be used
        """
        self._check_rights()
        p12, passphrase = self._typed()
        known = self.env["township.certificate"]._read(p12, passphrase)
        self.write(
            {
                "subject": known.subject,
                "issuer": known.issuer,
                "valid_from": known.not_before,
                "valid_to": known.not_after,
                "self_made": known.self_made,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "name": self.env._("Replace the certificate"),
        }

    def action_confirm(self):
        """Seal with this certificate from now on.

        :raise UserError: says why it cannot be used
        """
        self._check_rights()
        self.env["township.certificate"]._install(self.company_id, *self._typed())
        return self._done()

    def action_self_made(self):
        """Make a certificate on this server, for a township that has none or lost its key."""
        self._check_rights()
        self.env["township.certificate"]._make(self.company_id)
        return self._done()

    def _done(self):
        self.sudo().unlink()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _check_rights(self):
        check_groups(self.env, self.env._("Replace the certificate"), MANAGERS)
        if self.sudo().company_id not in self.env.user.company_ids:
            raise AccessError(self.env._("This is not a township of yours."))

    def _typed(self):
        """:return: (PKCS#12 as ``bytes``, password as ``str``)
        :raise UserError: there is no file, or one that is too large"""
        self.ensure_one()
        typed = self.sudo()
        if not typed.content:
            raise UserError(self.env._("Choose the file of the certificate (.p12 or .pfx)."))
        key = self.env["township.certificate"]._encryption_key()
        content, passphrase = (
            vault.decrypt(key, typed[name], f"{self._name}.{name}") if typed[name] else b""
            for name in ("content", "passphrase")
        )
        if len(content) > MAX_BYTES:
            raise UserError(self.env._("This file is too large for a certificate."))
        return content, passphrase.decode()
