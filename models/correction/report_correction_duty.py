from odoo import api, models

from .report_correction_base import CATEGORY_WORDS, GENDERS


class ReportCorrectionDuty(models.AbstractModel):
    """Duty letter of the group (矫正责任书, COR-52): the office and the members sign it.

    Each member keeps a copy, so it says of the person only what a helper must know: neither
    number nor offence nor address.
    """

    _name = "report.township_governance.report_correction_duty"
    _inherit = ["township.report.correction.base"]
    _description = "Duty letter of the correction group"
    _title = "矫正责任书"
    _full_fields = ()

    @api.model
    def _rows(self, doc):
        members = "、".join(doc._current_members().mapped("name"))
        return [
            [("姓名", doc.name), ("性别", GENDERS.get(doc.gender, ""))],
            [
                ("矫正类别", CATEGORY_WORDS.get(doc.category, "")),
                ("矫正期限", self._term(doc)),
            ],
            [("矫正小组成员", members)],
        ]

    @api.model
    def _texts(self, doc):
        duties = self.env["township.correction.duty"]._own_first(doc.company_id)
        lines = [f"{number}.{duty.name}" for number, duty in enumerate(duties, 1)]
        return [("矫正小组职责", lines)]

    @api.model
    def _opinions(self, doc):
        return [
            self._opinion("司法所", sign="（盖章）"),
            self._opinion("矫正小组成员", sign="签名"),
        ]

    @api.model
    def _closing(self, doc):
        return ["本责任书一式多份，司法所和矫正小组成员各执一份。"]
