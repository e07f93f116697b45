from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from ..common.mechanism_mixin import Guard
from .case_type import CASE_KINDS

_lt = LazyTranslate(__name__)

OPEN_STATES = ("registered", "assigned", "handling")
ENDED_STATES = ("rejected", "withdrawn", "transferred")

STATES = [
    ("draft", "Draft"),
    ("registered", "Registered"),
    ("assigned", "Assigned"),
    ("handling", "Handling"),
    ("closed", "Closed"),
    ("archived", "Archived"),
    ("rejected", "Rejected"),
    ("withdrawn", "Withdrawn"),
    ("transferred", "Transferred"),
]
DIFFICULTIES = [
    ("simple", "Simple"),
    ("ordinary", "Ordinary"),
    ("difficult", "Difficult"),
    ("major", "Major"),
]
SOURCES = [
    ("apply_oral", "Oral application"),
    ("apply_written", "Written application"),
    ("active", "Committee's own motion"),
    ("court_assigned", "Court assignment"),
    ("court_entrusted", "Court entrustment"),
    ("police", "Police"),
    ("procuratorate", "Procuratorate"),
    ("petition", "Petition office"),
    ("gov", "Other authority"),
    ("screening", "Screening"),
    ("grid", "Grid worker's report"),
    ("hotline", "Hotline 12345"),
    ("superior", "Assigned from above"),
]
# What only the steps and the ledger import set: no user may mute an alarm or confirm himself.
STEP = Guard(hint=_lt("use the buttons of the form."))


