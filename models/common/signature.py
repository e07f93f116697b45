import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

# The columns that a link of the chain covers; text, image and file by their digests.
LINKED = (
    "id",
    "company_id",
    "sequence",
    "res_model",
    "res_id",
    "party",
    "capacity",
    "user_id",
    "signer_name",
    "behalf_id",
    "delegation_id",
    "recorded_by_id",
    "signed_on",
    "address",
    "way",
    "text_digest",
    "image_digest",
    "file_digest",
    "previous_hash",
)
READERS = ("group_officer", "group_director", "group_auditor", "group_supervisor")
ADDRESS_READERS = "township_governance.group_director,township_governance.group_auditor"


def canonical(content):
    """:param content: anything JSON-able; dates and decimals become text
    :return: ``str``, the same for the same content"""
    return json.dumps(
        content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str
    )


def digest(content):
    """:param content: ``str`` or ``bytes``
    :return: ``str`` SHA-256 in hex"""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


class TownshipSignature(models.Model):
    """A signature (签名记录): who signed what, as whom, on whose behalf, when, how.

    Append-only: rows come from ``township.signature.mixin._sign`` alone; nobody changes, copies
    or deletes one, the superuser included. Those of a township are a chain: each holds the hash
    of the one before it, so that what was changed past all this is found
    (``_verify_chain``). Seen by officers, directors, auditors and supervisors of the township,
    and by whoever may read what was signed.
    """

    _name = "township.signature"
    _description = "Signature"
    _inherit = ["township.mechanism.mixin"]
    _order = "id desc"
    _rec_name = "signer_name"
    _allow_sudo_commands = False

    res_model = fields.Char(string="Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", required=True, readonly=True, index=True
    )
    record_name = fields.Char(string="What was signed", compute="_compute_record_name")
    company_id = fields.Many2one(
        "res.company", string="Township", required=True, readonly=True, ondelete="restrict"
    )
    party = fields.Char(
        string="Signing party", required=True, readonly=True, help="Place on the paper."
    )
    capacity = fields.Char(string="As whom", readonly=True)
    user_id = fields.Many2one("res.users", string="Signer", readonly=True, ondelete="restrict")
    signer_name = fields.Char(
        string="Signed by", required=True, readonly=True, help="As printed at that time."
    )
    behalf_id = fields.Many2one(
        "res.users", string="On behalf of", readonly=True, ondelete="restrict"
    )
    delegation_id = fields.Many2one(
        "township.delegation", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    recorded_by_id = fields.Many2one(
        "res.users", string="Recorded by", required=True, readonly=True, ondelete="restrict"
    )
    signed_on = fields.Datetime(string="Signed at", required=True, readonly=True)
    address = fields.Char(string="Network address", readonly=True, groups=ADDRESS_READERS)
    way = fields.Selection(
        [
            ("app", "In the app"),
            ("meeting", "At the signing meeting"),
            ("seal", "By seal"),
            ("paper", "On paper"),
        ],
        string="How",
        required=True,
        readonly=True,
    )
    image = fields.Binary(string="Hand-written signature", attachment=True, readonly=True)
    text = fields.Text(string="Text signed", required=True, readonly=True)
    text_digest = fields.Char(string="Digest of the text", required=True, readonly=True)
    image_digest = fields.Char(string="Digest of the signature", readonly=True)
    file_digest = fields.Char(string="Digest of the file", readonly=True)
    # Given by the chain, as the last step of the transaction.
    sequence = fields.Integer(string="No. in the chain", readonly=True, aggregator=None)
    previous_hash = fields.Char(string="Hash of the one before", readonly=True)
    chain_hash = fields.Char(string="Hash in the chain", readonly=True)

    _sequence_unique = models.UniqueIndex("(company_id, sequence)")
    _party_unique = models.UniqueIndex(
        "(res_model, res_id, party)", "This has been signed already: load the page again."
    )

    @api.depends_context("uid", "lang")
    def _compute_record_name(self):
        seen = self._seen_records()
        for signature in self:
            record = seen.get((signature.res_model, signature.res_id))
            signature.record_name = record.display_name if record else False

    # ------------------------------------------------------------------
    # Seen as what was signed
    # ------------------------------------------------------------------

    @api.model
    def _reads_all(self):
        return self.env.su or any(
            self.env.user.has_group(f"township_governance.{group}") for group in READERS
        )

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if result is not None or operation != "read" or self._reads_all():
            return result
        seen = self._seen_records()
        hidden = self.sudo().filtered(lambda row: (row.res_model, row.res_id) not in seen)
        if not hidden:
            return None
        return hidden.with_env(self.env), lambda: AccessError(
            self.env._("You may see a signature where you may see what was signed.")
        )

    def _seen_records(self):
        """:return: ``dict`` (model, id) -> record, of what was signed and the user may read"""
        seen = {}
        for res_model, signatures in self.sudo().grouped("res_model").items():
            if res_model not in self.env:
                continue
            records = self.env[res_model].browse(signatures.mapped("res_id")).exists()
            seen |= {(res_model, one.id): one for one in records._filtered_access("read")}
        return seen

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (bypass_access or self._reads_all()):
            domain = Domain(domain) & self._readable_record_domain()
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    @api.model
    def _readable_record_domain(self):
        """:return: ``Domain`` of the signatures under what the user may read"""
        models = [self.env[name].with_context(active_test=False) for name in self._signed_models()]
        return Domain.OR(
            Domain("res_model", "=", model._name) & Domain("res_id", "in", model._search([]))
            for model in models
            if model.has_access("read")
        )

    @api.model
    def _signed_models(self):
        """:return: ``list`` of the names of the models that are signed"""
        found = self.env.registry.descendants(["township.signature.mixin"], "_inherit")
        return sorted(name for name in found if not self.env[name]._abstract)

    def _record(self):
        """:return: what was signed, in this environment; empty when it is gone"""
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id).exists()

    # ------------------------------------------------------------------
    # No other way in, none out
    # ------------------------------------------------------------------
    # pylint: disable=method-required-super

    @api.model_create_multi
    def create(self, vals_list):
        """:raise AccessError: whoever asks, but the mechanism"""
        if not self._is_entering():
            raise AccessError(self.env._("A signature comes from signing only."))
        return super().create(vals_list)._without_token()

    def write(self, vals):
        raise AccessError(self.env._("A signature cannot be changed."))

    def copy(self, default=None):
        raise AccessError(self.env._("A signature comes from signing only."))

    @api.ondelete(at_uninstall=True)
    def _unlink_never(self):
        raise AccessError(self.env._("A signature cannot be deleted."))
