from odoo import models


class TownshipCaseClock(models.Model):
    """Clock of a case: one duty with its rule. A mediation shows its local limit (MED-66)
    beside the standard one (MED-57); a petition first the notice, then the handling
    (PET-09, PET-27)."""

    _name = "township.case.clock"
    _description = "Clock of a case"
    _inherit = ["township.case.row.mixin", "township.clock.mixin"]
    _order = "case_id, deadline_date, id"
