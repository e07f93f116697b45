from contextlib import suppress

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.township_governance.tests.common import TownshipCase
from odoo.addons.township_governance.tools.identity import check_character

from .test_case_attacks import REFUSED, rpc

ID_NUMBER = "619929198001010017"


@tagged("post_install", "-at_install")
class TestCaseSecrecy(TownshipCase):
    """What nobody learns who may not: accusations above all (PET-23), and full numbers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.unit.write(
            {"leader_id": cls.director.id, "user_ids": [Command.link(cls.mediator_user.id)]}
        )
        cls.petition_type = cls.env.ref("township_governance.case_type_p01")
        cls.case = cls.make_accusation(name="检举征地款去向")
        cls.case.action_register()
        cls.insiders = cls.director | cls.mediator_user
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def make_accusation(cls, **vals):
        return cls.make_case(
            **{
                "kind": "petition",
                "type_id": cls.petition_type.id,
                "purpose": "accusation",
                "complained_unit_id": cls.unit.id,
                "user_id": cls.officer.id,
                **vals,
            }
        )

    # ------------------------------------------------------------------
    # Accusations
    # ------------------------------------------------------------------

    def test_no_way_of_reading_shows_an_accusation_to_the_unit(self):
        Case = self.env["township.case"]
        message = self.case.message_post(body="约谈举报人")
        attachment = self.env["ir.attachment"].create(
            {"name": "举报信.pdf", "raw": b"x", "res_model": Case._name, "res_id": self.case.id}
        )
        ids = [("id", "=", self.case.id)]
        for user in self.insiders:
            with self.subTest(user=user.login):
                self.assertFalse(rpc(Case, user, "search", ids))
                self.assertEqual(rpc(Case, user, "search_count", ids), 0)
                found = rpc(Case, user, "web_search_read", ids, {"name": {}})
                self.assertEqual(found["length"], 0)
                groups = rpc(Case, user, "formatted_read_group", ids, ["state"], ["__count"])
                self.assertFalse(groups)
                self.assertFalse(rpc(Case, user, "name_search", "检举"))
                for method, args in (
                    ("read", [["name"]]),
                    ("web_read", [{"display_name": {}}]),
                    ("export_data", [["name"]]),
                    ("message_post", []),
                    ("write", [{"summary": "x"}]),
                    ("copy", []),
                ):
                    with self.assertRaises(REFUSED):
                        rpc(self.case, user, method, *args)
                Party = self.env["township.case.party"]
                self.assertFalse(rpc(Party, user, "search", [("case_id", "=", self.case.id)]))
                about = [("model", "=", Case._name), ("res_id", "=", self.case.id)]
                self.assertFalse(rpc(self.env["mail.message"], user, "search", about))
                with self.assertRaises(REFUSED):
                    rpc(message, user, "read", ["body"])
                self.assertFalse(
                    rpc(self.env["ir.attachment"], user, "search", [("id", "=", attachment.id)])
                )
                with self.assertRaises(REFUSED):
                    rpc(attachment, user, "read", ["raw"])
                of_case = [("res_model", "=", Case._name), ("res_id", "=", self.case.id)]
                self.assertFalse(rpc(self.env["mail.activity"], user, "search", of_case))
                self.assertNotIn("检举", self.case.with_user(user).sudo().display_name)

    def test_an_archived_or_left_unit_does_not_open_it(self):
        self.unit.active = False
        self.env.flush_all()
        for context in ({}, {"active_test": False}, {"active_test": True}):
            Case = self.env["township.case"].with_context(**context)
            for user in self.insiders:
                self.assertFalse(Case.with_user(user).search([("id", "=", self.case.id)]))
                self.assertFalse(
                    self.case.with_context(**context).with_user(user).has_access("read")
                )

    def test_nobody_leaves_the_own_unit_or_deletes_it(self):
        unit = self.unit
        for vals in (
            {"leader_id": False},
            {"leader_id": self.officer.id},
            {"leader_id": False, "user_ids": [Command.clear()]},
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                unit.with_user(self.director).write(vals)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            unit.with_user(self.director).unlink()
        unit.with_user(self.director).write({"phone": "0000"})
        unit.with_user(self.director).write({"user_ids": [Command.link(self.reporter.id)]})
        # another officer may; so may who stays on the staff
        unit.with_user(self.officer).write({"leader_id": False})
        unit.with_user(self.officer).write({"leader_id": self.director.id})

    def test_an_accusation_is_not_given_to_those_it_is_about(self):
        for vals in (
            {"unit_id": self.unit.id},
            {"user_id": self.director.id},
            {"leader_id": self.director.id},
            {"mediator_id": self.mediator.id},
            {"mediator_ids": [Command.link(self.mediator.id)]},
        ):
            with (
                self.subTest(vals=vals),
                self.assertRaises(ValidationError),
                self.env.cr.savepoint(),
            ):
                self.case.write(vals)
        unnamed = self.make_accusation(user_id=False)
        unnamed.action_register()
        unnamed.unit_id = self.village
        with self.assertRaisesRegex(UserError, "handler"):
            unnamed.action_assign()

    def test_who_followed_before_hears_no_more(self):
        case = self.make_case(
            kind="petition", type_id=self.petition_type.id, user_id=self.mediator_user.id
        )
        case.action_register()
        self.assertIn(self.mediator_user.partner_id, case.sudo().message_partner_ids)
        case.write(
            {
                "user_id": self.officer.id,
                "purpose": "accusation",
                "complained_unit_id": self.unit.id,
            }
        )
        partners = self.insiders.partner_id
        self.assertFalse(partners & case.sudo().message_partner_ids)
        self.assertNotIn(self.mediator_user, case.sudo().activity_ids.user_id)
        case.message_subscribe(partners.ids)
        self.assertFalse(partners & case.sudo().message_partner_ids)
        with self.assertRaises(REFUSED):
            case.message_post(body="x", partner_ids=partners.ids)
        # a follower who joins the unit later
        case.message_subscribe(self.reporter.partner_id.ids)
        self.unit.user_ids += self.reporter
        message = case.message_post(body="x", subtype_xmlid="mail.mt_comment")
        self.assertFalse(message.notified_partner_ids & self.reporter.partner_id)

    def test_village_staff_do_not_read_what_their_committee_mediates(self):
        self.committee.unit_id = self.village
        case = self.make_case(mediator_id=self.mediator.id)
        case.action_register()
        case.action_assign()
        self.assertFalse(case.with_user(self.reporter_other).has_access("read"))

    # ------------------------------------------------------------------
    # Names through other models
    # ------------------------------------------------------------------

    def test_activities_tell_no_name_of_a_case_one_may_not_read(self):
        Activity = self.env["mail.activity"]
        case = self.make_case(name="离婚纠纷")
        context = {"default_res_model": case._name, "default_res_id": case.id}
        spec = {"res_name": {}, "res_id": {}, "res_model": {}}
        for user in (self.reporter, self.auditor, self.correction, self.administrator):
            with self.subTest(user=user.login):
                try:
                    answer = rpc(Activity, user, "onchange", [], {}, [], spec, context=context)
                except REFUSED:
                    continue
                self.assertNotIn("离婚", str(answer))

    def test_composer_and_others_tell_nothing(self):
        case = self.make_case(name="离婚纠纷", summary="离婚财产")
        context = {
            "default_model": case._name,
            "default_res_ids": str(case.ids),
            "active_ids": case.ids,
            "active_id": case.id,
        }
        spec = {"subject": {}, "body": {}}
        try:
            answer = rpc(
                self.env["mail.compose.message"],
                self.reporter,
                "onchange",
                [],
                {},
                [],
                spec,
                context=context,
            )
        except REFUSED:
            answer = ""
        self.assertNotIn("离婚", str(answer))

    def test_placeholders_of_a_message_run_no_code(self):
        """Odoo lets every user write placeholders with code in a message unless told otherwise:
        ``object.sudo()`` would go round every rule here."""
        hidden = self.make_case(name="离婚纠纷")
        case = self.make_case(user=self.reporter)
        code = f"object.env['township.case'].sudo().browse({hidden.id}).name"
        vals = {
            "model": case._name,
            "res_ids": str(case.ids),
            "composition_mode": "mass_mail",
            "subject": "{{ " + code + " }}",
            "body": f'<p t-out="{code}"/>',
        }
        said = ""
        with suppress(REFUSED), self.env.cr.savepoint():
            ids = rpc(self.env["mail.compose.message"], self.reporter, "create", [vals])
            composer = self.env["mail.compose.message"].browse(ids)
            rpc(composer, self.reporter, "action_send_mail")
            said = str(case.sudo().message_ids.mapped(lambda m: f"{m.subject} {m.body}"))
        self.assertNotIn("离婚", said)

    # ------------------------------------------------------------------
    # Full numbers
    # ------------------------------------------------------------------

    def test_full_numbers_come_out_of_no_generic_method(self):
        number = ID_NUMBER[:17] + check_character(ID_NUMBER[:17])
        case = self.make_case(
            party_ids=[
                Command.create({"name": "王伟强", "id_number": number, "phone": "13800001111"})
            ]
        )
        party = case.party_ids
        Party = self.env["township.case.party"]
        for user in (self.officer, self.director, self.supervisor):
            for name, value in (("id_number_full", number), ("phone_full", "13800001111")):
                calls = (
                    (party, "read", [[name]]),
                    (party, "web_read", [{name: {}}]),
                    (party, "export_data", [[name]]),
                    (case, "export_data", [[f"party_ids/{name}"]]),
                    (case, "web_read", [{"party_ids": {"fields": {name: {}}}}]),
                    (Party, "search", [[(name, "=like", value[:6] + "%")]]),
                    (Party, "search_read", [[(name, "=", value)]]),
                    (self.env["township.case"], "search", [[(f"party_ids.{name}", "=", value)]]),
                    (Party, "search_read", [[], ["name"], 0, 5, name]),
                    (Party, "formatted_read_group", [[], [name], ["__count"]]),
                    (Party, "formatted_read_group", [[], [], [f"{name}:array_agg"]]),
                    (Party, "formatted_read_group", [[], [], [f"{name}:max"]]),
                    (Party, "web_read_group", [[], [name]]),
                    (case.browse(), "formatted_read_group", [[], [f"party_ids.{name}"]]),
                    (Party, "read_progress_bar", [[], name, {"field": name, "colors": {}}]),
                    (Party, "onchange", [[], {}, [], {name: {}}]),
                    (party, "onchange", [{"name": "x"}, ["name"], {"name": {}, name: {}}]),
                    (party, "write", [{name: "1"}]),
                    (party, "copy_data", []),
                )
                for records, method, args in calls:
                    with self.subTest(user=user.login, method=method, args=args):
                        try:
                            with self.env.cr.savepoint():
                                answer = rpc(records, user, method, *args)
                        except (REFUSED, ValueError, KeyError):
                            continue
                        self.assertNotIn(value, str(answer))
                        self.assertNotIn(method, ("search", "search_read", "write"), answer)
                fields = rpc(Party, user, "fields_get")
                self.assertNotIn(name, fields)
        # exact search only, never part of a number
        for operator in ("like", "=like", "ilike"):
            for part in (number[:10], number[:10] + "%", "%", "_" * 18):
                domain = [("id_number", operator, part)]
                self.assertFalse(Party.with_user(self.officer).search(domain))
        for operator in (">", "<", ">=", "<="):
            with self.assertRaises(Exception):  # noqa: B017 - whatever refuses it
                Party.with_user(self.officer).search([("id_number", operator, number)])

    def test_reveal_asks_group_record_and_reason(self):
        party = self.case.party_ids[0]
        for user in (self.reporter, self.supervisor, self.auditor, *self.insiders):
            with self.subTest(user=user.login), self.assertRaises(REFUSED):
                rpc(party, user, "action_reveal", "phone", "核对")
        for field, reason in (("name", "x"), ("phone", ""), ("phone", " "), ("phone", {"a": 1})):
            with self.assertRaises(REFUSED):
                rpc(party, self.officer, "action_reveal", field, reason)

    def test_reveal_wizard_with_forged_record(self):
        Wizard = self.env["township.reveal.wizard"]
        party = self.case.party_ids[0]
        for user in (self.director, self.auditor, self.reporter):
            for model, res_id in (
                ("res.users", 1),
                ("ir.config_parameter", 1),
                ("no.such.model", 1),
                (party._name, party.id),
                (party._name, 999999),
            ):
                vals = {"res_model": model, "res_id": res_id, "reason": "x", "show_phone": True}
                with (
                    self.subTest(user=user.login, model=model, res_id=res_id),
                    self.assertRaises(REFUSED),
                    self.env.cr.savepoint(),
                ):
                    Wizard.with_user(user).create(vals).action_show()
        wizard = Wizard.with_user(self.officer).create(
            {"res_model": party._name, "res_id": party.id, "reason": "核对"}
        )
        with self.assertRaises(REFUSED):
            rpc(wizard, self.director, "read", ["reason"])

    def test_exported_workbook_is_its_makers_own(self):
        export = (
            self.env["township.case.export"]
            .with_user(self.officer)
            .create({"full_numbers": True, "reason": "核对", "kind": "petition"})
        )
        export.action_export()
        self.env.invalidate_all()
        for user in (self.reporter, self.mediator_user, self.director, self.supervisor):
            with self.subTest(user=user.login):
                with self.assertRaises(REFUSED):
                    rpc(export, user, "read", ["data"])
                with self.assertRaises(REFUSED):
                    rpc(export, user, "action_export")
                self.assertFalse(rpc(export.browse(), user, "search", []))

    # ------------------------------------------------------------------
    # HTML
    # ------------------------------------------------------------------

    def test_text_of_people_is_no_markup(self):
        evil = "<img src=x onerror=alert(1)>"
        case = self.make_handling_case(name=evil)
        case.action_transfer(reason=evil)
        extension = self.make_handling_case()
        self.env["township.case.extension"].create(
            {"case_id": extension.id, "date_to": "2099-01-01", "reason": evil, "both_agreed": True}
        )
        closed = self.make_handling_case()
        closed.write({"outcome": "settled", "settlement": "和解"})
        closed.action_close()
        closed.with_user(self.env.ref("base.user_root")).action_reopen(reason=evil)
        for record in (case, extension, closed):
            bodies = " ".join(record.message_ids.mapped("body"))
            self.assertNotIn("<img", bodies)
        self.assertIn("&lt;img", " ".join(closed.message_ids.mapped("body")))
