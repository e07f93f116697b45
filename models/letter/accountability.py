from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ..common.mechanism_mixin import Guard
from ..common.number_mixin import NumberKey

_lt = LazyTranslate(__name__)

KINDS = [
    ("rectification", "Rectification notice"),
    ("circular", "Circular of criticism"),
    ("talk", "Talk"),
    ("listing", "Listed for supervision"),
    ("veto", "Veto proposal"),
    ("transfer", "Transfer to another body"),
]
# What a township only proposes; the county's committee or its office decides (domain 5.6).
PROPOSED_KINDS = ("listing", "veto")
# Titles of the papers as printed and served, in Chinese.
PAPERS = {
    "rectification": "限期整改通知书",
    "circular": "通报",
    "talk": "约谈通知书",
    "listing": "挂牌督办通知书",
    "veto": "一票否决决定告知书",
    "transfer": "移送函",
}
STEP = Guard(hint=_lt("it is set by the buttons of the form."))


class TownshipAccountability(models.Model):
    """Accountability of a unit (责任督导): what the township asks of a unit that did not carry out
    its duties, and what the unit answered (domain 5.6).

    The township proposes, the higher body's decision is recorded with its number; what falls to
    another body is handed over to it by number. There is no file of anybody's faults: the unit
    answers, never a person by name.
    """

    _name = "township.accountability"
    _description = "Accountability"
    _inherit = [
        "township.deadline.owner.mixin",
        "township.workflow.mixin",
        "township.number.mixin",
        "township.decision.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "id desc"
    _rec_names_search = ["number", "notice_number"]
    _check_company_auto = True

    _number_fields = ("number", "notice_number")
    _scan_fields = ("decision_scan_ids", "receipt_scan_ids")
    _deadline_received_field = "served_date"

    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("proposed", "Proposed"),
            ("decided", "Decided above"),
            ("served", "Served"),
            ("answered", "Answered"),
            ("closed", "Finished"),
            ("dropped", "Dropped"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
    )
    kind = fields.Selection(
        KINDS, string="Kind of accountability", required=True, default="rectification"
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    # A head without a group reads what the own unit was served, and no list of units.
    unit_id = fields.Many2one(
        "township.unit",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
        bypass_search_access=True,
    )
    letter_id = fields.Many2one(
        "township.letter",
        string="Responsibility letter",
        domain="[('unit_id', '=', unit_id), ('state', '!=', 'draft')]",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Handled by",
        default=lambda self: self.env.user,
        index="btree_not_null",
        check_company=True,
        copy=False,
    )
    # --- what it is about
    problem = fields.Text(help="The facts: what the unit did not do. No names of persons.")
    requirements = fields.Text(help="What the unit is asked to do.")
    basis_id = fields.Many2one(
        "township.letter.basis",
        string="Basis paper",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    basis = fields.Char(string="Basis in words", help="Rule and article, as printed.")
    answer_by = fields.Date(string="To be answered by", copy=False)
    body = fields.Char(
        string="Competent body", help="To whom it is proposed or handed over, as printed."
    )
    copied_to = fields.Char(help="Offices that are sent a copy, as printed.")
    # --- the paper
    number = fields.Char(help="Of the notice, or of the proposal to the higher body.")
    notice_number = fields.Char(
        copy=False, readonly=True, help="Of the notice that serves the higher body's decision."
    )
    proposed_date = fields.Date(string="Proposed on", readonly=True, copy=False, guard=STEP)
    served_date = fields.Date(string="Issued on", readonly=True, copy=False, guard=STEP)
    closed_date = fields.Date(string="Closed on", readonly=True, copy=False, guard=STEP)
    drop_reason = fields.Char(string="Dropped because", readonly=True, copy=False, guard=STEP)
    # --- the higher body's decision
    decision_scan_ids = fields.Many2many(relation="township_accountability_decision_rel")
    term_rule_id = fields.Many2one(
        "township.deadline.rule",
        string="Term",
        domain="[('accountability_term', '=', True), ('company_id', 'in', (company_id, False))]",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
    )
    term_start = fields.Date(
        string="Term counted from",
        copy=False,
        help="The day of the listing, the end of the missed deadline, or the day of the event.",
    )
    term_from = fields.Date(readonly=True, copy=False, guard=STEP)
    term_to = fields.Date(readonly=True, copy=False, guard=STEP)
    # --- the talk
    talk_date = fields.Date(string="Talk held on", copy=False)
    attendees = fields.Text(
        string="Who took part", copy=False, help="Offices and posts, as in the minutes."
    )
    minutes = fields.Text(copy=False)
    promise = fields.Text(string="What the unit promised", copy=False)
    # --- how it ended
    result = fields.Text(
        string="Result of the check",
        copy=False,
        help="What was found when the answer was checked.",
    )
    # --- the receipt of the body it was handed over to
    receipt_number = fields.Char(string="Number of the receipt", copy=False)
    receipt_date = fields.Date(string="Received by the body on", copy=False)
    receipt_scan_ids = fields.Many2many(
        "ir.attachment",
        "township_accountability_receipt_rel",
        string="Scan of the receipt",
        copy=False,
    )
    # --- rows
    answer_ids = fields.One2many(
        "township.accountability.answer", "accountability_id", string="Answers", copy=False
    )
    delivery_ids = fields.One2many(
        "township.delivery", "accountability_id", string="Service of documents", copy=False
    )
    clock_ids = fields.One2many(
        "township.accountability.clock", "accountability_id", string="Clocks", copy=False
    )
    may_answer = fields.Boolean(compute="_compute_may_answer", export_string_translation=False)

    _notice_number_unique = models.UniqueIndex(
        "(company_id, notice_number text_pattern_ops) WHERE notice_number IS NOT NULL",
        "This number is in use already.",
    )
    _open_idx = models.Index("(company_id, deadline_date) WHERE state = 'served'")

    @api.depends("kind", "unit_id", "number")
    @api.depends_context("uid")
    def _compute_display_name(self):
        """An onchange resolves any id it is given: what is hidden has no name."""
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        hidden = self._hidden_from_user()
        for record in self:
            if record in hidden:
                record.display_name = self.env._("Not visible to you")
                continue
            parts = (record.unit_id.sudo().name, kinds.get(record.kind), record.number)
            record.display_name = " ".join(part for part in parts if part)

    @api.depends("state", "unit_id")
    @api.depends_context("uid")
    def _compute_may_answer(self):
        writable = self._filtered_access("write")
        for record in self:
            record.may_answer = record.state == "served" and (
                record in writable or record.unit_id.leader_id == self.env.user
            )

    @api.constrains("user_id", "unit_id")
    def _check_handler(self):
        """Nobody handles what is asked of the own unit, or is told of it before it is served."""
        for record in self:
            if record.user_id in record.unit_id.user_ids | record.unit_id.leader_id:
                raise ValidationError(
                    self.env._(
                        "%(user)s belongs to “%(unit)s”: please choose another handler.",
                        user=record.user_id.name,
                        unit=record.unit_id.name,
                    )
                )

    @api.constrains("talk_date", "receipt_date")
    def _check_past(self):
        """What is recorded has happened."""
        today = self.env["township.calendar.day"]._today()
        for record in self:
            for name in ("talk_date", "receipt_date"):
                if record[name] and record[name] > today:
                    raise ValidationError(
                        self.env._(
                            "%(field)s: %(date)s is in the future.",
                            field=self._fields[name]._description_string(self.env),
                            date=record[name],
                        )
                    )

    # ------------------------------------------------------------------
    # Mechanisms
    # ------------------------------------------------------------------

    def _number_key(self, field_name):
        """Papers of a township: 槐荫督〔2026〕5号; proposals and notices in one series."""
        if field_name == "notice_number" and self.kind not in PROPOSED_KINDS:
            return None
        company = self.company_id.sudo()
        return NumberKey(
            f"accountability/{company.id}",
            self.env["township.calendar.day"]._today().year,
            company._township_pattern("township_accountability_number_pattern"),
            company.township_short_name or "",
        )

    def _clock_open(self):
        return self.filtered(lambda record: record.state == "served")

    def _clock_end(self):
        return self._last_answer().date

    def _last_answer(self):
        """:return: the unit's latest answer, if any"""
        return self.answer_ids.sorted("id")[-1:]

    def _deadline_users(self, level):
        """The unit that answers and the office that asked are told together."""
        users = super()._deadline_users(level)
        if level == 0 and self.kind != "transfer":
            users |= self.unit_id.leader_id.filtered("active")
        return users

    def _home_open_domain(self):
        return [("state", "=", "served")]

    def _home_mine_domain(self):
        # Whoever heads a unit may have no right to read units.
        head = Domain("unit_id", "any!", Domain("leader_id", "=", self.env.uid))
        return super()._home_mine_domain() | head

    def _home_next_step(self):
        return self._step_label("answer")
