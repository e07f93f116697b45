from odoo import api, fields, models

STEPS = ("recall", "new_version", "sign_on_paper", "seal")
PAPER = ("paper_date", "witness", "paper_scan_ids")


class TownshipLetterStep(models.TransientModel):
    """Asks what a step of a letter needs (a reason, the paper, the seal) and runs it."""

    _name = "township.letter.step.wizard"
    _description = "Step of a letter"

    step = fields.Selection(selection="_selection_step", required=True, readonly=True)
    letter_ids = fields.Many2many(
        "township.letter",
        string="Responsibility letters",
        required=True,
        default=lambda self: self.env.context.get("active_ids", []),
    )
    reason = fields.Char()
    paper_date = fields.Date(string="Signed on paper on")
    witness = fields.Char()
    paper_scan_ids = fields.Many2many(
        "ir.attachment", "township_letter_step_paper_rel", string="Scan of the signed paper"
    )
    seal_approval = fields.Char(string="Approval of the seal")
    sealed_by = fields.Char(default=lambda self: self.env.user.name)
    seal_date = fields.Date(
        string="Sealed on", default=lambda self: self.env["township.calendar.day"]._today()
    )
    seal_scan_ids = fields.Many2many(
        "ir.attachment", "township_letter_step_seal_rel", string="Scan with the seal"
    )

    @api.model
    def _selection_step(self):
        """The words of the steps stand in the one table of them."""
        letter = self.env["township.letter"]
        labels = {"new_version": self.env._("New version")}
        return [(step, labels.get(step) or letter._step_label(step)) for step in STEPS]

    def action_confirm(self):
        """Write what was entered on the letters, as the user, and run the step.

        :return: action that shows what the step made, or ends the dialog
        """
        self.ensure_one()
        letters = self.letter_ids
        letters.check_access("read")
        step = getattr(letters, f"action_{self.step}")
        if self.step == "seal":
            action = self.env["township.letter.bind"]._bind(letters, self._seal())
            # one letter is on the screen already
            return action if len(letters) > 1 else {"type": "ir.actions.act_window_close"}
        if self.step == "sign_on_paper":
            letters.write({name: self._given(name) for name in PAPER if self[name]})
            return step()
        return step(self.reason)

    def _given(self, name):
        value = self[name]
        return [fields.Command.set(value.ids)] if isinstance(value, models.BaseModel) else value

    def _seal(self):
        """:return: the record of the seal that is used on all these letters"""
        return self.env["township.letter.seal"].create(
            {
                "approval": self.seal_approval,
                "date": self.seal_date,
                "sealed_by": self.sealed_by,
                "scan_ids": [fields.Command.set(self.seal_scan_ids.ids)],
                "company_id": self.letter_ids.company_id.ensure_one().id,
            }
        )
