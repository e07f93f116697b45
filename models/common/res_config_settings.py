from odoo import api, fields, models

from odoo.addons.base.models.res_partner import _tz_get

from .calendar_day import DEFAULT_TIMEZONE, TIMEZONE_PARAMETER
from .certificate import DEFAULT_YEARS, YEARS_PARAMETER


class ResConfigSettings(models.TransientModel):
    """Settings (设置) of the township at hand."""

    _inherit = "res.config.settings"

    township_short_name = fields.Char(related="company_id.township_short_name", readonly=False)
    township_go_live_date = fields.Date(related="company_id.township_go_live_date", readonly=False)
    township_sign_basis = fields.Char(related="company_id.township_sign_basis", readonly=False)
    township_sign_agreement = fields.Boolean(
        related="company_id.township_sign_agreement", readonly=False
    )
    township_public_url = fields.Char(related="company_id.township_public_url", readonly=False)
    township_director_id = fields.Many2one(
        related="company_id.township_director_id", readonly=False
    )
    township_remind_days = fields.Integer(related="company_id.township_remind_days", readonly=False)
    township_escalate_days = fields.Integer(
        related="company_id.township_escalate_days", readonly=False
    )
    township_number_gap = fields.Integer(related="company_id.township_number_gap", readonly=False)
    township_document_number_pattern = fields.Char(
        related="company_id.township_document_number_pattern", readonly=False
    )
    township_timezone = fields.Selection(
        _tz_get,
        string="Time zone of the office",
        config_parameter=TIMEZONE_PARAMETER,
        default=DEFAULT_TIMEZONE,
        help="Decides which day is today for every deadline.",
    )
    township_certificate_id = fields.Many2one(
        "township.certificate", string="Certificate", compute="_compute_township_certificate"
    )
    township_certificate_valid_to = fields.Datetime(
        string="Certificate valid until", related="township_certificate_id.valid_to"
    )
    township_certificate_self_made = fields.Boolean(
        string="Self-made certificate", related="township_certificate_id.self_made"
    )
    township_certificate_warning = fields.Char(
        string="What is wrong with the certificate", compute="_compute_township_certificate"
    )
    township_certificate_years = fields.Integer(
        string="Validity of self-made certificates (years)",
        config_parameter=YEARS_PARAMETER,
        default=DEFAULT_YEARS,
        help="From 1 to 30; for certificates made from now on.",
    )

    @api.depends("company_id")
    def _compute_township_certificate(self):
        Certificate = self.env["township.certificate"]
        for settings in self:
            certificate = Certificate._current(settings.company_id)
            settings.township_certificate_id = certificate
            settings.township_certificate_warning = certificate._warning()

    def action_township_replace_certificate(self):
        """:return: action that asks for a certificate to seal with from now on"""
        return self.env["township.certificate"].action_replace()
