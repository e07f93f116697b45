from odoo import fields, models
from odoo.exceptions import UserError

from .correction_statistics import CATEGORIES, HELPED, SUBJECT


class TownshipCorrectionStatisticsLine(models.TransientModel):
    """One line of the statistics: by category and in all."""

    _name = "township.correction.statistics.line"
    _description = "Line of the statistics of community corrections"

    statistics_id = fields.Many2one(
        "township.correction.statistics", required=True, ondelete="cascade", index=True
    )
    name = fields.Char(string="Figure", readonly=True)
    figure = fields.Char(string="Key", readonly=True, export_string_translation=False)
    control = fields.Integer(string="Public surveillance", readonly=True, aggregator=None)
    probation = fields.Integer(readonly=True, aggregator=None)
    parole = fields.Integer(readonly=True, aggregator=None)
    medical = fields.Integer(
        string="Temporary service outside prison", readonly=True, aggregator=None
    )
    total = fields.Integer(readonly=True, aggregator=None)
    base = fields.Integer(string="Of", readonly=True, aggregator=None)

    def action_open(self):
        """:return: action with the records behind this line that the user may read; its name says
            how many are sealed
        :raise UserError: no such figure"""
        self.ensure_one()
        table = self.statistics_id
        table.check_access("read")
        if self.figure not in {*HELPED, *table._subject_metrics()}:
            raise UserError(self.env._("There is no such figure."))
        model, domain = table._domain_of(self.figure)
        name = self.name
        if sealed := table._sealed_behind(model, domain):
            name = self.env._("%(figure)s (%(number)s sealed)", figure=name, number=sealed)
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "list,form",
            "domain": list(domain),
            "context": {"group_by": "category"} if model == SUBJECT else {},
        }

    def _shown(self, small):
        """What the table shows of this line to somebody outside the room: no count below
        ``small``, and none from which one below it could be subtracted.

        :param int small: counts below this are withheld
        :return: ``dict`` field -> ``int``, or ``None`` for withheld
        """
        counts = {name: self[name] for name in CATEGORIES}
        if self.figure in HELPED:
            counts = {"base": self.base}
            if self.base - self.total < small:
                counts["base"] = None  # who refused could be counted
        withheld = any(value is not None and value < small for value in counts.values())
        shown = dict.fromkeys(counts) if withheld else counts
        return {**shown, "total": self.total if self.total >= small else None}
