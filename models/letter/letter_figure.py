from odoo import fields, models


class TownshipLetterFigure(models.TransientModel):
    """Where a unit stands now on one item of its letter: counted when it is looked at, never
    stored for longer, and no score."""

    _name = "township.letter.figure"
    _description = "Figure against target now"
    _order = "id"

    letter_line_id = fields.Many2one("township.letter.line", string="Item", readonly=True)
    letter_id = fields.Many2one(related="letter_line_id.letter_id")
    name = fields.Char(related="letter_line_id.name", string="Indicator")
    rule = fields.Selection(related="letter_line_id.rule", string="Scoring rule")
    weight = fields.Float(related="letter_line_id.weight", string="Weight")
    target = fields.Float(related="letter_line_id.target", string="Target value")
    numerator = fields.Float(digits=(12, 2), readonly=True)
    denominator = fields.Float(digits=(12, 2), readonly=True)
    value = fields.Float(string="Rate (%)", digits=(12, 2), readonly=True)
    reached = fields.Boolean(string="Target reached", readonly=True)
    numerator_domain = fields.Text(readonly=True, export_string_translation=False)
    denominator_domain = fields.Text(readonly=True, export_string_translation=False)

    def action_open_records(self):
        """:return: action: the records that count, as far as one's own rights reach"""
        self.ensure_one()
        return self._open_behind(self.denominator_domain, self.denominator)

    def action_open_reached(self):
        """:return: action: those of the numerator"""
        self.ensure_one()
        return self._open_behind(self.numerator_domain, self.numerator)

    def _open_behind(self, domain, number):
        self.check_access("read")
        return self.env["township.letter"]._open_figure(
            self.name, self.letter_line_id.sudo().metric, domain, number
        )
