from odoo import models
from odoo.tools import LazyTranslate

from ...tools.workflow import Frozen, Transition
from .correction_row_mixin import CORRECTION
from .correction_search import PAPER, SCANS

_lt = LazyTranslate(__name__)

PROPOSED = frozenset(
    {
        *("subject_id", "kind_id", "facts", "article", "search_id", "breach_ids"),
        *("heard_date", "heard_statement", "lawyer", "guardian", "opinion", "proposed_date"),
        *("evidence_scan_ids", "heard_scan_ids"),
    }
)
COUNTY = frozenset({"addressee", "county_number", "county_date", "county_scan_ids"})
AFTER = frozenset(
    {"objection_date", "objection", "objection_answer", "objection_answered_date", "drop_reason"}
)
SERVED = SCANS | {"township.delivery"}
DECIDED = Frozen(fields=PROPOSED | COUNTY | PAPER, rows=SERVED)
ENDED = Frozen(fields=PROPOSED | COUNTY | PAPER | AFTER | {"published_date"}, rows=SCANS)
UNDECIDED = ("draft", "heard", "proposed")


class TownshipCorrectionMeasure(models.Model):
    """Steps of a measure. None decides: the county's or the court's paper is recorded."""

    _inherit = "township.correction.measure"

    _transitions = (
        Transition(
            name="hear",
            source=("draft",),
            target="heard",
            groups=CORRECTION,
            guard="_guard_hear",
            label=_lt("Record the hearing"),
        ),
        Transition(
            name="propose",
            source=("draft", "heard"),
            target="proposed",
            groups=CORRECTION,
            guard=("_guard_hear", "_guard_propose"),
            label=_lt("Propose to the county body"),
        ),
        Transition(
            name="county_propose",
            source=("proposed",),
            groups=CORRECTION,
            guard="_guard_county_propose",
            after="_after_county_propose",
            label=_lt("Record the county's proposal"),
        ),
        Transition(
            name="decide",
            source=("proposed",),
            target="decided",
            groups=CORRECTION,
            guard=("_guard_county", "_guard_decide"),
            after=("_after_decide", "_prepare_deliveries"),
            label=_lt("Record the decision"),
        ),
        Transition(
            name="refuse",
            source=("proposed",),
            target="refused",
            groups=CORRECTION,
            guard="_guard_decide",
            after="_after_decide",
            label=_lt("Record that it was not approved"),
        ),
        Transition(
            name="serve",
            source=("decided",),
            target="served",
            groups=CORRECTION,
            guard="_guard_serve",
            label=_lt("Record the service"),
        ),
        Transition(
            name="close",
            source=("served",),
            target="closed",
            groups=CORRECTION,
            guard="_guard_close",
            label=_lt("Close the measure"),
        ),
        Transition(
            name="drop",
            source=UNDECIDED,
            target="dropped",
            groups=CORRECTION,
            guard="_guard_drop",
            after="_after_drop",
            label=_lt("Drop"),
        ),
    )
    _frozen = {
        "proposed": Frozen(fields=PROPOSED, rows=SERVED),
        "decided": DECIDED,
        "served": DECIDED,
        "closed": ENDED,
        "refused": ENDED,
        "dropped": ENDED,
    }

    def action_hear(self):
        """The person, and the lawyer if there is one, was heard."""
        return self._run_transition("hear")

    def action_propose(self):
        """The office's proposal went to the county body, with its evidence."""
        return self._run_transition("propose")

    def action_county_propose(self):
        """The county body has proposed the measure to police, court or prison."""
        return self._run_transition("county_propose")

    def action_decide(self):
        """The paper of the body that decided is recorded."""
        return self._run_transition("decide")

    def action_refuse(self):
        """The paper by which the body did not approve is recorded."""
        return self._run_transition("refuse")

    def action_serve(self):
        """The decision reached the person, a copy the procuratorate."""
        return self._run_transition("serve")

    def action_close(self):
        """Nothing is left to be done; an objection has been answered."""
        return self._run_transition("close")

    def action_drop(self):
        """The office no longer proposes it, and says why."""
        return self._run_transition("drop")

    # ------------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------------

    def _guard_hear(self):
        if not self.is_heard:
            return []
        names = ["heard_date", "heard_statement"]
        return self._missing_fields(*names, *(["guardian"] if self.is_minor else []))

    def _guard_propose(self):
        return self._missing_fields(
            "facts", "article", "evidence_scan_ids", "opinion", "proposed_date"
        )

    def _guard_county_propose(self):
        return self._missing_fields("addressee", "county_number", "county_date", "county_scan_ids")

    def _guard_county(self):
        """What another body decides was proposed to it by the county body."""
        return [] if self.decided_by == "county" else self._guard_county_propose()

    def _guard_decide(self):
        return self._missing_decision()

    def _guard_serve(self):
        served = self.delivery_ids.filtered("date_served").mapped("correction_recipient")
        lacking = []
        if self.kind_id.is_served and "subject" not in served:
            lacking.append(self.env._("service on the person"))
        if "procuratorate" not in served:
            lacking.append(self.env._("copy to the procuratorate"))
        return lacking

    def _guard_close(self):
        if not self.objection_date:
            return []
        return self._missing_fields("objection_answer", "objection_answered_date")

    def _guard_drop(self):
        return self._missing_fields("drop_reason")

    # ------------------------------------------------------------------
    # What comes after
    # ------------------------------------------------------------------

    def _after_county_propose(self):
        """The time of the law for the ruling counts from the county body's proposal."""
        for measure in self:
            code = measure.kind_id.rule_id.sudo().code
            if code:
                measure._deadline_start(measure._rule(code), measure.county_date)

    def _after_decide(self):
        for measure in self:
            measure._deadline_stop(measure.decision_date)

    def _after_drop(self):
        self._deadline_stop(self._today())

    def _prepare_deliveries(self):
        """The papers that are to be served stand ready: when and how is filled in."""
        vals_list = []
        for measure in self:
            known = set(measure.delivery_ids.mapped("correction_recipient"))
            wanted = {"procuratorate": self.env._("People's procuratorate")}
            if measure.kind_id.is_served:
                wanted["subject"] = measure.subject_id.name
            vals_list += [
                {
                    "measure_id": measure.id,
                    "correction_recipient": kind,
                    "recipient": recipient,
                    "paper": measure.kind_id.paper_title or measure.kind_id.name,
                    "paper_number": measure.decision_number,
                    "company_id": measure.company_id.id,
                }
                for kind, recipient in wanted.items()
                if kind not in known
            ]
        self.env["township.delivery"].create(vals_list)

    def _home_next_step(self):
        steps = {
            "draft": "hear" if self.is_heard else "propose",
            "heard": "propose",
            "proposed": "decide",
            "decided": "serve",
            "served": "close",
        }
        return self._step_label(steps[self.state])
