from datetime import date

from freezegun import freeze_time
from lxml import etree
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.township_governance.models.common.deadline_flag import FlagRun
from odoo.addons.township_governance.tests.common import TownshipCase

NOON = "2026-11-23 04:00:00"  # a Monday, 12 o'clock in China


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestCaseFlow(TownshipCase):
    """The state machine to every end, with its guards."""

    def test_mediation_from_report_to_archive(self):
        case = self.make_case(committee_id=self.committee.id, mediator_id=self.mediator.id)
        self.assertEqual(case.name, "王伟强与刘芳邻里纠纷")
        case.action_register()
        self.assertEqual(case.state, "registered")
        self.assertEqual(case.date_accepted, date(2026, 11, 23))
        self.assertEqual(case.number, "2026-00001")
        self.assertEqual(case.file_number, "（2026）槐荫人调字第0001号")
        case.action_assign()
        self.assertEqual(case.user_id, self.mediator_user)
        case.with_user(self.mediator_user).action_handle()
        case.write({"outcome": "settled", "settlement": "三日内清淤"})
        case.with_user(self.mediator_user).action_close()
        self.assertEqual((case.state, case.deadline_state), ("closed", "met"))
        case.action_archive_file()
        self.assertEqual(case.state, "archived")
        self.assertFalse(case.missing_items)

    def test_unit_of_the_committee_answers_for_the_case(self):
        self.committee.unit_id = self.unit
        case = self.make_case(mediator_id=self.mediator.id)
        case.action_register()
        case.action_assign()
        self.assertEqual(case.committee_id, self.committee)
        self.assertEqual(case.unit_id, self.unit)
        self.assertTrue(case.file_number)

    def test_registration_says_what_is_missing(self):
        case = self.make_case(type_id=False, party_ids=[])
        with self.assertRaisesRegex(UserError, "the type; an applicant"):
            case.action_register()
        self.assertFalse(case.number)

    def test_close_needs_outcome_and_routes(self):
        case = self.make_handling_case()
        with self.assertRaisesRegex(UserError, "outcome"):
            case.action_close()
        case.outcome = "failed"
        with self.assertRaisesRegex(UserError, "other routes"):
            case.action_close()
        case.routes_told = True
        case.action_close()
        self.assertEqual(case.state, "closed")

    def test_every_other_end_needs_a_reason(self):
        ends = {
            "rejected": ("action_reject", self.make_case()),
            "withdrawn": ("action_withdraw", self.make_case()),
            "transferred": ("action_transfer", self.make_case()),
        }
        for state, (method, case) in ends.items():
            with self.subTest(state):
                case.action_register()
                with self.assertRaisesRegex(UserError, "reason"):
                    getattr(case, method)()
                getattr(case, method)("当事人撤回申请")
                self.assertEqual((case.state, case.outcome), (state, state))
                self.assertEqual(case.end_reason, "当事人撤回申请")
                self.assertEqual(case.deadline_state, "met")

    def test_petition_is_accepted_by_its_own_act(self):
        case = self.make_case(
            kind="petition",
            type_id=self.env.ref("township_governance.case_type_p01").id,
            date_received=date(2026, 11, 16),
        )
        case.action_register()
        self.assertFalse(case.date_accepted)
        self.assertEqual(case.deadline_date, date(2026, 12, 1))  # 15 days (PET-09)
        with self.assertRaisesRegex(UserError, "acceptance"):
            case.user_id = self.officer
            case.action_assign()
            case.action_handle()

    def test_petition_acceptance_starts_sixty_days(self):
        case = self.make_case(
            kind="petition", type_id=self.env.ref("township_governance.case_type_p01").id
        )
        case.action_register()
        case.action_accept()
        self.assertEqual(case.deadline_date, date(2027, 1, 22))  # 60 days (PET-27)
        self.assertEqual(case.clock_ids.sorted("id").mapped("deadline_state"), ["met", "running"])
        with self.assertRaises(UserError):
            case.action_accept()

    def test_hazard_and_service_need_no_applicant(self):
        for kind, xmlid in (("hazard", "case_type_h01"), ("service", "case_type_s01")):
            case = self.make_case(
                kind=kind,
                type_id=self.env.ref(f"township_governance.{xmlid}").id,
                party_ids=[],
                name="路灯不亮",
            )
            case.action_register()
            self.assertEqual(case.state, "registered")
            self.assertTrue(case.deadline_date)

    def test_closed_content_is_frozen_until_reopened(self):
        case = self.make_handling_case()
        case.write({"outcome": "settled", "settlement": "和解"})
        case.action_close()
        with self.assertRaisesRegex(UserError, "can no longer be changed"):
            case.summary = "changed"
        with self.assertRaisesRegex(UserError, "can no longer be changed"):
            case.party_ids[0].name = "changed"
        with self.assertRaisesRegex(UserError, "can no longer be changed"):
            case.party_ids[0].unlink()
        with self.assertRaises(AccessError):
            case.action_reopen("officer may not")
        case = case.with_user(self.director)
        with self.assertRaisesRegex(UserError, "reason"):
            case.action_reopen()
        case.action_reopen("协议内容有误")
        self.assertEqual(case.state, "handling")
        case.summary = "changed"

    def test_archived_case_never_thaws(self):
        case = self.make_handling_case()
        case.write({"outcome": "settled", "settlement": "和解"})
        case.action_close()
        case.action_archive_file()
        with self.assertRaises(UserError):
            case.with_user(self.director).action_reopen("too late")

    def test_reporter_settles_on_the_spot_and_officer_confirms(self):
        case = self.make_case(user=self.reporter, settlement="当场清淤，互相道歉")
        self.assertEqual(case.grid_id, self.grid)
        self.assertEqual(case.village_id, self.village)
        case.action_settle_on_spot()
        self.assertEqual((case.state, case.settlement_state), ("handling", "pending"))
        self.assertTrue(case.number)
        with self.assertRaises(AccessError):
            case.action_confirm_settlement()
        case.with_user(self.officer).action_confirm_settlement()
        self.assertEqual(
            (case.state, case.outcome, case.settlement_state), ("closed", "settled", "confirmed")
        )

    def test_registered_case_keeps_its_kind(self):
        case = self.make_case()
        case.kind = "hazard"
        case.kind = "mediation"
        case.action_register()
        with self.assertRaisesRegex(UserError, "kind"):
            case.kind = "hazard"

    def test_petition_is_not_settled_on_the_spot(self):
        case = self.make_case(
            kind="petition",
            type_id=self.env.ref("township_governance.case_type_p01").id,
            settlement="和解",
        )
        with self.assertRaisesRegex(UserError, "petition"):
            case.action_settle_on_spot()

    def test_form_lets_only_those_type_who_may(self):
        case = self.make_case(unit_id=self.village.id)
        case.action_register()
        self.assertTrue(case.may_edit)
        self.assertFalse(case.with_user(self.reporter_other).may_edit)
        with self.assertRaises(AssertionError), Form(case.with_user(self.reporter_other)) as form:
            form.summary = "改写"

    def test_form_keeps_what_nobody_types_read_only(self):
        arch = etree.fromstring(self.env["township.case"].get_view(view_type="form")["arch"])
        readonly = {
            node.get("name"): node.get("readonly")
            for node in arch.xpath("//field[not(ancestor::field)]")
        }
        for name in ("number", "overdue_days", "reporter_id"):
            self.assertNotIn("may_edit", readonly[name] or "")
        self.assertEqual(readonly["summary"], "not may_edit")
        self.assertEqual(readonly["settlement"], "not may_edit and not may_complete")

    def test_corrected_dates_stay_in_the_history(self):
        case = self.make_case()
        case.action_register()
        self.env.flush_all()
        self.env.cr.precommit.run()
        case.date_received = date(2026, 11, 20)
        self.env.flush_all()
        self.env.cr.precommit.run()
        changes = case.message_ids.sudo().tracking_value_ids
        self.assertIn("date_received", changes.field_id.mapped("name"))

    def test_settling_needs_what_was_agreed(self):
        case = self.make_case(user=self.reporter)
        with self.assertRaisesRegex(UserError, "agreed"):
            case.action_settle_on_spot()

    def test_dates_in_the_future_or_out_of_order_are_refused(self):
        with self.assertRaisesRegex(UserError, "future"):
            self.make_case(date_received=date(2026, 11, 24))
        with self.assertRaisesRegex(UserError, "before it was received"):
            self.make_case(date_received=date(2026, 11, 20), date_closed=date(2026, 11, 19))

    def test_only_drafts_are_deleted(self):
        draft, registered = self.make_case(), self.make_case()
        registered.action_register()
        draft.unlink()
        with self.assertRaises(AccessError):
            registered.unlink()
        with self.assertRaises(UserError):
            registered.sudo().unlink()

    def test_clocks_and_numbers_are_not_typed(self):
        case = self.make_case(user=self.reporter)
        for vals in (
            {"deadline_date": date(2027, 1, 1)},
            {"overdue_flag_date": False},
            {"number": "2026-00009"},
            {"settlement_state": "confirmed"},
            {"state": "closed"},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                case.write(vals)
            with self.subTest(create=vals), self.assertRaises(AccessError):
                self.make_case(user=self.reporter, **vals)

    def test_typed_number_that_exists_is_refused_for_people(self):
        first, second = self.make_case(), self.make_case()
        first.action_register()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation) as caught:
            second.number = first.number
            second.flush_recordset()
        message = second._sql_error_to_message(caught.exception)  # what the web client shows
        self.assertIn("in use already", message)
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            first.number = "2026-00100"

    def test_copy_starts_as_a_draft_without_number(self):
        case = self.make_case()
        case.action_register()
        copy = case.copy()
        self.assertEqual(copy.state, "draft")
        self.assertFalse(copy.number or copy.deadline_date or copy.clock_ids)

    def test_imported_case_shows_what_it_lacks(self):
        case = self.make_case()
        case.sudo()._enter_state("closed", outcome="settled", date_closed=date(2026, 11, 23))
        self.assertIn("what was agreed", case.missing_items)
        with self.assertRaisesRegex(UserError, "what was agreed"):
            case.action_archive_file()
        case.settlement = "三日内清淤"  # a gap may be filled
        with self.assertRaisesRegex(UserError, "can no longer be changed"):
            case.settlement = "改写"
        with self.assertRaisesRegex(UserError, "the committee.*the mediator"):
            case.action_archive_file()
        case.write({"committee_id": self.committee.id, "mediator_id": self.mediator.id})
        case.action_archive_file()
        self.assertEqual(case.state, "archived")
        self.assertTrue(case.file_number, "drawn before the file is shut")

    def test_settled_case_may_be_closed_before_the_agreement_is_typed(self):
        case = self.make_handling_case(outcome="settled")
        case.action_close()
        self.assertIn("what was agreed", case.missing_items)

    def test_closing_date_completed_afterwards_ends_the_clocks(self):
        case = self.make_case()
        case.action_register()
        case.sudo()._enter_state("closed", outcome="settled")
        self.assertTrue(case.may_complete)
        case.date_closed = date(2026, 11, 23)
        self.assertEqual(case.deadline_state, "met")

    def test_many_at_once(self):
        cases = self.env["township.case"].with_user(self.officer)
        cases = cases.create([self.case_vals(name=f"案件{number}") for number in range(60)])
        cases.action_register()
        self.assertEqual(cases[-1].number, "2026-00060")
        self.assertEqual(len(set(cases.mapped("number"))), 60)


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestCaseBatches(TownshipCase):
    """Creating and registering cost the same number of queries for ten as for a hundred."""

    def _queries(self, function):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def _create(self, number):
        vals = self.case_vals(user_id=self.mediator_user.id, committee_id=self.committee.id)
        Case = self.env["township.case"].with_user(self.officer)
        self.created = Case.create([{**vals, "name": f"案件{i}"} for i in range(number)])

    def test_create_and_register_in_batches(self):
        self._create(2)
        self.created.action_register()
        few = self._queries(lambda: self._create(10))
        few_registered = self._queries(self.created.action_register)
        many = self._queries(lambda: self._create(200))
        many_registered = self._queries(self.created.action_register)
        self.assertLessEqual(many - few, 190 * 0.1)
        self.assertLessEqual(many_registered - few_registered, 190 * 0.1)

    def test_every_case_has_message_follower_and_activity_but_no_mail(self):
        mails = self.env["mail.mail"].search_count([])
        self._create(30)
        for case in self.created.sudo():
            self.assertEqual(len(case.message_ids), 1)
            self.assertIn(self.mediator_user.partner_id, case.message_partner_ids)
            self.assertEqual(case.activity_ids.user_id, self.mediator_user)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        notifications = self.env["mail.notification"].search_count(
            [("mail_message_id", "in", self.created.sudo().message_ids.ids)]
        )
        self.assertFalse(notifications)


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestCaseClocks(TownshipCase):
    """The clocks of a case: local and standard limit, corrections, extension, suspension."""

    def test_mediation_shows_local_and_standard_limit(self):
        case = self.make_case(difficulty="major")
        case.action_register()
        dates = {clock.deadline_rule_id.code: clock.deadline_date for clock in case.clock_ids}
        self.assertEqual(dates["mediation_standard"], date(2026, 12, 23))
        self.assertEqual(dates["mediation_major"], date(2027, 1, 22))
        self.assertEqual(case.deadline_date, date(2026, 12, 23))  # the earlier governs

    def test_corrected_difficulty_replaces_the_local_clock(self):
        case = self.make_case(difficulty="simple")
        case.action_register()
        case.difficulty = "difficult"
        codes = set(case.clock_ids.mapped("deadline_rule_id.code"))
        self.assertEqual(codes, {"mediation_standard", "mediation_difficult"})
        self.assertEqual(case.deadline_date, date(2026, 12, 14))  # the 13th is a Sunday

    def test_suspension_and_extension_go_on_with_a_corrected_difficulty(self):
        case = self.make_case(difficulty="simple")
        case.action_register()
        self.env["township.case.extension"].with_user(self.officer).create(
            {
                "case_id": case.id,
                "date_to": date(2027, 1, 11),
                "reason": "双方同意",
                "both_agreed": True,
            }
        )
        self.env["township.case.suspension"].with_user(self.officer).create(
            {"case_id": case.id, "reason": "appraisal"}
        )
        case.difficulty = "difficult"
        self.assertEqual(case.deadline_date, date(2027, 1, 11))
        self.assertEqual(set(case.clock_ids.mapped("deadline_state")), {"suspended"})

    def test_leader_in_charge_is_told_of_an_escalation(self):
        case = self.make_case(leader_id=self.officer.id)
        case.action_register()
        with freeze_time("2026-12-10 04:00:00"):
            self.env["township.deadline.flag"]._flag_rows(
                case.sudo().clock_ids.sorted("deadline_date")[:1],
                FlagRun(date(2026, 12, 10)),
            )
        self.assertIn(self.officer, case.sudo().activity_ids.user_id)
        self.assertEqual(case.escalation_level, 2)

    def test_what_the_scheduled_action_logs_is_in_the_language_of_the_office(self):
        case = self.make_case()
        case.action_register()
        with freeze_time("2026-12-10 04:00:00"), self.enter_registry_test_mode():
            self.env.ref("township_governance.ir_cron_flag_deadlines").method_direct_trigger()
        case.invalidate_recordset()
        self.assertTrue(case.overdue_flag_date)
        self.assertIn("已逾期", case.message_ids[0].body)

    def test_a_case_overdue_without_a_clock_is_flagged_too(self):
        case = self.make_case().sudo()
        case.action_register()
        case.clock_ids.unlink()
        case.deadline_date = date(2026, 11, 20)
        flag = self.env["township.deadline.flag"]
        due = case.search(flag._due_domain(case, date(2026, 11, 23)))
        self.assertEqual(due, case)

    def test_own_rule_of_the_township_wins(self):
        shared = self.env.ref("township_governance.rule_mediation_ordinary")
        shared.copy({"company_id": self.company.id, "number": 10, "roll_to_working_day": False})
        case = self.make_case()
        case.action_register()
        self.assertEqual(case.deadline_date, date(2026, 12, 3))

    def test_extension_agreed_by_both_parties_moves_both_limits(self):
        case = self.make_case()
        case.action_register()
        Extension = self.env["township.case.extension"].with_user(self.mediator_user)
        case.sudo().user_id = self.mediator_user
        vals = {"case_id": case.id, "date_to": date(2027, 1, 11), "reason": "双方同意"}
        with self.assertRaisesRegex(UserError, "both parties"):
            Extension.create(vals)
        Extension.create({**vals, "both_agreed": True})
        self.assertEqual(case.deadline_date, date(2027, 1, 11))

    def test_an_extension_that_extends_nothing_is_refused(self):
        petition = self.make_case(
            kind="petition", type_id=self.env.ref("township_governance.case_type_p01").id
        )
        petition.action_register()
        petition.action_accept()  # its ended notice clock stands beside the running one
        mediation = self.make_case()
        mediation.action_register()
        Extension = self.env["township.case.extension"].with_user(self.director)
        for case in (petition, mediation):
            before = case.deadline_date
            with self.assertRaisesRegex(UserError, "must be after"), self.env.cr.savepoint():
                Extension.create(
                    {
                        "case_id": case.id,
                        "date_to": before,
                        "reason": "情况复杂",
                        "both_agreed": True,
                    }
                )
            self.assertEqual(case.deadline_date, before)
            self.assertFalse(case.extension_ids)

    def test_petition_is_extended_once_by_the_director_for_thirty_days_at_most(self):
        case = self.make_case(
            kind="petition", type_id=self.env.ref("township_governance.case_type_p01").id
        )
        case.action_register()
        case.action_accept()
        vals = {"case_id": case.id, "date_to": date(2027, 2, 21), "reason": "情况复杂"}
        with self.assertRaises(AccessError):
            self.env["township.case.extension"].with_user(self.officer).create(vals)
        Extension = self.env["township.case.extension"].with_user(self.director)
        with self.assertRaisesRegex(UserError, "at most 30 days"):
            Extension.create({**vals, "date_to": date(2027, 3, 1)})
        Extension.create(vals)
        self.assertEqual(case.deadline_date, date(2027, 2, 21))

    def test_appraisal_time_is_not_counted(self):
        case = self.make_case()
        case.action_register()
        with freeze_time("2026-11-25 04:00:00"):
            suspension = (
                self.env["township.case.suspension"]
                .with_user(self.officer)
                .create({"case_id": case.id, "reason": "appraisal"})
            )
            self.assertEqual(case.deadline_state, "suspended")
        with freeze_time("2026-12-05 04:00:00"):
            suspension.date_to = date(2026, 12, 5)
            self.assertEqual(case.deadline_date, date(2026, 12, 10))
            self.assertEqual(case.deadline_state, "running")

    def test_history_raises_no_alarm(self):
        with self.assertRaises(AccessError):
            self.make_case(history=True)
        case = self.make_case(date_received=date(2026, 1, 5), date_accepted=date(2026, 1, 5))
        case.sudo().history = True
        case.action_register()
        self.assertEqual(case.deadline_state, "overdue")
        self.assertFalse(case.clock_ids.mapped("deadline_check_date")[0])
        self.assertFalse(case.deadline_check_date)
