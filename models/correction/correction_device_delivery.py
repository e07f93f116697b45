from odoo import api, fields, models


class TownshipDelivery(models.Model):
    """Notices of an electronic positioning authorisation that were served."""

    _inherit = "township.delivery"
    _owner_field = "device_id"

    device_id = fields.Many2one(
        "township.correction.device",
        string="Electronic positioning authorisation",
        ondelete="restrict",
        index="btree_not_null",
        check_company=True,
    )

    @api.model
    def _with_subject(self, vals):
        if vals.get("device_id") and not vals.get("subject_id"):
            device = self.env["township.correction.device"].browse(vals["device_id"])
            vals = {**vals, "subject_id": device.subject_id.id}
        return super()._with_subject(vals)
