from odoo import api, fields, models

LEAVE_PATTERN = "（{year}）{short}矫外字第{seq:04d}号"
COMPLAINT = (
    "如认为本决定侵害了您的合法权益，您有权向人民检察院或者有关机关申诉、控告和检举"
    "（《中华人民共和国社区矫正法》第三十四条）。"
)


class ResCompany(models.Model):
    """What a township decides about leaves, and which tasks its office was given."""

    _inherit = "res.company"

    township_correction_leave_pattern = fields.Char(
        string="Pattern of leave numbers", default=LEAVE_PATTERN
    )
    township_correction_complaint = fields.Text(
        string="Way to complain",
        default=COMPLAINT,
        help="Printed on every refusal.",
    )

    @api.model
    def _number_patterns(self):
        return {
            **super()._number_patterns(),
            "township_correction_leave_pattern": LEAVE_PATTERN,
        }

    def _correction_delegated(self, item, day):
        """:param str item: key of ``township.correction.delegation.item``
        :param date day: of the act
        :return: ``bool``, whether the county body has delegated that task on that day"""
        return bool(self.env["township.correction.delegation"]._in_force(self, item, day))
