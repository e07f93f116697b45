from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from ..common.mechanism_mixin import Guard
from ..common.metric import Metric
from ..common.number_mixin import NumberKey
from .correction_subject import under_age

_lt = LazyTranslate(__name__)

TAKEN_OVER = Guard(hint=_lt("it is taken over from community corrections."))
OPEN_STATES = ("draft", "expected", "handed_over", "active")
# The office answers a notice before the hand-over; the period runs for who accepted.
EVENT_STATES = {"aftercare_notice": "expected", "aftercare_release": "active"}
ACCEPTED = [("wish", "=", "yes")]
HANDED_OVER = [("hand_over_date", "!=", False)]


class TownshipAftercare(models.Model):
    """Aftercare person (安置帮教对象): help for who was released, by wish alone (AID-01..12).

    Voluntary: a refusal is recorded and respected. There is no risk, no level and no field for
    what the person might do; the office's duties are what runs by the clock.
    """

    _name = "township.aftercare"
    _description = "Aftercare person"
    _inherit = [
        "township.correction.sealed.mixin",
        "township.correction.person.mixin",
        "township.person.encrypted.mixin",
        "township.deadline.owner.mixin",
        "township.workflow.mixin",
        "township.number.mixin",
        "township.metric.mixin",
        "township.scan.mixin",
        "township.retention.mixin",
        "township.correction.gate.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "id desc"
    _rec_names_search = ["number"]
    _check_company_auto = True

    _scan_fields = ("wish_scan_ids",)
    _clock_events = {"aftercare_notice": "notice_date", "aftercare_release": "release_date"}

    state = fields.Selection(
        [
            ("draft", "To be entered"),
            ("expected", "To be handed over"),
            ("handed_over", "Handed over"),
            ("active", "In aftercare"),
            ("declined", "Declined"),
            ("ended", "Ended"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
    )
    number = fields.Char(string="Aftercare number", copy=False)
    # --- where the person comes from
    source = fields.Selection(
        [
            ("prison", "Released from prison or detention house"),
            ("correction", "Released from community corrections"),
        ],
        required=True,
        default="prison",
        string="Came from",
    )
    subject_id = fields.Many2one(
        "township.correction.subject",
        string="Community-corrections subject",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        readonly=True,
        copy=False,
        guard=TAKEN_OVER,
    )
    released_from = fields.Char(help="Prison, detention house, or the corrections office.")
    release_date = fields.Date(string="Released on")
    notice_number = fields.Char(string="Number of the notice of release")
    notice_date = fields.Date(string="Notice of release received on")
    sentence = fields.Char(help="As in the judgment.")
    # --- hand-over
    meet_wished = fields.Boolean(
        string="Wishes to be met", help="The person asked to be fetched on the day of release."
    )
    hand_over_date = fields.Date(string="Hand-over date")
    hand_over_way = fields.Selection(
        [
            ("fetched", "Fetched by the office"),
            ("family", "Fetched by the family"),
            ("own", "Came in person"),
            ("corrections", "From community corrections"),
        ],
        string="Way of the hand-over",
    )
    # --- the person's own wish
    wish = fields.Selection(
        [("yes", "Accepts"), ("no", "Declines"), ("undecided", "Undecided")],
        string="Wish for aftercare",
        default="undecided",
        required=True,
    )
    wish_date = fields.Date(string="Wish expressed on")
    wish_scan_ids = fields.Many2many("ir.attachment", string="Scan of the wish", copy=False)
    extended_until = fields.Date(help="By the person's wish.", copy=False)
    extension_wish_date = fields.Date(string="Extension wished on", copy=False)
    # --- settled
    settled_date = fields.Date(string="Settled on")
    settled_way = fields.Selection(
        [
            ("job", "Employment"),
            ("business", "Own business"),
            ("land", "Contracted land"),
            ("allowance", "Allowance"),
            ("base", "Transitional base"),
            ("school", "Schooling"),
        ],
    )
    unsettled_reason = fields.Char(string="Why not settled")
    # --- end
    end_reason = fields.Selection(
        [
            ("period", "The period is over"),
            ("wish", "By the person's wish"),
            ("moved", "Moved away"),
            ("death", "Deceased"),
        ],
        copy=False,
    )
    ended_date = fields.Date(string="Ended on", copy=False)
    # --- minors
    minor_before = fields.Boolean(
        string="Under the rules for minors before", readonly=True, copy=False, guard=TAKEN_OVER
    )
    # --- rows
    clock_ids = fields.One2many("township.aftercare.clock", "aftercare_id", copy=False)
    helper_ids = fields.One2many("township.aftercare.helper", "aftercare_id", string="Helpers")
    visit_ids = fields.One2many("township.aftercare.visit", "aftercare_id", string="Visits")
    need_ids = fields.One2many("township.aftercare.need", "aftercare_id", string="Needs")

    _number_unique = models.UniqueIndex(
        "(company_id, number text_pattern_ops) WHERE number IS NOT NULL",
        "This number is in use already.",
    )
    _subject_unique = models.UniqueIndex(
        "(subject_id) WHERE subject_id IS NOT NULL", "This person was handed over already."
    )
    _open_idx = models.Index(
        "(company_id, deadline_date) WHERE state IN ('draft', 'expected', 'handed_over', 'active')"
    )

    # Raw counts; none feeds a score.
    _township_metrics = {
        "aftercare_handed_over": Metric(
            _lt("Aftercare: handed over"),
            denominator=[("release_date", "!=", False)],
            numerator=HANDED_OVER,
            date_field="release_date",
        ),
        "aftercare_accepted": Metric(
            _lt("Aftercare: accepted"),
            denominator=HANDED_OVER,
            numerator=ACCEPTED,
            date_field="hand_over_date",
        ),
        "aftercare_settled": Metric(
            _lt("Aftercare: settled"),
            denominator=[*HANDED_OVER, *ACCEPTED],
            numerator=[("settled_date", "!=", False)],
            date_field="hand_over_date",
        ),
    }

    # ------------------------------------------------------------------
    # Minors
    # ------------------------------------------------------------------

    @api.depends("birth_date", "offence_date", "release_date", "minor_before")
    def _compute_minor(self):
        """Facts that compare days on record, never today: who grows up stays under the rules."""
        for person in self:
            days = (person.offence_date, person.release_date)
            young = any(under_age(person.birth_date, day) for day in days)
            person.is_minor = person.minor_before or young

    def write(self, vals):
        """:raise UserError: the day of entry would change, or a refusal be unsaid"""
        begun = self.filtered(lambda person: person.state != "draft")
        if "date_received" in vals and begun and not self.env.su:
            raise UserError(
                self.env._("The day of entry stays: what is flagged when late hangs on it.")
            )
        unsaid = vals.get("wish") == "undecided" or not vals.get("wish_date", True)
        declined = any(person.state == "declined" for person in self)
        if unsaid and declined and not self.env.su:
            raise UserError(
                self.env._("A refusal stays on record: the person's own yes alone comes after it.")
            )
        return super().write(vals)

    # ------------------------------------------------------------------
    # Mechanisms
    # ------------------------------------------------------------------

    def _number_key(self, field_name):
        company = self.company_id.sudo()
        return NumberKey(
            f"aftercare/{company.id}",
            self.date_received.year,
            company._township_pattern("township_aftercare_number_pattern"),
            company.township_short_name or "",
        )

    def _clock_rules_domain(self):
        return [("code", "=like", "correction\\_aftercare\\_%")]

    def _clock_rules(self, rules, event):
        if self.state != EVENT_STATES[event]:
            return rules.browse()
        rules = super()._clock_rules(rules, event)
        if event == "aftercare_release":
            code = f"correction_aftercare_{self.source}"
            rules = rules.filtered(lambda rule: rule.code == code)
        return rules

    def _clock_open(self):
        return self.filtered(lambda person: person.state in OPEN_STATES)

    def _clock_end(self):
        return self.ended_date

    def _home_open_domain(self):
        return [("state", "in", OPEN_STATES)]

    def _home_next_step(self):
        steps = {"draft": "register", "expected": "hand_over", "handed_over": "accept"}
        step = steps.get(self.state)
        return self._step_label(step) if step else self.env._("Handle")
