"""What an ended case freezes: its content, its rows, its scans; what still goes on."""

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common.base import TownshipCase

ENDS = ("closed", "archived", "rejected", "withdrawn", "transferred")


@tagged("post_install", "-at_install")
@freeze_time("2026-11-23 04:00:00")
class TestFrozen(TownshipCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Case = cls.env["township.case"].with_user(cls.officer)

    def ended(self, state, **vals):
        """:return: a case that ended in that state, for the officer"""
        case = self.make_handling_case(**vals)
        case.sudo()._enter_state(state, outcome="settled", date_closed=date(2026, 11, 23))
        return case

    def delivery_vals(self, case, **vals):
        return {
            "paper": "调解协议书",
            "recipient": "王伟强",
            "case_id": case.id,
            "company_id": self.company.id,
            **vals,
        }

    def scan(self, record, name="扫描件.pdf"):
        return (
            self.env["ir.attachment"]
            .with_user(self.officer)
            .create({"name": name, "raw": b"%PDF-", "res_model": record._name, "res_id": record.id})
        )

    # ------------------------------------------------------------------

    def test_every_declared_field_is_refused_in_every_frozen_state(self):
        for state, frozen in self.Case._frozen_states().items():
            case = self.ended(state)
            for name in frozen.fields - frozen.completable:
                field = case._fields[name]
                value = {"one2many": [], "many2many": []}.get(field.type, case[name])
                with self.subTest(state=state, field=name), self.assertRaises(UserError):
                    case.write({name: field.convert_to_write(value, case)})

    def test_every_row_of_a_case_is_frozen_with_it(self):
        """The row models are taken from the registry: those of a later room are in it."""
        row_models = [
            self.env[name]
            for name in self.env.registry.descendants(["township.row.mixin"], "_inherit")
            if not self.env[name]._abstract and "case_id" in self.env[name]._owner_fields()
        ]
        self.assertGreaterEqual(len(row_models), 6)
        open_case = self.make_handling_case()
        for state in ENDS:
            case = self.ended(state)
            self.assertFalse(open_case._frozen_for("township.case.party", "write"))
            for model in row_models:
                allowed = model._name in case._frozen_states()[state].rows
                for operation in ("create", "write", "unlink"):
                    refused = case._frozen_for(model._name, operation)
                    with self.subTest(state=state, model=model._name, operation=operation):
                        self.assertEqual(not refused, allowed and operation == "create")

    def test_parties_of_an_ended_case_are_neither_changed_nor_added(self):
        for state in ENDS:
            case = self.ended(state)
            party = case.party_ids[0]
            for attempt in (
                lambda party=party: party.write({"name": "改名"}),
                lambda party=party: party.unlink(),
                lambda case=case: case.party_ids.create({"case_id": case.id, "name": "新来"}),
                lambda case=case: case.write({"party_ids": [Command.create({"name": "新来"})]}),
            ):
                with self.subTest(state=state), self.assertRaises(UserError):
                    attempt()

    def test_deliveries_go_on_after_the_end_but_are_not_rewritten(self):
        case = self.make_handling_case()
        before = self.env["township.delivery"].with_user(self.officer)
        before = before.create(self.delivery_vals(case))
        case.write({"outcome": "settled", "settlement": "和解"})
        case.action_close()
        for vals in ({"recipient": "别人"}, {"paper": "另一份"}, {"case_id": False}):
            with self.assertRaises(UserError):
                before.write(vals)
        with self.assertRaises(UserError):
            before.unlink()
        before.date_served = date(2026, 11, 23)  # what was still open may be filled in
        with self.assertRaises(UserError):
            before.date_served = date(2026, 11, 22)
        after = before.create(self.delivery_vals(case, paper="结案通知"))
        self.assertEqual(after.case_id, case)
        case.action_archive_file()
        with self.assertRaises(UserError):
            before.create(self.delivery_vals(case))

    def test_scans_are_added_but_never_rewritten_or_deleted(self):
        case = self.make_handling_case()
        own = self.scan(case)
        case.write({"outcome": "settled", "settlement": "和解"})
        own.name = "改名.pdf"  # still open
        case.action_close()
        new = self.scan(case)
        for scan in (own, new):
            for vals in ({"raw": b"other"}, {"name": "x"}, {"res_id": 0}, {"res_model": False}):
                with self.assertRaises(AccessError):
                    scan.write(vals)
            with self.assertRaises(AccessError):
                scan.unlink()
        case.action_archive_file()
        with self.assertRaises(AccessError):
            self.scan(case)
        message = case.message_post(body="附件", attachments=[("note.txt", b"note")])
        self.assertEqual(len(message.attachment_ids), 1, "a note with its file still goes on it")

    def test_a_scan_uploaded_before_its_row_was_saved_is_frozen_too(self):
        case = self.make_handling_case()
        loose = (
            self.env["ir.attachment"].with_user(self.officer).create({"name": "a", "raw": b"%PDF-"})
        )
        Delivery = self.env["township.delivery"].with_user(self.officer)
        delivery = Delivery.create(
            self.delivery_vals(case, attachment_ids=[Command.set(loose.ids)])
        )
        self.assertEqual((loose.res_model, loose.res_id), (delivery._name, delivery.id))
        case.write({"outcome": "settled", "settlement": "和解"})
        case.action_close()
        with self.assertRaises(AccessError):
            loose.unlink()
        later = loose.create({"name": "b", "raw": b"%PDF-"})
        delivery.write({"attachment_ids": [Command.link(later.id)]})
        self.assertEqual(later.res_id, delivery.id)
        with self.assertRaises(UserError):
            delivery.write({"attachment_ids": [Command.unlink(loose.id)]})

    def test_petition_that_was_accepted_is_answered_not_rejected(self):
        petition = self.make_case(
            kind="petition",
            type_id=self.env["township.case.type"].search([("kind", "=", "petition")], limit=1).id,
        )
        petition.action_register()
        petition.action_accept()
        with self.assertRaisesRegex(UserError, "accepted"):
            petition.action_reject("不属受理范围")
        self.assertEqual(petition.state, "registered")

    def test_title_follows_a_corrected_name_unless_typed(self):
        case = self.make_case()
        self.assertEqual(case.name, "王伟强与刘芳邻里纠纷")
        case.party_ids[0].name = "王伟刚"
        self.assertEqual(case.name, "王伟刚与刘芳邻里纠纷")
        case.name = "东沟村排水沟纠纷"
        case.party_ids[0].name = "王伟强"
        self.assertEqual(case.name, "东沟村排水沟纠纷")
        case.name = False
        self.assertEqual(case.name, "王伟强与刘芳邻里纠纷")


@tagged("post_install", "-at_install")
@freeze_time("2026-11-23 04:00:00")
class TestUnassigned(TownshipCase):
    """Nothing is registered without somebody being told."""

    def to_dos(self, case):
        kind = self.env.ref("township_governance.mail_act_case_unassigned")
        return case.sudo().activity_ids.filtered(lambda act: act.activity_type_id == kind)

    def on_home(self, user):
        tiles = self.env["township.home"].with_user(user).get_home(scope="mine")["tiles"]
        return {tile["key"]: tile["count"] for tile in tiles}.get("to_assign", 0)

    def test_red_report_from_a_phone_reaches_the_officers(self):
        case = self.make_case(user=self.reporter, risk="red")
        before = self.on_home(self.officer)
        case.action_register()
        self.assertEqual(self.to_dos(case).user_id, self.officer | self.director)
        self.assertEqual(self.on_home(self.officer), before + 1)
        self.assertEqual(self.on_home(self.reporter), 0)

    def test_assigning_it_ends_the_to_dos(self):
        case = self.make_case(user=self.reporter)
        case.action_register()
        case.with_user(self.officer).write({"unit_id": self.unit.id})
        case.with_user(self.officer).action_assign()
        self.assertFalse(self.to_dos(case))
        self.assertEqual(self.on_home(self.officer), 0)

    def test_a_handler_named_later_ends_them_too(self):
        case = self.make_case(user=self.reporter)
        case.action_register()
        case.with_user(self.officer).user_id = self.mediator_user
        self.assertFalse(self.to_dos(case))

    def test_nobody_of_the_accused_unit_is_told(self):
        self.unit.user_ids = self.officer
        case = self.make_case(
            user=self.director,
            kind="petition",
            purpose="accusation",
            complained_unit_id=self.unit.id,
            type_id=self.env["township.case.type"].search([("kind", "=", "petition")], limit=1).id,
        )
        case.action_register()
        self.assertNotIn(self.officer, self.to_dos(case).user_id)

    def test_what_is_handled_or_settled_on_the_spot_tells_nobody(self):
        handled = self.make_case(user=self.reporter, mediator_id=self.mediator.id)
        handled.action_register()
        settled = self.make_case(user=self.reporter, settlement="当场和解")
        settled.action_settle_on_spot()
        self.assertFalse(self.to_dos(handled) | self.to_dos(settled))
