from odoo import api, fields, models
from odoo.tools import format_date

from ..common.signature import digest
from .letter import STEP

PARTY_A, PARTY_B = "party_a", "party_b"
CONTENT = (
    *("kind", "year", "title", "number", "version", "correction_reason", "party_a"),
    *("signer_post", "direct_person", "date_from", "date_to", "preamble", "goals", "tasks"),
    *("method", "measures", "copies", "period", "bonus_cap", "zero_rule"),
)
ITEM = (
    *("name", "kind", "metric", "rule", "weight", "target", "deduction", "bands", "standard"),
    *("evidence",),
)
BASIS = ("name", "number", "level", "entry")
# Only these pens are drawn in the app; ink and seal stand on the paper.
DRAWN = ("app", "meeting")


class TownshipLetter(models.Model):
    """The pens of a letter: party B's responsible person, party A's heads or seal.

    Each is one link in the township's chain of signatures. What party B signs in the app becomes
    a file at once; when the letter comes into force its file is made again with all pens in the
    page, sealed once with the township's certificate, and is from then on the original.
    """

    _name = "township.letter"
    _inherit = ["township.letter", "township.signature.mixin"]

    signed_file_id = fields.Many2one(
        "ir.attachment",
        string="File as party B signed it",
        readonly=True,
        copy=False,
        guard=STEP,
        index="btree_not_null",
        ondelete="restrict",
    )

    # Names of other records as they were when the letter was issued: who is renamed later does
    # not change what was signed.
    printed_names = fields.Json(readonly=True, copy=False, guard=STEP)

    may_sign = fields.Boolean(compute="_compute_may_sign", export_string_translation=False)

    @api.depends("state", "signer_id", "head_ids", "signature_ids")
    @api.depends_context("uid")
    def _compute_may_sign(self):
        user, Delegation = self.env.user, self.env["township.delegation"]
        for company, letters in self.grouped("company_id").items():
            delegations = Delegation._of_deputy(user, company)
            for letter in letters:
                letter.may_sign = bool(letter._signature_choices(user, delegations))

    # ------------------------------------------------------------------
    # What is signed, by whom
    # ------------------------------------------------------------------

    def _after_issue(self):
        result = super()._after_issue()
        self._keep_names()
        return result

    def _keep_names(self):
        for letter in self:
            units = letter.unit_id | letter.line_ids.checking_unit_id
            letter.printed_names = {
                "signer": letter.signer_id.name,
                "units": {str(unit.id): unit.name for unit in units},
            }

    def _printed_signer(self):
        """:return: ``str`` name of the first responsible person as printed"""
        return (self.printed_names or {}).get("signer") or self.signer_id.sudo().name or ""

    def _printed_unit(self, unit):
        """:return: ``str`` name of a unit of this letter as printed"""
        names = (self.printed_names or {}).get("units") or {}
        return names.get(str(unit.id)) or unit.sudo().name or ""

    def _signature_content(self, party):
        """The whole text; party A's heads sign what party B has signed, with its digest."""
        self.ensure_one()
        content = {name: self[name] or "" for name in CONTENT}
        content["party_b"] = self._printed_unit(self.unit_id)
        content["signer"] = self._printed_signer()
        content["basis"] = self._basis_content(self.basis_id)
        content["items"] = [
            {
                **{name: line[name] or "" for name in ITEM},
                "checking_unit": self._printed_unit(line.checking_unit_id),
                "veto_basis": self._basis_content(line.veto_basis_id),
            }
            for line in self.line_ids.sorted(lambda line: (line.sequence, line.id))
        ]
        if party != PARTY_B:
            signed = self.signature_ids.filtered(lambda signature: signature.party == PARTY_B)
            content["signed_by_party_b"] = signed.text_digest or ""
        if party == PARTY_A:
            content["seal"] = self.seal_id._content() if self.seal_id else {}
        return content

    def _basis_content(self, basis):
        return {name: basis[name] or "" for name in BASIS} if basis else {}

    def _signature_parties(self, user):
        if self.state == "issued" and user == self.signer_id:
            return [PARTY_B]
        if self.state == "signed" and user in self.head_ids:
            return [f"{PARTY_A}_{user.id}"]
        return []

    def _signature_user(self, party):
        if party == PARTY_B:
            return self.signer_id
        _prefix, _underscore, user_id = party.rpartition("_")
        return self.env["res.users"].browse(int(user_id) if user_id.isdigit() else [])

    def _signature_capacity(self, party):
        """:return: ``str`` in Chinese, as printed"""
        if party == PARTY_B:
            return f"乙方第一责任人　{self.signer_post or ''}".strip()
        return "甲方负责人" if self.head_ids else "甲方"

    def _signature_html(self, party):
        report = self.env["report.township_governance.report_letter"]
        return self.env["ir.qweb"]._render(
            "township_governance.letter_reading", {"paper": report._paper(self), "letter": self}
        )

    # ------------------------------------------------------------------
    # Files
    # ------------------------------------------------------------------

    def _signature_prepare(self, signatures):
        """:return: ``dict`` signature id -> SHA-256 of the file that belongs to the pen"""
        letters = {letter.id: letter for letter in self}
        found = {}
        for signature in signatures:
            file = letters[signature.res_id]._make_file(signature)
            if file is not None:
                found[signature.id] = digest(file)
        return found

    def _make_file(self, signature):
        """:return: ``bytes`` of what party B signed, or of the original when this is the last
        pen; ``None`` for a head after whom others sign"""
        if signature.party == PARTY_B:
            if signature.way not in DRAWN:
                return self._scans_of_paper()
            name = f"{self._file_name()}（乙方已签）.pdf"
            self.signed_file_id = self._keep_file(self._render_original(), name)
            return self.signed_file_id.raw
        if not self._is_last_pen(signature):
            return None
        certificate = self.env["township.certificate"]
        pdf = certificate._seal_pdf(self._render_original(), self.company_id)
        self._keep_original(pdf, f"{self._file_name()}.pdf")
        return pdf

    def _is_last_pen(self, signature):
        if signature.way == "seal":
            return True
        signed = {one.party for one in self.signature_ids} | {signature.party}
        return all(f"{PARTY_A}_{head.id}" in signed for head in self.head_ids)

    def _file_name(self):
        return f"{self.number or ''}{self.title}".replace("/", "-")

    def _keep_file(self, pdf, name):
        """:param bytes pdf: content
        :return: ``ir.attachment`` (sudo) of this letter"""
        return (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": name,
                    "raw": pdf,
                    "mimetype": "application/pdf",
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
        )

    def _scans_of_paper(self):
        return b"".join(scan.raw or b"" for scan in self.paper_scan_ids.sorted("id"))

    def _signature_file(self, signature):
        if signature.party != PARTY_B:
            return (self.original_id.raw or b"") if signature.file_digest else None
        if signature.way not in DRAWN:
            return self._scans_of_paper()
        return self.signed_file_id.raw or b""

    def _home_next_action(self):
        return "action_sign" if self.may_sign else super()._home_next_action()

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _signature_done(self, party):
        """Party B's pen signs, the last of party A's puts into force. Ink and seal are recorded
        by steps of their own, which have run by now."""
        if party == PARTY_B:
            self.filtered(lambda letter: letter.state == "issued")._run_transition("sign")
            return
        waiting = self.filtered(lambda letter: letter.state == "signed")
        complete = waiting.filtered(lambda letter: letter.original_id)
        if complete:
            complete._run_transition("countersign", bound_way="countersign")

    def action_sign_on_paper(self):
        """Record a signature on paper (纸质签订), equal to one in the app: with date, witness and
        scan, as a link of the chain."""
        result = super().action_sign_on_paper()
        self._sign(PARTY_B, way="paper")
        return result

    def action_seal(self, seal):
        self._check_can_seal()
        result = super().action_seal(seal)
        self._sign(PARTY_A, way="seal")
        return result

    def action_countersign(self):
        """Countersign (甲方签署) in the app as one of party A's heads; for one letter the dialog
        with its text, for several one that asks once.

        :return: action that opens the dialog
        """
        if len(self) == 1:
            return self.action_sign()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Countersign"),
            "res_model": "township.letter.countersign.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_letter_ids": [fields.Command.set(self.ids)]},
        }

    def _check_can_seal(self):
        """:raise UserError: the certificate is missing or has expired; nothing is frozen yet"""
        for company in self.company_id:
            self.env["township.certificate"].sudo()._check_ready(company)

    def _after_sign(self):
        result = super()._after_sign()
        self.invalidate_recordset(["signature_ids"])
        for letter in self:
            pen = letter.signature_ids.filtered(lambda signature: signature.party == PARTY_B)
            letter.signed_way = pen.way
        return result

    # ------------------------------------------------------------------
    # Verify
    # ------------------------------------------------------------------

    def _signature_verify_more(self):
        """The original as any PDF reader sees it: whole, unchanged, certificate in its dates."""
        checks = super()._signature_verify_more()
        if self.state in ("draft", "issued", "signed") or self.kind == "received":
            return checks
        label = self.env._("Sealed file")
        original = self.sudo().original_id
        if not original:
            return [*checks, (label, False, self.env._("The original is missing."))]
        check = self.env["township.certificate"]._check_pdf(original.raw, self.company_id)
        return [*checks, (label, check.is_good, self._seal_words(check))]

    def _seal_words(self, check):
        """:return: ``str`` what the check of a sealed file found"""
        if not check.has_signature:
            return self.env._("The file bears no seal of a certificate.")
        if not (check.intact and check.whole_file and check.no_change):
            return self.env._("The file was changed after it was sealed.")
        if not check.is_good:
            return self.env._("The certificate is none of this township's, or was out of date.")
        return self.env._(
            "Unchanged since it was sealed with “%(certificate)s” (valid to %(date)s).",
            certificate=check.certificate.subject,
            date=format_date(self.env, check.certificate.not_after.date()),
        )
