from odoo import fields, models, tools

from .case import STATES


class TownshipCaseBrief(models.Model):
    """What a grid worker may know of the mediations in the own grids: number, place, type,
    state and deadline. No names, no text: neighbours' quarrels are private."""

    _name = "township.case.brief"
    _description = "Brief of a mediation case"
    _auto = False
    _order = "deadline_date, id"
    _rec_name = "number"

    number = fields.Char(string="Registration number", readonly=True)
    grid_id = fields.Many2one("township.grid", readonly=True)
    village_id = fields.Many2one("township.unit", string="Village or community", readonly=True)
    type_id = fields.Many2one("township.case.type", string="Dispute type", readonly=True)
    state = fields.Selection(STATES, readonly=True)
    deadline_date = fields.Date(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)

    def init(self):
        tools.drop_view_if_exists(self.env.cr, self._table)
        self.env.cr.execute(
            """CREATE VIEW township_case_brief AS
               SELECT id, number, grid_id, village_id, type_id, state, deadline_date, company_id
                 FROM township_case
                WHERE kind = 'mediation' AND state <> 'draft' AND grid_id IS NOT NULL"""
        )
