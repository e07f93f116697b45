from odoo import api, fields, models


class TownshipCorrectionOpening(models.TransientModel):
    """The page that opens instead of the list while the room is shut: what is missing, where."""

    _name = "township.correction.opening"
    _description = "Opening of the corrections room"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    missing = fields.Text(string="Still missing", compute="_compute_missing")

    @api.depends("company_id")
    def _compute_missing(self):
        for page in self:
            page.missing = "\n".join(page.company_id._correction_missing()) or False

    @api.model
    def _entry(self):
        """:return: ``dict`` of the action behind the menu: the list; while the room is shut and
        nobody is in it, the page of what is missing"""
        Subject = self.env["township.correction.subject"]
        if self.env.company._correction_open() or Subject.search([], limit=1):
            name = "township_correction_subject_action"
        else:
            name = "township_correction_opening_action"
        return self.env["ir.actions.act_window"]._for_xml_id(f"township_governance.{name}")
