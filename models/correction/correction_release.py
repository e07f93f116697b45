from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ...tools.workflow import Frozen, Transition
from .correction_row_mixin import CORRECTION

_lt = LazyTranslate(__name__)

RULE_CODE = "correction_release"
OPEN_STATES = ("preparing", "appraised", "decided", "announced")
CONTENT = frozenset(
    {
        *("subject_id", "ground", "amnesty_date", "wish", "wish_date"),
        *("summary_date", "summary_scan_ids", "appraisal", "appraisal_by", "appraisal_date"),
        *("decision_body", "decision_number", "decision_date", "decision_scan_ids"),
        *("announced_date", "announced_place", "announced_public", "guardian_present"),
        *("certificate_number", "certificate_date", "certificate_scan_ids"),
    }
)


class TownshipCorrectionRelease(models.Model):
    """Release (解除社区矫正) of one subject, Community Corrections Law art. 44: what is prepared
    in the last thirty days, the county's papers, and what is served on the day itself.

    The county body decides and issues the certificate; of who serves outside prison the prison or
    detention house does the formalities. The day follows from the term alone: it never rolls and
    nothing here moves it.
    """

    _name = "township.correction.release"
    _description = "Release from community corrections"
    _inherit = [
        "township.correction.step.mixin",
        "township.deadline.mixin",
        "township.decision.mixin",
    ]
    _order = "deadline_date, id"
    _check_company_auto = True

    _scan_fields = ("summary_scan_ids", "decision_scan_ids", "certificate_scan_ids")
    # The head of a village is told nothing.
    _deadline_unit_field = None

    state = fields.Selection(
        [
            ("preparing", "Being prepared"),
            ("appraised", "Appraised"),
            ("decided", "Decided"),
            ("announced", "Release announced"),
            ("released", "Released"),
            ("void", "No longer needed"),
        ],
        required=True,
        default="preparing",
        readonly=True,
        copy=False,
    )
    user_id = fields.Many2one(
        related="subject_id.user_id", store=True, index="btree_not_null", string="Handled by"
    )
    category = fields.Selection(related="subject_id.category")
    is_minor = fields.Boolean(related="subject_id.is_minor")
    # --- the day: from the term, or the pardon
    ground = fields.Selection(
        [("term", "The term ends"), ("amnesty", "Pardon")], required=True, default="term"
    )
    amnesty_date = fields.Date(string="Pardoned on")
    deadline_rule_id = fields.Many2one(compute="_compute_deadline_rule", store=True)
    deadline_start_date = fields.Date(
        default=lambda self: self.env["township.calendar.day"]._today()
    )
    deadline_date = fields.Date(
        string="Correction until", compute="_compute_deadline", store=True, index="btree_not_null"
    )
    deadline_remind_date = fields.Date(compute="_compute_deadline", store=True)
    overdue_flag_date = fields.Date(compute="_compute_deadline", store=True)
    escalation_level = fields.Integer(compute="_compute_deadline", store=True)
    # --- preparation
    summary_date = fields.Date(string="Personal summary received on")
    summary_scan_ids = fields.Many2many(
        "ir.attachment",
        "township_correction_release_summary_rel",
        string="Scan of the personal summary",
        copy=False,
    )
    appraisal = fields.Text()
    appraisal_by = fields.Char(string="Appraised by")
    appraisal_date = fields.Date(string="Appraised on")
    wish = fields.Selection(
        [("yes", "Wishes aftercare"), ("no", "Declines aftercare"), ("undecided", "Undecided")],
        string="Wish for aftercare",
        help="The person's own. Aftercare is voluntary: who declines is left in peace.",
    )
    wish_date = fields.Date(string="Wish expressed on")
    obstacle_ids = fields.One2many(
        "township.correction.release.obstacle", "release_id", string="What stands against it"
    )
    obstacle_open = fields.Boolean(compute="_compute_obstacle")
    obstacle_held = fields.Boolean(compute="_compute_obstacle")
    term_over = fields.Boolean(related="subject_id.term_over")
    # --- the county's decision, or the paper of the prison
    decision_body = fields.Char(
        default=lambda self: self.env.company.sudo().township_correction_body
    )
    decision_scan_ids = fields.Many2many(relation="township_correction_release_decision_rel")
    # --- announcement
    announced_date = fields.Date(string="Announcement held on")
    announced_place = fields.Char(string="Place of the announcement")
    announced_public = fields.Boolean(string="Public announcement")
    guardian_present = fields.Char(help="Name of the guardian who was there.")
    # --- certificate and notices
    certificate_number = fields.Char(string="Number of the certificate")
    certificate_date = fields.Date(string="Day of the certificate")
    certificate_scan_ids = fields.Many2many(
        "ir.attachment",
        "township_correction_release_certificate_rel",
        string="Scan of the certificate",
        copy=False,
    )
    delivery_ids = fields.One2many(
        "township.delivery", "release_id", string="Certificate and notices served"
    )
    has_summary = fields.Boolean(string="Personal summary", compute="_compute_ticks")
    has_appraisal = fields.Boolean(string="Appraised", compute="_compute_ticks")
    has_wish = fields.Boolean(string="Wish", compute="_compute_ticks")
    has_deliveries = fields.Boolean(string="Served", compute="_compute_ticks")

    _subject_unique = models.UniqueIndex(
        "(subject_id)", "The release of this person is being prepared already."
    )
    _open_idx = models.Index(
        "(company_id, deadline_date) WHERE state IN"
        " ('preparing', 'appraised', 'decided', 'announced')"
    )

    _transitions = (
        Transition(
            name="appraise",
            source=("preparing",),
            target="appraised",
            groups=CORRECTION,
            guard="_guard_appraise",
            label=_lt("Record the appraisal"),
        ),
        Transition(
            # A missing appraisal is the office's fault: it keeps nobody in corrections.
            name="decide",
            source=("preparing", "appraised"),
            target="decided",
            groups=CORRECTION,
            guard="_guard_decide",
            label=_lt("Record the county's decision"),
        ),
        Transition(
            name="announce",
            source=("decided",),
            target="announced",
            groups=CORRECTION,
            guard="_guard_announce",
            after="action_prepare_deliveries",
            label=_lt("Record the announcement"),
        ),
    )
    _frozen = dict.fromkeys(
        ("released", "void"),
        Frozen(fields=CONTENT, rows=frozenset({"ir.attachment", "township.delivery"})),
    )

    # ------------------------------------------------------------------
    # Computed
    # ------------------------------------------------------------------

    @api.depends("subject_id")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for release in self - self._hidden_rows():
            release.display_name = release.subject_id.display_name
        return result

    @api.depends("company_id")
    def _compute_deadline_rule(self):
        Rule = self.env["township.deadline.rule"]
        for company, releases in self.grouped("company_id").items():
            releases.deadline_rule_id = Rule._of(RULE_CODE, company)

    @api.depends("subject_id.term_end", "ground", "amnesty_date", "deadline_rule_id")
    def _compute_deadline(self):
        """A court that changes the term moves the day, a holiday does not. A day that has moved
        into the future takes the flag away; otherwise the flag stays as a fact."""
        today = self.env["township.calendar.day"]._today()
        for release in self:
            pardoned = release.ground == "amnesty" and release.amnesty_date
            day = pardoned or release.subject_id.term_end
            moved = day and day != release.deadline_date and day >= today
            vals = release._deadline_date_vals(day, release._deadline_remind_days()) if day else {}
            release.update(
                {
                    "deadline_date": day,
                    "deadline_remind_date": vals.get("deadline_remind_date"),
                    "overdue_flag_date": not moved and release.overdue_flag_date,
                    "escalation_level": 0 if moved else release.escalation_level,
                }
            )

    @api.depends("summary_date", "appraisal_date", "wish", "delivery_ids.date_served")
    def _compute_ticks(self):
        for release in self:
            release.has_summary = bool(release.summary_date)
            release.has_appraisal = bool(release.appraisal_date)
            release.has_wish = bool(release.wish)
            served = release.delivery_ids.mapped("date_served")
            release.has_deliveries = bool(served) and all(served)

    @api.depends(
        "decision_date",
        *(f"obstacle_ids.{name}" for name in ("since_date", "ended_date", "outcome")),
        *(f"obstacle_ids.decision_{name}" for name in ("number", "date", "scan_ids")),
    )
    def _compute_obstacle(self):
        for release in self:
            obstacles = release.obstacle_ids._standing()
            release.obstacle_open = any(one._is_undecided() for one in obstacles)
            release.obstacle_held = any(one._is_held() for one in obstacles)

    def write(self, vals):
        if not {"ground", "amnesty_date", "decision_date"} & vals.keys():
            return super().write(vals)
        before = self.subject_id._bounds()
        result = super().write(vals)
        self.subject_id._follow_bounds(before)
        return result

    # ------------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------------

    def _guard_appraise(self):
        return self._missing_fields("appraisal", "appraisal_by", "appraisal_date", "wish")

    def _guard_decide(self):
        missing = self._missing_decision()
        if self.ground == "amnesty":
            missing += self._missing_fields("amnesty_date")
        return missing

    def _guard_announce(self):
        missing = self._missing_fields("announced_date")
        if self.is_minor and self.announced_public:
            missing.append(self.env._("the announcement of a minor is not public"))
        if self.is_minor:
            missing += self._missing_fields("guardian_present")
        return missing

    def _missing_for_release(self):
        """:return: ``list`` of ``str``: what keeps the office from recording the release today"""
        missing = self._missing_decision()
        if self.obstacle_open:
            missing.append(self.env._("the county body decides on what stands against it"))
        if self.obstacle_held:
            missing.append(self.env._("a paper of the county body that the person be released"))
        if self.category == "medical":
            return missing
        missing += self._guard_announce() + self._missing_certificate()
        return missing + self.delivery_ids._missing_of_release()

    def _missing_certificate(self):
        missing = self._missing_fields(
            "certificate_number", "certificate_date", "certificate_scan_ids"
        )
        day = self.certificate_date
        if day and self.deadline_date and day < self.deadline_date:
            missing.append(self.env._("the certificate is dated before the day the term ends"))
        return missing

    def _paper_date(self):
        """:return: ``date`` of the paper that releases: the prison's, else the certificate"""
        return self.decision_date if self.category == "medical" else self.certificate_date

    def _release_day(self):
        """:return: ``date`` on which corrections ended: that of the term or the pardon, however
        late the papers; where the county body had held the person, that of the paper"""
        paper, end = self._paper_date(), self.deadline_date
        held = self.obstacle_ids.filtered(lambda one: one._is_held())
        return paper if held or not end or paper < end else end

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def action_appraise(self):
        """The written appraisal and the person's wish are on paper."""
        return self._run_transition("appraise")

    def action_decide(self):
        """The county's decision, or the prison's release paper, has come."""
        return self._run_transition("decide")

    def action_announce(self):
        """The release announcement was held."""
        return self._run_transition("announce")

    def action_prepare_deliveries(self):
        """Enter the certificate and the notices that are to be served, each once."""
        self.check_access("write")
        self.env["township.delivery"].create(
            [vals for release in self for vals in release._delivery_vals()]
        )

    def action_release(self):
        """Release the person: the subject's own step, which asks for all papers."""
        return self.subject_id.action_release()

    def action_print_appraisal(self):
        """:return: action that prints the appraisal form (期满鉴定表)"""
        report = self.env.ref("township_governance.action_report_release_appraisal")
        return report._township_print(self)

    def _delivery_vals(self):
        """:return: ``list`` of ``dict`` for the deliveries that are not entered yet"""
        known = set(self.delivery_ids.mapped("release_to"))
        recipients = self.delivery_ids._release_recipients(self.subject_id)
        common = {
            "release_id": self.id,
            "subject_id": self.subject_id.id,
            "company_id": self.company_id.id,
        }
        return [
            {**common, "release_to": to, "paper": paper, "recipient": name}
            for to, (paper, name) in recipients.items()
            if to not in known
        ]

    def _finish(self):
        """The subject was released: the clock stops with the paper's own day."""
        for release in self:
            release._deadline_stop(release._paper_date())
        self._enter_state("released")

    def _give_up(self):
        """The subject went another way: nothing is to be prepared any more."""
        self._deadline_stop(self.env["township.calendar.day"]._today())
        self._enter_state("void")

    # ------------------------------------------------------------------
    # People, home
    # ------------------------------------------------------------------

    def _home_open_domain(self):
        return [("state", "in", OPEN_STATES)]

    def _home_mine_domain(self):
        """What nobody handles is everybody's who sees it."""
        return super()._home_mine_domain() | Domain("user_id", "=", False)

    def _home_tile_domains(self):
        return {"term_30": [("state", "in", OPEN_STATES)]}

    def _home_next_step(self):
        steps = {"preparing": "appraise", "appraised": "decide", "decided": "announce"}
        step = steps.get(self.state)
        return self._step_label(step) if step else self.env._("Record the service")
