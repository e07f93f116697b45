from odoo import api, fields, models


class TownshipCorrectionCheckinRecord(models.TransientModel):
    """Asks what the outcome of some check-ins needs, records it and books the next ones."""

    _name = "township.correction.checkin.record"
    _description = "Record the outcome of check-ins"

    checkin_ids = fields.Many2many(
        "township.correction.checkin",
        "township_correction_record_checkin_rel",
        string="Check-ins",
        required=True,
        default=lambda self: self.env.context.get("active_ids", []),
    )
    outcome = fields.Selection(
        [
            ("complied", "Complied"),
            ("acceptable_absence", "Acceptable absence"),
            ("not_complied", "Not complied"),
        ],
        required=True,
        default="complied",
    )
    absence_reason = fields.Char(string="Reason of the absence", help="No medical particulars.")
    next_date = fields.Date(
        string="Next one on",
        compute="_compute_next_date",
        store=True,
        readonly=False,
        help="Empty: on the day that the level says for each.",
    )
    note = fields.Text()
    take_back = fields.Boolean(readonly=True, export_string_translation=False)
    reason = fields.Char(string="Reason of the correction")

    @api.depends("checkin_ids")
    def _compute_next_date(self):
        """One alone shows the day of the next; several have each their own."""
        for wizard in self:
            checkins = wizard.checkin_ids._origin
            days = checkins._next_days() if len(checkins) == 1 else {}
            wizard.next_date = days.get(checkins)

    def action_confirm(self):
        """Record the outcome as the user and book the next ones.

        :raise UserError: what is missing or does not fit
        """
        self.ensure_one()
        checkins = self.checkin_ids
        if self.take_back:
            checkins.action_take_back(self.reason)
        elif self.next_date:
            checkins.action_record(self.outcome, self.next_date, self.absence_reason, self.note)
        else:
            checkins._record(self.outcome, checkins._next_days(), self.absence_reason, self.note)
        return {"type": "ir.actions.act_window_close"}
