from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import BaseCase, Form, freeze_time, tagged

from ...tools.periods import exceeds
from .measure_case import MeasureCase

TODAY = date(2026, 6, 10)


@tagged("post_install", "-at_install")
class TestMoreThanOneMonth(BaseCase):
    """Calendar arithmetic of the ladder, for each day of four years with a leap day in them."""

    def days(self):
        return [date(2027, 1, 1) + timedelta(days=number) for number in range(4 * 365 + 1)]

    def test_the_same_day_of_the_next_month_is_not_more_and_the_day_after_is(self):
        for start in self.days():
            end = MeasureCase.months_later(start, 1)
            with self.subTest(start):
                self.assertFalse(exceeds(start, end, 1, "month"))
                self.assertTrue(exceeds(start, end + timedelta(days=1), 1, "month"))

    def test_a_longer_absence_is_never_less(self):
        for start in self.days():
            found = [exceeds(start, start + timedelta(days=days), 1, "month") for days in range(40)]
            self.assertEqual(found, sorted(found))
            self.assertTrue(28 <= found.index(True) - 1 <= 31)

    def test_days_count_as_days(self):
        for start in self.days():
            self.assertFalse(exceeds(start, start + timedelta(days=10), 10, "day"))
            self.assertTrue(exceeds(start, start + timedelta(days=11), 10, "day"))


