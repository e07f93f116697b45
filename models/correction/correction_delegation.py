from odoo import api, fields, models


class TownshipCorrectionDelegation(models.Model):
    """Delegation of one task by the county body (委托事项): from when until when, on which paper.

    A justice office acts only on it (Community Corrections Law art. 9); what is not delegated is
    decided by the county body.
    """

    _name = "township.correction.delegation"
    _description = "Delegated task of community corrections"
    _inherit = ["township.decision.mixin"]
    _scan_fields = ("decision_scan_ids",)
    _order = "date_from desc, id desc"
    _rec_name = "item"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company",
        string="Township",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    item = fields.Selection(
        [
            ("assessment", "Help with the assessment before the decision"),
            ("announcement", "Entry and release announcements"),
            ("group", "Correction group"),
            ("plan", "Correction plan"),
            ("daily", "Daily management and help"),
            ("review", "Checking of applications"),
            ("leave", "Approval of short leaves"),
            ("appraisal", "Daily appraisal and proposals"),
            ("archive", "Working file"),
        ],
        string="Delegated task",
        required=True,
    )
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="Until", help="Empty: until it is taken back.")
    decision_scan_ids = fields.Many2many(relation="township_correction_delegation_scan_rel")

    _dates_in_order = models.Constraint(
        "CHECK (date_to IS NULL OR date_from <= date_to)",
        "A delegation ends on or after the day it begins.",
    )

    @api.model
    def _in_force(self, company, item, day):
        """:return: the delegations of a task that hold on a day, their paper recorded whole"""
        found = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("item", "=", item),
                ("date_from", "<=", day),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", day),
            ]
        )
        return found.filtered(lambda delegation: not delegation._missing_decision())
