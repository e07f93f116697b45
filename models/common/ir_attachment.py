from odoo import models
from odoo.exceptions import AccessError


class IrAttachment(models.Model):
    """Scans are frozen with what they belong to: core asks whether its record may be written,
    which says nothing of a frozen state."""

    _inherit = "ir.attachment"

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if result is not None or self.env.su or operation == "read" or not self:
            return result
        frozen = self._frozen_scans(operation)
        if not frozen:
            return None
        return frozen, lambda: AccessError(
            self.env._(
                "“%(file)s” belongs to a record that is frozen in its state: it can no longer be "
                "changed or deleted. Add a new file instead, where that is still possible.",
                file=frozen[:1].sudo().name,
            )
        )

    def _frozen_scans(self, operation):
        """:return: of these attachments those whose record freezes them"""
        scans = self.sudo().filtered(lambda scan: scan.res_id and not scan.res_field)
        frozen = self.browse()
        mechanism = self.env.registry["township.mechanism.mixin"]
        for res_model, attachments in scans.grouped("res_model").items():
            if not issubclass(self.env.registry.get(res_model, object), mechanism):
                continue
            records = self.env[res_model].browse(attachments.mapped("res_id")).exists()
            shut = set(records._frozen_for(self._name, operation)._ids)
            frozen |= attachments.filtered(lambda scan, shut=shut: scan.res_id in shut)
        return frozen.with_env(self.env)
