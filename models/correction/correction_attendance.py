from odoo import api, fields, models
from odoo.exceptions import ValidationError


class TownshipCorrectionAttendance(models.Model):
    """One line of the attendance list of an activity: seen as its subject and its activity are."""

    _name = "township.correction.attendance"
    _description = "Attendance"
    _inherit = ["township.correction.row.mixin"]
    _owner_field = "activity_id"
    _order = "activity_id desc, id"
    _check_company_auto = True

    activity_id = fields.Many2one(
        "township.correction.activity",
        required=True,
        ondelete="cascade",
        index=True,
        check_company=True,
    )
    outcome = fields.Selection(
        [("present", "Attended"), ("excused", "Excused"), ("absent", "Absent")],
        required=True,
        default="present",
    )
    is_absent = fields.Boolean(
        string="Not present", compute="_compute_is_absent", inverse="_inverse_is_absent"
    )
    hours = fields.Float(
        digits=(5, 1), compute="_compute_hours", store=True, precompute=True, readonly=False
    )
    note = fields.Char()
    date = fields.Date(related="activity_id.date")
    kind = fields.Selection(related="activity_id.kind")

    _subject_unique = models.UniqueIndex(
        "(activity_id, subject_id)", "This person is on the attendance list already."
    )

    @api.depends("outcome")
    def _compute_is_absent(self):
        for row in self:
            row.is_absent = row.outcome != "present"

    def _inverse_is_absent(self):
        """One tick in the list; who was excused stays excused."""
        for row in self:
            if row.is_absent == (row.outcome == "present"):
                row.outcome = "absent" if row.is_absent else "present"

    @api.depends("outcome", "activity_id.hours")
    def _compute_hours(self):
        for row in self:
            row.hours = row.activity_id.hours if row.outcome == "present" else 0

    @api.constrains("subject_id", "activity_id")
    def _check_kept_apart(self):
        """:raise ValidationError: minors and adults in one activity (COR-27)"""
        if any(row.subject_id.is_minor != row.activity_id.minors for row in self):
            raise ValidationError(
                self.env._(
                    "Minors are kept apart from adults: make an activity of its own for minors."
                )
            )

    @api.depends("subject_id")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for row in self - self._hidden_rows():
            row.display_name = row.subject_id.display_name
        return result
