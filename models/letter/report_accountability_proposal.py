from odoo import api, models

from ...tools.chinese_forms import paragraphs

PROPOSED = {"listing": "实行挂牌督办", "veto": "实行一票否决"}


class ReportAccountabilityProposal(models.AbstractModel):
    """Proposal of a listing or veto to the body that decides it: a township only proposes."""

    _name = "report.township_governance.report_accountability_proposal"
    _inherit = ["township.report.accountability.base"]
    _description = "Proposal of accountability"

    _title = "责任督导建议"

    @api.model
    def _number(self, record):
        return record.number

    @api.model
    def _date(self, record):
        return record.proposed_date

    @api.model
    def _heading(self, record):
        return f"关于对{record.unit_id.name}{PROPOSED[record.kind]}的建议"

    @api.model
    def _addressee(self, record):
        return record.body

    @api.model
    def _lead(self, record):
        basis = self._basis(record)
        start = f"根据{basis}，" if basis else ""
        return f"{start}现建议对{record.unit_id.name}{PROPOSED[record.kind]}，请审查决定。"

    @api.model
    def _sections(self, record):
        return [
            self._facts(record, "一、事实"),
            ("二、建议", paragraphs(record.requirements)),
        ]

    @api.model
    def _closing(self, record):
        return "妥否，请批示。"

    @api.model
    def _slip(self, record):
        return None
