from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import LazyTranslate

from ...tools.workflow import Frozen, Transition
from ..common.mechanism_mixin import Guard
from .correction_leave import GRANTED
from .correction_row_mixin import CORRECTION

_lt = LazyTranslate(__name__)

BY_STEP = Guard(hint=_lt("it is recorded by the button, with the paper of the county body."))
NOTICED = frozenset({"subject_id", "noticed_date", "circumstances", "police_date"})
EXCLUDED = frozenset(
    f"{what}_{part}" for what in ("hospital", "custody", "leave") for part in ("excluded", "proof")
)
PAPER = frozenset({"decision_body", "decision_number", "decision_date", "decision_scan_ids"})
SCANS = frozenset({"ir.attachment"})


class TownshipCorrectionSearch(models.Model):
    """Search for a person who cannot be reached (查找记录), Community Corrections Law art. 30.

    A missed check-in is not being out of supervision (脱管): that is what the county body finds
    after a search in which hospital, custody and approved leave were excluded. Its paper, from
    which day, is recorded here; no term of the ladder starts from anything else.
    """

    _name = "township.correction.search"
    _description = "Search for a person"
    _inherit = ["township.correction.act.mixin", "township.decision.mixin"]
    _scan_fields = ("decision_scan_ids", "police_scan_ids")
    _ended = ("closed",)
    _police_rule = "correction_search_police"

    state = fields.Selection(
        [
            ("open", "Being searched for"),
            ("found", "Found"),
            ("finding", "Found to be out of supervision"),
            ("closed", "Finished"),
        ],
        required=True,
        default="open",
        readonly=True,
        copy=False,
        index=True,
    )
    noticed_date = fields.Date(
        string="Noticed on",
        required=True,
        tracking=True,
        default=lambda self: self._today(),
    )
    circumstances = fields.Text(help="How it was noticed that the person cannot be reached.")
    try_ids = fields.One2many("township.correction.search.try", "search_id", string="Attempts")
    # --- police
    police_date = fields.Date(string="Police told on", tracking=True)
    police_body = fields.Char(string="Police station or organ")
    police_number = fields.Char(string="Number of the letter to the police")
    police_scan_ids = fields.Many2many(
        "ir.attachment",
        "township_correction_search_police_rel",
        string="Scan of the letter to the police",
        copy=False,
    )
    # --- excluded first
    hospital_excluded = fields.Boolean(string="Not in a hospital")
    hospital_proof = fields.Char(string="Hospital: asked whom, when")
    custody_excluded = fields.Boolean(string="Not in custody")
    custody_proof = fields.Char(string="Custody: asked whom, when")
    leave_excluded = fields.Boolean(string="Not on approved leave")
    leave_proof = fields.Char(string="Leave: looked up where, when")
    leaves_found = fields.Text(string="Approved leaves of these days", compute="_compute_leaves")
    # --- how it ended
    found_date = fields.Date(string="Found on")
    found_how = fields.Text(string="How the person was found")
    decision_scan_ids = fields.Many2many(relation="township_correction_search_decision_rel")
    out_from = fields.Date(
        string="Out of supervision from", help="First day, as the county body's paper says."
    )
    returned_date = fields.Date(string="Back in supervision on")
    out_days = fields.Integer(
        string="Days out of supervision", compute="_compute_out_days", aggregator=None
    )
    is_finding = fields.Boolean(
        string="Finding on record", readonly=True, copy=False, guard=BY_STEP
    )

    _transitions = (
        Transition(
            name="find",
            source=("open",),
            target="found",
            groups=CORRECTION,
            guard="_guard_find",
            label=_lt("Record that the person was found"),
        ),
        Transition(
            name="record_finding",
            source=("open",),
            target="finding",
            groups=CORRECTION,
            guard="_guard_record_finding",
            after="_after_record_finding",
            label=_lt("Record the county's finding"),
        ),
        Transition(
            name="close",
            source=("found", "finding"),
            target="closed",
            groups=CORRECTION,
            guard="_guard_close",
            after="_after_close",
            label=_lt("Close the search"),
        ),
    )
    _frozen = {
        "found": Frozen(
            fields=NOTICED | PAPER | {"out_from", "returned_date"},
            completable=frozenset({"police_date"}),
            rows=SCANS,
        ),
        "finding": Frozen(
            fields=NOTICED | EXCLUDED | PAPER | {"out_from"},
            rows=SCANS | {"township.correction.search.try"},
        ),
        "closed": Frozen(
            fields=NOTICED
            | EXCLUDED
            | PAPER
            | {"out_from", "returned_date", "found_date", "found_how"}
            | {"police_body", "police_number", "police_scan_ids"},
            rows=SCANS,
        ),
    }

    # ------------------------------------------------------------------
    # The police are told at once
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        searches = super().create(vals_list)
        searches._count_police()
        return searches

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        if not self.env.su:
            raise UserError(
                self.env._(
                    "A search stays on record: write how the person was found, and close it."
                )
            )

    def write(self, vals):
        """:raise UserError: the day from which the police are late would move"""
        late = self.filtered(lambda search: search.deadline_state in ("overdue", "missed"))
        if "noticed_date" in vals and late and not self.env.su:
            raise UserError(
                self.env._(
                    "The police were not told in time: the day on which it was noticed stays."
                )
            )
        result = super().write(vals)
        if "noticed_date" in vals:
            self._count_police()
        elif "police_date" in vals:
            self._stop_police()
        return result

    def _count_police(self):
        for search in self:
            rule = search._rule(self._police_rule)
            if rule:
                search._deadline_start(rule, search.noticed_date)
        self._stop_police()

    def _stop_police(self):
        for search in self.filtered("police_date"):
            search._deadline_stop(search.police_date)

    @api.constrains(
        "noticed_date", "police_date", "found_date", "out_from", "returned_date", "is_finding"
    )
    def _check_days(self):
        """What is recorded has happened, and in its order."""
        self._check_has_come(
            "noticed_date", "police_date", "found_date", "out_from", "returned_date"
        )
        for search in self:
            if search.returned_date and search.out_from and search.returned_date < search.out_from:
                raise ValidationError(
                    self.env._("The person is back in supervision after the first day out of it.")
                )

    @api.depends("out_from", "returned_date")
    def _compute_out_days(self):
        for search in self:
            search.out_days = (search._out_until() - search.out_from).days if search.out_from else 0

    def _out_until(self):
        """:return: ``date``: first day again in supervision; today while there is none, and the
        day correction ended if that came first"""
        days = (self.returned_date or self._today(), self.subject_id.ended_date)
        return min(day for day in days if day)

    @api.depends("noticed_date", "out_from", "subject_id.leave_ids.state")
    def _compute_leaves(self):
        """Excluded first: a leave that was approved for these days."""
        for search in self:
            search.leaves_found = "\n".join(
                f"{leave.display_name}: {leave.date_from} – {leave.date_end}"
                for leave in search._approved_leaves(search.out_from, search.noticed_date)
            )

    def _approved_leaves(self, *days):
        """:return: ``township.correction.leave`` given for one of these days"""
        return self.subject_id.leave_ids.filtered(
            lambda leave: (
                leave.state in GRANTED
                and any(day and leave.date_from <= day <= leave.date_end for day in days)
            )
        )

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def action_find(self):
        """The person was found: nothing of the ladder follows from the search."""
        return self._run_transition("find")

    def action_record_finding(self):
        """The county body has found the person to be out of supervision (脱管认定)."""
        return self._run_transition("record_finding")

    def action_close(self):
        """Nothing is left to be done about this search."""
        return self._run_transition("close")

    def _guard_find(self):
        return self._missing_fields("found_date", "found_how")

    def _guard_record_finding(self):
        lacking = self._missing_fields(
            *("try_ids", "police_date", "police_body"),
            *sorted(EXCLUDED),
            "out_from",
        )
        lacking += [
            self.env._(
                "a first day outside of the approved leave %(leave)s, %(from)s to %(to)s",
                leave=leave.display_name,
                to=leave.date_end,
                **{"from": leave.date_from},
            )
            for leave in self._approved_leaves(self.out_from)
        ]
        return lacking + self._missing_decision()

    def _guard_close(self):
        ended = self.state == "found" or self.subject_id.ended_date
        return [] if ended else self._missing_fields("returned_date")

    def _after_record_finding(self):
        self._entering().write({"is_finding": True})

    def _after_close(self):
        self._deadline_stop(self._today())

    def _home_next_step(self):
        if self.state == "open" and not self.police_date:
            return self.env._("Tell the police")
        return super()._home_next_step()
