from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ..common.mechanism_mixin import Guard
from ..common.number_mixin import NumberKey
from .letter_text_mixin import PROTECTED_KINDS

_lt = LazyTranslate(__name__)

# What only a step sets.
STEP = Guard(hint=_lt("it is set by the buttons of the letter."))
OF_LETTER = Guard(hint=_lt("it follows from the letter."))
DUTY = Guard(hint=_lt("a duty passes on by a recorded hand-over."))


class TownshipLetter(models.Model):
    """Target-responsibility letter (目标管理责任书) between the township (party A, 甲方) and a
    unit (party B, 乙方), or the one the county gave the township (``kind`` received).

    Written once, issued, signed by the responsible manager in the app or on paper, put into
    force by seal or countersignature, assessed from real figures (domain 5, TGT-01 to TGT-07).
    """

    _name = "township.letter"
    _description = "Responsibility letter"
    _inherit = [
        "township.letter.text.mixin",
        "township.deadline.owner.mixin",
        "township.workflow.mixin",
        "township.number.mixin",
        "township.metric.mixin",
        "township.scan.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "year desc, unit_id, id"
    _rec_names_search = ["title", "number"]
    _check_company_auto = True

    _scan_fields = ("paper_scan_ids",)
    _deadline_user_field = "duty_user_id"
    _deadline_unit_field = "duty_unit_id"
    _deadline_received_field = "date_issued"

    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("issued", "To be signed"),
            ("signed", "Signed by party B"),
            ("in_force", "In force"),
            ("assessed", "Assessed"),
            ("closed", "Finished"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    template_id = fields.Many2one(
        "township.letter.template",
        readonly=True,
        index="btree_not_null",
        groups="township_governance.group_officer",
    )
    # --- parties
    unit_id = fields.Many2one(
        "township.unit", string="Party B", index=True, check_company=True, ondelete="restrict"
    )
    unit_kind = fields.Selection(related="unit_id.kind", string="Kind of unit")
    party_a = fields.Char(required=True, default=lambda self: self.env.company.name)
    signer_id = fields.Many2one(
        "res.users",
        string="First responsible person",
        compute="_compute_signer_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        check_company=True,
        tracking=True,
    )
    signer_post = fields.Char(
        string="Post", help="As printed under the name, for example 党支部书记."
    )
    direct_person = fields.Char(string="Directly responsible person")
    head_ids = fields.Many2many(
        "res.users",
        "township_letter_head_rel",
        "letter_id",
        "user_id",
        string="Heads of party A",
        check_company=True,
        help="Who countersign in the app; empty when the seal binds party A.",
    )
    duty_user_id = fields.Many2one(
        "res.users",
        string="Responsible now",
        compute="_compute_duty",
        store=True,
        guard=DUTY,
        index="btree_not_null",
    )
    duty_unit_id = fields.Many2one(
        "township.unit",
        string="Unit responsible now",
        compute="_compute_duty",
        store=True,
        guard=DUTY,
        index="btree_not_null",
    )
    # --- terms
    date_from = fields.Date(
        string="Responsible from", required=True, default=lambda self: self._day(1, 1)
    )
    date_to = fields.Date(
        string="Responsible to", required=True, default=lambda self: self._day(12, 31)
    )
    sign_by = fields.Date(string="To be signed by")
    date_issued = fields.Date(string="Issued on", readonly=True, copy=False, guard=STEP)
    # --- basis (签订依据)
    basis_id = fields.Many2one(
        "township.letter.basis",
        string="Basis for signing",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        tracking=True,
    )
    parent_letter_id = fields.Many2one(
        "township.letter",
        string="Letter from above",
        domain="[('kind', '=', 'received'), ('company_id', '=', company_id)]",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    # --- items
    line_ids = fields.One2many("township.letter.line", "letter_id", string="Items", copy=True)
    # --- versions
    version = fields.Integer(default=1, readonly=True, copy=False, guard=STEP, aggregator=None)
    previous_id = fields.Many2one(
        "township.letter",
        string="Corrects",
        readonly=True,
        copy=False,
        guard=STEP,
        index="btree_not_null",
        ondelete="restrict",
    )
    correction_reason = fields.Char(
        string="Reason of the correction", readonly=True, copy=False, guard=STEP
    )
    # --- party B's pen
    signed_way = fields.Selection(
        [("app", "In the app"), ("meeting", "At the signing meeting"), ("paper", "On paper")],
        string="Way of signing",
        readonly=True,
        copy=False,
        guard=STEP,
    )
    signed_date = fields.Date(string="Signed on", readonly=True, copy=False, guard=STEP)
    witness = fields.Char(copy=False)
    paper_date = fields.Date(string="Signed on paper on", copy=False)
    paper_scan_ids = fields.Many2many(
        "ir.attachment", "township_letter_paper_rel", string="Scan of the signed paper", copy=False
    )
    # --- party A's seal
    bound_way = fields.Selection(
        [("seal", "By seal"), ("countersign", "Countersigned in the app")],
        string="Party A bound",
        readonly=True,
        copy=False,
        guard=STEP,
    )
    seal_id = fields.Many2one(
        "township.letter.seal",
        string="Use of the seal",
        readonly=True,
        copy=False,
        guard=STEP,
        index="btree_not_null",
        ondelete="restrict",
    )
    date_in_force = fields.Date(string="In force since", readonly=True, copy=False, guard=STEP)

    clock_ids = fields.One2many("township.letter.clock", "letter_id", string="Clocks", copy=False)

    # Who has signed at a glance: the year of a township, by unit.
    _year_idx = models.Index("(company_id, year, unit_id)")
    _open_idx = models.Index("(company_id, deadline_date) WHERE state IN ('issued', 'signed')")

    @api.model
    def _day(self, month, day):
        return date(self.env["township.calendar.day"]._today().year, month, day)

    @api.model
    def _term_of(self, year):
        """:return: ``dict``: the usual term of a letter, the calendar year"""
        return {"date_from": date(year, 1, 1), "date_to": date(year, 12, 31)}

    @api.depends("title", "unit_id", "year", "company_id", "version")
    @api.depends_context("uid")
    def _compute_display_name(self):
        """An onchange resolves any id it is given: what is hidden has no name."""
        hidden = self._hidden_from_user()
        for letter in hidden:
            letter.display_name = self.env._("Not visible to you")
        for letter in self - hidden:
            party = letter.unit_id.sudo().name or letter.company_id.sudo().name or ""
            name = self.env._(
                "%(unit)s %(year)s %(title)s",
                unit=party,
                year=letter.year,
                title=letter.title or "",
            )
            if letter.version > 1:
                name = self.env._(
                    "%(name)s (version %(version)s)", name=name, version=letter.version
                )
            letter.display_name = name

    @api.depends("unit_id")
    def _compute_signer_id(self):
        """Who heads the unit when the letter is made; a later head changes nothing."""
        for letter in self:
            if letter.state == "draft":
                letter.signer_id = letter.unit_id.leader_id

    @api.depends("unit_id", "signer_id")
    def _compute_duty(self):
        """Extended by hand-overs."""
        for letter in self:
            letter.duty_user_id = letter.signer_id
            letter.duty_unit_id = letter.unit_id

    @api.constrains("date_from", "date_to", "sign_by", "paper_date")
    def _check_dates(self):
        today = self.env["township.calendar.day"]._today()
        for letter in self:
            if letter.paper_date and letter.paper_date > today:
                raise ValidationError(
                    self.env._(
                        "%(field)s: %(date)s is in the future.",
                        field=self._fields["paper_date"]._description_string(self.env),
                        date=letter.paper_date,
                    )
                )
            if letter.date_from > letter.date_to:
                raise ValidationError(
                    self.env._("%(letter)s ends before it begins.", letter=letter.display_name)
                )

    def _is_protected(self):
        """:return: ``bool``: a village or community, which rules on less paperwork protect"""
        return self.unit_id.kind in PROTECTED_KINDS

    # ------------------------------------------------------------------
    # Mechanisms
    # ------------------------------------------------------------------

    def _number_key(self, field_name):
        """Letters: 〔2026〕5号, one series per township and year."""
        if self.kind == "received":
            return None  # the county's own number stands in the basis
        company = self.company_id.sudo()
        pattern = company._township_pattern("township_letter_number_pattern")
        short = company.township_short_name or ""
        return NumberKey(f"letter/{company.id}", self.year, pattern, short)

    def _clock_open(self):
        return self.filtered(lambda letter: letter.state == "issued")

    def _clock_end(self):
        return self.signed_date

    def _home_open_domain(self):
        return [("state", "in", ("issued", "signed"))]

    def _home_next_step(self):
        step = "sign" if self.state == "issued" else "seal"
        return self._step_label(step)

    def _home_tile_domains(self):
        """What waits for the user's own pen, as party B or as one of party A's heads."""
        mine = [("state", "=", "issued"), ("signer_id", "=", self.env.uid)]
        head = [("state", "=", "signed"), ("head_ids", "in", self.env.uid)]
        return {"to_sign": (Domain(mine) | Domain(head), False)}
