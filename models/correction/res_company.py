from odoo import api, fields, models

CORRECTION_PATTERN = "（{year}）{short}矫字第{seq:04d}号"


class ResCompany(models.Model):
    """What a township decides about its corrections office."""

    _inherit = "res.company"

    township_correction_number_pattern = fields.Char(
        string="Pattern of corrections numbers", default=CORRECTION_PATTERN
    )
    township_correction_leader_id = fields.Many2one(
        "res.users",
        string="Head of the justice office",
        help="Is told of what is overdue in community corrections and aftercare. Nobody outside "
        "the room ever is.",
    )
    township_correction_body = fields.Char(
        string="County corrections body", help="县级社区矫正机构, as printed."
    )

    township_small_count = fields.Integer(
        string="Smallest count handed out",
        default=5,
        help="Counts below this about corrections and aftercare are shown to nobody outside.",
    )

    _township_small_count_positive = models.Constraint(
        "CHECK(township_small_count > 0)", "The smallest count handed out is at least 1."
    )

    @api.model
    def _number_patterns(self):
        return {
            **super()._number_patterns(),
            "township_correction_number_pattern": CORRECTION_PATTERN,
        }
