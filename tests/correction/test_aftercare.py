from datetime import date, timedelta
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .test_correction_release import END, ReleaseCase

RELEASED = date(2027, 3, 1)


class AftercareCase(ReleaseCase):
    """People released from prison, on the day after."""

    def setUp(self):
        super().setUp()
        self.on(RELEASED + timedelta(days=1))

    def make_person(self, user=None, **vals):
        """:return: one draft person in the environment of the user"""
        Aftercare = self.env["township.aftercare"].with_user(user or self.correction)
        return Aftercare.create(
            {
                "name": "赵建国",
                "gender": "male",
                "birth_date": date(1980, 5, 6),
                "address": "东沟村二组",
                "unit_id": self.village.id,
                "source": "prison",
                "released_from": "槐荫监狱",
                "release_date": RELEASED,
                "offence": "盗窃罪",
                "company_id": self.company.id,
                "user_id": (user or self.correction).id,
                **vals,
            }
        )

    def handed_over(self, person=None, **vals):
        person = person or self.make_person(**vals)
        person.action_register()
        person.write({"hand_over_date": RELEASED, "hand_over_way": "fetched"})
        person.action_hand_over()
        return person

    def accepted(self, person=None, **vals):
        person = self.handed_over(person, **vals)
        person.write({"wish": "yes", "wish_date": RELEASED})
        person.action_accept()
        return person

    def plan(self):
        """Run the scheduled action without its commits."""
        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", return_value=1.0):
            self.env["township.aftercare"]._cron_plan_visits()


