from odoo import api, fields, models
from odoo.exceptions import UserError


class TownshipAssessmentGrade(models.Model):
    """Grade (考核等次) from a number of points on. A township may have its own scale, and one for
    a year; what has none takes the shared one (domain 5.4)."""

    _name = "township.assessment.grade"
    _description = "Assessment grade"
    _inherit = ["township.mechanism.mixin"]
    _order = "minimum desc, id"

    name = fields.Char(string="Grade", required=True)
    minimum = fields.Float(
        string="From (points)", digits=(6, 2), required=True, aggregator=None, help="Included."
    )
    year = fields.Integer(aggregator=None, help="0: every year without a scale of its own.")
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        default=lambda self: self.env.company,
        help="Empty: for every township.",
    )

    _minimum_unique = models.UniqueIndex(
        "(company_id, year, minimum) NULLS NOT DISTINCT", "This scale has such a grade already."
    )

    @api.model
    def _scales(self, assessments):
        """One query for all.

        :return: ``dict`` (company, year) -> the grades that hold, the highest first: the
            township's own of the year, its own of every year, the shared ones
        """
        grades = self.sudo().search([("company_id", "in", [False, *assessments.company_id.ids])])
        by_key = grades.grouped(lambda grade: (grade.company_id.id, grade.year))
        scales = {}
        for company, year in {(one.company_id, one.year) for one in assessments}:
            keys = ((company.id, year), (company.id, 0), (False, year), (False, 0))
            found = [by_key[key] for key in keys if key in by_key]
            scales[company, year] = found[0] if found else grades.browse()
        return scales

    def _of(self, points, veto):
        """:param points: ``Decimal`` of the total
        :param bool veto: a veto was hit: the lowest grade whatever the score
        :return: one of these grades of a scale, or none"""
        lowest = self[-1:]
        if veto:
            return lowest
        return next((grade for grade in self if points >= grade.minimum), lowest)

    def write(self, vals):
        """What an assessment was told stays."""
        self._check_unused()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._check_unused()

    def _check_unused(self):
        used = (
            self.env["township.assessment"]
            .sudo()
            .search([("grade_id", "in", self.ids), ("state", "!=", "open")], limit=1)
        )
        if used and not self.env.su:
            raise UserError(
                self.env._(
                    "“%(assessment)s” was announced with this grade: please make a scale of "
                    "another year instead.",
                    assessment=used.display_name,
                )
            )
