from odoo import api, fields, models


class TownshipClockMixin(models.AbstractModel):
    """Clock (期限) of an owner: one duty with its rule, or a given date. A row of its owner::

    _inherit = ["township.clock.mixin"]
    _owner_field = "visit_id"
    visit_id = fields.Many2one("township.visit", required=True, ondelete="cascade", index=True)
    """

    _name = "township.clock.mixin"
    _description = "Clock of an owner"
    _inherit = ["township.row.mixin", "township.deadline.mixin"]

    _deadline_received_field = "date_received"
    _deadline_home = False

    name = fields.Char(string="What is due", help="Of a given date; else the rule's name.")
    date_received = fields.Date(
        string="Received on", help="Of the owner: nothing before go-live is flagged."
    )
    basis = fields.Char(related="deadline_rule_id.basis")
    source = fields.Selection(related="deadline_rule_id.source")
    company_id = fields.Many2one("res.company", index=True)

    @property
    def _deadline_owner_field(self):
        return self._owner_field

    def _owner(self):
        """:return: the owner of this one clock"""
        return self[self._owner_field]

    @api.depends("deadline_rule_id", "name")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for clock in self - self._hidden_rows():
            clock.display_name = clock._deadline_label()
        return result

    def _deadline_label(self):
        return self.name or super()._deadline_label()

    def _take_over(self, suspended):
        """New clocks in the place of others: an agreed extension and a suspension go on.

        :param suspended: ``dict`` owner -> ``date`` its clocks stand still since
        """
        for clock in self:
            owner = clock._owner()
            agreed = [
                extension.date_to
                for extension in owner._extensions()
                if extension.both_agreed and clock.deadline_rule_id.extension == "agreement"
            ]
            if agreed and max(agreed) > clock.deadline_date:
                clock._deadline_extend(max(agreed))
            if owner in suspended:
                clock._deadline_suspend(suspended[owner])
