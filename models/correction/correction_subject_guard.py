from odoo import api, fields, models


class TownshipCorrectionSubject(models.Model):
    """A subject is entered while the room is open, and served whatever lapses."""

    _name = "township.correction.subject"
    _inherit = ["township.correction.subject", "township.correction.gate.mixin"]

    room_notice = fields.Text(compute="_compute_room_notice")

    @api.depends("company_id")
    def _compute_room_notice(self):
        """In red: the papers on which the work stands have lapsed; the work goes on."""
        notices = {company: "\n".join(company._correction_missing()) for company in self.company_id}
        for subject in self:
            missing = notices.get(subject.company_id)
            subject.room_notice = missing and self.env._(
                "Missing: %(missing)s. New persons are refused; this person's rights and clocks "
                "go on.",
                missing=missing,
            )
