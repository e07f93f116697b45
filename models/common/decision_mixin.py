from odoo import api, fields, models


class TownshipDecisionMixin(models.AbstractModel):
    """Record of a decision that the law gives to another body: its paper is recorded here, with
    body, number, day and scan; nothing in the township decides::

        _inherit = ["township.decision.mixin"]
        # where the model has more scans than these, the field names its own relation table
        decision_scan_ids = fields.Many2many(relation="township_visit_decision_rel")
    """

    _name = "township.decision.mixin"
    _description = "Decision of another body"
    _inherit = ["township.scan.mixin"]

    decision_body = fields.Char(string="Deciding body", copy=False)
    decision_number = fields.Char(string="Number of the decision", copy=False)
    decision_date = fields.Date(string="Decided on", copy=False)
    decision_scan_ids = fields.Many2many("ir.attachment", string="Scan of the decision", copy=False)

    @api.constrains("decision_date")
    def _check_decision_past(self):
        self._check_has_come("decision_date")

    def _missing_decision(self):
        """:return: ``list`` of ``str`` for a guard: what of the paper is not recorded yet"""
        return self._missing_fields(
            "decision_body", "decision_number", "decision_date", "decision_scan_ids"
        )
