from odoo import api, fields, models


class TownshipCorrectionPaper(models.Model):
    """Legal paper of a subject that has arrived from the deciding body."""

    _name = "township.correction.paper"
    _description = "Legal paper received in corrections"
    _inherit = ["township.correction.row.mixin", "township.scan.mixin"]
    _order = "subject_id, date_received, id"
    _scan_fields = ("scan_ids",)

    kind_id = fields.Many2one(
        "township.correction.paper.kind", required=True, ondelete="restrict", index=True
    )
    number = fields.Char(string="Document number")
    date_received = fields.Date(
        string="Received on",
        required=True,
        default=lambda self: self.env["township.calendar.day"]._today(),
    )
    copies = fields.Integer(default=1, aggregator=None)
    scan_ids = fields.Many2many("ir.attachment", string="Scan of the paper", copy=False)
    note = fields.Char()

    _copies_positive = models.Constraint("CHECK (copies > 0)", "At least one copy has arrived.")

    @api.depends("kind_id", "number")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for paper in self - self._hidden_rows():
            parts = (paper.kind_id.name, paper.number)
            paper.display_name = " ".join(part for part in parts if part)
        return result

    @api.constrains("date_received")
    def _check_date_received(self):
        self._check_has_come("date_received")

    @api.model_create_multi
    def create(self, vals_list):
        papers = super().create(vals_list)
        papers.subject_id._stop_paper_clock()
        return papers

    def write(self, vals):
        result = super().write(vals)
        self.subject_id._stop_paper_clock()
        return result
