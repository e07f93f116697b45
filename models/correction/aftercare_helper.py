from odoo import fields, models


class TownshipAftercareHelper(models.Model):
    """Helper (帮教责任人) of an aftercare person: who stands by, and since when."""

    _name = "township.aftercare.helper"
    _description = "Helper in aftercare"
    _inherit = ["township.aftercare.row.mixin"]
    _order = "date_from desc, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    workplace = fields.Char()
    phone = fields.Char()
    date_from = fields.Date(
        string="Since",
        required=True,
        default=lambda self: self.env["township.calendar.day"]._today(),
    )
    date_to = fields.Date(string="Until")

    _dates_in_order = models.Constraint(
        "CHECK (date_to >= date_from)", "A helper stands by from one day to a later one."
    )
