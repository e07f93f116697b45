from odoo import api, fields, models


class TownshipPrivacyLine(models.TransientModel):
    """A line of the page "What is kept and why", made anew whenever somebody opens it."""

    _name = "township.privacy.line"
    _description = "What is kept and why"
    _rec_name = "model_label"

    model_label = fields.Char(string="Kind of record", readonly=True)
    kept = fields.Text(string="What is kept", readonly=True)
    purpose = fields.Text(readonly=True)
    legal_basis = fields.Text(readonly=True)

    @api.model
    def action_open(self):
        """:return: ``dict`` of the action that lists what the user may read"""
        lines = self.create(self.env["township.privacy"]._statements())
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "township_governance.township_privacy_line_action"
        )
        return {**action, "domain": [("id", "in", lines.ids)]}
