from odoo import fields, models

from odoo.addons.base.models.res_partner import _tz_get

from .calendar_day import DEFAULT_TIMEZONE, TIMEZONE_PARAMETER


class ResConfigSettings(models.TransientModel):
    """Settings (设置) of the township at hand."""

    _inherit = "res.config.settings"

    township_short_name = fields.Char(related="company_id.township_short_name", readonly=False)
    township_go_live_date = fields.Date(related="company_id.township_go_live_date", readonly=False)
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
