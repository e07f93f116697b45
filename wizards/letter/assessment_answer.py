from odoo import api, fields, models


class TownshipAssessmentAnswer(models.TransientModel):
    """Asks for the answer to an objection, and for what is changed of the item."""

    _name = "township.assessment.answer.wizard"
    _description = "Answer to an objection"

    objection_id = fields.Many2one("township.assessment.objection", required=True, readonly=True)
    # As the user reads them: any objection may be named here.
    line_id = fields.Many2one(related="objection_id.line_id", related_sudo=False)
    text = fields.Text(
        related="objection_id.text", string="Reasons of the unit", related_sudo=False
    )
    kind = fields.Selection(related="line_id.kind", related_sudo=False)
    rule = fields.Selection(related="line_id.rule", related_sudo=False)
    decision = fields.Selection(
        [("kept", "Score kept"), ("changed", "Score changed")],
        string="Reply",
        required=True,
        default="kept",
    )
    answer = fields.Text(string="Reasons of the answer", required=True)
    hand_score = fields.Float(string="Given points", digits=(6, 2))
    hit = fields.Boolean(string="Veto hit")
    numerator = fields.Float(digits=(12, 2))
    denominator = fields.Float(digits=(12, 2))

    @api.model
    def default_get(self, fields):
        """The item as it stands is what is changed. Parameters and result are core's."""
        values = super().default_get(fields)
        line = self.env["township.assessment.objection"].browse(values.get("objection_id")).line_id
        names = ("hand_score", "hit", "numerator", "denominator")
        return {**values, **{name: line[name] for name in names if line and name in fields}}

    def action_confirm(self):
        """Answer, as the user."""
        self.ensure_one()
        line = self.line_id
        change = {name: self[name] for name in line._corrected_fields()}
        return self.objection_id.action_answer(self.decision, self.answer, **change)
