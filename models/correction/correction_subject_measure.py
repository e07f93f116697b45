from odoo import api, fields, models

from ...tools.workflow import Transition


class TownshipCorrectionSubject(models.Model):
    """A subject's searches, breaches, measures and positioning authorisations, and what becomes
    of a device when correction ends."""

    _inherit = "township.correction.subject"

    search_ids = fields.One2many(
        "township.correction.search", "subject_id", string="Searches", copy=False
    )
    breach_ids = fields.One2many(
        "township.correction.breach", "subject_id", string="Breaches", copy=False
    )
    measure_ids = fields.One2many(
        "township.correction.measure", "subject_id", string="Measures", copy=False
    )
    device_ids = fields.One2many(
        "township.correction.device",
        "subject_id",
        string="Positioning authorisations",
        copy=False,
    )
    measure_notes = fields.Text(
        string="What the law would allow",
        compute="_compute_measure_notes",
        help="Information from the records. The county body decides.",
    )

    # Whoever's correction ends wears no device any more (COR-17).
    _transitions = (
        Transition(name="release", guard="_guard_device"),
        Transition(name="terminate", guard="_guard_device"),
        Transition(name="relocate", guard="_guard_device"),
    )

    def _end_moved(self):
        """Nobody wears a device after the end."""
        self.device_ids._follow_end()
        return super()._end_moved()

    def _guard_device(self):
        return [
            self.env._(
                "the positioning device taken off (use ends on %(date)s)",
                date=device.date_end or self.term_end,
            )
            for device in self.device_ids
            if device.state in ("in_use", "ending")
        ]

    # ------------------------------------------------------------------
    # Suggestions: information, worked out when somebody looks, never kept
    # ------------------------------------------------------------------

    @api.depends_context("lang")
    def _compute_measure_notes(self):
        for subject in self:
            notes = [
                self.env._(
                    "%(kind)s possible: %(facts)s (%(article)s). To be decided by the county "
                    "corrections body.",
                    kind=suggestion.kind.name,
                    facts="; ".join(suggestion.facts),
                    article=suggestion.article,
                )
                for suggestion in self.env["township.correction.suggestion"]._of(subject)
            ]
            subject.measure_notes = "\n".join(notes) or False

    def action_new_measure(self):
        """:return: action: a new measure of this subject"""
        return self._new_row("township.correction.measure", self.env._("Measure"))

    def action_new_search(self):
        """:return: action: a new search for this subject"""
        return self._new_row("township.correction.search", self.env._("Search for a person"))

    def action_new_device(self):
        """:return: action: a new positioning authorisation of this subject"""
        label = self.env._("Electronic positioning authorisation")
        return self._new_row("township.correction.device", label)
