from odoo import api, fields, models
from odoo.exceptions import UserError


class TownshipCorrectionLeaveRule(models.Model):
    """Who approves a leave, by its days (domain 3.3): the numbers of the implementing measures
    are records, a township's own before the shared one."""

    _name = "township.correction.leave.rule"
    _description = "Rule on who approves a leave"
    _order = "company_id, id"

    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        help="Empty: for every township. A township's own rule wins over the shared one.",
    )
    office_days = fields.Integer(
        string="Justice office up to (days)",
        required=True,
        help="If the county body has delegated it; both ends count.",
    )
    county_days = fields.Integer(
        string="County body up to (days)", required=True, help="A longer leave goes higher."
    )
    window_months = fields.Integer(string="Counted within (months)", required=True)
    window_days = fields.Integer(
        string="At most within those months (days)",
        required=True,
        help="Approved leaves together; more days go to the next higher body.",
    )
    basis = fields.Char(translate=True, help="Article of law, standard or local document.")

    _company_unique = models.UniqueIndex(
        "(company_id) NULLS NOT DISTINCT", "This township has a rule on leaves already."
    )
    _numbers_in_order = models.Constraint(
        "CHECK (office_days > 0 AND county_days >= office_days"
        " AND window_months > 0 AND window_days > 0)",
        "The days and months of the rule must be positive, the county's at least the office's.",
    )

    @api.model
    def _of(self, company):
        """:return: the one rule that holds for a township
        :raise UserError: there is none"""
        rule = self.sudo().search(
            [("company_id", "in", (company.id, False))], order="company_id", limit=1
        )
        if not rule:
            raise UserError(
                self.env._("No rule says who approves a leave: enter one in the settings.")
            )
        return rule
