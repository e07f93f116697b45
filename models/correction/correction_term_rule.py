from odoo import fields, models

PENALTIES = [
    ("control", "Public surveillance"),
    ("detention", "Criminal detention"),
    ("prison", "Fixed-term imprisonment"),
    ("life", "Life imprisonment"),
]


class TownshipCorrectionTermRule(models.Model):
    """How the term of a category is counted (Criminal Law arts. 38, 41, 69, 73, 83, 85): every
    number of the law is a record that a township may replace by its own."""

    _name = "township.correction.term.rule"
    _description = "Rule of a term in correction"
    _order = "category, sequence, id"

    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    category = fields.Selection(
        selection=lambda self: (
            self.env["township.correction.subject"]
            ._fields["category"]
            ._description_selection(self.env)
        ),
        required=True,
    )
    penalty = fields.Selection(PENALTIES, help="Empty: whatever the penalty.")
    counted = fields.Selection(
        [
            ("sentence", "The sentence itself"),
            ("period", "The probation period"),
            ("rest", "The rest of the sentence"),
        ],
        string="What is counted",
        required=True,
    )
    custody_ratio = fields.Integer(
        string="Days off per day in custody", help="0: custody is not counted in."
    )
    min_months = fields.Integer(string="At least (months)", help="0: no such limit.")
    max_months = fields.Integer(string="At most (months)", help="0: no such limit.")
    max_joined_months = fields.Integer(
        string="At most when sentences are joined (months)", help="0: no such limit."
    )
    not_below_sentence = fields.Boolean(string="Not below the original sentence")
    fixed_years = fields.Integer(
        string="Fixed length (years)", help="Of parole from life imprisonment."
    )
    basis = fields.Char(translate=True, help="Article of law; compare it with the county body.")
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        default=lambda self: self.env.company,
        help="Empty: for every township. A township's own rule wins over the shared one.",
    )

    _lengths_positive = models.Constraint(
        "CHECK (custody_ratio >= 0 AND min_months >= 0 AND max_months >= 0"
        " AND max_joined_months >= 0 AND fixed_years >= 0)",
        "Lengths and ratios cannot be negative.",
    )

    def _rule_for(self, category, penalty, company):
        """:param self: the active rules, of which the one that fits best is taken
        :return: the rule of the township before the shared one, of the penalty before the one
            for all; empty when there is none"""
        fitting = self.filtered(
            lambda rule: (
                rule.category == category
                and (not rule.penalty or rule.penalty == penalty)
                and (not rule.company_id or rule.company_id == company)
            )
        )
        return fitting.sorted(
            lambda rule: (not rule.company_id, not rule.penalty, rule.sequence, rule.id)
        )[:1]
