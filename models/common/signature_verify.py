from odoo import models


class TownshipSignatureMixin(models.AbstractModel):
    """Verifying what is signed (核验签名)."""

    _inherit = "township.signature.mixin"

    def action_verify(self):
        """:return: action of the dialog that shows what was recomputed, line by line"""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Verify signature"),
            "res_model": "township.signature.verify.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_res_model": self._name, "default_res_id": self.id},
        }

    def _verify_signatures(self):
        """Recompute everything from what is stored now.

        :return: ``list`` of (label, whether it holds, detail), first those of each signature,
            in the order of the chain
        """
        self.ensure_one()
        # screens ask for sizes in place of contents
        record = self.sudo().with_context(bin_size=False)
        record.invalidate_recordset()
        lines = []
        for signature in record.signature_ids.sorted("sequence"):
            lines += record._verify_one(signature)
        if not lines:
            lines.append((self.env._("Signatures"), False, self.env._("There is none.")))
        return lines + record._signature_verify_more()

    def _verify_one(self, signature):
        signer = signature.signer_name
        if signature.behalf_id:
            signer = self.env._(
                "%(deputy)s for %(principal)s", deputy=signer, principal=signature.behalf_id.name
            )
        when = self.env["township.calendar.day"]._day_of(signature.signed_on)
        faults = signature._faults(self)
        words = signature._fault_words()
        return [
            (
                self.env._("%(signer)s, %(date)s", signer=signer, date=when),
                not faults,
                "\n".join(words[fault] for fault in faults) or self.env._("Genuine, unchanged"),
            )
        ]
