from odoo import fields, models
from odoo.exceptions import UserError


class ResCompany(models.Model):
    """The corrections room of a township opens with its papers (domain 10.12)."""

    _inherit = "res.company"

    township_correction_seal_months = fields.Integer(
        string="Sealed at intake up to (months)",
        default=60,
        help="Original sentence up to which the file of somebody under 18 at the offence is "
        "sealed at intake.",
    )
    township_correction_seal_hours = fields.Integer(
        string="A sealed file stays open (hours)", default=8
    )
    _seal_hours_positive = models.Constraint(
        "CHECK (township_correction_seal_hours BETWEEN 1 AND 72)",
        "A sealed file is opened for 1 to 72 hours.",
    )

    def _correction_open(self):
        """:return: ``bool``, whether new persons may be entered"""
        return not self._correction_missing()

    def _correction_missing(self):
        """:return: ``list`` of ``str`` in words: each paper that is missing, incomplete or over"""
        self.ensure_one()
        Paper = self.env["township.correction.opening.paper"]
        current, missing = Paper._current(self), []
        for kind, label in Paper._fields["kind"]._description_selection(self.env):
            paper = current.get(kind)
            if not paper:
                missing.append(label)
            elif lacking := paper.with_env(self.env).sudo()._missing():
                parts = self.env._(", ").join(lacking)
                missing.append(self.env._("%(paper)s: %(parts)s", paper=label, parts=parts))
            elif paper._lapsed():
                missing.append(self.env._("%(paper)s: term over or not begun", paper=label))
        return missing

    def _check_correction_open(self):
        """:raise UserError: the room of this township is not open"""
        if missing := self._correction_missing():
            raise UserError(
                self.env._(
                    "The corrections room of %(company)s is not open for new persons. Missing:\n"
                    "%(missing)s\n\nRecord them under Corrections / Data protection / Papers of "
                    "the opening; the head of the justice office or an administrator does it. "
                    "Those already here go on being served.",
                    company=self.name,
                    missing="\n".join(f"- {part}" for part in missing),
                )
            )