class TownshipCase(models.Model):
    """Case (案件): a mediation, petition, hazard or service of a township.

    Who sees what is in ``security/case/case_rules.xml``; steps and who may take them are in
    ``case_workflow.py``. From ``closed`` on the content is frozen; an archived case is never
    thawed. The clocks run against the office, never against a citizen.
    """

    _name = "township.case"
    _description = "Case"
    _inherit = [
        "township.deadline.owner.mixin",
        "township.workflow.mixin",
        "township.number.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "deadline_date, id"
    _check_company_auto = True
    _mail_post_access = "read"

    _deadline_received_field = "date_received"
    _number_fields = ("number", "file_number")
    # Exports that show who is involved are logged.
    _access_logged = ("name", "display_name", "applicant_names", "respondent_names", "summary")

    # Head
    name = fields.Char(
        string="Title",
        compute="_compute_name",
        inverse="_inverse_name",
        store=True,
        tracking=True,
        help="Follows from parties and type unless a person typed it.",
    )
    name_typed = fields.Char(string="Title as typed", export_string_translation=False)
    number = fields.Char(string="Registration number", copy=False, readonly=True)
    file_number = fields.Char(string="File number", copy=False, readonly=True)
    kind = fields.Selection(CASE_KINDS, required=True, default="mediation")
    type_id = fields.Many2one(
        "township.case.type", string="Dispute type", domain="[('kind', '=', kind)]", index=True
    )
    source = fields.Selection(SOURCES, default="apply_oral")
    difficulty = fields.Selection(DIFFICULTIES, required=True, default="ordinary", tracking=True)
    risk = fields.Selection(
        [("green", "Green"), ("yellow", "Yellow"), ("orange", "Orange"), ("red", "Red")],
        string="Case risk",
        default="green",
        help="Of the case, never of a person.",
        tracking=True,
    )
    state = fields.Selection(
        STATES,
        required=True,
        default="draft",
        copy=False,
        readonly=True,
        group_expand="_expand_states",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    # Place
    grid_id = fields.Many2one(
        "township.grid",
        default=lambda self: self._default_grid_id(),
        check_company=True,
        index="btree_not_null",
    )
    village_id = fields.Many2one(
        "township.unit",
        string="Village or community",
        compute="_compute_village_id",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
        domain="[('kind', 'in', ('village', 'community'))]",
        index="btree_not_null",
        help="Village or community where the matter arose.",
    )
    location = fields.Char()
    # Who
    unit_id = fields.Many2one(
        "township.unit", check_company=True, index="btree_not_null", tracking=True
    )
    unit_referred = fields.Boolean(
        string="Referred to the unit",
        compute="_compute_unit_referred",
        readonly=False,
        store=True,
        precompute=True,
        copy=False,
        guard=STEP,
        help="The unit was asked to handle the case, so its people read it. A village that only "
        "answers for the place does not open the quarrel next door to its staff.",
    )
    committee_id = fields.Many2one("township.committee", check_company=True, index="btree_not_null")
    mediator_id = fields.Many2one(
        "township.mediator", check_company=True, index="btree_not_null", tracking=True
    )
    mediator_ids = fields.Many2many(
        "township.mediator", string="Further mediators", check_company=True
    )
    user_id = fields.Many2one(
        "res.users", string="Handler", index="btree_not_null", tracking=True, copy=False
    )
    leader_id = fields.Many2one(
        "res.users", string="Leader in charge", copy=False, index="btree_not_null"
    )
    reporter_id = fields.Many2one(
        "res.users",
        string="Reported by",
        default=lambda self: self.env.user,
        index="btree_not_null",
        readonly=True,
        copy=False,
    )
    # Dates
    date_received = fields.Date(
        string="Received on",
        required=True,
        default=lambda self: self.env["township.calendar.day"]._today(),
        copy=False,
        tracking=True,
    )
    date_accepted = fields.Date(string="Accepted on", copy=False, tracking=True)
    date_closed = fields.Date(string="Closed on", copy=False, tracking=True)
    # Content
    party_ids = fields.One2many("township.case.party", "case_id", string="Parties")
    # compute_sudo: whoever reads the case reads its parties, and the rules are asked once.
    applicant_names = fields.Char(
        string="Applicant", compute="_compute_party_names", compute_sudo=True
    )
    respondent_names = fields.Char(
        string="Respondent", compute="_compute_party_names", compute_sudo=True
    )
    party_search = fields.Char(
        string="Party",
        compute="_compute_party_names",
        compute_sudo=True,
        search="_search_party_search",
        help="Exact name, or its beginning.",
    )
    party_id_number = fields.Char(
        string="ID number of a party",
        compute="_compute_party_names",
        compute_sudo=True,
        search="_search_party_id_number",
        export_string_translation=False,
    )
    party_phone = fields.Char(
        string="Phone of a party",
        compute="_compute_party_names",
        compute_sudo=True,
        search="_search_party_phone",
        export_string_translation=False,
    )
    summary = fields.Text()
    claim = fields.Text()
    amount = fields.Float(string="Amount involved", digits=(16, 2), aggregator="sum")
    # Petition (PET-01, PET-22, PET-23)
    petition_form = fields.Selection(
        [
            ("letter", "Letter"),
            ("visit", "Visit"),
            ("online", "Online"),
            ("phone", "Phone call"),
            ("fax", "Fax"),
        ],
        string="Form of the petition",
    )
    purpose = fields.Selection(
        [
            ("suggestion", "Suggestion"),
            ("accusation", "Accusation"),
            ("request", "Request"),
        ]
    )
    complained_unit_id = fields.Many2one(
        "township.unit",
        string="Unit complained about",
        check_company=True,
        index="btree_not_null",
        help="Nobody of this unit sees an accusation, whatever the role.",
    )
    petition_system_number = fields.Char(string="National petition system number", copy=False)
    # End
    outcome = fields.Selection(
        [
            ("settled", "Settled"),
            ("failed", "Failed"),
            ("transferred", "Transferred"),
            ("withdrawn", "Withdrawn"),
            ("rejected", "Rejected"),
        ],
        copy=False,
        tracking=True,
    )
    settlement = fields.Text(string="What was agreed", copy=False)
    settlement_state = fields.Selection(
        [("pending", "To be confirmed"), ("confirmed", "Confirmed")],
        string="Settled on the spot",
        copy=False,
        readonly=True,
        guard=STEP,
        index="btree_not_null",
    )
    end_reason = fields.Text(string="Reason of the end", copy=False)
    routes_told = fields.Boolean(
        copy=False,
        help="The parties were told of arbitration, administrative and court routes "
        "(People's Mediation Law art. 26).",
    )
    # Origin
    backfilled = fields.Boolean(string="Entered later", copy=False, readonly=True, guard=STEP)

    # text_pattern_ops: a beginning is found as well as the whole.
    _file_number_unique = models.UniqueIndex(
        "(company_id, file_number text_pattern_ops) WHERE file_number IS NOT NULL",
        "This file number is in use already.",
    )
    _name_idx = models.Index("(company_id, name text_pattern_ops)")
    # The default list: open cases by deadline.
    _open_idx = models.Index(
        "(deadline_date, id) WHERE state IN ('registered', 'assigned', 'handling')"
    )
    _open_company_idx = models.Index(
        "(company_id, deadline_date, id) WHERE state IN ('registered', 'assigned', 'handling')"
    )
    # Everything that still runs, whatever its state: overdue, due soon, suspended.
    _running_idx = models.Index(
        "(company_id, deadline_date, id)"
        " WHERE deadline_done_date IS NULL AND deadline_date IS NOT NULL"
    )
    _deadline_idx = models.Index("(deadline_date, id)")
    _company_received_idx = models.Index("(company_id, date_received)")
    _company_state_idx = models.Index("(company_id, state)")

    # ------------------------------------------------------------------
    # Defaults and computes
    # ------------------------------------------------------------------

    @api.model
    def _default_grid_id(self):
        """A grid worker's only grid."""
        grids = self.env["township.grid"].search(
            [
                ("company_id", "=", self.env.company.id),
                "|",
                ("worker_ids", "in", self.env.uid),
                ("leader_id", "=", self.env.uid),
            ],
            limit=2,
        )
        return grids if len(grids) == 1 else grids.browse()

    @api.model
    def _expand_states(self, states, domain):
        """The columns of the board by state: the open steps always, others when they hold any."""
        return [state for state, _label in STATES if state in OPEN_STATES or state in states]

    @api.depends("grid_id")
    def _compute_village_id(self):
        for case in self:
            case.village_id = case.grid_id.unit_id or case.village_id

    @api.depends("unit_id")
    def _compute_unit_referred(self):
        """Whoever names the unit refers the case to it; an import or the seat of a committee
        names one and says that it is no referral."""
        for case in self:
            case.unit_referred = bool(case.unit_id)

    @api.onchange("kind")
    def _onchange_kind(self):
        if self.type_id.kind != self.kind:
            self.type_id = False

    @api.onchange("mediator_id")
    def _onchange_mediator_id(self):
        self.committee_id = self.mediator_id.committee_id or self.committee_id
        self.user_id = self.mediator_id.user_id or self.user_id

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if any("grid_id" not in vals for vals in vals_list):  # looked up once, not per case
            grid = self._default_grid_id()
            vals_list = [{"grid_id": grid.id, **vals} for vals in vals_list]
        # What the chatter does per record is done here per batch: the creation message, the
        # handler as follower and his activity. No mail is ever sent.
        cases = super(TownshipCase, self.with_context(tracking_disable=True)).create(vals_list)
        cases = cases.with_env(self.env)._without_token()
        cases._check_future_dates()
        cases._log_creation()
        return cases

    def write(self, vals):
        if not self._is_entering():
            self._check_kind(vals)
        handlers = {case: case.user_id for case in self} if "user_id" in vals else {}
        result = super().write(vals)
        if {"date_received", "date_accepted", "date_closed"} & vals.keys():
            self._check_future_dates()
        if {"difficulty", "date_received", "date_accepted"} & vals.keys():
            self._refresh_clocks()
        if vals.get("date_closed"):  # completed afterwards: the duty was done that day
            self.filtered(lambda case: case.state == "closed")._stop_clocks_on_close()
        if handlers:
            self.filtered(lambda case: case.user_id != handlers[case])._tell_handlers()
            self.filtered("user_id")._end_unassigned()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if any(case.state != "draft" for case in self):
            raise UserError(
                self.env._("Only a draft can be deleted. End the case with one of its buttons.")
            )
