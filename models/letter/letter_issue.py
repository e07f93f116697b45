from odoo import SUPERUSER_ID, api, fields, models

from .letter_workflow import DIRECTOR


class TownshipLetter(models.Model):
    """What is asked before a letter is issued: text, basis, the rules on less paperwork for
    villages and communities (domain 10.1), one letter per unit and year."""

    _inherit = "township.letter"

    # Of the whole batch at once; who reads one letter may not read all these.
    unit_paper_ids = fields.Many2many(
        "township.letter",
        string="Papers of the unit and year",
        compute="_compute_unit_papers",
        compute_sudo=True,
        groups=fields.NO_ACCESS,
    )
    unit_letter_count = fields.Integer(
        string="Papers of the unit this year", compute="_compute_unit_papers", compute_sudo=True
    )

    # Two people who issue at the same time.
    _one_per_basis = models.UniqueIndex(
        "(company_id, unit_id, year, basis_id, version) WHERE kind = 'letter' AND state != 'draft'",
        "This unit has a letter of this year on the same basis already.",
    )

    @api.depends("unit_id", "year", "state", "replaced")
    def _compute_unit_papers(self):
        """All papers of the unit and year that are in force or on their way, this one included;
        an older version of the same paper is not counted."""
        rows = self.env["township.letter"]._read_group(
            [
                ("company_id", "in", self.company_id.ids),
                ("unit_id", "in", self.unit_id.ids),
                ("year", "in", self.mapped("year")),
                ("state", "!=", "draft"),
                ("replaced", "=", False),
            ],
            ["company_id", "unit_id", "year"],
            ["id:recordset"],
        )
        papers = {(company, unit, year): letters for company, unit, year, letters in rows}
        for letter in self:
            own = papers.get((letter.company_id, letter.unit_id, letter.year), self.browse())
            letter.unit_paper_ids = own
            letter.unit_letter_count = len(own | letter._origin)

    # ------------------------------------------------------------------
    # Guards of issuing
    # ------------------------------------------------------------------

    def _guard_text(self):
        missing = self._text_problems() + self._missing_fields("unit_id", "signer_id", "sign_by")
        if self.sign_by and self.sign_by < self.env["township.calendar.day"]._today():
            missing.append(self.env._("a day to sign by that is still to come"))
        if self.env.uid != SUPERUSER_ID and self.env.user in self._pens_of_others():
            missing.append(self.env._("a colleague who issues it: you are to sign it yourself"))
        return missing

    def _pens_of_others(self):
        """:return: ``res.users`` who sign this letter and therefore do not issue it; a director
        issues what he countersigns"""
        director = self.env.user.has_group(DIRECTOR[0])
        return self.signer_id if director else self.signer_id | self.head_ids

    def _guard_basis(self):
        """A letter needs its basis, and every veto its own; a village or community is given a
        letter only on a basis of the level the settings ask for, and never a veto."""
        missing = []
        if self.kind == "received":
            missing.append(self.env._("a paper to a unit: a letter from above is recorded"))
        if self.kind == "letter":
            missing += self._missing_fields("basis_id")
            missing += self.basis_id._problems() if self.basis_id else []
        vetoes = self.line_ids.filtered(lambda line: line.kind == "veto")
        for veto in vetoes:
            if not veto.veto_basis_id:
                missing.append(self.env._("the basis of the veto “%(veto)s”", veto=veto.name))
            else:
                missing += veto.veto_basis_id._problems()
        return missing + (self._protection_problems(vetoes) if self._is_protected() else [])

    def _protection_problems(self, vetoes):
        """:return: ``list`` of ``str``: what a village or community may not be given"""
        problems = []
        least = self.company_id.sudo().township_letter_level
        if self.kind == "letter" and not self.basis_id._reaches(least):
            levels = dict(self.basis_id._fields["level"]._description_selection(self.env))
            problems.append(
                self.env._(
                    "a basis of the level “%(level)s” or above: without it a village or "
                    "community is given a work agreement or a list of matters to assist with, "
                    "without scores",
                    level=levels[least],
                )
            )
        if vetoes:
            problems.append(self.env._("no veto: a village or community has none"))
        if self.kind == "letter" and self.period != "year":
            problems.append(
                self.env._("assessment by the year: a village or community has no other")
            )
        return problems

    def _guard_one_letter(self):
        """One combined letter per unit and year; a further one needs a basis of its own."""
        if self.kind != "letter":
            return []
        others = self.sudo().unit_paper_ids - self - self.previous_id
        same = others.filtered(
            lambda other: other.kind == "letter" and other.basis_id._is_same(self.basis_id)
        )
        return [
            self.env._(
                "a basis of its own: %(unit)s has “%(letter)s” on the same basis this year",
                unit=self.unit_id.name,
                letter=letter.display_name,
            )
            for letter in same[:1]
        ]
