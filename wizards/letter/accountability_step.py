from odoo import api, fields, models

STEPS = ("answer", "send_back", "drop")


class TownshipAccountabilityStep(models.TransientModel):
    """Asks what a step of an accountability needs (the answer and its proof, a reason) and runs
    it as the user."""

    _name = "township.accountability.step.wizard"
    _description = "Step of an accountability"

    step = fields.Selection(selection="_selection_step", required=True, readonly=True)
    accountability_id = fields.Many2one(
        "township.accountability",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env.context.get("active_id"),
    )
    text = fields.Text(string="Answer or reason", required=True)
    scan_ids = fields.Many2many(
        "ir.attachment", "township_accountability_step_scan_rel", string="Proof"
    )
    answer_by = fields.Date(string="To be answered by")

    @api.model
    def _selection_step(self):
        """The words of the steps stand in the one table of them."""
        record = self.env["township.accountability"]
        return [(step, record._step_label(step)) for step in STEPS]

    def action_confirm(self):
        """Run the step with what was entered."""
        self.ensure_one()
        record = self.accountability_id
        record.check_access("read")
        given = {"answer": (self.scan_ids.ids,), "send_back": (self.answer_by,), "drop": ()}
        return getattr(record, f"action_{self.step}")(self.text, *given[self.step])
