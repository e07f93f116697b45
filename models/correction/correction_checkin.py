from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ..common.mechanism_mixin import Guard

_lt = LazyTranslate(__name__)
OPEN = [("outcome", "=", "not_recorded"), ("deadline_done_date", "=", False)]
HEALTH = ("health_report", "medical_recheck")


class TownshipCorrectionCheckin(models.Model):
    """Check-in (报告、走访、核查) of a community-corrections subject, Community Corrections Law
    arts. 26, implementing measures art. 24: a duty of both sides, with its outcome.

    A missed one is an outcome and no finding: being out of supervision (脱管) starts from a
    search on record and never from here. Of a health report it is recorded that it was handed
    in, never what it says.
    """

    _name = "township.correction.checkin"
    _description = "Check-in"
    _inherit = [
        "township.correction.row.mixin",
        "township.appointment.mixin",
        "township.scan.mixin",
    ]
    _order = "planned_date, id"
    _appointment_keys = ("subject_id", "kind")
    _scan_fields = ("scan_ids",)
    _check_company_auto = True

    kind = fields.Selection(
        selection_add=[
            ("communication", "Communication check"),
            ("health_report", "Health report"),
            ("medical_recheck", "Medical re-check"),
        ],
        ondelete=dict.fromkeys(("communication", *HEALTH), "set default"),
    )
    plan_date = fields.Date(
        string="Day by the class",
        copy=False,
        guard=Guard(hint=_lt("the management class says how often.")),
        help="What the class plans is put off no further than the next one, and never deleted.",
    )
    place = fields.Char(help="Of a visit or a talk.")
    company_id = fields.Many2one(index=False)  # see _planned_idx
    handed_in_date = fields.Date(
        string="Handed in on", copy=False, help="Of a report on paper. Its content is not recorded."
    )
    scan_ids = fields.Many2many("ir.attachment", "township_correction_checkin_scan_rel", copy=False)

    is_due = fields.Boolean(
        string="To be recorded",
        compute="_compute_is_due",
        search="_search_is_due",
        help="Planned for today or before, and nothing recorded yet.",
    )

    _planned_unique = models.UniqueIndex(
        "(subject_id, kind, planned_date)",
        "This person has such an appointment on that day already.",
    )
    # In the order of the lists, which show what is next first.
    _planned_idx = models.Index("(company_id, planned_date, id)")
    _open_idx = models.Index(
        "(company_id, planned_date, id)"
        " WHERE outcome = 'not_recorded' AND deadline_done_date IS NULL"
    )

    @api.constrains("planned_date", "subject_id")
    def _check_bound(self):
        """:raise ValidationError: nothing is due of a person after the end"""
        for checkin in self:
            if not checkin.subject_id._is_bound_on(checkin.planned_date):
                raise ValidationError(
                    self.env._(
                        "Corrections end on %(end)s: nothing is due on %(day)s.",
                        end=checkin.subject_id._bound_until(),
                        day=checkin.planned_date,
                    )
                )

    @api.depends("planned_date", "outcome", "deadline_done_date")
    def _compute_is_due(self):
        today = self.env["township.calendar.day"]._today()
        for checkin in self:
            undone = checkin.outcome == "not_recorded" and not checkin.deadline_done_date
            checkin.is_due = undone and checkin.planned_date and checkin.planned_date <= today

    def _search_is_due(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        today = self.env["township.calendar.day"]._today()
        return Domain([*OPEN, ("planned_date", "<=", today)])

    @api.depends("subject_id", "kind")
    @api.depends_context("uid", "lang")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for checkin in self - self._hidden_rows():
            label = checkin._deadline_label()
            checkin.display_name = f"{checkin.subject_id.display_name} {label}"
        return result

    def _deadline_label(self):
        """The way alone: alarms name no person."""
        return dict(self._fields["kind"]._description_selection(self.env)).get(self.kind, "")

    def _next_days(self):
        """The next one planned already; else the next day by the level."""
        today = self.env["township.calendar.day"]._today()
        planned = {}
        domain = [("subject_id", "in", self.subject_id.ids), ("planned_date", ">", today), *OPEN]
        for checkin in self.search_fetch(domain, ["subject_id", "kind", "planned_date"]):
            planned.setdefault((checkin.subject_id, checkin.kind), []).append(checkin.planned_date)
        by_plan = self.subject_id._checkin_plan()
        days = {}
        for checkin in self:
            subject, after = checkin.subject_id, max(today, checkin.planned_date)
            there = [day for day in planned.get((subject, checkin.kind), ()) if day > after]
            day = min(there, default=None) or subject._next_checkin_day(
                by_plan[subject].get(checkin.kind), after
            )
            if day:
                days[checkin] = day
        return days

    # ------------------------------------------------------------------
    # The plan holds
    # ------------------------------------------------------------------

    def write(self, vals):
        """:raise UserError: what the class plans would be put off past the next one, or become
        something else"""
        fixed = self.filtered(lambda one: one.plan_date or one.outcome != "not_recorded")
        if any(one.kind != vals.get("kind", one.kind) for one in fixed) and not self.env.su:
            raise UserError(
                self.env._("The way of what is planned or recorded stays: book another one beside.")
            )
        result = super().write(vals)
        if "planned_date" in vals and not self.env.su:
            self.filtered("plan_date")._check_put_off()
        return result

    def _check_put_off(self):
        plans = self.subject_id._checkin_plan()
        for checkin in self:
            subject = checkin.subject_id
            frequency = plans[subject].get(checkin.kind)
            following = subject._next_checkin_day(frequency, checkin.plan_date)
            if following and checkin.planned_date >= following:
                raise UserError(
                    self.env._(
                        "The management class plans the next one for %(date)s: this one is put "
                        "off no further than the day before.",
                        date=following,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_not_planned(self):
        if not self.env.su and any(self.mapped("plan_date")):
            raise UserError(
                self.env._(
                    "The management class plans this one: record its outcome, or a change of "
                    "the class with its reason."
                )
            )

    def action_open_record(self):
        """:return: the dialogue that records the outcome of these check-ins"""
        return self._open_dialogue(self.env._("Record the outcome"))

    def action_excused(self):
        """:return: the dialogue that asks for the reason of an acceptable absence"""
        return self._open_dialogue(
            self.env._("Acceptable absence"), default_outcome="acceptable_absence"
        )

    def action_open_take_back(self):
        """:return: the dialogue that asks why a wrong outcome is taken back"""
        return self._open_dialogue(self.env._("Take the outcome back"), default_take_back=True)

    def _open_dialogue(self, title, **defaults):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "township.correction.checkin.record",
            "views": [(False, "form")],
            "target": "new",
            "context": {"active_ids": self.ids, **defaults},
        }

    # ------------------------------------------------------------------
    # Home
    # ------------------------------------------------------------------

    def _home_mine_domain(self):
        """What nobody handles is everybody's who sees it."""
        return Domain("subject_id.user_id", "in", [self.env.uid, False])

    def _home_tile_domains(self):
        today = self.env["township.calendar.day"]._today()
        return {
            "report_today": [*OPEN, ("planned_date", "=", today)],
            "report_missed": [*OPEN, ("planned_date", "<", today)],
        }

    def _home_next_step(self):
        return self.env._("Record")

    def _home_next_action(self):
        return "action_open_record"
