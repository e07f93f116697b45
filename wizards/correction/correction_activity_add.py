from odoo import api, fields, models


class TownshipCorrectionActivityAdd(models.TransientModel):
    """Puts many people on the attendance list at once: all in correction of a village, all that
    one handles."""

    _name = "township.correction.activity.add"
    _description = "Add participants"

    activity_id = fields.Many2one("township.correction.activity", required=True, readonly=True)
    # As the user reads it: any activity may be named here.
    minors = fields.Boolean(related="activity_id.minors", related_sudo=False)
    unit_id = fields.Many2one("township.unit", string="Village or community")
    level_id = fields.Many2one("township.correction.level", string="Management class")
    category = fields.Selection(
        selection=lambda self: (
            self.env["township.correction.subject"]
            ._fields["category"]
            ._description_selection(self.env)
        )
    )
    only_mine = fields.Boolean(string="Of those I handle")
    subject_ids = fields.Many2many(
        "township.correction.subject",
        "township_correction_activity_add_rel",
        string="Community-corrections subjects",
        compute="_compute_subject_ids",
        store=True,
        readonly=False,
    )

    @api.model
    def _narrowed_by(self):
        """:return: ``tuple`` of the fields whose value narrows the people shown"""
        return ("unit_id", "category", "level_id")

    @api.depends(lambda self: ("activity_id", "only_mine", *self._narrowed_by()))
    def _compute_subject_ids(self):
        Subject = self.env["township.correction.subject"]
        for wizard in self:
            activity = wizard.activity_id
            domain = [
                ("state", "=", "in_correction"),
                ("company_id", "=", activity.company_id.id),
                ("is_minor", "=", activity.minors),
            ]
            domain += [
                (name, "=", wizard[name].id if name.endswith("_id") else wizard[name])
                for name in self._narrowed_by()
                if wizard[name]
            ]
            if wizard.only_mine:
                domain.append(("user_id", "=", self.env.uid))
            wizard.subject_ids = Subject.search(domain).filtered(
                lambda subject, day=activity.date: subject._is_bound_on(day)
            )

    def action_confirm(self):
        """Put the people shown on the attendance list, as the user."""
        self.ensure_one()
        self.activity_id._add_subjects(self.subject_ids)
        return {"type": "ir.actions.act_window_close"}
