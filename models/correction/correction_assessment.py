from odoo import api, fields, models
from odoo.exceptions import ValidationError


class TownshipCorrectionAssessment(models.Model):
    """Assessment before the decision (调查评估, Community Corrections Law art. 18): entrusted by a
    court, a prison or the police; the office asks around and writes an opinion, the entrusting
    body decides. Facts of the case alone: no belief, no score."""

    _name = "township.correction.assessment"
    _description = "Assessment before the decision"
    _inherit = ["township.correction.row.mixin", "township.decision.mixin"]
    _order = "subject_id, date_entrusted desc, id desc"
    _rec_name = "entrusting_body"
    _scan_fields = ("decision_scan_ids", "letter_scan_ids", "opinion_scan_ids")

    entrusting_body = fields.Char(required=True)
    entrusting_number = fields.Char(string="Number of the entrusting letter")
    date_entrusted = fields.Date(
        string="Entrusting letter received on", related="subject_id.entrusted_date", readonly=True
    )
    kind = fields.Selection(
        [("ordinary", "Ordinary"), ("fast", "Fast track")], required=True, default="ordinary"
    )
    letter_scan_ids = fields.Many2many(
        "ir.attachment",
        relation="township_correction_assessment_letter_rel",
        string="Scan of the entrusting letter",
        copy=False,
    )
    # --- facts (COR-07)
    residence = fields.Text(string="Residence and family")
    conduct = fields.Text(
        string="Conduct so far", help="In work, school and neighbourhood, as people told it."
    )
    consequences = fields.Text(string="Consequences of the offence and its effect")
    victim_view = fields.Text(string="View of the victim and of the community")
    prohibitions = fields.Text(string="Matters that should be prohibited")
    interview_ids = fields.One2many(
        "township.correction.assessment.interview", "assessment_id", string="Interviews"
    )
    # --- opinion
    opinion = fields.Text(string="Opinion of the office")
    date_sent = fields.Date(string="Opinion sent on", copy=False)
    opinion_number = fields.Char(string="Number of the opinion", copy=False)
    sent_to = fields.Char()
    unsent_reason = fields.Text(string="Why no opinion was sent")
    opinion_scan_ids = fields.Many2many(
        "ir.attachment",
        relation="township_correction_assessment_opinion_rel",
        string="Scan of the opinion",
        copy=False,
    )
    # --- what became of it, as the paper says
    outcome = fields.Selection(
        [("adopted", "Adopted"), ("not_adopted", "Not adopted"), ("unknown", "Not told")],
        help="As the deciding body's paper says.",
    )
    decision_scan_ids = fields.Many2many(relation="township_correction_assessment_decision_rel")

    @api.constrains("date_sent", "opinion")
    def _check_sent(self):
        self._check_has_come("date_sent")
        for assessment in self.filtered("date_sent"):
            if not (assessment.opinion or "").strip():
                raise ValidationError(self.env._("Write the opinion before its day of sending."))

    @api.model_create_multi
    def create(self, vals_list):
        assessments = super().create(vals_list)
        assessments._clocks_follow()
        return assessments

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"kind", "date_sent"}:
            self._clocks_follow()
        return result

    def _clocks_follow(self):
        """The clock is that of the kind; it ends when the opinion is sent."""
        self.subject_id.filtered(lambda subject: subject.state == "assessing")._refresh_clocks()
        for assessment in self.filtered("date_sent"):
            assessment.subject_id._stop_clocks(assessment.date_sent, "entrusted")
