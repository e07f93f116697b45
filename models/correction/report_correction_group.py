from odoo import api, models

from .report_correction_base import GENDERS


class ReportCorrectionGroup(models.AbstractModel):
    """List of the correction group (矫正小组组成表): who belongs to it now."""

    _name = "report.township_governance.report_correction_group"
    _inherit = ["township.report.correction.base"]
    _description = "List of the correction group"
    _title = "矫正小组组成表"

    @api.model
    def _rows(self, doc):
        rows = super()._rows(doc)
        for member in doc._current_members():
            gender = GENDERS.get(member.gender, "")
            contact = (member.unit_name, member.phone)
            rows += [
                [
                    (member.kind_id.name, f"{member.name}　{gender}"),
                    ("单位、联系方式", "　".join(part for part in contact if part)),
                ]
            ]
        return rows

    @api.model
    def _texts(self, doc):
        return [("备注", [])]

    @api.model
    def _opinions(self, doc):
        return [self._opinion("司法所", sign="（盖章）")]
