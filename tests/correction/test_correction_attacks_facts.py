"""Facts on which a clock, a liberty or a protection hangs, and who would like them otherwise."""

from datetime import date, timedelta

from odoo.tests import tagged

from .attack_case import AttackCase


@tagged("post_install", "-at_install")
class TestCorrectionClockAttacks(AttackCase):
    """A clock that runs is ended by the duty done, and by nothing else."""

    def test_nobody_is_entered_before_the_software_came(self):
        """What was received before the go-live date is never flagged."""
        self.refused(self.subject, "write", {"date_received": "2001-01-01"})
        expected = self.make_subject(reported_date=False, announced_date=False)
        expected.action_expect()
        self.refused(expected, "write", {"date_received": "2001-01-01"})

    def test_the_return_from_a_leave_is_flagged_however_old_the_application(self):
        self.company.township_go_live_date = self.today - timedelta(days=60)
        leave = self.make(
            "township.correction.leave",
            application_date=date(2001, 1, 1),
            date_from=self.today - timedelta(days=5),
            date_to=self.today - timedelta(days=2),
        )
        leave.sudo()._enter_state("away")
        leave._deadline_give(leave.date_to)
        self.flag_deadlines()
        self.assertTrue(leave.overdue_flag_date)

    def test_no_application_comes_from_the_future_and_nobody_is_back_before_leaving(self):
        vals = {"date_from": self.today, "date_to": self.today + timedelta(days=3)}
        leave = self.make("township.correction.leave", **vals)
        self.refused(leave, "write", {"application_date": str(self.today + timedelta(days=1))})
        before = self.today - timedelta(days=4)
        vals = {"left_date": str(self.today), "returned_at": f"{before} 04:00:00"}
        self.refused(leave, "write", vals)

    def test_a_search_is_not_deleted(self):
        search = self.make("township.correction.search")
        self.refused(search, "unlink")

    def test_the_late_call_to_the_police_is_not_made_timely(self):
        search = self.make(
            "township.correction.search", noticed_date=self.today - timedelta(days=9)
        )
        self.assertEqual(search.deadline_state, "overdue")
        self.refused(search, "write", {"noticed_date": str(self.today)})
        search.police_date = self.today
        self.refused(search, "write", {"noticed_date": str(self.today)})
        self.assertEqual(search.deadline_state, "missed")

    def test_a_planned_visit_does_not_become_a_call(self):
        planned = self.env["township.correction.checkin"].search(
            [("subject_id", "=", self.subject.id)], limit=1
        )
        self.refused(planned.with_user(self.correction), "write", {"kind": "phone"})

    def test_no_duty_is_booked_after_the_end(self):
        vals = {"subject_id": self.subject.id, "kind": "phone"}
        day = self.subject.term_end + timedelta(days=1)
        checkins = self.env["township.correction.checkin"].with_user(self.correction)
        self.refused(checkins, "create", [{**vals, "planned_date": day}])
        last = self.call(checkins, "create", [{**vals, "planned_date": self.subject.term_end}])
        self.assertTrue(last)

    def test_clocks_are_neither_written_nor_deleted(self):
        clock = self.subject.clock_ids[:1].with_user(self.correction)
        self.assertTrue(clock)
        for vals in ({"deadline_date": "2030-01-01"}, {"deadline_done_date": "2026-01-01"}):
            self.refused(clock, "write", vals)
        self.refused(clock, "unlink")
        self.refused(self.subject, "write", {"clock_ids": [[2, clock.id, 0]]})
        self.refused(self.subject, "write", {"clock_ids": [[5, 0, 0]]})


