"""What tests of assessments share: a letter in force, cases behind its figures, a round."""

import json
from datetime import date, timedelta

from odoo.fields import Command

from .base import LetterCase

YEAR = 2025
# Every computed item there is, one of each rule.
COMPUTED = (
    ("township.case:unit_on_time", {"rule": "proportional", "target": 95, "weight": 20}),
    ("township.case:unit_success", {"rule": "full_or_zero", "target": 60, "weight": 20}),
    ("township.case:unit_archived", {"rule": "banded", "bands": "80:10；50:5", "weight": 10}),
    ("township.case:unit_hazard", {"rule": "proportional", "target": 100, "weight": 10}),
    ("township.case:unit_missed", {"rule": "deduct_per_event", "deduction": 1.5, "weight": 10}),
    ("township.case:unit_flagged", {"rule": "deduct_per_event", "deduction": 2, "weight": 10}),
)


class AssessmentCase(LetterCase):
    """A department with a letter in force of six computed items and one by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.letter = cls.make_letter_in_force()
        cls.round = cls.make_round()

    @classmethod
    def item_commands(cls):
        """:return: ``list`` of commands for the items of a letter"""
        items = [
            Command.create({"name": metric, "kind": "computed", "metric": metric, **vals})
            for metric, vals in COMPUTED
        ]
        return [*items, Command.create({"name": "组织领导", "kind": "manual", "weight": 20})]

    @classmethod
    def make_letter_in_force(cls, unit=None, **vals):
        """:return: one letter in force since the first of January"""
        unit = unit or cls.unit
        vals = {
            "unit_id": unit.id,
            "line_ids": cls.item_commands(),
            "year": YEAR,
            "date_from": date(YEAR, 1, 1),
            "date_to": date(YEAR, 12, 31),
            "bonus_cap": 5,
            **vals,
        }
        letter = cls.make_letter(**vals)
        letter.sudo()._enter_state("in_force", date_in_force=date(YEAR, 1, 5))
        return letter

    @classmethod
    def amend(cls, letter, **vals):
        """Let a letter in force have been agreed otherwise."""
        letter.sudo()._entering().write(vals)

    @classmethod
    def make_round(cls, user=None, **vals):
        """:return: one round of the year, in the officer's environment"""
        Round = cls.env["township.assessment.round"].with_user(user or cls.officer)
        return Round.create({"company_id": cls.company.id, "year": YEAR, **vals})

    @classmethod
    def make_ended_case(cls, unit=None, closed=date(YEAR, 5, 5), late=False, **vals):
        """:return: one closed case of a unit, in time or late"""
        case = cls.make_case(unit_id=(unit or cls.unit).id).sudo()
        vals = {
            "outcome": "settled",
            "state": "closed",
            "date_received": closed,
            "date_accepted": closed,
            "date_closed": closed,
            **vals,
        }
        case._entering().write(vals)
        cls.env["township.case.clock"].sudo().create(
            {
                "case_id": case.id,
                "name": "Handling",
                "company_id": cls.company.id,
                "deadline_date": closed - timedelta(days=1) if late else closed,
                "deadline_done_date": closed,
                "overdue_flag_date": closed if late else False,
            }
        )
        return case

    def filled(self, letter=None):
        """:return: the assessment of a letter after the round took its figures"""
        self.round.action_fill()
        return self.assessment_of(letter or self.letter)

    def assessment_of(self, letter):
        """:return: the one assessment of a letter, in the officer's environment"""
        return self.round.assessment_ids.filtered(lambda one: one.letter_id == letter)

    def line_of(self, assessment, name):
        """:return: item of an assessment by the end of its name"""
        return assessment.line_ids.filtered(lambda line: line.name.endswith(name))

    def announced(self):
        """:return: an assessment all of whose items are scored, announced"""
        assessment = self.filled()
        self.line_of(assessment, "组织领导").action_full_marks()
        assessment.action_announce()
        return assessment

    def behind(self, line, part):
        """:return: the records behind a figure, as they are on record"""
        return self.env["township.case"].sudo().search(json.loads(line[f"{part}_domain"]))

    def scan(self):
        """:return: commands of one scan"""
        return [Command.create({"name": "证据.pdf", "raw": b"%PDF-1.4 proof"})]

    def proof(self, **vals):
        """:return: ``dict`` of what a deduction needs"""
        return {
            "reason": "未按月报送台账",
            "date": date(YEAR, 6, 30),
            "evidence_ids": self.scan(),
            **vals,
        }
