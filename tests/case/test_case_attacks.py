import json

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import tagged

from odoo.addons.township_governance.tests.common import TownshipCase

REFUSED = UserError  # of which AccessError and ValidationError are kinds


def rpc(records, user, method, *args, **kwargs):
    """Call a method as the web client does: public methods only, everything through JSON.

    :param records: recordset whose ids come first; a model with ``ids=None`` for ``@api.model``
    """
    model = records.with_user(user).browse()
    ids = [records.ids] if records.ids else []
    args, kwargs = json.loads(json.dumps([[*ids, *args], kwargs], default=str))
    return call_kw(model, method, args, kwargs)


@tagged("post_install", "-at_install")
class TestCaseAttacks(TownshipCase):
    """What a forged call of a person with an account may not do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company = cls.env["res.company"].create({"name": "Other Township"})
        cls.own = cls.make_handling_case(user_id=cls.mediator_user.id)
        cls.foreign = cls.make_case(
            name="离婚纠纷", party_ids=[Command.create({"name": "赵秘密", "role": "applicant"})]
        )
        cls.foreign.action_register()
        cls.closed = cls.make_handling_case()
        cls.closed.write({"outcome": "settled", "settlement": "和解"})
        cls.closed.action_close()
        cls.env.flush_all()
        cls.env.invalidate_all()

    def refused(self, records, user, method, *args, **kwargs):
        with self.assertRaises(REFUSED), self.env.cr.savepoint():
            rpc(records, user, method, *args, **kwargs)
            self.env.flush_all()
        self.env.invalidate_all()

    # ------------------------------------------------------------------
    # Rows moved or linked from one case to another
    # ------------------------------------------------------------------

    def test_a_party_never_moves_to_another_case(self):
        party = self.own.party_ids[0]
        for case in (self.foreign, self.closed):
            self.refused(party, self.mediator_user, "write", {"case_id": case.id})
            self.refused(party, self.officer, "write", {"case_id": case.id})
            self.refused(case, self.officer, "write", {"party_ids": [Command.link(party.id)]})
        stolen = [Command.link(self.foreign.party_ids.id)]
        self.refused(self.own, self.mediator_user, "write", {"party_ids": stolen})
        changed = [Command.update(self.foreign.party_ids.id, {"name": "改名"})]
        self.refused(self.own, self.mediator_user, "write", {"party_ids": changed})
        taken = [Command.delete(self.foreign.party_ids.id)]
        self.refused(self.own, self.mediator_user, "write", {"party_ids": taken})

    def test_agent_is_for_a_party_of_the_same_case(self):
        party = self.own.party_ids[0]
        secret = self.foreign.party_ids
        self.refused(party, self.mediator_user, "write", {"agent_for_id": secret.id})
        vals = {"case_id": self.own.id, "name": "代理", "role": "agent", "agent_for_id": secret.id}
        self.refused(party.browse(), self.mediator_user, "create", [vals])
        party.with_user(self.mediator_user).write({"agent_for_id": self.own.party_ids[1].id})

    def test_onchange_tells_no_names_of_records_one_may_not_read(self):
        spec = {"case_id": {"fields": {"display_name": {}}}}
        agent = {"agent_for_id": {"fields": {"display_name": {}}}}
        secret = self.foreign.party_ids
        calls = [
            ("township.delivery", {}, [], spec, {"default_case_id": self.foreign.id}),
            ("township.delivery", {"case_id": self.foreign.id}, ["case_id"], spec, {}),
            ("township.case.party", {}, [], spec, {"default_case_id": self.foreign.id}),
            ("township.case.party", {}, [], agent, {"default_agent_for_id": secret.id}),
            ("township.case.extension", {}, [], spec, {"default_case_id": self.foreign.id}),
        ]
        for model, values, names, fields_spec, context in calls:
            with self.subTest(model=model, values=values, context=context):
                try:
                    with self.env.cr.savepoint():
                        answer = rpc(
                            self.env[model],
                            self.mediator_user,
                            "onchange",
                            [],
                            values,
                            names,
                            fields_spec,
                            context=context,
                        )
                except REFUSED:
                    continue
                self.assertNotIn("离婚", str(answer))
                self.assertNotIn("赵秘密", str(answer))

    def test_wizard_of_ends_tells_nothing_of_foreign_cases(self):
        Wizard = self.env["township.case.end.wizard"]
        spec = {"case_ids": {"fields": {"display_name": {}}}, "step": {}}
        with self.assertRaises(REFUSED):
            answer = rpc(
                Wizard,
                self.reporter,
                "onchange",
                [],
                {},
                [],
                spec,
                context={"default_step": "close", "active_ids": self.foreign.ids},
            )
            self.assertNotIn("离婚", str(answer))
            raise UserError("said nothing")
        vals = {"step": "close", "case_ids": [Command.set(self.own.ids)], "outcome": "settled"}
        self.refused(Wizard, self.reporter, "create", [vals])
        wizard = Wizard.with_user(self.officer).create({**vals, "settlement": "和解"})
        for method in ("read", "action_confirm"):
            self.refused(wizard, self.mediator_user, method)

    def test_delivery_stays_with_a_case_one_may_read(self):
        Delivery = self.env["township.delivery"]
        vals = {"paper": "受理告知书", "recipient": "王伟强", "case_id": self.foreign.id}
        self.refused(Delivery, self.mediator_user, "create", [vals])
        delivery = Delivery.with_user(self.mediator_user).create({**vals, "case_id": self.own.id})
        self.refused(delivery, self.mediator_user, "write", {"case_id": self.foreign.id})

    # ------------------------------------------------------------------
    # Fields that screens show readonly
    # ------------------------------------------------------------------

    def test_case_stays_in_its_township_and_with_its_reporter(self):
        draft = self.make_case(user=self.reporter)
        elsewhere = {"company_id": self.other_company.id}
        both = [Command.set((self.company + self.other_company).ids)]
        self.officer.company_ids = both
        for user, case in ((self.reporter, draft), (self.officer, draft), (self.officer, self.own)):
            self.refused(case, user, "write", elsewhere)
        self.refused(draft, self.reporter, "write", {"reporter_id": self.mediator_user.id})
        self.refused(self.own, self.mediator_user, "write", {"reporter_id": self.reporter.id})

    def test_no_field_mutes_an_alarm(self):
        for vals in (
            {"deadline_check_date": "2099-01-01"},
            {"deadline_check_date": False},
            {"deadline_date": "2099-01-01"},
            {"deadline_muted": True},
            {"escalation_level": 2},
            {"history": True},
            {"settlement_state": "confirmed"},
        ):
            for user in (self.mediator_user, self.officer):
                self.refused(self.own, user, "write", vals)

    def test_commands_on_clocks_extensions_and_suspensions(self):
        clock = self.own.clock_ids[0]
        foreign = self.foreign.clock_ids[0]
        for command in (
            Command.update(clock.id, {"deadline_date": "2099-01-01"}),
            Command.delete(clock.id),
            Command.unlink(clock.id),
            Command.link(foreign.id),
            Command.clear(),
            Command.create({"deadline_date": "2099-01-01"}),
        ):
            self.refused(self.own, self.officer, "write", {"clock_ids": [command]})
        extension = (
            self.env["township.case.extension"]
            .with_user(self.mediator_user)
            .create(
                {
                    "case_id": self.own.id,
                    "date_to": "2030-01-01",
                    "reason": "协商",
                    "both_agreed": True,
                }
            )
        )
        suspension = (
            self.env["township.case.suspension"]
            .with_user(self.mediator_user)
            .create({"case_id": self.own.id, "reason": "appraisal"})
        )
        self.refused(extension, self.mediator_user, "write", {"date_from": "2020-01-01"})
        self.refused(extension, self.officer, "write", {"case_id": self.foreign.id})
        self.refused(suspension, self.officer, "write", {"case_id": self.foreign.id})
        self.refused(extension, self.officer, "unlink")
        self.refused(suspension, self.officer, "unlink")
        self.refused(
            self.foreign,
            self.mediator_user,
            "write",
            {"extension_ids": [Command.link(extension.id)]},
        )

    def test_suspension_does_not_end_in_the_future(self):
        vals = {"case_id": self.own.id, "reason": "appraisal"}
        Suspension = self.env["township.case.suspension"]
        self.refused(Suspension, self.mediator_user, "create", [{**vals, "date_to": "2099-01-01"}])
        suspension = Suspension.with_user(self.mediator_user).create(vals)
        self.refused(suspension, self.mediator_user, "write", {"date_to": "2099-01-01"})

    def test_petition_is_accepted_by_an_officer_only(self):
        petition_type = self.env.ref("township_governance.case_type_p01").id
        vals = self.case_vals(kind="petition", type_id=petition_type)
        self.refused(
            self.own.browse(), self.reporter, "create", [{**vals, "date_accepted": "2026-01-05"}]
        )
        petition = self.make_case(
            kind="petition", type_id=petition_type, user_id=self.mediator_user.id
        )
        petition.action_register()
        today = petition._today()
        self.refused(petition, self.mediator_user, "write", {"date_accepted": str(today)})

    def test_archived_case_takes_no_more_changes(self):
        self.closed.action_archive_file()
        for vals in (
            {"risk": "red"},
            {"user_id": self.officer.id},
            {"leader_id": self.officer.id},
            {"petition_system_number": "1"},
            {"amount": 5},
        ):
            self.refused(self.closed, self.officer, "write", vals)
        rpc(self.closed, self.officer, "message_post", body="移交档案室")

    def test_history_is_not_rewritten(self):
        log = self.own.sudo().message_ids[0]
        for user in (self.mediator_user, self.officer, self.director):
            self.refused(log, user, "write", {"body": "x"})
            self.refused(log, user, "unlink")
            removed = {"message_ids": [Command.delete(log.id)]}
            self.refused(self.own, user, "write", removed)
        # one's own note is
        note = self.own.with_user(self.mediator_user).message_post(
            body="电话已约", message_type="comment"
        )
        rpc(note, self.mediator_user, "write", {"body": "电话约到周三"})
        rpc(note, self.mediator_user, "unlink")
        # and a draft goes with its history
        draft = self.make_case()
        draft.unlink()
        self.assertFalse(draft.exists())

    # ------------------------------------------------------------------
    # Settled on the spot
    # ------------------------------------------------------------------

    def test_who_settled_does_not_confirm_himself(self):
        case = self.make_case(
            user=self.mediator_user, committee_id=self.committee.id, settlement="和解"
        )
        case.action_settle_on_spot()
        self.refused(case, self.mediator_user, "action_close")
        self.refused(case, self.mediator_user, "action_confirm_settlement")
        case.with_user(self.officer).action_transfer(reason="移交")
        self.assertFalse(case.settlement_state)

    # ------------------------------------------------------------------
    # Forged contexts
    # ------------------------------------------------------------------

    def test_forged_context_opens_nothing(self):
        draft = self.make_case(user=self.reporter)
        contexts = (
            {"township_entering_token": True},
            {"township_entering_token": {"object": "object"}},
            {"township_print_logged": True, "tracking_disable": True},
            {"default_state": "closed"},
        )
        for context in contexts:
            with self.subTest(context=context):
                self.refused(draft, self.reporter, "write", {"state": "closed"}, context=context)
                self.refused(draft, self.reporter, "write", {"history": True}, context=context)
                ids = rpc(
                    draft.browse(), self.reporter, "create", [{"summary": "x"}], context=context
                )
                made = draft.browse(ids)
                self.assertEqual((made.state, made.history), ("draft", False))
        forged = {"default_history": True}
        self.refused(draft.browse(), self.reporter, "create", [{"summary": "x"}], context=forged)
        with self.assertRaises(AccessError):
            rpc(
                draft.browse(),
                self.reporter,
                "web_search_read",
                [],
                {"name": {}},
                context={"allowed_company_ids": self.other_company.ids},
            )

    def test_context_does_not_bring_an_old_membership_back(self):
        self.mediator.active = False
        other = self.make_case(committee_id=self.committee.id)
        other.action_register()
        self.env.flush_all()
        for context in ({}, {"active_test": False}):
            found = rpc(
                other.browse(),
                self.mediator_user,
                "search",
                [("id", "=", other.id)],
                context=context,
            )
            self.assertEqual(list(found), [], context)
