from odoo import fields, models


class TownshipCaseSuspension(models.Model):
    """Suspension (中止计算) of a case: the time of an appraisal, an expert consultation (MED-61)
    or a hearing is not counted."""

    _name = "township.case.suspension"
    _description = "Suspension of a case's clocks"
    _inherit = ["township.case.row.mixin", "township.suspension.mixin"]

    reason = fields.Selection(
        selection_add=[
            ("appraisal", "Appraisal"),
            ("consultation", "Expert consultation"),
            ("hearing", "Hearing"),
        ],
        ondelete={"appraisal": "cascade", "consultation": "cascade", "hearing": "cascade"},
    )

    _one_open = models.UniqueIndex(
        "(case_id) WHERE date_to IS NULL", "This case is suspended already."
    )
