"""Assessing letters: figures and the records behind, points, announcing, closing."""

import random
from datetime import date, timedelta
from decimal import Decimal

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from ...tools.scoring import Item, Rounding, decimal, points, spread_whole
from .assessing import COMPUTED, YEAR, AssessmentCase


@tagged("post_install", "-at_install")
class TestAssessment(AssessmentCase):
    CHECK = {"reason": "抽查三件卷宗", "finding": "材料齐全", "date": "2026-03-30"}

    # --- figures

    def test_every_figure_is_the_number_of_the_records_behind_it(self):
        chance = random.Random(20260707)
        other = self.env["township.unit"].create(
            {"name": "林业站", "kind": "department", "company_id": self.company.id}
        )
        for _count in range(25):
            self.make_ended_case(
                unit=chance.choice([self.unit, self.unit, other]),
                closed=date(YEAR - chance.randrange(2), chance.randrange(1, 13), 15),
                late=chance.random() < 0.4,
                outcome=chance.choice(["settled", "failed"]),
                state=chance.choice(["closed", "archived"]),
                kind=chance.choice(["mediation", "mediation", "hazard"]),
            )
        assessment = self.filled()
        computed = assessment.line_ids.filtered(lambda line: line.kind == "computed")
        self.assertEqual(len(computed), len(COMPUTED))
        for line in computed:
            for part in ("numerator", "denominator"):
                with self.subTest(line.name, part=part):
                    cases = self.meeting(line.name.partition(":")[2], part)
                    self.assertEqual(self.behind(line, part), cases)
                    self.assertEqual(line[part], len(cases))
        self.assertTrue(any(0 < line.numerator < line.denominator for line in computed))
        self.assertScored(assessment)

    def meeting(self, name, part):
        """:return: the unit's cases of the year that meet a metric, one by one"""
        cases = self.env["township.case"].sudo().search([("unit_id", "=", self.unit.id)])
        if name == "unit_flagged":
            return cases.filtered(lambda case: self.of_year(case.overdue_flag_date))
        counted = cases.filtered(lambda case: self.of_year(case.date_closed))
        if name == "unit_success":
            counted = counted.filtered(lambda case: case.kind == "mediation")
        if name == "unit_hazard":
            counted = counted.filtered(lambda case: case.kind == "hazard")
        if part == "denominator":
            return counted
        reached = {
            "unit_success": lambda case: case.outcome == "settled",
            "unit_archived": lambda case: case.state == "archived",
            "unit_missed": lambda case: case.deadline_state == "missed",
        }
        return counted.filtered(reached.get(name, lambda case: case.deadline_state == "met"))

    def of_year(self, day):
        """:return: ``bool``"""
        return bool(day) and day.year == YEAR

    def assertScored(self, assessment):
        """The points follow from the figures by the arithmetic of ``tools.scoring``."""
        lines = assessment.line_ids
        results = {
            line: points(line.letter_line_id._item(), line.numerator, line.denominator)
            for line in lines
            if line.kind == "computed"
        }
        empty = {line for line, result in results.items() if result is None}
        full = spread_whole({line: line.weight for line in lines}, empty)
        for line in results.keys() - empty:
            exact = points(
                line.letter_line_id._item(), line.numerator, line.denominator, full[line]
            )
            with self.subTest(line.name):
                self.assertEqual(decimal(line.score), Rounding()(exact))
        self.assertEqual(
            decimal(assessment.item_score), sum(map(decimal, lines.mapped("score")), Decimal(0))
        )

    def test_a_letter_in_force_for_part_of_the_year_is_counted_for_that_part(self):
        late = self.make_letter_in_force(
            unit=self.env["township.unit"].create(
                {"name": "水利站", "kind": "department", "company_id": self.company.id}
            ),
            signer_id=self.head.id,
            date_from=date(YEAR, 6, 1),
        )
        for letter in (self.letter, late):
            self.make_ended_case(unit=letter.unit_id, closed=date(YEAR, 5, 31))
            self.make_ended_case(unit=letter.unit_id, closed=date(YEAR, 6, 1))
        self.round.action_fill()
        counted = [
            self.line_of(self.assessment_of(letter), "unit_on_time").denominator
            for letter in (self.letter, late)
        ]
        self.assertEqual(counted, [2, 1])

    def test_an_accusation_changes_no_figure(self):
        self.make_ended_case()
        before = self.filled().line_ids.mapped("denominator")
        self.make_ended_case(kind="petition", purpose="accusation", late=True)
        self.assertEqual(self.filled().line_ids.mapped("denominator"), before)

    def test_filling_again_gives_the_same_to_the_cent_and_makes_nothing_twice(self):
        self.make_ended_case()
        self.make_ended_case(late=True)
        assessment = self.filled()
        before = self.shown(assessment)
        again = self.filled()
        self.assertEqual(again, assessment)
        self.assertEqual(self.shown(again), before)
        self.make_ended_case(late=True)
        self.filled()
        self.assertEqual(self.line_of(assessment, "unit_missed").numerator, 2)

    def shown(self, assessment):
        """:return: ``list`` of all that an assessment and its items say"""
        lines = assessment.line_ids
        names = [name for name in lines._fields if name not in ("write_date", "write_uid")]
        return assessment.read(["score", "grade_id", "bonus"]) + lines.read(names)

    def test_letters_of_another_period_or_state_are_not_assessed(self):
        self.amend(self.letter, period="quarter")
        self.round.action_fill()
        self.assertFalse(self.round.assessment_ids)

    def test_a_round_stands_for_one_period_only_once(self):
        quarter = self.make_round(period="quarter", index=3)
        self.assertEqual(quarter.date_from, date(YEAR, 7, 1))
        self.assertEqual(quarter.date_to, date(YEAR, 9, 30))
        with self.assertRaises(ValidationError):
            self.make_round(period="half", index=3)

    def test_a_round_with_assessments_keeps_its_period(self):
        self.round.year = YEAR - 1
        self.round.year = YEAR
        self.filled()
        with self.assertRaises(UserError):
            self.round.year = YEAR - 1

    # --- nothing to measure

    def test_an_item_without_denominator_is_not_scored_and_its_weight_is_spread(self):
        self.make_ended_case(state="archived")
        assessment = self.filled()
        hazard = self.line_of(assessment, "unit_hazard")
        self.assertFalse(hazard.scored)
        self.assertFalse(hazard.full)
        self.line_of(assessment, "组织领导").action_full_marks()
        self.assertEqual(sum(map(decimal, assessment.line_ids.mapped("full"))), 100)
        self.assertEqual(assessment.score, 100)

    def test_the_letter_may_give_full_marks_instead(self):
        self.amend(self.letter, zero_rule="full")
        assessment = self.filled()
        hazard = self.line_of(assessment, "unit_hazard")
        self.assertEqual((hazard.scored, hazard.score), (True, hazard.weight))

    # --- by hand

    def test_a_deduction_needs_reason_date_and_evidence_before_it_is_announced(self):
        assessment = self.filled()
        with self.assertRaisesRegex(UserError, "组织领导"):
            assessment.action_announce()
        line = self.line_of(assessment, "组织领导")
        line.hand_score = 15
        for name, value in self.proof().items():
            with self.assertRaisesRegex(UserError, line._fields[name].string):
                assessment.action_announce()
            line.write({name: value})
        assessment.action_announce()
        self.assertEqual(assessment.state, "announced")
        self.assertEqual(line.scorer_id, self.officer)

    def test_the_form_counts_while_the_officer_types(self):
        assessment = self.filled()
        place = list(assessment.line_ids).index(self.line_of(assessment, "组织领导"))
        with Form(assessment) as form:
            before = form.score
            with form.line_ids.edit(place) as line:
                line.hand_score = 15
            self.assertGreater(form.score, before)
        self.assertEqual(assessment.line_ids[place].scorer_id, self.officer)

    def test_points_by_hand_lie_within_the_weight(self):
        line = self.line_of(self.filled(), "组织领导")
        for wrong in (-1, 20.01):
            with self.assertRaises(ValidationError):
                line.hand_score = wrong

    def test_nobody_types_the_figures_of_the_system(self):
        line = self.line_of(self.filled(), "unit_on_time")
        director = line.with_user(self.director)
        for vals in (
            {"numerator": 9},
            {"denominator": 1},
            {"hand_score": 9},
            {"score": 9},
            {"numerator_domain": "[]"},
            {"scorer_id": self.head.id, "hit": True},
        ):
            with self.subTest(vals), self.assertRaises(AccessError):
                director.write(vals)
        with self.assertRaises(AccessError):
            director.assessment_id.write({"score": 100})

    def test_events_found_by_hand_are_computed(self):
        self.letter.sudo().line_ids[-1].write({"rule": "deduct_per_event", "deduction": 2})
        line = self.line_of(self.filled(), "组织领导")
        line.write({"numerator": 3, **self.proof()})
        self.assertEqual(line.score, line.full - 3 * 2 * line.full / line.weight)

    def test_nobody_of_the_unit_scores_it(self):
        """The officer became staff of the unit, its duty passed to him, or he heads it."""
        assessment = self.filled()
        line = self.line_of(assessment, "组织领导")
        bonus = self.env["township.assessment.bonus"].with_user(self.officer)
        vals = {"assessment_id": assessment.id, "points": 1, "reason": "示范"}
        for place, setting in (
            (self.unit, {"user_ids": [Command.set(self.officer.ids)]}),
            (self.unit, {"leader_id": self.officer.id}),
            (self.letter, {"duty_user_id": self.officer.id}),
        ):
            before = {name: place.sudo()[name] for name in setting}
            place.sudo().write(setting)
            with self.subTest(setting):
                self.assertTrue(assessment.own_unit)
                for attempt in (
                    lambda: line.write({"hand_score": 20}),
                    lambda: line.action_full_marks(),
                    lambda: assessment.write(
                        {"line_ids": [Command.update(line.id, {"hand_score": 20})]}
                    ),
                    lambda: bonus.create(vals),
                    lambda: assessment.write({"check_ids": [Command.create(self.CHECK)]}),
                    lambda: assessment.action_announce(),
                ):
                    with self.assertRaises(AccessError):
                        attempt()
                loaded = line.load([".id", "hand_score"], [[str(line.id), "20"]])
                self.assertFalse(loaded["ids"])
                self.assertFalse(line.scorer_id)
            place.sudo().write(
                {
                    name: value.ids[:1] and value.id if name != "user_ids" else [Command.clear()]
                    for name, value in before.items()
                }
            )

    def test_the_unit_reads_the_evidence_of_what_it_lost(self):
        """Uploaded as a form does it: before its row is saved."""
        assessment = self.filled()
        line = self.line_of(assessment, "组织领导")
        scan = line.evidence_ids.create({"name": "证据.pdf", "raw": b"x", "res_model": line._name})
        line.write({"hand_score": 1, **self.proof(evidence_ids=[Command.set(scan.ids)])})
        with self.assertRaises(AccessError):
            scan.with_user(self.head).read(["raw"])
        assessment.sudo()._entering().state = "announced"
        self.assertEqual(scan.with_user(self.head).raw, b"x")
        with self.assertRaises(AccessError):
            scan.write({"raw": b"y"})

    def test_a_spot_check_is_on_record_and_seen_by_the_unit_once_announced(self):
        assessment = self.filled()
        assessment.check_ids = [Command.create(self.CHECK)]
        check = assessment.check_ids
        self.assertEqual(check.scorer_id, self.officer)
        self.assertFalse(check.with_user(self.head).has_access("read"))
        assessment.sudo()._entering().state = "announced"
        self.assertTrue(check.with_user(self.head).has_access("read"))
        for user in (self.head, self.officer):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                check.with_user(user).finding = "改过的结论"

    def test_an_item_is_scored_by_the_officers_of_its_checking_unit_or_a_director(self):
        centre = self.env["township.unit"].create(
            {"name": "党政办", "kind": "centre", "company_id": self.company.id}
        )
        self.letter.sudo().line_ids[-1].checking_unit_id = centre
        line = self.line_of(self.filled(), "组织领导")
        with self.assertRaisesRegex(AccessError, "党政办"):
            line.hand_score = 20
        line.with_user(self.director).hand_score = 19
        self.assertEqual(line.scorer_id, self.director)
        centre.sudo().user_ids = self.officer
        line.hand_score = 20
        self.assertEqual(line.scorer_id, self.officer)

    # --- bonus, veto, grade

    def test_bonus_counts_up_to_the_cap_and_penalties_wholly(self):
        self.make_ended_case()
        assessment = self.filled()
        base = assessment.score
        for number in (4, 3, -2.5):
            assessment.bonus_ids = [Command.create({"points": number, **self.proof()})]
        self.assertEqual((assessment.bonus, assessment.penalty), (5, 2.5))
        self.assertEqual(assessment.score, base + 5 - 2.5)
        self.assertEqual(assessment.bonus_ids.scorer_id, self.officer)

    def test_a_veto_gives_the_lowest_grade_whatever_the_score(self):
        lines = [
            *self.item_commands(),
            Command.create(
                {
                    "name": "较大责任事故",
                    "kind": "veto",
                    "weight": 0,
                    "veto_basis_id": self.basis.id,
                }
            ),
        ]
        letter = self.make_letter_in_force(
            unit=self.env["township.unit"].create(
                {"name": "应急所", "kind": "department", "company_id": self.company.id}
            ),
            signer_id=self.head.id,
            line_ids=lines,
        )
        assessment = self.filled(letter)
        self.line_of(assessment, "组织领导").action_full_marks()
        self.assertEqual(assessment.grade_id.minimum, 90)
        veto = self.line_of(assessment, "事故")
        veto.hit = True
        self.assertEqual((assessment.score, assessment.grade_id.minimum), (100, 0))
        with self.assertRaisesRegex(UserError, "事故"):
            assessment.action_announce()
        veto.write(self.proof())
        assessment.action_announce()

    def test_a_township_has_its_own_scale_of_a_year(self):
        Grade = self.env["township.assessment.grade"].with_user(self.director)
        Grade.create(
            [
                {"name": "达标", "minimum": 70, "company_id": self.company.id, "year": YEAR},
                {"name": "不达标", "minimum": 0, "company_id": self.company.id, "year": YEAR},
            ]
        )
        assessment = self.announced()
        self.assertEqual(assessment.grade_id.name, "达标")
        with self.assertRaises(UserError):
            assessment.grade_id.with_user(self.director).minimum = 99

    def test_what_becomes_of_a_case_later_changes_neither_figure_nor_records(self):
        case = self.make_ended_case()
        line = self.line_of(self.announced(), "unit_archived")
        self.round.with_user(self.director).action_close()
        case._entering().write({"state": "archived", "unit_id": self.village.id})
        self.assertEqual((line.numerator, line.denominator), (0, 1))
        self.assertFalse(self.behind(line, "numerator"))
        self.assertEqual(self.behind(line, "denominator"), case)

    def test_every_figure_that_may_feed_a_letter_is_a_number_of_records(self):
        for name, _label in self.env["township.indicator"]._metric_selection():
            metrics = self.env["township.metric"]._named_metrics([name])
            with self.subTest(name):
                self.assertFalse(metrics[name][1].aggregate)

    def test_no_grade_before_everything_is_scored(self):
        self.assertFalse(self.filled().grade_id)

    # --- closing

    def test_a_closed_round_changes_no_more(self):
        self.make_ended_case()
        assessment = self.announced()
        self.round.with_user(self.director).action_close()
        self.assertEqual((assessment.state, self.letter.state), ("closed", "assessed"))
        before = self.shown(assessment)
        self.make_ended_case(late=True)
        with self.assertRaises(UserError):
            self.round.action_fill()
        line = self.line_of(assessment, "组织领导")
        for attempt in (
            lambda: line.write({"hand_score": 1}),
            lambda: line.unlink(),
            lambda: line.with_user(self.director).write({"reason": "x"}),
            lambda: (
                self.env["township.assessment.bonus"]
                .with_user(self.director)
                .create({"assessment_id": assessment.id, "points": 5, "reason": "x"})
            ),
            lambda: self.round.write({"year": YEAR + 1}),
            lambda: assessment.write({"letter_id": self.letter.id}),
        ):
            with self.assertRaises(UserError):
                attempt()
        self.company.sudo().township_points_places = 0
        self.env.invalidate_all()
        self.assertEqual(self.shown(assessment), before)

    def test_a_round_is_closed_by_a_director_when_all_is_announced(self):
        self.filled()
        with self.assertRaises(AccessError):
            self.round.action_close()
        with self.assertRaisesRegex(UserError, self.unit.name):
            self.round.with_user(self.director).action_close()

    def test_a_letter_is_assessed_when_its_last_period_is_closed(self):
        self.amend(self.letter, period="quarter")
        director = self.director
        for index in (1, 4):
            batch = self.make_round(period="quarter", index=index)
            batch.action_fill()
            self.line_of(batch.assessment_ids, "组织领导").action_full_marks()
            batch.action_announce()
            batch.with_user(director).action_close()
            expected = "assessed" if index == 4 else "in_force"
            self.assertEqual(self.letter.state, expected)

    def test_a_replaced_letter_is_no_longer_assessed(self):
        old = self.filled()
        self.letter.sudo()._run_transition("replace")
        self.round.action_fill()
        self.assertFalse(old.exists())

    # --- many

    def test_many_units_are_assessed_with_flat_queries(self):
        few, many = self.queries_of_filling(10, 1), self.queries_of_filling(100, 2)
        self.assertLessEqual(many - few, 15)

    def queries_of_filling(self, number, period_index):
        units = self.env["township.unit"].create(
            [
                {
                    "name": f"单位{number}-{place}",
                    "kind": "department",
                    "company_id": self.company.id,
                    "leader_id": self.head.id,
                }
                for place in range(number)
            ]
        )
        for unit in units:
            self.make_letter_in_force(
                unit=unit,
                period="half",
                date_from=date(YEAR, 1 + 6 * (period_index - 1), 1),
                date_to=date(YEAR, 6 * period_index, 28),
            )
        batch = self.make_round(period="half", index=period_index)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        batch.action_fill()
        self.env.flush_all()
        self.assertEqual(len(batch.assessment_ids), number)
        return self.env.cr.sql_log_count - before

    def test_figures_take_one_query_per_base_model_and_date_axis(self):
        self.make_ended_case()
        evaluator = self.env.registry["township.metric"]
        asked = []
        original = evaluator._evaluate_axis

        def counted(model, model_name, date_field, *args):
            before = self.env.cr.sql_log_count
            found = original(model, model_name, date_field, *args)
            asked.append((model_name, date_field, self.env.cr.sql_log_count - before))
            return found

        self.env.flush_all()
        self.patch(evaluator, "_evaluate_axis", counted)
        self.letter._current_figures()
        asked.clear()
        self.round.action_fill()
        self.assertEqual(
            sorted(asked),
            [("township.case", "date_closed", 1), ("township.case", "overdue_flag_date", 1)],
        )

    def test_figures_stand_for_now_and_store_nothing(self):
        year = {"month": 1, "day": 1}, {"month": 12, "day": 31}
        first, last = (self.today.replace(**ends) for ends in year)
        self.amend(self.letter, date_from=first, date_to=last)
        self.make_ended_case(closed=self.today)
        self.make_ended_case(closed=first - timedelta(days=1))
        letter = self.letter.with_user(self.head)
        action = letter.action_current_figures()
        figures = self.env[action["res_model"]].with_user(self.head).search(action["domain"])
        on_time = figures.filtered(lambda row: row.name.endswith("unit_on_time"))
        self.assertEqual((on_time.numerator, on_time.denominator, on_time.value), (1, 1, 100))
        self.assertTrue(on_time.reached)
        with self.assertRaises(AccessError):
            figures.with_user(self.reporter_other).mapped("numerator")

    def test_events_that_cost_points_are_no_target_reached(self):
        year = {"month": 1, "day": 1}, {"month": 12, "day": 31}
        first, last = (self.today.replace(**ends) for ends in year)
        self.amend(self.letter, date_from=first, date_to=last)

        def is_green():
            action = self.letter.with_user(self.head).action_current_figures()
            figures = self.env[action["res_model"]].with_user(self.head).search(action["domain"])
            return figures.filtered(lambda row: row.name.endswith("unit_missed")).reached

        self.assertTrue(is_green())
        self.make_ended_case(closed=self.today, late=True)
        self.assertFalse(is_green())

    def test_records_behind_open_as_far_as_the_readers_rights_reach(self):
        case = self.make_ended_case()
        signer = new_test_user(
            self.env,
            "test_signer_alone",
            "base.group_user",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        self.amend(self.letter, duty_user_id=signer.id)
        line = self.line_of(self.announced(), "unit_on_time")
        action = line.action_open_records()
        found = self.env["township.case"].with_user(self.officer).search(action["domain"])
        self.assertEqual(found, case.with_user(self.officer))
        note = line.with_user(signer).action_open_records()
        self.assertEqual(note["tag"], "display_notification")
        self.assertIn("1", note["params"]["message"])

    def test_spread_weights_add_up_to_the_cent(self):
        weights = dict.fromkeys("abc", 20) | {"d": 40}
        self.assertEqual(sum(spread_whole(weights, {"d"}).values()), 100)
        self.assertEqual(
            points(Item(rule="proportional", weight=20), 1, 1, "33.34"), Decimal("33.34")
        )