@freeze_time("2026-06-10 02:00:00")
@tagged("post_install", "-at_install")
class TestCorrectionMeasure(MeasureCase):
    """A measure from the facts to its service."""

    def test_the_office_proposes_the_county_decides_and_the_paper_is_served(self):
        measure = self.measure()
        measure.action_hear()
        measure.action_propose()
        with self.assertRaisesRegex(UserError, "Number of the decision"):
            measure.action_decide()
        measure.write(self.paper())
        measure.action_decide()
        with self.assertRaisesRegex(UserError, "procuratorate"):
            measure.action_serve()
        self.serve(measure)
        measure.action_close()
        self.assertEqual(measure.state, "closed")

    def test_nobody_is_punished_unheard(self):
        measure = self.measure(heard_statement=False)
        with self.assertRaisesRegex(UserError, "Statement of the person"):
            measure.action_propose()

    def test_praise_needs_no_hearing_but_its_evidence(self):
        praise = self.measure("praise", heard_date=False, heard_statement=False)
        praise.evidence_scan_ids = False
        with self.assertRaisesRegex(UserError, "Scan of the evidence"):
            praise.action_propose()
        praise.evidence_scan_ids = self.scan()
        praise.action_propose()
        self.assertEqual(praise.state, "proposed")

    def test_no_step_enters_a_state_by_hand(self):
        measure = self.measure()
        for state in ("proposed", "decided", "closed"):
            with self.assertRaises(AccessError):
                measure.state = state

    def test_what_was_proposed_is_not_rewritten(self):
        measure = self.measure()
        measure.action_propose()
        for vals in ({"facts": "other"}, {"heard_statement": "other"}, {"article": "other"}):
            with self.assertRaises(UserError):
                measure.write(vals)

    def test_a_refusal_is_a_paper_too_and_uses_up_no_fact(self):
        breach = self.breach()
        measure = self.measure(breach_ids=[(6, 0, breach.ids)])
        measure.action_propose()
        self.assertFalse(self.subject.measure_notes)
        with self.assertRaises(UserError):
            measure.action_refuse()
        measure.write(self.paper())
        measure.action_refuse()
        self.assertIn("Admonition", self.subject.measure_notes)

    def test_dropping_takes_a_reason(self):
        measure = self.measure()
        with self.assertRaisesRegex(UserError, "Reason"):
            measure.action_drop()
        measure.drop_reason = "事实不清。"
        measure.action_drop()
        self.assertEqual(measure.state, "dropped")

    def test_a_kind_is_only_for_the_categories_of_its_law(self):
        possible = {
            "control": {"public_order", "reduction"},
            "probation": {"public_order", "revoke_probation", "arrest", "reduction"},
            "parole": {"revoke_parole", "arrest"},
            "medical": {"public_order", "return_prison", "reduction"},
        }
        for category, special in possible.items():
            subject = self.make_subject(category=category)
            codes = set(
                self.env["township.correction.measure"]
                .with_user(self.correction)
                .new({"subject_id": subject.id})
                .possible_kind_ids.mapped("code")
            )
            with self.subTest(category):
                self.assertEqual(codes, special | {"praise", "admonition", "warning"})
        parole = self.make_subject(category="parole")
        with self.assertRaisesRegex(ValidationError, "not possible for this category"):
            self.measure("revoke_probation", parole)

    def test_a_court_rules_only_on_what_the_county_proposed_and_its_time_counts_from_then(self):
        measure = self.measure("revoke_probation")
        measure.action_propose()
        measure.write(self.paper())
        with self.assertRaisesRegex(UserError, "county's proposal"):
            measure.action_decide()
        measure.write(
            {
                "county_number": "槐矫〔2026〕6号",
                "county_date": date(2026, 6, 1),
                "county_scan_ids": self.scan(),
            }
        )
        self.assertEqual(measure.addressee, self.subject.deciding_body)
        measure.action_county_propose()
        self.assertEqual(measure.deadline_date, date(2026, 7, 1))
        measure.action_decide()
        self.assertEqual(measure.deadline_done_date, TODAY)

    def test_48_hours_for_an_arrest_do_not_roll_over_a_holiday(self):
        with freeze_time("2026-10-01 02:00:00"):
            measure = self.measure("arrest")
            measure.action_propose()
            measure.write(
                {
                    "county_number": "槐矫〔2026〕9号",
                    "county_date": date(2026, 10, 1),
                    "county_scan_ids": self.scan(),
                }
            )
            measure.action_county_propose()
        self.assertEqual(measure.deadline_date, date(2026, 10, 3))

    def test_an_objection_is_answered_before_the_file_closes(self):
        measure = self.imposed()
        self.serve(measure)
        measure.objection_date = self.today
        with self.assertRaisesRegex(UserError, "Answer to the objection"):
            measure.action_close()
        measure.write({"objection_answer": "维持。", "objection_answered_date": self.today})
        measure.action_close()
        self.assertEqual(measure.state, "closed")

    def test_what_is_under_way_is_finished_after_the_end_of_correction(self):
        measure = self.imposed("revoke_probation")
        self.subject.sudo()._enter_state("terminated", ended_date=TODAY)
        measure.delivery_ids.date_served = TODAY
        measure.action_serve()
        measure.action_close()
        with self.assertRaises(UserError):
            measure.write({"objection": "later"})
        with self.assertRaises(AccessError):
            self.measure()

    def test_a_delivery_of_a_measure_is_among_the_papers_of_the_subject(self):
        measure = self.imposed()
        self.assertEqual(measure.delivery_ids, self.subject.delivery_ids)

    def test_the_forms_open_and_save_for_the_officer(self):
        breach = self.breach()
        measures = self.env["township.correction.measure"].with_user(self.correction)
        with Form(measures.with_context(default_subject_id=self.subject.id)) as form:
            form.kind_id = self.kind("warning")
            self.assertEqual(form.article, self.kind("warning").article)
            form.breach_ids.add(breach)
        self.assertEqual(form.record.breach_ids, breach)
        for record in (self.subject, self.finding(3), self.imposed(), breach):
            with self.subTest(record._name):
                Form(record)
        for action in ("action_new_measure", "action_new_search", "action_new_device"):
            opened = getattr(self.subject, action)()
            model = self.env[opened["res_model"]].with_user(self.correction)
            self.assertEqual(Form(model.with_context(**opened["context"])).subject_id, self.subject)

    def test_only_what_is_not_begun_is_deleted(self):
        self.measure().unlink()
        measure = self.imposed()
        with self.assertRaises(UserError):
            measure.unlink()

    def test_ground_and_measure_are_about_one_person(self):
        other = self.in_correction()
        breach = self.breach(subject=other)
        with self.assertRaisesRegex(ValidationError, "same person"):
            self.measure(breach_ids=[(6, 0, breach.ids)])

    def test_a_breach_under_a_measure_stays(self):
        breach = self.breach()
        self.measure(breach_ids=[(6, 0, breach.ids)]).action_propose()
        with self.assertRaisesRegex(UserError, "A measure stands on"):
            breach.facts = "other"
        with self.assertRaisesRegex(UserError, "A measure stands on"):
            breach.unlink()

    def test_of_a_minor_the_guardian_is_asked_for_and_nothing_is_public(self):
        minor = self.in_correction(self.make_minor())
        measure = self.measure("warning", minor)
        with self.assertRaisesRegex(UserError, "Guardian present"):
            measure.action_hear()
        measure.guardian = "李大明（父亲）"
        measure.action_hear()
        with self.assertRaisesRegex(ValidationError, "not made public"):
            measure.published_date = self.today
        self.assertNotIn(minor.name, measure.display_name)

    def test_nobody_outside_the_room_reads_a_measure(self):
        rows = (self.measure(), self.breach(), self.finding(3))
        for user in (self.reporter, self.officer, self.director, self.supervisor):
            for row in rows:
                with self.subTest(user.login, model=row._name), self.assertRaises(AccessError):
                    row.with_user(user).read(["subject_id"])

    def test_the_officer_for_adults_reads_no_row_of_a_minor(self):
        measure = self.measure("warning", self.in_correction(self.make_minor()))
        measures = self.env["township.correction.measure"].with_user(self.correction)
        self.assertFalse(measures.search([("id", "=", measure.id)]))


