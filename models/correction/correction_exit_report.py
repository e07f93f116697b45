from odoo import api, fields, models
from odoo.exceptions import ValidationError


class TownshipCorrectionExitReport(models.Model):
    """Notice to the exit-entry authority that a subject may not leave the country (不准出境报备).
    The county body reports and cancels; here stand its record, the receipt and the cancellation.
    """

    _name = "township.correction.exit.report"
    _description = "Exit report of a subject"
    _inherit = ["township.correction.kept.mixin", "township.decision.mixin"]
    _order = "subject_id, decision_date desc, id desc"
    _rec_name = "decision_number"
    _scan_fields = ("decision_scan_ids", "cancel_scan_ids")
    _kept_fields = frozenset(
        {
            *("decision_body", "decision_number", "decision_date", "decision_scan_ids"),
            *("receipt_number", "receipt_date", "date_until"),
            *("cancel_date", "cancel_number", "cancel_scan_ids"),
        }
    )

    receipt_number = fields.Char()
    receipt_date = fields.Date(string="Receipt of")
    date_until = fields.Date(string="Reported until")
    cancel_date = fields.Date(string="Cancelled on", copy=False)
    cancel_number = fields.Char(string="Number of the cancellation", copy=False)
    decision_scan_ids = fields.Many2many(relation="township_correction_exit_report_decision_rel")
    cancel_scan_ids = fields.Many2many(
        "ir.attachment",
        relation="township_correction_exit_report_cancel_rel",
        string="Scan of the cancellation",
        copy=False,
    )

    def _kept_rows(self):
        """A slip of the pen is corrected until the paper is on record whole."""
        return self.filtered(lambda report: not report._missing_decision())

    @api.constrains("cancel_date", "decision_date")
    def _check_cancel_date(self):
        self._check_has_come("cancel_date")
        for report in self.filtered("cancel_date"):
            if report.decision_date and report.cancel_date < report.decision_date:
                raise ValidationError(
                    self.env._(
                        "The cancellation of %(date)s lies before the report.",
                        date=report.cancel_date,
                    )
                )
