from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import LazyTranslate

from ..common.mechanism_mixin import Guard
from ..common.number_mixin import NumberKey

_lt = LazyTranslate(__name__)

# Whoever is under this age is a minor (Law on the protection of minors art. 2); not a number that
# a township could set.
ADULT_AGE = 18
STEP = Guard(hint=_lt("it is set by the buttons of the form."))
OPEN_STATES = ("assessing", "expected", "received", "in_correction")
ENDED_STATES = ("not_placed", "released", "terminated", "relocated")


def under_age(born, day):
    """A year of age is complete on the day after the birthday (Supreme People's Court on juvenile
    criminal cases, art. 2).

    :param born: ``date`` of birth, or ``False``
    :param day: ``date``, or ``False``
    :return: ``bool``, whether the person was under 18 on the day; ``False`` when one is unknown
    """
    return bool(born and day and day <= born + relativedelta(years=ADULT_AGE))


class TownshipCorrectionSubject(models.Model):
    """Community-corrections subject (社区矫正对象), Community Corrections Law arts. 17-28, 44-58.

    The county body decides, the township's office proposes, serves, records and helps: what the
    law gives to another body is a record of that body's paper (COR-04, COR-65..70).
    """

    _name = "township.correction.subject"
    _description = "Community-corrections subject"
    _inherit = [
        "township.correction.sealed.mixin",
        "township.correction.person.mixin",
        "township.person.encrypted.mixin",
        "township.deadline.owner.mixin",
        "township.workflow.mixin",
        "township.number.mixin",
        "township.metric.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "id desc"
    _rec_names_search = ["number"]
    _check_company_auto = True

    state = fields.Selection(
        [
            ("draft", "To be entered"),
            ("assessing", "Assessment before the decision"),
            ("expected", "To report in"),
            ("received", "Reported in"),
            ("in_correction", "In correction"),
            ("released", "Released"),
            ("terminated", "Terminated"),
            ("relocated", "Place changed"),
            ("not_placed", "Not placed"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
    )
    number = fields.Char(string="Corrections number", copy=False)
    # --- decision
    category = fields.Selection(
        [
            ("control", "Public surveillance"),
            ("probation", "Probation"),
            ("parole", "Parole"),
            ("medical", "Temporary service outside prison"),
        ],
    )
    deciding_body = fields.Char()
    judgment_number = fields.Char()
    judgment_date = fields.Date()
    effective_date = fields.Date(
        string="In force since",
        help="The day the judgment or ruling took effect, or the decision was received.",
    )
    notice_number = fields.Char(string="Number of the enforcement notice")
    notice_date = fields.Date(string="Day of the enforcement notice")
    additional_penalty = fields.Char(help="Deprivation of political rights, fine, as decided.")
    # --- pre-decision assessment
    entrusted_date = fields.Date(string="Entrusting letter received on")
    # --- term: the notice governs
    term_start = fields.Date(string="Correction from")
    term_end = fields.Date(string="Correction until", index="btree_not_null")
    # --- dates of the steps
    reported_date = fields.Date(string="Reported in on", copy=False)
    announced_date = fields.Date(string="Announcement held on", copy=False)
    ended_date = fields.Date(string="Ended on", readonly=True, copy=False, guard=STEP)
    # --- minors: two facts that never change with time (COR-27, domain 10.10)
    minor_at_offence = fields.Boolean(
        string="Under 18 at the offence", compute="_compute_minor", store=True
    )
    minor_in_correction = fields.Boolean(
        string="Under 18 in correction", compute="_compute_minor", store=True
    )
    # --- rows
    clock_ids = fields.One2many("township.correction.clock", "subject_id", copy=False)
    delivery_ids = fields.One2many(
        "township.delivery", "subject_id", string="Service of documents", copy=False
    )

    _number_unique = models.UniqueIndex(
        "(company_id, number text_pattern_ops) WHERE number IS NOT NULL",
        "This number is in use already.",
    )
    _open_idx = models.Index(
        "(company_id, deadline_date) WHERE state IN"
        " ('assessing', 'expected', 'received', 'in_correction')"
    )

    @api.depends("birth_date", "offence_date", "effective_date", "reported_date", "date_received")
    def _compute_minor(self):
        """Who turns 18 in correction stays with the minors' rules (COR-27): both facts compare
        days on record, never today."""
        for subject in self:
            born = subject.birth_date
            began = subject.effective_date or subject.reported_date or subject.date_received
            subject.minor_at_offence = under_age(born, subject.offence_date)
            subject.minor_in_correction = under_age(born, began)
            subject.is_minor = subject.minor_at_offence or subject.minor_in_correction

    # ------------------------------------------------------------------
    # Mechanisms
    # ------------------------------------------------------------------

    def _number_key(self, field_name):
        company = self.company_id.sudo()
        return NumberKey(
            f"correction/{company.id}",
            self.date_received.year,
            company._township_pattern("township_correction_number_pattern"),
            company.township_short_name or "",
        )

    def _home_open_domain(self):
        return [("state", "in", OPEN_STATES)]

    def _home_tile_domains(self):
        return {}

    def _home_title(self):
        return self.display_name

    def _home_next_step(self):
        steps = {
            "expected": "receive",
            "received": "announce",
            "in_correction": "release",
        }
        step = steps.get(self.state)
        return self._step_label(step) if step else self.env._("Handle")
