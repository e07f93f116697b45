import base64

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.fields import Domain
from odoo.http import request

from ...tools.signature_image import LARGEST_BYTES, UnfitImage, clean_signature
from .signature import canonical, digest

# How a pen's picture is needed; a seal is on the paper, and a paper is scanned as a whole.
DRAWN = ("app", "meeting")


class TownshipSignatureMixin(models.AbstractModel):
    """What is signed. A model says what the text is, who signs and what follows::

        _inherit = ["township.signature.mixin"]

        def _signature_content(self, party): ...  # the text, JSON-able
        def _signature_parties(self, user): ...  # places this user may sign now
        def _signature_user(self, party): ...  # whose signature a place is for

    A party is a place on the paper for one signature (``party_a``); a place is signed once, and a
    correction is a new record. ``_sign`` is the one way in: whoever calls it from a screen has
    proven the signer's identity just before.
    """

    _name = "township.signature.mixin"
    _description = "What is signed"
    _inherit = ["township.mechanism.mixin"]

    signature_ids = fields.One2many(
        "township.signature",
        "res_id",
        string="Signatures",
        domain=lambda self: [("res_model", "=", self._name)],
        readonly=True,
        copy=False,
    )

    # ------------------------------------------------------------------
    # What a model answers
    # ------------------------------------------------------------------

    def _signature_content(self, party):
        """:return: ``dict``, JSON-able: the whole text that is signed, from frozen fields alone,
        the same whenever it is asked for"""
        raise NotImplementedError

    def _signature_parties(self, user):
        """:return: ``list`` of the parties this user may sign as himself, in the state this
        record is in; empty when none. Raises nothing."""
        raise NotImplementedError

    def _signature_user(self, party):
        """:return: ``res.users`` whose signature this place is for; empty for a seal"""
        raise NotImplementedError

    def _signature_capacity(self, party):
        """:return: ``str`` as whom, as printed; empty when nothing is said"""
        return ""

    def _signature_html(self, party):
        """:return: ``Markup`` of the text as the signer reads it"""
        return Markup("<pre>%s</pre>") % canonical(self._signature_content(party))

    def _signature_prepare(self, signatures):
        """Before the signatures (one per record of ``self``, sudo) enter the chain: render and
        attach the file.

        :return: ``dict`` signature id -> SHA-256 of its file, which the chain then covers"""
        return {}

    def _signature_done(self, party):
        """These records (sudo) are signed as that party: move their state."""

    def _signature_file(self, signature):
        """:return: ``bytes`` of the file whose digest ``_signature_prepare`` gave, to verify;
        ``None`` when it is not kept"""
        return

    def _signature_verify_more(self):
        """:return: ``list`` of (label, whether it holds, detail): what else Verify shows"""
        return []

    # ------------------------------------------------------------------
    # Who may sign what
    # ------------------------------------------------------------------

    def _signature_choices(self, user, delegations=None):
        """:param delegations: those to the user in this township, where the caller has them for
            many records
        :return: ``list`` of (party, principal, delegation) that a user may sign now: first
        as himself (both empty), then on behalf of others"""
        self.ensure_one()
        if delegations is None:
            delegations = self.env["township.delegation"]._of_deputy(user, self.company_id)
        signed = set(self.sudo().signature_ids.mapped("party"))
        nobody, none = user.browse(), delegations.browse()
        asked = [(user, nobody, none)] + [
            (one.principal_id, one.principal_id, one) for one in delegations
        ]
        return [
            (party, behalf, delegation)
            for signer, behalf, delegation in asked
            for party in self.sudo()._signature_parties(signer)
            if party not in signed
        ]

    def action_sign(self):
        """Open the dialog in which the user reads and signs this record.

        :return: action of ``township.signature.wizard``
        :raise UserError: there is nothing for the user to sign
        """
        self.ensure_one()
        self.check_access("read")
        if not self._signature_choices(self.env.user):
            self._refuse_signing()
        self._check_agreement(self.env.user)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Sign"),
            "res_model": "township.signature.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_res_model": self._name,
                "default_res_id": self.id,
                "dialog_size": "large",
            },
        }

    def _refuse_signing(self):
        signed = self.sudo().signature_ids[:1]
        if signed:
            raise UserError(
                self.env._(
                    "%(record)s: there is nothing left for you to sign. %(signer)s signed it on "
                    "%(date)s.",
                    record=self.display_name,
                    signer=signed.signer_name,
                    date=self.env["township.calendar.day"]._day_of(signed.signed_on),
                )
            )
        raise UserError(
            self.env._("%(record)s: there is nothing for you to sign.", record=self.display_name)
        )

    # ------------------------------------------------------------------
    # Signing
    # ------------------------------------------------------------------

    def _sign(
        self, party, image=None, user=None, behalf=None, way="app", signed_on=None, address=None
    ):
        """Sign all records of ``self`` as one party, whole or not at all. The caller has proven
        the identity of ``user``; this checks whether they may sign, the state, and the image.

        :param str party: place on the paper
        :param image: base64 of the drawing; needed in the app and at a meeting
        :param user: ``res.users`` who signs, default the user; for a seal and for a paper
            whose signature it is comes from ``_signature_user``
        :param behalf: ``res.users`` on whose behalf
        :param str way: app, meeting, seal or paper
        :param datetime signed_on: of a paper or seal, default now
        :param str address: where identity was proven, default that of the request
        :return: ``township.signature`` (sudo), one per record
        :raise UserError: somebody signs it now, it is signed already, the user may not sign it,
            or the image is no signature
        """
        picture = self._sign_image_checked(image) if image or way in DRAWN else b""
        self._lock_to_sign()
        user = user or (self.env.user if way in DRAWN else self.env["res.users"])
        delegations = self._check_signers(party, user, behalf, way)
        now = signed_on if signed_on and way not in DRAWN else fields.Datetime.now()
        vals_list = [
            {
                **record._signature_vals(party, user or record._signature_user(party)),
                "behalf_id": behalf.id if behalf else False,
                "delegation_id": delegations[record.company_id].id,
                "recorded_by_id": self.env.uid,
                "signed_on": now,
                "address": address or (request and request.httprequest.remote_addr) or False,
                "way": way,
                "image": base64.b64encode(picture) if picture else False,
                "image_digest": digest(picture) if picture else False,
            }
            for record in self.sudo()
        ]
        signatures = self.env["township.signature"].sudo()._entering().create(vals_list)
        records = self.sudo().with_context(bin_size=False)
        files = records._signature_prepare(signatures.with_env(records.env))
        records._signature_done(party)
        signatures._chain(files)
        self.invalidate_recordset(["signature_ids"])
        return signatures

    def _signature_vals(self, party, user):
        text = canonical(self._signature_content(party))
        return {
            "res_model": self._name,
            "res_id": self.id,
            "company_id": self.company_id.id,
            "party": party,
            "capacity": self._signature_capacity(party) or False,
            "user_id": user.id,
            "signer_name": user.name or self.company_id.name,
            "text": text,
            "text_digest": digest(text),
        }

    def _signature_digest(self, party):
        """:return: ``str`` SHA-256 of the text as it is now"""
        self.ensure_one()
        return digest(canonical(self.sudo()._signature_content(party)))

    def _lock_to_sign(self):
        """:raise UserError: somebody else is signing one of these at this moment"""
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._("Somebody is signing this at this moment. Look again in a minute.")
            ) from error
        self.invalidate_recordset()

    def _check_signers(self, party, user, behalf, way):
        """:return: ``dict`` company -> ``township.delegation`` it stands on, empty without one
        :raise UserError: of one of these records"""
        Delegation = self.env["township.delegation"]
        companies = self.sudo().company_id
        delegations = dict.fromkeys(companies, Delegation)
        if behalf:
            delegations = {
                company: Delegation._valid_for(behalf, user, company) for company in companies
            }
            if not all(delegations.values()):
                raise UserError(
                    self.env._(
                        "%(deputy)s has no valid delegation from %(principal)s.",
                        deputy=user.name,
                        principal=behalf.name,
                    )
                )
        if way in DRAWN:
            self._check_agreement(user)
        signed = set(self._signed_as(party))
        for record in self:
            open_to = way not in DRAWN or party in record.sudo()._signature_parties(behalf or user)
            if record.id in signed or not open_to:
                record._refuse_signing()
        return delegations

    def _check_agreement(self, user):
        """:raise UserError: a township asks for the signer's agreement first"""
        for company in self.company_id:
            if self.env["township.signature.agreement"]._is_wanted(user, company):
                raise UserError(
                    self.env._(
                        "%(signer)s has no agreement to electronic signing on record yet. Sign it "
                        "once in ink and hand it to the office, or sign this paper in ink.",
                        signer=user.name,
                    )
                )

    def _signed_as(self, party):
        """:return: ``list`` of ids of these records that are signed as that party"""
        return (
            self.env["township.signature"]
            .sudo()
            .search(
                Domain("res_model", "=", self._name)
                & Domain("res_id", "in", self.ids)
                & Domain("party", "=", party)
            )
            .mapped("res_id")
        )

    @api.model
    def _use_up_identity(self):
        """A proof of identity is good for one signing: core's lasts ten minutes, in which whoever
        holds the device could sign the next record."""
        if request:
            request.session.pop("identity-check-last", None)

    @api.model
    def _sign_image_checked(self, image):
        """:param image: base64 of a drawing
        :return: ``bytes`` of a clean PNG
        :raise UserError: it is no signature; says what to do"""
        try:
            return clean_signature(image)
        except UnfitImage as error:
            raise UserError(self._unfit_image_words()[error.reason]) from error

    @api.model
    def _unfit_image_words(self):
        return {
            "missing": self.env._("Draw your signature first."),
            "blank": self.env._("The signature is empty. Draw it again."),
            "dot": self.env._("This is only a dot. Draw your whole name."),
            "format": self.env._("This is not a picture that can be read. Draw the signature."),
            "large": self.env._(
                "The picture of the signature is larger than %(limit)s MB or 4000 pixels. Draw "
                "the signature, or take a smaller picture.",
                limit=LARGEST_BYTES // 1024**2,
            ),
        }

    # ------------------------------------------------------------------
    # What is signed stays
    # ------------------------------------------------------------------

    @api.ondelete(at_uninstall=True)
    def _unlink_unsigned(self):
        if signed := self.filtered(lambda record: record.sudo().signature_ids):
            raise UserError(
                self.env._(
                    "%(record)s is signed: it can no longer be deleted.",
                    record=signed[:1].display_name,
                )
            )

    @api.model
    def _lacking_parts(self):
        return [
            *super()._lacking_parts(),
            *self._lacking_company("whose chain holds its signatures"),
        ]
