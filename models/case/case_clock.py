from odoo import api, fields, models


class TownshipCaseClock(models.Model):
    """Clock of a case: one duty with its rule. A mediation shows its local limit (MED-66)
    beside the standard one (MED-57); a petition first the notice, then the handling
    (PET-09, PET-27). The case's own deadline is the earliest clock still running."""

    _name = "township.case.clock"
    _description = "Clock of a case"
    _inherit = ["township.case.line.mixin", "township.deadline.mixin"]
    _order = "case_id, deadline_date, id"

    _deadline_owner_field = "case_id"
    _deadline_received_field = "date_received"
    _deadline_home = False

    date_received = fields.Date(
        string="Received on", help="Of the case: nothing before go-live is flagged."
    )
    basis = fields.Char(related="deadline_rule_id.basis")
    source = fields.Selection(related="deadline_rule_id.source")

    @api.depends("deadline_rule_id")
    def _compute_display_name(self):
        for clock in self:
            clock.display_name = clock.deadline_rule_id.sudo().name

    @api.model
    def _deadline_unmute_domain(self):
        return [("case_id.history", "=", False)]

    def _take_over(self, suspended):
        """New clocks in the place of others: an agreed extension and a suspension go on.

        :param suspended: ``dict`` case -> ``date`` its clocks stand still since
        """
        for clock in self:
            agreed = [
                extension.date_to
                for extension in clock.case_id.extension_ids
                if extension.both_agreed and clock.deadline_rule_id.extension == "agreement"
            ]
            if agreed and max(agreed) > clock.deadline_date:
                clock._deadline_extend(max(agreed))
            if clock.case_id in suspended:
                clock._deadline_suspend(suspended[clock.case_id])
