from odoo import api, fields, models
from odoo.exceptions import ValidationError

# Of a measure that was imposed: what the ladder counts.
IMPOSED = ("decided", "served", "closed")


class TownshipCorrectionMeasure(models.Model):
    """Measure (考核奖惩) of a subject: praise, admonition, warning, and what is proposed to police,
    court or prison (COR-16, COR-64..72). The office gathers facts and evidence, hears the person
    and proposes; the county body, or whom it proposes to, decides: its paper is recorded here."""

    _name = "township.correction.measure"
    _description = "Measure"
    _inherit = ["township.correction.act.mixin", "township.decision.mixin"]
    _scan_fields = ("decision_scan_ids", "evidence_scan_ids", "county_scan_ids", "heard_scan_ids")
    _ended = ("closed", "refused", "dropped")

    state = fields.Selection(
        [
            ("draft", "Being prepared"),
            ("heard", "Person heard"),
            ("proposed", "Proposed to the county body"),
            ("decided", "Decided"),
            ("served", "Served"),
            ("closed", "Finished"),
            ("refused", "Not approved"),
            ("dropped", "Dropped"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
    )
    kind_id = fields.Many2one(
        "township.correction.measure.kind",
        string="Kind of measure",
        required=True,
        ondelete="restrict",
        index=True,
    )
    possible_kind_ids = fields.Many2many(
        "township.correction.measure.kind", compute="_compute_possible_kinds"
    )
    decided_by = fields.Selection(related="kind_id.decided_by")
    is_heard = fields.Boolean(related="kind_id.is_heard", string="Person is to be heard")
    is_favour = fields.Boolean(related="kind_id.is_favour")
    # --- facts
    facts = fields.Text()
    article = fields.Char(
        string="Basis", compute="_compute_article", store=True, readonly=False, precompute=True
    )
    search_id = fields.Many2one(
        "township.correction.search",
        string="County finding it stands on",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('subject_id', '=', subject_id), ('is_finding', '=', True)]",
    )
    breach_ids = fields.Many2many(
        "township.correction.breach",
        "township_correction_measure_breach_rel",
        "measure_id",
        "breach_id",
        string="Breaches it stands on",
        domain="[('subject_id', '=', subject_id)]",
    )
    evidence_scan_ids = fields.Many2many(
        "ir.attachment",
        "township_correction_measure_evidence_rel",
        string="Scan of the evidence",
        copy=False,
    )
    # --- hearing
    heard_date = fields.Date(string="Person heard on")
    heard_statement = fields.Text(string="Statement of the person")
    heard_scan_ids = fields.Many2many(
        "ir.attachment",
        "township_correction_measure_heard_rel",
        string="Scan of the record of the hearing",
        copy=False,
    )
    lawyer = fields.Char(help="Lawyer of the person, who was heard as well.")
    guardian = fields.Char(
        string="Guardian present", help="Of a minor: who was present at the hearing."
    )
    # --- proposal
    opinion = fields.Text(string="Opinion of the office")
    proposed_date = fields.Date(string="Proposed to the county body on")
    addressee = fields.Char(
        string="Body that decides",
        compute="_compute_addressee",
        store=True,
        readonly=False,
        precompute=True,
    )
    county_number = fields.Char(string="Number of the county's proposal")
    county_date = fields.Date(string="Proposed by the county body on")
    county_scan_ids = fields.Many2many(
        "ir.attachment",
        "township_correction_measure_county_rel",
        string="Scan of the county's proposal",
        copy=False,
    )
    # --- decision and what follows
    decision_scan_ids = fields.Many2many(relation="township_correction_measure_decision_rel")
    delivery_ids = fields.One2many(
        "township.delivery", "measure_id", string="Service of documents", copy=False
    )
    objection_date = fields.Date(string="Objection made on")
    objection = fields.Text(string="What is objected to")
    objection_answer = fields.Text(string="Answer to the objection")
    objection_answered_date = fields.Date(string="Objection answered on")
    published_date = fields.Date(string="Result made public on", help="Never of a minor.")
    drop_reason = fields.Text(string="Reason for dropping it")

    @api.depends("category")
    def _compute_possible_kinds(self):
        kinds = self.env["township.correction.measure.kind"].search(
            [("company_id", "in", [*self.company_id.ids, False])]
        )
        for measure in self:
            measure.possible_kind_ids = kinds.filtered(
                lambda kind, measure=measure: kind._is_for(measure.category)
            )

    @api.depends("kind_id")
    def _compute_article(self):
        for measure in self:
            measure.article = measure.kind_id.article

    @api.depends("kind_id", "subject_id")
    def _compute_addressee(self):
        """The county body for what it decides itself, the deciding body for what goes to it; the
        others are named by the office."""
        for measure in self:
            subject = measure.subject_id
            known = {
                "county": subject.company_id.sudo().township_correction_body,
                "court": subject.deciding_body,
                "deciding": subject.deciding_body,
            }
            measure.addressee = known.get(measure.decided_by) or measure.addressee

    @api.constrains("kind_id", "subject_id")
    def _check_category(self):
        """What the law knows for one category it may not know for another (COR-67..70)."""
        for measure in self:
            if not measure.kind_id._is_for(measure.category):
                raise ValidationError(
                    self.env._(
                        "“%(kind)s” is not possible for this category of subjects.",
                        kind=measure.kind_id.name,
                    )
                )

    @api.constrains("subject_id", "search_id", "breach_ids")
    def _check_same_subject(self):
        for measure in self:
            facts = (measure.search_id.subject_id | measure.breach_ids.subject_id).ids
            if set(facts) - {measure.subject_id.id}:
                raise ValidationError(
                    self.env._("A measure stands on facts about the same person.")
                )
            if measure.search_id and not measure.search_id.is_finding:
                raise ValidationError(
                    self.env._("Only a finding of the county body is a ground, not a search.")
                )

    @api.constrains("published_date", "subject_id")
    def _check_not_public(self):
        """Of a minor nothing is made public (COR-74)."""
        if any(measure.published_date and measure.is_minor for measure in self):
            raise ValidationError(self.env._("A measure about a minor is not made public."))

    @api.constrains(
        *("heard_date", "proposed_date", "county_date", "published_date"),
        *("objection_date", "objection_answered_date"),
    )
    def _check_past(self):
        self._check_has_come(
            *("heard_date", "proposed_date", "county_date", "published_date"),
            *("objection_date", "objection_answered_date"),
        )

    def _act_label(self):
        return self.kind_id.name or super()._act_label()
