from odoo import fields, models


class TownshipCorrectionMeasureKind(models.Model):
    """Kind of measure (考核奖惩种类): for whom it is possible, who decides, on which article, and
    which papers it takes (COR-16, COR-64..70). Records a township may copy and change."""

    _name = "township.correction.measure.kind"
    _description = "Kind of measure"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, index=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        default=lambda self: self.env.company,
        help="Empty: for every township.",
    )
    is_favour = fields.Boolean(string="In favour of the person")
    for_control = fields.Boolean(string="Under public surveillance", default=True)
    for_probation = fields.Boolean(string="On probation", default=True)
    for_parole = fields.Boolean(string="On parole", default=True)
    for_medical = fields.Boolean(string="Serving outside prison", default=True)
    decided_by = fields.Selection(
        [
            ("county", "County corrections body"),
            ("police", "Public security organ"),
            ("court", "People's court"),
            ("deciding", "Body that decided on serving outside prison"),
        ],
        required=True,
        default="county",
        help="The county body proposes what another body decides.",
    )
    is_heard = fields.Boolean(
        string="Person is heard", default=True, help="The person is heard before the proposal."
    )
    is_served = fields.Boolean(
        string="Served by the office",
        default=True,
        help="The decision is served on the person by the office; a court serves its own.",
    )
    article = fields.Char(
        string="Basis", help="In Chinese, as printed. Compare it with the county body."
    )
    rule_id = fields.Many2one(
        "township.deadline.rule",
        string="Time for the decision",
        ondelete="restrict",
        index="btree_not_null",
        help="Counted from the day of the county body's proposal.",
    )
    approval_title = fields.Char(string="Title of the approval form")
    paper_title = fields.Char(string="Title of the decision or proposal")
    paper_words = fields.Char(
        string="Operative words", help="Of the decision or proposal, in Chinese, as printed."
    )

    _code_company_unique = models.UniqueIndex(
        "(code, company_id) NULLS NOT DISTINCT", "There is a kind with this code already."
    )

    def _is_for(self, category):
        """:param str category: of a subject
        :return: ``bool``"""
        return bool(category and self[f"for_{category}"])
