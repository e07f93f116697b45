from datetime import timedelta

from odoo import api, fields, models

PURPOSES = [
    ("judicial", "Needed by a judicial body for a case"),
    ("query", "Lawful query of a body"),
    ("duty", "Duty of this office"),
]


class TownshipCorrectionSealedOpening(models.Model):
    """A sealed file opened for a stated purpose: who, for whom, by which paper, until when.

    Made by the dialog "Open a sealed file" and by the end of a correction alone; the record rule
    of the record lets the officer in until ``expires_on``, and nothing lengthens it.
    """

    _name = "township.correction.sealed.opening"
    _description = "Opening of a sealed file"
    _inherit = ["township.correction.person.row.mixin", "township.scan.mixin"]
    _scan_fields = ("scan_ids",)
    _order = "id desc"
    _rec_name = "reason"

    user_id = fields.Many2one(
        "res.users", string="Opened by", required=True, readonly=True, index=True
    )
    purpose = fields.Selection(
        PURPOSES,
        required=True,
        readonly=True,
        string="Purpose of opening",
    )
    reason = fields.Char(required=True, readonly=True)
    body = fields.Char(string="Requesting body", readonly=True)
    paper_number = fields.Char(string="Number of the paper", readonly=True)
    scan_ids = fields.Many2many(
        "ir.attachment", "township_correction_sealed_scan_rel", readonly=True
    )
    expires_on = fields.Datetime(string="Open until", required=True, readonly=True)

    @api.model
    def _open(self, person, **vals):
        """Open a file to the current user and write that down.

        :param person: one subject or aftercare person
        :param vals: purpose, reason and, where it is asked for by another body, its paper
        :return: the opening
        """
        hours = person.company_id.sudo().township_correction_seal_hours
        opening = self.sudo().create(
            {
                **vals,
                person._fields["opening_ids"].inverse_name: person.id,
                "user_id": self.env.uid,
                "expires_on": fields.Datetime.now() + timedelta(hours=hours),
            }
        )
        label = dict(self._fields["purpose"]._description_selection(self.env))[opening.purpose]
        detail = ", ".join(filter(None, (label, opening.body, opening.paper_number)))
        self.env["township.access.log"]._log("view", person, reason=opening.reason, detail=detail)
        return opening
