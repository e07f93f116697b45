from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import LazyTranslate

from ...tools.workflow import Frozen, Transition
from .correction_row_mixin import CORRECTION

_lt = LazyTranslate(__name__)


class TownshipCorrectionActivity(models.Model):
    """Education, help or public-benefit activity (教育帮扶、公益活动), Community Corrections Law
    arts. 35-43, of one township. Minors have their own: they are kept apart from adults
    (art. 52; COR-27)."""

    _name = "township.correction.activity"
    _description = "Education and public-benefit activity"
    _inherit = [
        "township.workflow.mixin",
        "township.secrecy.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date desc, id desc"
    _check_company_auto = True

    name = fields.Char(string="Topic", required=True)
    kind = fields.Selection(
        [
            ("collective", "Collective education"),
            ("individual", "Individual education"),
            ("psychological", "Psychological counselling"),
            ("benefit", "Public-benefit activity"),
            ("vocational", "Vocational training"),
        ],
        required=True,
        default="collective",
    )
    state = fields.Selection(
        [("planned", "Scheduled"), ("held", "Held")],
        required=True,
        default="planned",
        readonly=True,
        copy=False,
    )
    date = fields.Date(
        required=True, default=lambda self: self.env["township.calendar.day"]._today()
    )
    place = fields.Char()
    hours = fields.Float(digits=(5, 1), help="Counted for each who was present.")
    content = fields.Text()
    minors = fields.Boolean(
        string="For minors",
        help="Minors and adults do not take part in the same activity.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Organiser",
        default=lambda self: self.env.user,
        check_company=True,
        copy=False,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    attendance_ids = fields.One2many("township.correction.attendance", "activity_id")
    present_count = fields.Integer(string="Attended", compute="_compute_present_count")

    _company_date_idx = models.Index("(company_id, date DESC, id DESC)")

    _transitions = (
        Transition(
            name="hold",
            source=("planned",),
            target="held",
            groups=CORRECTION,
            guard="_guard_hold",
            label=_lt("Attendance recorded"),
        ),
        Transition(
            name="reopen",
            source=("held",),
            target="planned",
            groups=CORRECTION,
            label=_lt("Correct the attendance"),
        ),
    )
    _frozen = {
        "held": Frozen(
            fields=frozenset(
                {"name", "kind", "date", "place", "hours", "content", "minors", "company_id"}
            ),
            rows=frozenset({"ir.attachment"}),
        )
    }

    @api.depends("attendance_ids.outcome")
    def _compute_present_count(self):
        counts = dict(
            self.env["township.correction.attendance"]._read_group(
                [("activity_id", "in", self.ids), ("outcome", "=", "present")],
                ["activity_id"],
                ["__count"],
            )
        )
        for activity in self:
            activity.present_count = counts.get(activity._origin, 0)

    @api.constrains("minors")
    def _check_minors(self):
        self.attendance_ids._check_kept_apart()

    def _guard_hold(self):
        missing = []
        if not self.attendance_ids:
            missing.append(self.env._("who took part"))
        if self.date > self.env["township.calendar.day"]._today():
            missing.append(self.env._("the day itself: it is still to come"))
        return missing

    def action_hold(self):
        """The attendance list is complete."""
        return self._run_transition("hold")

    def action_reopen(self):
        """The attendance list was wrong and is corrected."""
        return self._run_transition("reopen")

    def action_open_add(self):
        """:return: the dialogue that adds many participants at once"""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Add participants"),
            "res_model": "township.correction.activity.add",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_activity_id": self.id},
        }

    def _add_subjects(self, subjects):
        """:param subjects: ``township.correction.subject`` records; those on the list stay once
        :return: the new rows
        :raise ValidationError: minors and adults together
        """
        self.ensure_one()
        new = subjects - self.attendance_ids.subject_id
        return self.attendance_ids.create(
            [{"activity_id": self.id, "subject_id": subject.id} for subject in new]
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_planned(self):
        if any(activity.state == "held" for activity in self):
            raise ValidationError(self.env._("An activity that was held stays on record."))