@tagged("post_install", "-at_install")
class TestCorrectionPaperAttacks(AttackCase):
    """What another body has decided is neither rewritten nor thrown away."""

    def test_a_device_is_not_worn_on_by_two_extensions_of_the_same_days(self):
        device = self.make(
            "township.correction.device",
            ground="prohibition",
            facts="违反禁止令。",
            date_from=self.today,
            date_until=self.today + timedelta(days=20),
            **self.paper(),
        )
        device.action_approve()
        until = self.today + timedelta(days=45)
        vals = {"device_id": device.id, "date_until": until, "facts": "仍有必要。"}
        first, second = device.extension_ids.create([vals, vals])
        for extension in (first, second):
            extension.write(self.paper())
        first.action_approve()
        self.refused(second, "action_approve")
        self.refused(first, "write", {"date_until": str(until + timedelta(days=30))})
        self.assertEqual(device.date_end, until)

    def test_nobody_releases_without_papers_nor_leaves_a_state_by_hand(self):
        for method in ("action_release", "action_terminate", "action_relocate"):
            self.refused(self.subject, method)
        for state in ("released", "draft"):
            self.refused(self.subject, "write", {"state": state})
            self.refused(self.subject, "web_save", {"state": state}, {"state": {}})
        self.assertEqual(self.subject.state, "in_correction")

    def test_what_the_county_decided_on_a_release_stands(self):
        release = self.env["township.correction.release"].create({"subject_id": self.subject.id})
        obstacle = release.obstacle_ids.with_user(self.correction).create(
            {
                "release_id": release.id,
                "kind": "revocation",
                "since_date": self.today,
                "body": "某法院",
                "outcome": "continue",
                **self.paper(),
            }
        )
        self.assertTrue(release.obstacle_held)
        self.refused(obstacle, "unlink")
        self.refused(obstacle, "write", {"outcome": "release"})
        self.refused(obstacle, "write", {"decision_number": "另一号"})
        self.call(obstacle, "write", {"ended_date": str(self.today)})
        self.assertFalse(release.obstacle_held)

    def test_what_stands_against_a_release_and_is_not_decided_is_corrected(self):
        release = self.env["township.correction.release"].create({"subject_id": self.subject.id})
        vals = {"release_id": release.id, "kind": "other", "since_date": self.today, "body": "误"}
        obstacle = release.obstacle_ids.with_user(self.correction).create(vals)
        self.call(obstacle, "unlink")
        self.assertFalse(obstacle.exists())

    def test_an_exit_report_stays_and_its_cancellation_too(self):
        report = self.make("township.correction.exit.report", **self.paper())
        self.refused(report, "unlink")
        self.refused(report, "write", {"decision_number": "另一号"})
        self.call(report, "write", {"cancel_date": str(self.today), "cancel_number": "撤1"})
        self.refused(report, "write", {"cancel_date": False})

    def test_a_breach_about_which_somebody_was_heard_stays(self):
        breach = self.breach()
        self.refused(breach, "unlink")
        unheard = self.breach(heard_date=False, heard_statement=False)
        self.call(unheard, "unlink")
        self.assertFalse(unheard.exists())

    def test_a_breach_is_not_hung_on_a_decided_measure(self):
        measure = self.imposed()
        breach = self.breach()
        self.refused(breach, "write", {"measure_ids": [[4, measure.id, 0]]})
        self.refused(measure, "write", {"breach_ids": [[4, breach.id, 0]]})
        vals = {"date": self.today, "facts": "事实", "subject_id": self.subject.id}
        self.refused(breach.browse(), "create", [{**vals, "measure_ids": [[4, measure.id, 0]]}])

    def test_a_scan_of_a_decision_is_not_swapped(self):
        measure = self.imposed()
        scan = measure.decision_scan_ids
        for method, args in {
            "write": [{"raw": "QQ=="}],
            "unlink": [],
        }.items():
            self.refused(scan.with_user(self.correction), method, *args)
        self.refused(scan.with_user(self.correction), "write", {"res_id": self.subject.id})


@tagged("post_install", "-at_install")
class TestCorrectionAgeAttacks(AttackCase):
    """Who is a minor is told by days on record, to the day and for good."""

    def subject_of(self, born, offence, **vals):
        return self.make_subject(
            self.minor_officer,
            birth_date=born,
            offence_date=offence,
            user_id=self.minor_officer.id,
            **vals,
        )

    def test_the_birthday_itself_is_still_under_18(self):
        for born, offence, minor in (
            (date(2007, 5, 3), date(2025, 5, 2), True),
            (date(2007, 5, 3), date(2025, 5, 3), True),
            (date(2007, 5, 3), date(2025, 5, 4), False),
            # nobody's birthday is 29 February in a common year: 18 from 1 March on
            (date(2008, 2, 29), date(2026, 2, 28), True),
            (date(2008, 2, 29), date(2026, 3, 1), False),
        ):
            with self.subTest(born=born, offence=offence):
                later = {"effective_date": date(2026, 6, 1), "judgment_date": date(2026, 5, 1)}
                subject = self.subject_of(born, offence, **later, reported_date=date(2026, 6, 2))
                self.assertEqual(subject.minor_at_offence, minor)

    def test_a_refusal_of_aftercare_is_not_unsaid(self):
        person = (
            self.env["township.aftercare"]
            .with_user(self.correction)
            .create(
                {
                    "name": "赵建国",
                    "birth_date": date(1980, 5, 6),
                    "release_date": self.today,
                    "company_id": self.company.id,
                }
            )
        )
        person.action_register()
        person.write({"wish": "no", "wish_date": self.today})
        person.action_decline()
        self.refused(person, "write", {"wish": "undecided"})
        self.refused(person, "write", {"wish_date": False})
        self.refused(person, "unlink")
        log = person.message_ids.filtered(lambda one: one.message_type == "notification")
        self.refused(log, "unlink", user=self.correction)
        self.call(person, "write", {"wish": "yes", "wish_date": str(self.today)})
        self.call(person, "action_accept")
        self.assertEqual(person.state, "active")

    def test_a_minor_in_aftercare_stays_one(self):
        person = (
            self.env["township.aftercare"]
            .with_user(self.minor_officer)
            .create(
                {
                    "name": "李小明",
                    "birth_date": date(2009, 6, 1),
                    "offence_date": date(2025, 1, 1),
                    "release_date": self.today,
                    "company_id": self.company.id,
                    "user_id": self.minor_officer.id,
                }
            )
        )
        self.assertTrue(person.is_minor)
        person.action_register()
        self.refused(person, "write", {"birth_date": "1999-06-01"})
        self.refused(person, "write", {"is_minor": False})
        self.refused(person, "write", {"date_received": "2001-01-01"})
        self.assertFalse(person.with_user(self.correction).has_access("read"))
