from odoo import api, fields, models


class TownshipDelivery(models.Model):
    """Papers of a measure that were served: on the person, in copy on the procuratorate."""

    _inherit = "township.delivery"
    _owner_field = "measure_id"

    measure_id = fields.Many2one(
        "township.correction.measure",
        ondelete="restrict",
        index="btree_not_null",
        check_company=True,
    )
    correction_recipient = fields.Selection(
        [
            ("subject", "The person"),
            ("guardian", "The guardian"),
            ("procuratorate", "People's procuratorate"),
            ("other", "Another body"),
        ],
        string="Kind of recipient",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """What is served in a matter of a subject is among the subject's papers."""
        return super().create([self._with_subject(vals) for vals in vals_list])

    @api.model
    def _with_subject(self, vals):
        if vals.get("subject_id") or not vals.get("measure_id"):
            return vals
        measure = self.env["township.correction.measure"].browse(vals["measure_id"])
        return {**vals, "subject_id": measure.subject_id.id}