@freeze_time("2026-06-10 02:00:00")
@tagged("post_install", "-at_install")
class TestLadder(MeasureCase):
    """What is suggested, and from what alone."""

    def suggested(self, subject=None):
        """:return: ``set`` of codes of kinds"""
        subject = subject or self.subject
        subject.invalidate_recordset()
        found = self.env["township.correction.suggestion"].with_user(self.correction)._of(subject)
        return {suggestion.kind.code for suggestion in found}

    def test_nothing_is_suggested_from_missed_check_ins_or_open_searches(self):
        for days in range(100):
            self.make("township.correction.search", noticed_date=TODAY - timedelta(days=days))
        checkins = self.env.get("township.correction.checkin")
        if checkins is not None and "date_due" in checkins._fields:
            checkins.sudo().create(
                [
                    {"subject_id": self.subject.id, "date_due": TODAY - timedelta(days=days)}
                    for days in range(1, 101)
                ]
            )
        self.assertFalse(self.suggested())

    def test_the_days_of_a_finding_tell_the_rung(self):
        for days, expected in (
            (1, {"admonition"}),
            (10, {"admonition"}),
            (11, {"warning"}),
            (31, {"warning"}),
            (32, {"warning", "revoke_probation"}),
        ):
            subject = self.in_correction()
            self.finding(days, subject)
            with self.subTest(days):
                self.assertEqual(self.suggested(subject), expected)

    def test_a_month_over_february_is_a_month(self):
        with freeze_time("2027-03-01 02:00:00"):
            for days, revocable in ((28, False), (29, True)):
                subject = self.in_correction()
                self.finding(days, subject, until=date(2027, 3, 1))
                with self.subTest(days):
                    self.assertEqual("revoke_probation" in self.suggested(subject), revocable)

    def test_whoever_is_still_out_is_counted_to_today_and_no_further_than_the_end(self):
        search = self.finding(9)
        search.sudo().returned_date = False
        self.assertEqual(self.suggested(), {"admonition"})
        with freeze_time("2026-06-20 02:00:00"):
            self.assertEqual(self.suggested(), {"warning"})

    def test_a_finding_that_a_measure_stands_on_is_used_up(self):
        search = self.finding(5)
        self.measure(search_id=search.id)
        self.assertFalse(self.suggested())

    def test_a_search_without_finding_is_no_ground(self):
        search = self.make("township.correction.search")
        with self.assertRaisesRegex(ValidationError, "not a search"):
            self.measure(search_id=search.id)

    def test_two_admonitions_and_a_further_breach(self):
        self.imposed(day=TODAY - timedelta(days=20))
        self.imposed(day=TODAY - timedelta(days=10))
        self.assertNotIn("warning", self.suggested())
        self.breach(day=TODAY - timedelta(days=12))
        self.assertNotIn("warning", self.suggested(), "before the last admonition")
        self.breach(day=TODAY - timedelta(days=2))
        self.assertIn("warning", self.suggested())

    def test_admonitions_that_were_proposed_or_refused_do_not_count(self):
        self.imposed(day=TODAY - timedelta(days=20))
        refused = self.measure()
        refused.action_propose()
        refused.write(self.paper(day=TODAY - timedelta(days=10)))
        refused.action_refuse()
        self.measure().action_propose()
        self.breach()
        self.assertNotIn("warning", self.suggested())

    def test_two_warnings_and_a_further_breach(self):
        for category, code in (
            ("probation", "revoke_probation"),
            ("parole", "revoke_parole"),
            ("medical", "return_prison"),
        ):
            subject = self.in_correction(category=category)
            for days in (20, 10):
                self.imposed("warning", TODAY - timedelta(days=days), subject)
            self.breach(subject=subject)
            with self.subTest(category):
                self.assertIn(code, self.suggested(subject))

    def test_an_unproven_breach_suggests_nothing(self):
        self.breach("prohibition", evidence_scan_ids=False)
        self.breach("prohibition", heard_date=False)
        self.assertFalse(self.suggested())
        self.breach("prohibition")
        self.assertEqual(self.suggested(), {"warning"})

    def test_praise_after_six_months_without_a_breach(self):
        with freeze_time("2026-07-23 02:00:00"):
            self.assertNotIn("praise", self.suggested())
        with freeze_time("2026-07-24 02:00:00"):
            self.assertIn("praise", self.suggested())
            self.breach(evidence_scan_ids=False)
            self.assertNotIn("praise", self.suggested())

    def test_praised_once_it_is_six_months_again(self):
        with freeze_time("2026-08-01 02:00:00"):
            self.imposed("praise", date(2026, 8, 1), heard_date=False, heard_statement=False)
            self.assertNotIn("praise", self.suggested())
        with freeze_time("2027-01-31 02:00:00"):
            self.assertNotIn("praise", self.suggested())
        with freeze_time("2027-02-01 02:00:00"):
            self.assertIn("praise", self.suggested())

    def test_the_numbers_are_records_and_a_township_has_its_own(self):
        rung = self.env.ref("township_governance.correction_measure_rung_admonition_out")
        own = self.env["township.correction.measure.rung"].with_user(self.correction)
        with self.assertRaises(AccessError):
            rung.with_user(self.correction).up_to_number = 15
        own.create(rung.copy_data({"company_id": self.company.id, "up_to_number": 15})[0])
        self.finding(12)
        self.assertEqual(self.suggested(), {"admonition", "warning"})

    def test_the_page_names_facts_article_and_who_decides(self):
        search = self.finding(5)
        notes = self.subject.measure_notes
        for words in (search.decision_number, "第三十四条", "county"):
            self.assertIn(words, notes)

    def test_nothing_of_it_is_stored(self):
        field = self.subject._fields["measure_notes"]
        self.assertFalse(field.store)
        self.assertTrue(self.env["township.correction.suggestion"]._abstract)
