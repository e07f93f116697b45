from odoo import api, fields, models

STEPS = ("close", "reject", "withdraw", "transfer", "reopen", "settle_on_spot")
REASONED = ("reject", "withdraw", "transfer", "reopen")


class TownshipCaseEnd(models.TransientModel):
    """Asks what an ending step needs (outcome, reason, what was agreed) and runs it."""

    _name = "township.case.end.wizard"
    _description = "End a case"

    step = fields.Selection(selection="_selection_step", required=True, readonly=True)
    case_ids = fields.Many2many(
        "township.case", required=True, default=lambda self: self._default_case_ids()
    )
    outcome = fields.Selection([("settled", "Settled"), ("failed", "Failed")], default="settled")
    settlement = fields.Text(string="What was agreed")
    routes_told = fields.Boolean(string="Routes told")
    date_closed = fields.Date(
        string="Closed on", default=lambda self: self.env["township.calendar.day"]._today()
    )
    end_reason = fields.Text(string="Reason of the end")

    @api.model
    def _selection_step(self):
        """The words of the steps stand in the one table of them."""
        return [(step, self.env["township.case"]._step_label(step)) for step in STEPS]

    def _default_case_ids(self):
        return self.env["township.case"].browse(self.env.context.get("active_ids", []))

    def action_confirm(self):
        """Write what was entered on the cases, as the user, and run the step."""
        self.ensure_one()
        cases = self.case_ids
        cases.check_access("read")
        step = getattr(cases, f"action_{self.step}")
        if self.step in REASONED:
            return step(reason=self.end_reason)
        cases.write(self._case_vals())
        return step()

    def _case_vals(self):
        if self.step == "close":
            vals = {"outcome": self.outcome, "date_closed": self.date_closed}
            if self.outcome == "failed":
                vals["routes_told"] = self.routes_told
            if self.settlement:
                vals["settlement"] = self.settlement
            return vals
        return {"settlement": self.settlement}
