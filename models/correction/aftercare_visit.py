from odoo import api, fields, models
from odoo.exceptions import ValidationError


class TownshipAftercareVisit(models.Model):
    """Visit (走访) to an aftercare person who accepted help: planned, recorded, the next one booked
    in the same breath."""

    _name = "township.aftercare.visit"
    _description = "Visit in aftercare"
    _inherit = ["township.aftercare.row.mixin", "township.appointment.mixin"]
    _order = "planned_date desc, id desc"
    _rec_name = "planned_date"
    _check_company_auto = True
    _appointment_keys = ("aftercare_id", "kind")

    kind = fields.Selection(default="visit")
    # The words of help, not of supervision.
    outcome = fields.Selection(
        [
            ("not_recorded", "Not yet recorded"),
            ("complied", "Met"),
            ("acceptable_absence", "Put off"),
            ("not_complied", "Not met"),
        ],
        string="Outcome of the visit",
    )
    user_id = fields.Many2one(
        related="aftercare_id.user_id", store=True, index="btree_not_null", string="Handled by"
    )
    visitor = fields.Char(help="Who went there.")

    @api.constrains("aftercare_id", "planned_date")
    def _check_wished(self):
        """Nobody plans a visit to who declined."""
        for visit in self:
            if visit.outcome == "not_recorded" and visit.aftercare_id.state == "declined":
                raise ValidationError(
                    self.env._("The person declined: no visit is planned against the wish.")
                )

    def _home_title(self):
        return self.aftercare_id.display_name

    def _next_days(self):
        """An interval of the rule after this one; none for who no longer accepts."""
        days = self.aftercare_id._next_visit_days()
        return {visit: days[visit.aftercare_id] for visit in self if visit.aftercare_id in days}
