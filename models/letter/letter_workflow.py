from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import LazyTranslate

from ...tools.rights import check_groups
from ...tools.workflow import Frozen, Transition
from .letter import STEP
from .letter_text_mixin import SCORED_KINDS

_lt = LazyTranslate(__name__)

OFFICER = ("township_governance.group_officer",)
DIRECTOR = ("township_governance.group_director",)
TEXT = frozenset(
    {
        *("kind", "year", "title", "preamble", "goals", "tasks", "method", "measures", "copies"),
        *("period", "bonus_cap", "zero_rule", "unit_id", "party_a", "signer_id", "signer_post"),
        *("direct_person", "head_ids", "date_from", "date_to", "sign_by", "basis_id"),
        *("parent_letter_id", "line_ids", "company_id"),
    }
)
PEN = frozenset({"witness", "paper_date", "paper_scan_ids"})
# Rows a letter gets after it was issued.
LATER_ROWS = frozenset({"township.letter.clock", "ir.attachment"})
ISSUED = Frozen(fields=TEXT, rows=LATER_ROWS)
SIGNED = Frozen(fields=TEXT | PEN, rows=LATER_ROWS)


class TownshipLetter(models.Model):
    """Steps of a letter, the one table of them, and what each state freezes."""

    _inherit = "township.letter"

    replaced = fields.Boolean(
        readonly=True, copy=False, guard=STEP, string="Replaced by a new version"
    )

    _transitions = (
        Transition(
            name="issue",
            source=("draft",),
            target="issued",
            groups=OFFICER,
            guard=("_guard_text", "_guard_basis", "_guard_one_letter"),
            after="_after_issue",
            label=_lt("Issue"),
        ),
        Transition(
            name="record",
            source=("draft",),
            target="in_force",
            groups=OFFICER,
            guard="_guard_record",
            after="_after_record",
            label=_lt("Record the letter from above"),
        ),
        Transition(
            name="recall",
            source=("issued",),
            target="draft",
            groups=OFFICER,
            after="_after_recall",
            label=_lt("Recall"),
        ),
        Transition(
            name="sign", source=("issued",), target="signed", after="_after_sign", label=_lt("Sign")
        ),
        Transition(
            name="sign_on_paper",
            source=("issued",),
            target="signed",
            groups=OFFICER,
            guard="_guard_paper",
            after="_after_paper",
            label=_lt("Record signing on paper"),
        ),
        Transition(
            name="seal",
            source=("signed",),
            target="in_force",
            groups=OFFICER,
            guard="_guard_seal",
            after="_after_bound",
            label=_lt("Record the seal"),
        ),
        Transition(
            name="countersign",
            source=("signed",),
            target="in_force",
            after="_after_bound",
            label=_lt("Countersign"),
        ),
        Transition(
            name="assess",
            source=("in_force",),
            target="assessed",
            groups=DIRECTOR,
            label=_lt("Assessment completed"),
        ),
        Transition(
            name="close",
            source=("in_force", "assessed"),
            target="closed",
            groups=OFFICER,
            guard="_guard_close",
            label=_lt("Close"),
        ),
        Transition(
            name="replace",
            source=("issued", "signed", "in_force"),
            target="closed",
            after="_after_replace",
            label=_lt("Replace by a new version"),
        ),
    )
    _frozen = {
        "issued": ISSUED,
        "signed": SIGNED,
        "in_force": SIGNED,
        "assessed": SIGNED,
        "closed": SIGNED,
    }

    # ------------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------------

    def _guard_record(self):
        missing = [] if self.kind == "received" else [self.env._("a letter received from above")]
        return missing + self._missing_fields("basis_id", "line_ids")

    def _guard_paper(self):
        return self._missing_fields("paper_date", "witness", "paper_scan_ids")

    def _guard_seal(self):
        missing = self._missing_fields("seal_id")
        if self.seal_id and not self.seal_id.scan_ids:
            missing.append(self.seal_id._fields["scan_ids"]._description_string(self.env))
        if self.head_ids and self.signed_way != "paper":
            missing.append(self.env._("the pens of the heads named: they countersign in the app"))
        return missing

    def _guard_close(self):
        scored = self.kind in SCORED_KINDS and self.kind != "received"
        if scored and self.state != "assessed":
            return [self.env._("the assessment of its last period")]
        return []

    # ------------------------------------------------------------------
    # What comes after
    # ------------------------------------------------------------------

    def _after_issue(self):
        self.date_issued = self.env["township.calendar.day"]._today()
        self._assign_numbers()
        label = self._fields["sign_by"]._description_string(self.env)
        for day, letters in self.grouped("sign_by").items():
            letters._start_given_clock(day, label)

    def _after_record(self):
        self.date_in_force = self.env["township.calendar.day"]._today()

    def _after_recall(self):
        self.clock_ids.unlink()
        self.date_issued = False

    def _after_sign(self):
        self._set_signed(self.env["township.calendar.day"]._today())

    def _after_paper(self):
        self.signed_way = "paper"
        for day, letters in self.grouped("paper_date").items():
            letters._set_signed(day)

    def _set_signed(self, day):
        self.signed_date = day
        self._stop_clocks(day)

    def _after_bound(self):
        """In force: the version it corrects is replaced."""
        self.date_in_force = self.env["township.calendar.day"]._today()
        old = self.previous_id.filtered(lambda letter: letter.state != "closed")
        if old:
            old._run_transition("replace")

    def _after_replace(self):
        self.replaced = True
        self.env["township.document"]._revoke_of(self)
        self._stop_clocks(self.env["township.calendar.day"]._today())

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_issue(self):
        """Issue (下发): content frozen, number given, the sign-by clock started. Any number of
        letters at once, queries flat.

        :raise AccessError: the user is no officer
        :raise UserError: what a letter lacks
        """
        return self._run_transition("issue")

    def action_record(self):
        """Record the letter the county gave the township."""
        return self._run_transition("record")

    def action_sign_on_paper(self):
        """Record a signature on paper (纸质签订), equal to one in the app."""
        return self._run_transition("sign_on_paper")

    def action_seal(self, seal):
        """Record the seal of party A (用印) with its approval: the letters are in force.

        :param seal: ``township.letter.seal`` record
        """
        seal.ensure_one().check_access("read")
        return self._run_transition("seal", seal_id=seal.id, bound_way="seal")

    def action_close(self):
        """Close the letter's file."""
        return self._run_transition("close")

    def action_recall(self, reason):
        """Take an issued letter back that nobody has signed.

        :param str reason: kept in the history
        """
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Please say why the letter is recalled."))
        self._run_transition("recall")
        self.sudo()._message_log_batch(dict.fromkeys(self.ids, reason))
        return True

    def action_new_version(self, reason):
        """Correct an issued or signed letter: a new version that names the old one; the old one
        stands until the new one is in force.

        :param str reason: printed and kept
        :return: action that opens the new version
        :raise UserError: not issued yet, corrected already, or no reason
        """
        self.ensure_one()
        check_groups(self.env, self.env._("New version"), OFFICER)
        reason = (reason or "").strip()
        known = self.search_count([("previous_id", "=", self.id)], limit=1)
        if self.state not in ("issued", "signed", "in_force") or known or not reason:
            raise UserError(
                self.env._(
                    "A new version is made of an issued letter that has none yet; please say why."
                )
            )
        new = self.copy({"company_id": self.company_id.id})
        new.sudo()._entering().write(
            {"previous_id": self.id, "version": self.version + 1, "correction_reason": reason}
        )
        self.sudo()._message_log(body=self.env._("New version: %(reason)s", reason=reason))
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": new.id,
            "view_mode": "form",
        }
