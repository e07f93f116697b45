from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..common.signature import digest


class TownshipLetterSeal(models.Model):
    """Use of the seal (用印): approved by number, done by somebody, on a day, with a scan; one
    for all the letters sealed together."""

    _name = "township.letter.seal"
    _description = "Use of the seal"
    _inherit = ["township.scan.mixin"]
    _scan_fields = ("scan_ids",)
    _order = "date desc, id desc"
    _rec_name = "approval"

    approval = fields.Char(
        string="Approval of the seal", required=True, help="Number of the minutes or instruction."
    )
    date = fields.Date(string="Sealed on", required=True)
    sealed_by = fields.Char(required=True)
    scan_ids = fields.Many2many("ir.attachment", string="Scan with the seal")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )

    def _content(self):
        """:return: ``dict``, JSON-able, of this one use of the seal: part of what it signs"""
        content = {name: self[name] for name in ("approval", "date", "sealed_by")}
        scans = self.with_context(bin_size=False).scan_ids.sorted("id")
        return {**content, "scans": [digest(scan.raw or b"") for scan in scans]}

    @api.constrains("date")
    def _check_date(self):
        """What is recorded has happened."""
        today = self.env["township.calendar.day"]._today()
        for seal in self:
            if seal.date > today:
                raise ValidationError(
                    self.env._(
                        "%(field)s: %(date)s is in the future.",
                        field=self._fields["date"]._description_string(self.env),
                        date=seal.date,
                    )
                )