@tagged("post_install", "-at_install")
class TestAftercare(AftercareCase):
    """Help by wish alone."""

    def test_the_way_from_prison_into_aftercare(self):
        person = self.accepted()
        self.assertEqual(person.state, "active")
        self.assertTrue(person.number)
        self.assertEqual(person.deadline_date, date(2032, 3, 1))

    def test_the_hand_over_is_due_on_the_day_of_release_and_the_answer_in_a_week(self):
        person = self.make_person(release_date=date(2027, 4, 4), notice_date=date(2027, 3, 1))
        person.action_register()
        days = {clock.display_name: clock.deadline_date for clock in person.clock_ids}
        self.assertEqual(days["Hand-over"], date(2027, 4, 4))  # a Sunday
        self.assertIn(date(2027, 3, 8), days.values())

    def test_the_end_of_the_period_follows_by_source_and_does_not_roll(self):
        released = date(2027, 2, 28)
        person = self.accepted(source="correction", release_date=released)
        end = person._period_clocks().deadline_date
        rule = self.env.ref("township_governance.rule_correction_aftercare_correction")
        self.assertEqual(end, released.replace(year=released.year + rule.number))

    def test_who_was_released_on_the_29th_of_february_ends_on_the_28th(self):
        leap = date(2028, 2, 29)
        self.on(leap)
        self.env.invalidate_all()
        person = self.accepted(release_date=leap)
        self.assertEqual(person._period_clocks().deadline_date, date(2033, 2, 28))

    def test_the_end_of_every_period_equals_counting_day_by_day(self):
        """As a clerk with a calendar would: turn pages until the day of release has come round as
        often as the period has years; a 29 February comes round on the last day of the month."""

        def comes_round(start, day):
            if (start.month, start.day) == (2, 29):
                return day.month == 2 and (day + timedelta(days=1)).month == 3
            return (day.month, day.day) == (start.month, start.day)

        def counted(start, years):
            day = start
            while years:
                day += timedelta(days=1)
                years -= comes_round(start, day)
            return day

        rules = [
            self.env.ref(f"township_governance.rule_correction_aftercare_{source}")
            for source in ("prison", "correction")
        ]
        days = st.dates(date(2000, 1, 1), date(2060, 12, 31)) | st.sampled_from(
            [date(2000, 2, 29), date(2024, 2, 29), date(2096, 2, 29), date(2023, 2, 28)]
        )

        @settings(max_examples=100, deadline=None)
        @given(days, st.sampled_from(rules))
        def check(day, rule):
            self.assertEqual(rule._deadline(day), counted(day, rule.number))

        check()

    # ------------------------------------------------------------------
    # The person's wish
    # ------------------------------------------------------------------

    def test_nobody_is_in_aftercare_without_a_yes(self):
        person = self.handed_over()
        with self.assertRaisesRegex(UserError, "own yes"):
            person.action_accept()

    def test_a_refusal_is_respected(self):
        person = self.handed_over()
        person.write({"wish": "no", "wish_date": RELEASED})
        person.action_decline()
        self.plan()
        self.assertEqual(person.state, "declined")
        self.assertFalse(person.visit_ids)
        self.assertFalse(person.clock_ids.filtered(lambda clock: not clock.deadline_done_date))
        with self.assertRaises(ValidationError):
            person.visit_ids = [(0, 0, {"planned_date": RELEASED + timedelta(days=9)})]
        self.on(RELEASED + timedelta(days=4000))
        self.env.invalidate_all()
        self.flag_deadlines()
        self.assertFalse(person.overdue_flag_date)

    def test_who_changes_his_mind_is_left_in_peace_or_helped(self):
        person = self.accepted()
        self.assertTrue(person.visit_ids)
        person.write({"wish": "no", "wish_date": RELEASED + timedelta(days=1)})
        person.action_decline()
        self.assertFalse(person.visit_ids)
        person.write({"wish": "yes", "wish_date": RELEASED + timedelta(days=1)})
        person.action_accept()
        self.assertEqual(len(person._period_clocks()), 1)
        self.assertEqual(len(person.visit_ids), 1)

    def test_the_end_comes_up_for_review_and_is_extended_by_wish(self):
        person = self.accepted()
        end = person.deadline_date
        self.on(end + timedelta(days=1))
        self.env.invalidate_all()
        self.assertEqual(person.deadline_state, "overdue")
        with self.assertRaises(UserError):
            person.action_extend()
        person.write({"extension_wish_date": end, "extended_until": end})
        with self.assertRaisesRegex(UserError, "after the end"):
            person.action_extend()
        person.extended_until = end + timedelta(days=365)
        person.action_extend()
        self.assertEqual(person.deadline_date, end + timedelta(days=365))

    def test_what_has_ended_plans_nothing(self):
        person = self.accepted()
        person.write({"end_reason": "moved", "ended_date": RELEASED + timedelta(days=1)})
        person.action_end()
        self.plan()
        self.assertFalse(person.visit_ids)
        with self.assertRaises(UserError):
            person.wish = "no"

    # ------------------------------------------------------------------
    # Visits and needs
    # ------------------------------------------------------------------

    def test_visits_follow_the_setting_for_who_accepted(self):
        person = self.accepted()
        self.plan()
        self.assertEqual(person.visit_ids.mapped("planned_date"), [date(2027, 6, 1)])
        self.on(date(2027, 6, 1))
        self.env.invalidate_all()
        person.visit_ids.action_complied()
        days = sorted(person.visit_ids.mapped("planned_date"))
        self.assertEqual(days, [date(2027, 6, 1), date(2027, 9, 1)])

    def test_the_schedule_plans_who_has_no_visit_to_come(self):
        person = self.accepted()
        person.sudo().visit_ids.unlink()
        self.plan()
        self.plan()
        self.assertEqual(len(person.visit_ids), 1)

    def test_no_visit_after_the_period(self):
        person = self.accepted()
        person.sudo().visit_ids.unlink()
        self.on(person.deadline_date + timedelta(days=1))
        self.env.invalidate_all()
        self.plan()
        self.assertFalse(person.visit_ids)

    def test_a_need_runs_until_it_is_answered(self):
        person = self.accepted()
        need = self.env["township.aftercare.need"].with_user(self.correction)
        need = need.create(
            {
                "aftercare_id": person.id,
                "kind_id": self.env.ref("township_governance.aftercare_need_job").id,
                "request": "希望在镇上找到工作",
                "answer_by": RELEASED + timedelta(days=10),
            }
        )
        self.assertEqual(need.deadline_state, "running")
        self.on(RELEASED + timedelta(days=11))
        self.env.invalidate_all()
        self.assertEqual(need.deadline_state, "overdue")
        need.write({"result": "met", "result_date": RELEASED + timedelta(days=11)})
        self.assertEqual(need.deadline_state, "missed")

    def test_figures_stand_beside_their_raw_counts(self):
        self.accepted(settled_date=RELEASED)
        self.accepted()
        self.handed_over()
        self.make_person()
        names = ("aftercare_handed_over", "aftercare_accepted", "aftercare_settled")
        Aftercare = self.env["township.aftercare"].with_user(self.correction)
        values = Aftercare._metric_values(names, domain=[("company_id", "=", self.company.id)])
        self.assertEqual(values["aftercare_handed_over", None], (3, 4))
        self.assertEqual(values["aftercare_accepted", None], (2, 3))
        self.assertEqual(values["aftercare_settled", None], (1, 2))
        self.assertFalse(any(Aftercare._get_metrics()[name].assessable for name in names))

    # ------------------------------------------------------------------
    # From corrections
    # ------------------------------------------------------------------

    def test_a_release_hands_over_with_the_wish_and_only_once(self):
        release = self.prepared(id_number="619929198503120013")
        release.write({"wish": "no", "wish_date": END})
        with self.assertRaises(UserError):
            release.action_to_aftercare()
        self.release(release)
        release.action_to_aftercare()
        action = release.action_to_aftercare()
        person = self.env["township.aftercare"].with_user(self.correction)
        person = person.search([("subject_id", "=", release.subject_id.id)])
        self.assertEqual(action["res_id"], person.id)
        self.assertEqual((person.wish, person.state), ("no", "draft"))
        self.assertEqual(person.release_date, END)
        self.assertEqual(person.sudo().id_number_full, release.subject_id.sudo().id_number_full)

    def test_a_minor_stays_a_minor_in_aftercare(self):
        self.on(END)
        minor = self.in_correction(self.make_minor())
        self.prepare()
        release = minor.release_ids
        self.decide(release)
        release.guardian_present = "李建国"
        self.announce(release)
        self.certify(release)
        release.action_release()
        action = release.action_to_aftercare()
        person = self.env["township.aftercare"].browse(action["res_id"])
        self.assertTrue(person.is_minor)
        self.assertNotIn(minor.name, person.display_name)
        with self.assertRaises(AccessError):
            person.with_user(self.correction).read(["name"])
        self.assertEqual(person.with_user(self.minor_officer).name, minor.name)

    def test_nobody_of_the_ladder_reads_aftercare(self):
        person = self.accepted()
        for user in (self.reporter, self.officer, self.director, self.supervisor):
            for record in (person, person.visit_ids):
                with self.subTest(user.login, model=record._name), self.assertRaises(AccessError):
                    record.with_user(user).read(["state" if record == person else "outcome"])

    def test_no_field_says_what_a_person_might_do(self):
        names = " ".join(self.env["township.aftercare"]._fields)
        for word in ("risk", "level", "reoffen", "key_person", "relig", "ethnic"):
            with self.subTest(word):
                self.assertNotIn(word, names.replace("escalation_level", ""))
