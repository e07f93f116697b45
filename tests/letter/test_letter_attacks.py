"""What insiders try on letters: every way round the buttons is refused, and what the database or
the file store cannot refuse is told by Verify."""

import base64
import json
from datetime import date, timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import SQL, mute_logger

from .assessing import YEAR, AssessmentCase
from .base import LetterCase
from .test_letter_sign import drawn

# AccessError and ValidationError are kinds of it.
REFUSED = UserError
ROOM = ("township.letter", "township.assessment", "township.accountability", "township.indicator")


class AttackCase(LetterCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls._make_user("officer", "colleague")

    def signed(self, **vals):
        letter = self.issued(**vals)
        letter.with_user(letter.signer_id)._sign("party_b", drawn())
        return letter

    def in_force(self, **vals):
        letter = self.signed(**vals)
        letter.action_seal(self.make_seal())
        return letter

    def hand_over(self, letter, user, to, **vals):
        return (
            self.env["township.letter.handover"]
            .with_user(user)
            .create(
                {
                    "letter_id": letter.id,
                    "to_user_id": to.id,
                    "reason": "人事调整",
                    "paper_number": "槐组〔2026〕4号",
                    **vals,
                }
            )
        )

    def verdict(self, letter):
        """:return: ``bool``: whether Verify finds nothing"""
        self.env.flush_all()
        self.env.invalidate_all()
        lines = letter.with_user(self.director)._verify_signatures()
        return all(holds for _label, holds, _detail in lines)


@tagged("post_install", "-at_install")
class TestLetterAttacks(AttackCase):
    # --- fields that only a step sets

    def test_nobody_calls_a_letter_replaced(self):
        letter = self.in_force()
        with self.assertRaises(AccessError):
            letter.write({"replaced": True})

    def test_no_default_of_a_context_enters_what_a_step_sets(self):
        forged = {
            "state": "in_force",
            "signed_way": "app",
            "bound_way": "seal",
            "signed_date": self.today,
            "date_in_force": self.today,
            "version": 7,
            "original_id": self.basis.scan_ids.id,
            "seal_id": self.make_seal().id,
            "previous_id": self.issued().id,
            "duty_user_id": self.officer.id,
            "printed_names": {"signer": "别人"},
            "replaced": True,
        }
        plain = self.make_letter()
        for name, value in forged.items():
            with self.subTest(name):
                try:
                    made = self.Letter.with_context(**{f"default_{name}": value}).create(
                        self.letter_vals()
                    )
                except AccessError:
                    continue
                self.assertEqual(made[name], plain[name])

    def test_nothing_of_an_issued_letter_is_typed_whatever_the_field(self):
        letter = self.signed()
        forged = {
            "state": "in_force",
            "number": "槐荫责〔2026〕999号",
            "kind": "agreement",
            "unit_id": self.village.id,
            "signer_id": self.officer.id,
            "duty_user_id": self.officer.id,
            "head_ids": [Command.set(self.officer.ids)],
            "basis_id": self.make_basis(number="假〔2026〕1号").id,
            "period": "quarter",
            "printed_names": {"signer": "别人"},
            "signed_file_id": False,
            "signature_ids": [Command.clear()],
            "line_ids": [Command.update(letter.line_ids[0].id, {"weight": 1})],
        }
        for user in (self.officer, self.director):
            for name, value in forged.items():
                with self.subTest(user.login, field=name), self.assertRaises(REFUSED):
                    letter.with_user(user).write({name: value})

    def test_what_is_printed_with_points_is_not_turned_into_a_paper_without(self):
        for letter in (self.make_letter(), self.issued()):
            letter.write({"scored": False})
            self.env.flush_all()
            self.env.invalidate_all()
            self.assertTrue(letter.scored)

    def test_rows_and_files_of_a_signed_letter_stay(self):
        letter = self.signed()
        line, file = letter.line_ids[0], letter.sudo().signed_file_id
        attacks = {
            "line write": lambda: line.write({"weight": 1}),
            "line delete": line.unlink,
            "line added": lambda: line.create({"letter_id": letter.id, "name": "加项"}),
            "line moved": lambda: line.write({"letter_id": self.make_letter().id}),
            "line imported": lambda: self.must_load(
                line.browse(), ["letter_id/.id", "name"], [str(letter.id), "加项"]
            ),
            "file replaced": lambda: file.with_user(self.officer).write({"raw": b"%PDF-1.4 x"}),
            "file moved": lambda: file.with_user(self.officer).write({"res_id": 0}),
            "file deleted": lambda: file.with_user(self.officer).unlink(),
            "letter deleted": letter.unlink,
        }
        for name, attack in attacks.items():
            with self.subTest(name), self.assertRaises(REFUSED):
                attack()

    def must_load(self, model, names, row):
        """:raise UserError: the import was refused"""
        result = model.load(names, [row])
        if not result["ids"]:
            raise UserError(str(result["messages"]))

    def test_an_import_brings_no_letter_past_the_buttons(self):
        names = ["title", "unit_id/.id", "kind", "state"]
        for state in ("issued", "in_force"):
            with self.subTest(state), self.assertRaises(REFUSED):
                self.must_load(self.Letter, names, ["责任书", str(self.unit.id), "letter", state])
        letter = self.signed()
        with self.assertRaises(REFUSED):
            self.must_load(self.Letter, [".id", "goals"], [str(letter.id), "改了"])

    def test_an_item_takes_no_figure_of_volumes_or_accusations(self):
        letter = self.make_letter()
        for metric in (
            "township.case:received",
            "township.case:accusations",
            "township.letter:signed",
        ):
            with self.subTest(metric), self.assertRaises(REFUSED):
                letter.line_ids[0].metric = metric
            with self.subTest(load=metric), self.assertRaises(REFUSED):
                self.must_load(
                    letter.line_ids, [".id", "metric"], [str(letter.line_ids[0].id), metric]
                )

    def test_a_copy_takes_neither_pens_nor_seal(self):
        letter = self.in_force()
        copy = letter.copy()
        self.assertEqual((copy.state, copy.version), ("draft", 1))
        self.assertFalse(copy.number or copy.sudo().signature_ids or copy.sudo().original_id)
        self.assertFalse(copy.seal_id or copy.signed_date or copy.printed_names)

    # --- who deletes

    def test_an_officer_deletes_no_recorded_letter_that_names_him(self):
        letter = self.make_letter(
            kind="received", unit_id=False, head_ids=[Command.set(self.officer.ids)]
        )
        letter.action_record()
        with self.assertRaises(AccessError):
            letter.unlink()

    # --- basis and seal

    def test_the_basis_of_a_veto_no_longer_changes(self):
        own = self.make_basis(number="槐政法〔2026〕1号")
        veto = {"name": "重大责任事故", "kind": "veto", "weight": 0, "veto_basis_id": own.id}
        letter = self.make_letter()
        letter.line_ids = [Command.create(veto)]
        letter.action_issue()
        for vals in ({"number": "改"}, {"level": "central"}, {"scan_ids": [Command.clear()]}):
            with self.subTest(vals), self.assertRaises(UserError):
                own.with_user(self.officer).write(vals)
        with self.assertRaises(UserError):
            own.with_user(self.officer).unlink()

    def test_the_same_paper_entered_twice_is_no_basis_of_its_own(self):
        self.issued()
        again = self.make_basis(number=" 槐办发[2026]3 号")
        second = self.make_letter(title="第二份责任书", basis_id=again.id)
        with self.assertRaisesRegex(UserError, "basis of its own"):
            second.action_issue()

    def test_the_scan_of_a_basis_in_use_is_not_replaced(self):
        self.issued()
        scan = self.basis.scan_ids.with_user(self.officer)
        for attack in (lambda: scan.write({"raw": b"another"}), scan.unlink):
            with self.assertRaises(AccessError):
                attack()
        free = self.make_basis(number="槐办发〔2026〕7号").scan_ids.with_user(self.officer)
        free.write({"raw": b"better scan"})

    def test_the_scan_of_a_seal_is_not_replaced(self):
        letter = self.in_force()
        scan = letter.seal_id.scan_ids
        for user in (self.officer, self.director):
            with self.subTest(user.login), self.assertRaises(AccessError):
                scan.with_user(user).write({"raw": b"another"})

    def test_no_paper_and_no_seal_of_the_future(self):
        tomorrow = self.today + timedelta(days=1)
        letter = self.issued()
        letter.write(
            {
                "witness": "林知行",
                "paper_scan_ids": [Command.create({"name": "签字页.jpg", "raw": b"scan"})],
            }
        )
        with self.assertRaises(ValidationError):
            letter.paper_date = tomorrow
        with self.assertRaises(ValidationError):
            self.make_seal(date=tomorrow)

    def test_a_seal_does_not_stand_for_the_heads_who_countersign(self):
        letter = self.signed(head_ids=[Command.set(self.director.ids)])
        with self.assertRaises(UserError):
            letter.action_seal(self.make_seal())
        self.assertEqual(letter.state, "signed")

    # --- protection of villages

    def test_a_letter_of_the_county_is_recorded_and_never_issued(self):
        letter = self.make_letter(kind="received", unit_id=self.village.id, basis_id=False)
        with self.assertRaises(UserError):
            letter.action_issue()
        self.assertEqual(letter.state, "draft")

    def test_a_unit_with_a_letter_stays_on_its_side_of_the_protection(self):
        unit = self.env["township.unit"].create(
            {
                "name": "北坡村",
                "kind": "department",
                "leader_id": self.head.id,
                "company_id": self.company.id,
            }
        )
        self.issued(unit_id=unit.id)
        with self.assertRaises(ValidationError):
            unit.with_user(self.officer).kind = "village"
        provincial = self.make_basis("provincial", "省委办〔2026〕8号")
        village = self.env["township.unit"].create(
            {
                "name": "南坡村",
                "kind": "village",
                "leader_id": self.head.id,
                "company_id": self.company.id,
            }
        )
        self.issued(unit_id=village.id, basis_id=provincial.id)
        with self.assertRaises(ValidationError):
            village.with_user(self.officer).kind = "department"
        village.with_user(self.officer).kind = "community"

    def test_a_village_takes_over_no_letter_it_could_not_be_given(self):
        letter = self.in_force()
        with self.assertRaises(UserError):
            self.hand_over(letter, self.officer, self.village_head, to_unit_id=self.village.id)
        self.assertEqual(letter.duty_unit_id, self.unit)

    # --- who makes himself signer

    def test_who_is_to_sign_a_letter_does_not_issue_it(self):
        for number, vals in enumerate(
            ({"signer_id": self.officer.id}, {"head_ids": [Command.set(self.officer.ids)]})
        ):
            basis = self.make_basis(number=f"槐办发〔2026〕{number}号")
            letter = self.make_letter(**vals, basis_id=basis.id)
            with self.subTest(vals), self.assertRaisesRegex(UserError, "colleague"):
                letter.action_issue()
            letter.with_user(self.colleague).action_issue()
            self.assertEqual(letter.state, "issued")

    def test_nobody_makes_himself_head_of_a_unit(self):
        for user in (self.officer, self.director):
            with self.subTest(user.login), self.assertRaises(ValidationError):
                self.unit.with_user(user).leader_id = user
            with self.subTest(user.login, new=True), self.assertRaises(ValidationError):
                self.unit.with_user(user).create(
                    {"name": "自设所", "leader_id": user.id, "company_id": self.company.id}
                )
        self.unit.with_user(self.colleague).leader_id = self.officer

    def test_nobody_hands_a_duty_over_to_or_from_himself(self):
        letter = self.issued()
        with self.assertRaises(AccessError):
            self.hand_over(letter, self.officer, self.officer)
        self.assertEqual(letter.signer_id, self.head)
        self.hand_over(letter, self.colleague, self.officer)
        self.assertEqual(letter._printed_signer(), self.officer.name)
        with self.assertRaises(AccessError):
            self.hand_over(letter, self.officer, self.reporter)
        self.assertEqual(letter.duty_user_id, self.officer)

    def test_the_paper_of_a_used_delegation_is_not_replaced(self):
        delegation = (
            self.env["township.delegation"]
            .with_user(self.officer)
            .create(
                {
                    "principal_id": self.head.id,
                    "deputy_id": self.reporter_other.id,
                    "date_to": self.today,
                    "paper": "授〔2026〕1号",
                    "company_id": self.company.id,
                    "attachment_ids": [Command.create({"name": "授权书.jpg", "raw": b"scan"})],
                }
            )
        )
        scan = delegation.attachment_ids
        scan.write({"raw": b"better scan"})
        self.issued().with_user(self.reporter_other)._sign("party_b", drawn(), behalf=self.head)
        for attack in (lambda: scan.write({"raw": b"another"}), scan.unlink):
            with self.assertRaises(AccessError):
                attack()
        self.assertTrue(scan.with_user(self.head).read(["raw"]))

    # --- nothing by halves

    def test_what_dies_between_file_and_chain_leaves_nothing(self):
        letter = self.issued()
        Signature = self.env.registry["township.signature"]
        before = self.env["ir.attachment"].search_count([("res_id", "=", letter.id)])
        with (
            patch.object(Signature, "_chain", side_effect=KeyboardInterrupt),
            self.assertRaises(KeyboardInterrupt),
            self.env.cr.savepoint(),
        ):
            letter.with_user(self.head)._sign("party_b", drawn())
        self.env.invalidate_all()
        self.assertEqual((letter.state, letter.signed_date), ("issued", False))
        self.assertFalse(letter.sudo().signature_ids)
        after = self.env["ir.attachment"].search_count([("res_id", "=", letter.id)])
        self.assertEqual(after, before)
        letter.with_user(self.head)._sign("party_b", drawn())
        self.assertTrue(self.verdict(letter))


@tagged("post_install", "-at_install")
class TestLetterTampering(AttackCase):
    """What is done by SQL or in the file store is told."""

    def sql(self, query, *params):
        self.env.flush_all()
        self.env.cr.execute(SQL(query, *params))
        self.env.invalidate_all()

    def assertTold(self, letter):
        self.assertFalse(self.verdict(letter))
        document = self.env["township.document"].search(
            [("res_model", "=", letter._name), ("res_id", "=", letter.id)], limit=1
        )
        self.assertTrue(document)
        self.assertIsNone(document._find_genuine(code=document.check_code))

    def test_verify_tells_a_changed_letter(self):
        letter = self.in_force()
        self.assertTrue(self.verdict(letter))
        basis = "UPDATE township_letter_basis SET level = 'central' WHERE id = %s"
        for query, key in (
            ("UPDATE township_letter SET goals = 'x' WHERE id = %s", letter.id),
            ("UPDATE township_letter_line SET weight = 1 WHERE letter_id = %s", letter.id),
            ("DELETE FROM township_letter_line WHERE letter_id = %s", letter.id),
            (basis, self.basis.id),
            ("UPDATE township_letter SET unit_id = NULL WHERE id = %s", letter.id),
            ("UPDATE township_letter SET original_id = NULL WHERE id = %s", letter.id),
            ("UPDATE township_letter SET signed_file_id = NULL WHERE id = %s", letter.id),
            ("UPDATE township_letter SET seal_id = NULL WHERE id = %s", letter.id),
            ("UPDATE township_letter_seal SET approval = 'x' WHERE id = %s", letter.seal_id.id),
            (
                "UPDATE township_letter_seal SET date = '2020-01-01' WHERE id = %s",
                letter.seal_id.id,
            ),
            ("DELETE FROM township_signature WHERE res_id = %s AND way = 'seal'", letter.id),
            ("DELETE FROM township_certificate WHERE company_id = %s", self.company.id),
        ):
            with self.subTest(query), self.savepoint():
                self.sql(query, key)
                self.assertTold(letter)
        self.assertTrue(self.verdict(letter))

    def savepoint(self):
        test = self

        class Undone:
            def __enter__(self):
                test.env.flush_all()
                self.point = test.env.cr.savepoint()
                self.point.__enter__()

            def __exit__(self, *_error):
                self.point.rollback()
                self.point.close(rollback=True)
                test.env.invalidate_all()

        return Undone()

    def test_verify_tells_a_file_gone_or_replaced(self):
        letter = self.in_force()
        for file in (letter.sudo().original_id, letter.sudo().signed_file_id):
            kept = file.raw
            for raw in (b"", b"%PDF-1.4 another", kept[:-1], kept + b"\n"):
                with self.subTest(file.name, size=len(raw)):
                    file.write({"raw": raw})
                    self.assertTold(letter)
            file.write({"raw": kept})
        self.assertTrue(self.verdict(letter))

    def test_verify_tells_a_replaced_scan_of_paper_or_seal(self):
        letter = self.issued()
        self.sign_on_paper(letter)
        letter.action_seal(self.make_seal())
        self.assertTrue(self.verdict(letter))
        for scan in (letter.paper_scan_ids, letter.seal_id.scan_ids):
            kept = scan.raw
            scan.sudo().write({"raw": b"another"})
            with self.subTest(scan.name):
                self.assertTold(letter)
            scan.sudo().write({"raw": kept})

    def test_an_older_backup_is_told_by_the_line_kept(self):
        letter = self.in_force()
        Signature = self.env["township.signature"].sudo()
        kept = Signature._parse_anchor(Signature._anchor_line(self.company))
        self.assertIsNone(Signature._verify_chain(self.company, kept))
        self.sql("DELETE FROM township_signature WHERE res_id = %s AND way = 'seal'", letter.id)
        self.sql(
            "UPDATE township_number_counter SET value = value - 1 WHERE series = %s",
            Signature._chain_key(self.company)[0],
        )
        self.assertEqual(Signature._verify_chain(self.company, kept).reason, "older")


@tagged("post_install", "-at_install")
class TestLetterSecrets(AttackCase):
    """What somebody sees who is no more than a user of the township."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plain = new_test_user(
            cls.env,
            "test_plain_signer",
            "base.group_user",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.plain_unit = cls.env["township.unit"].create(
            {
                "name": "供电所",
                "kind": "department",
                "leader_id": cls.plain.id,
                "company_id": cls.company.id,
            }
        )

    def both(self):
        """:return: the letter of the plain signer and that of another unit, in force"""
        own, other = self.signed(unit_id=self.plain_unit.id), self.signed()
        (own | other).action_seal(self.make_seal())
        return own, other

    def test_a_signer_sees_the_own_letter_and_nothing_of_another(self):
        own, other = self.both()
        other.sudo().message_post(body="内部意见")
        env = self.env(user=self.plain)
        self.assertEqual(env["township.letter"].search([]).ids, own.ids)
        self.assertTrue(own.with_env(env).read())
        self.assertTrue(env["township.home"].get_home())
        for model, owner in (
            ("township.letter.line", "letter_id"),
            ("township.letter.clock", "letter_id"),
            ("township.signature", "res_id"),
            ("ir.attachment", "res_id"),
            ("mail.message", "res_id"),
        ):
            with self.subTest(model):
                of_other = [(owner, "=", other.id)]
                if owner == "res_id":
                    name = "model" if model == "mail.message" else "res_model"
                    of_other.append((name, "=", "township.letter"))
                hidden = self.env[model].sudo().search(of_other)
                self.assertTrue(hidden)
                self.assertFalse(env[model].search(of_other))
                self.assertFalse(env[model].search_count(of_other))
                with self.assertRaises(AccessError):
                    hidden.with_env(env).read()
        groups = env["township.letter"].formatted_read_group([], ["unit_id"], ["__count"])
        self.assertEqual(len(groups), 1)
        with self.assertRaises(UserError):
            other.with_user(self.plain).export_data(["title"])
        self.plain.group_ids += self.env.ref("base.group_allow_export")
        with self.assertRaises(AccessError):
            other.with_user(self.plain).export_data(["title"])
        for name in ("line_ids.weight", "signature_ids.signer_name", "assessment_ids.score"):
            found = env["township.letter"].search([(name, "!=", False)])
            self.assertLessEqual(set(found.ids), set(own.ids))

    def test_a_signer_sees_no_scan_with_pages_of_others(self):
        own, _other = self.both()
        scan = own.seal_id.sudo().scan_ids
        with self.assertRaises(AccessError):
            scan.with_user(self.plain).read(["raw"])
        self.assertFalse(self.env["township.letter.seal"].with_user(self.plain).search([]))
        shown = own.with_user(self.plain).web_read({"seal_id": {"fields": {"display_name": {}}}})
        self.assertEqual(shown[0]["seal_id"]["display_name"], own.seal_id.approval)

    def test_a_hidden_letter_has_no_name(self):
        _own, other = self.both()
        neighbour = self.env["res.company"].create({"name": "Neighbour"})
        stranger = new_test_user(
            self.env,
            "test_strange_officer",
            "township_governance.group_officer",
            company_id=neighbour.id,
            company_ids=[Command.set(neighbour.ids)],
        )
        env = self.env(user=stranger)
        file = env["ir.attachment"].create({"name": "x", "raw": b"x"})
        row = {"file_id": file.id, "letter_id": other.id}
        wizard = env["township.letter.papers.wizard"].create(
            {"witness": "x", "line_ids": [Command.create(row)]}
        )
        shown = wizard.line_ids.web_read({"letter_id": {"fields": {"display_name": {}}}})
        self.assertEqual(shown[0]["letter_id"]["id"], other.id)
        self.assertNotIn(self.unit.name, json.dumps(shown, default=str, ensure_ascii=False))

    def test_a_signer_writes_nothing(self):
        own, other = self.both()
        env = self.env(user=self.plain)
        attacks = {
            "create": lambda: env["township.letter"].create(self.letter_vals()),
            "write": lambda: own.with_env(env).write({"goals": "x"}),
            "unlink": lambda: own.with_env(env).unlink(),
            "copy": lambda: own.with_env(env).copy(),
            "template": lambda: env["township.letter.template"].search([]),
            "meeting": lambda: env["township.letter.meeting"].search([]),
            "signature": lambda: env["township.signature"].create(
                {"res_model": "township.letter", "res_id": own.id, "party": "x"}
            ),
            "attachment": lambda: env["ir.attachment"].create(
                {"name": "x", "raw": b"x", "res_model": "township.letter", "res_id": own.id}
            ),
            "print of another": lambda: env["ir.actions.report"]._render_qweb_pdf(
                "township_governance.report_letter", other.ids
            ),
            "list with another": lambda: env["ir.actions.report"]._render_qweb_html(
                "township_governance.report_letter_progress", (own | other).ids
            ),
            "verify another": lambda: other.with_env(env).action_verify(),
            "sign another": lambda: other.with_env(env).action_sign(),
            "wizard on another": lambda: (
                env["township.signature.wizard"]
                .create({"res_model": "township.letter", "res_id": other.id})
                .read(["text_html"])
            ),
            "verify wizard on another": lambda: (
                env["township.signature.verify.wizard"]
                .create({"res_model": "township.letter", "res_id": other.id})
                .read(["result"])
            ),
            "figures of another": lambda: other.with_env(env).action_current_figures(),
            "self-report of another": lambda: other.with_env(env).action_self_report(),
        }
        for name, attack in attacks.items():
            with self.subTest(name), self.assertRaises(REFUSED):
                attack()

    def test_county_neighbour_auditor_and_portal(self):
        own, _other = self.both()
        neighbour = self.env["res.company"].create({"name": "Neighbour"})
        stranger = new_test_user(
            self.env,
            "test_stranger",
            "township_governance.group_director",
            company_id=neighbour.id,
            company_ids=[Command.set(neighbour.ids)],
        )
        portal = new_test_user(self.env, "test_portal_user", "base.group_portal")
        public = self.env.ref("base.public_user")
        for user in (stranger, self.auditor, portal, public, self.administrator):
            with self.subTest(user.login), self.assertRaises(AccessError):
                own.with_user(user).read(["title"])
        supervisor = own.with_user(self.supervisor)
        self.assertTrue(supervisor.read(["title"]))
        for name, attack in {
            "write": lambda: supervisor.write({"witness": "x"}),
            "line": lambda: supervisor.line_ids.write({"weight": 1}),
            "close": supervisor.action_close,
            "version": lambda: supervisor.action_new_version("x"),
            "create": lambda: supervisor.create(self.letter_vals()),
            "basis": lambda: supervisor.basis_id.write({"number": "x"}),
            "template": lambda: supervisor.template_id.search([], limit=1).write({"name": "x"}),
        }.items():
            with self.subTest(name), self.assertRaises(REFUSED):
                attack()

    def test_private_key_and_password_leave_by_no_field(self):
        certificate = self.env["township.certificate"]._ensure(self.company)
        for user in (self.director, self.administrator):
            own = certificate.with_user(user)
            for name in ("content", "passphrase"):
                for method, args in (
                    ("read", [[name]]),
                    ("export_data", [[name]]),
                    ("search", [[(name, "like", "a")]]),
                    ("formatted_read_group", [[], [name], ["__count"]]),
                ):
                    said = {"user": user.login, "field": name, "method": method}
                    with self.subTest(**said), self.assertRaises(REFUSED):
                        getattr(own, method)(*args)
            self.assertNotIn("content", own.read()[0])


@tagged("post_install", "-at_install")
class TestAssessmentAttacks(AssessmentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.insider = cls._make_user("officer", "insider")
        cls.unit.user_ids += cls.insider

    def hand_over(self, user, to):
        return (
            self.env["township.letter.handover"]
            .with_user(user)
            .create(
                {
                    "letter_id": self.letter.id,
                    "to_user_id": to.id,
                    "reason": "人事调整",
                    "paper_number": "槐组〔2026〕4号",
                }
            )
        )

    def test_a_filled_round_keeps_its_period(self):
        self.announced()
        day = date(YEAR, 6, 1)
        forged = ({"year": YEAR + 1}, {"period": "half"}, {"index": 2}, {"date_from": day})
        for vals in forged:
            with self.subTest(vals), self.assertRaises(REFUSED):
                self.round.write(vals)
        self.assertEqual(self.round.date_from, date(YEAR, 1, 1))

    def test_what_follows_from_other_fields_is_typed_in_no_model_of_this_room(self):
        """Odoo lets a call write a stored computed field."""
        concerned = [
            model
            for model in map(self.env.__getitem__, self.env.registry)
            if model._name.startswith(ROOM) and model._auto and not model.is_transient()
        ]
        open_fields = [
            str(field)
            for model in concerned
            for field in model._fields.values()
            if field.store and field.readonly and (field.compute or field.related)
            if not getattr(field, "guard", None)
        ]
        self.assertTrue(concerned)
        self.assertFalse(open_fields)

    def test_nobody_touches_the_proof_against_the_own_unit(self):
        line = self.line_of(self.filled(), "组织领导")
        line.write({"hand_score": 5, **self.proof()})
        bonus = line.assessment_id.bonus_ids.create(
            {"assessment_id": line.assessment_id.id, "points": -1, **self.proof()}
        )
        for row in (line, bonus):
            scan = row.evidence_ids.with_user(self.insider)
            for attack in (
                lambda scan=scan: scan.write({"raw": b"white page"}),
                scan.unlink,
                lambda row=row: row.with_user(self.insider).write({"reason": "x"}),
                lambda row=row: row.assessment_id.with_user(self.insider).write(
                    {"line_ids": [Command.update(line.id, {"hand_score": 20})]}
                ),
                lambda row=row: row.assessment_id.with_user(self.insider).write(
                    {"bonus_ids": [Command.create({"points": 5, **self.proof()})]}
                ),
                lambda row=row: row.assessment_id.with_user(self.insider).write(
                    {"bonus_ids": [Command.delete(bonus.id)]}
                ),
            ):
                with self.subTest(row._name), self.assertRaises(AccessError):
                    attack()
        line.evidence_ids.write({"raw": b"better scan"})

    def test_who_leaves_the_unit_or_its_duty_scores_it_no_more(self):
        with self.assertRaises(AccessError):
            self.unit.with_user(self.insider).write({"user_ids": [Command.unlink(self.insider.id)]})
        line = self.line_of(self.filled(), "组织领导")
        former = self._make_user("officer", "former")
        self.hand_over(self.officer, former)
        self.hand_over(self.officer, self.head)
        with self.assertRaises(AccessError):
            line.with_user(former).action_full_marks()

    def test_figures_and_sums_are_typed_by_no_path(self):
        assessment = self.filled()
        computed = self.line_of(assessment, "unit_on_time")
        for record, vals in (
            (assessment, {"score": 100}),
            (assessment, {"veto": True}),
            (assessment, {"rank": 1}),
            (assessment, {"state": "closed"}),
            (assessment, {"letter_id": self.letter.id}),
            (assessment, {"unit_id": self.village.id}),
            (assessment, {"grade_id": False}),
            (computed, {"numerator": 9}),
            (computed, {"numerator_domain": "[]"}),
            (computed, {"score": 20}),
            (computed, {"corrected": True}),
            (self.letter, {"assessment_ids": [Command.create({"round_id": self.round.id})]}),
            (self.letter, {"assessment_ids": [Command.delete(assessment.id)]}),
        ):
            for user in (self.officer, self.director):
                with self.subTest(user.login, **vals), self.assertRaises(REFUSED):
                    record.with_user(user).write(vals)
        result = computed.load([".id", "numerator"], [[str(computed.id), "9"]])
        self.assertFalse(result["ids"])
        with self.assertRaises(AccessError):
            assessment.copy()

    def test_points_stay_within_the_item(self):
        line = self.line_of(self.filled(), "组织领导")
        for value in (-1, line.weight + 1, 9999):
            with self.subTest(value), self.assertRaises(ValidationError):
                line.write({"hand_score": value})

    def test_the_dialog_of_an_answer_shows_no_objection_of_another_township(self):
        assessment = self.announced()
        objection = (
            self.env["township.assessment.objection"]
            .with_user(self.head)
            .create({"assessment_id": assessment.id, "text": "另有隐情"})
        )
        neighbour = self.env["res.company"].create({"name": "Neighbour"})
        stranger = new_test_user(
            self.env,
            "test_strange_officer",
            "township_governance.group_officer",
            company_id=neighbour.id,
            company_ids=[Command.set(neighbour.ids)],
        )
        Wizard = self.env["township.assessment.answer.wizard"].with_user(stranger)
        with self.assertRaises(AccessError):
            Wizard.create({"objection_id": objection.id, "decision": "kept", "answer": "x"}).read(
                ["text", "line_id", "kind"]
            )
        with self.assertRaises(AccessError):
            Wizard.onchange({"objection_id": objection.id}, [], {"text": {}})

    def test_a_department_turned_village_is_not_ranked(self):
        with self.assertRaises(ValidationError):
            self.unit.with_user(self.officer).kind = "village"


@tagged("post_install", "-at_install")
class TestLetterCalls(HttpCase, AttackCase):
    """The same from outside, as a browser's console does."""

    def call(self, model, method, args, kwargs=None):
        """:return: answer of the server: ``dict`` with ``result`` or ``error``"""
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs or {}}
        answer = self.url_open(
            "/web/dataset/call_kw",
            data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
            headers={"Content-Type": "application/json"},
        )
        return answer.json()

    @mute_logger("odoo.http")
    def test_no_call_signs_or_moves_a_letter(self):
        letter = self.issued()
        seal = self.make_seal()
        image = drawn().decode()
        self.authenticate(self.officer.login, self.officer.login)
        ids = letter.ids
        for method, args in (
            ("_sign", ["party_b", image]),
            ("_run_transition", ["sign"]),
            ("_enter_state", ["in_force"]),
            ("_entering", []),
            ("_signature_done", ["party_b"]),
            ("_keep_original", [image, "x.pdf"]),
            ("action_seal", [seal.id]),
            ("action_close", []),
            ("action_sign", []),
            ("write", [{"state": "signed"}]),
            ("write", [{"signer_id": self.officer.id}]),
            ("web_save", [{"goals": "x"}, {"goals": {}}]),
            ("unlink", []),
        ):
            with self.subTest(method, args=args):
                self.assertIn("error", self.call("township.letter", method, [ids, *args]))
        for token in (True, {}, [], "township", 1):
            context = {"township_entering_token": token, "township_completing_token": token}
            with self.subTest(token=token):
                answer = self.call(
                    "township.letter", "write", [ids, {"state": "signed"}], {"context": context}
                )
                self.assertIn("error", answer)
        for model in ("township.signature.wizard", "township.letter.countersign.wizard"):
            vals = {"res_model": letter._name, "res_id": letter.id}
            if model.endswith("countersign.wizard"):
                vals = {"letter_ids": [[6, 0, ids]]}
            made = self.call(model, "create", [[{**vals, "image": image}]])
            with self.subTest(model):
                answer = (
                    made
                    if "error" in made
                    else self.call(model, "action_confirm", [made["result"]])
                )
                identity = answer.get("result") and answer["result"].get("res_model")
                self.assertIn(identity, (None, "res.users.identitycheck"))
        self.env.invalidate_all()
        self.assertEqual((letter.state, letter.signer_id), ("issued", self.head))
        self.assertFalse(letter.sudo().signature_ids)
        self.assertFalse(self.env["township.signature"].search([("res_id", "in", ids)]))

    def test_files_of_another_unit_are_not_downloaded(self):
        letter = self.in_force()
        file = letter.sudo().original_id
        pen = letter.sudo().signature_ids.filtered("image")
        picture = base64.b64decode(pen.image)
        self.authenticate(self.reporter_other.login, self.reporter_other.login)
        for url in (
            f"/web/content/{file.id}",
            f"/web/content/township.letter/{letter.id}/original_id",
            f"/web/image/township.signature/{pen.id}/image",
            f"/report/pdf/township_governance.report_letter/{letter.id}",
        ):
            with self.subTest(url), mute_logger("odoo.http", "odoo.addons.base.models.ir_http"):
                answer = self.url_open(url)
                self.assertFalse(answer.content.startswith(b"%PDF"))
                self.assertNotEqual(answer.content, picture)

    def test_the_public_page_tells_nothing_of_the_content(self):
        letter = self.in_force()
        document = self.env["township.document"].search(
            [("res_model", "=", letter._name), ("res_id", "=", letter.id)], limit=1
        )
        page = self.url_open(f"/township/verify?code={document.check_code}").text
        self.assertIn(letter.number, page)
        for secret in (self.unit.name, self.head.name, letter.goals, letter.line_ids[0].name):
            self.assertNotIn(secret, page)


@tagged("post_install", "-at_install")
class TestTownshipStays(AttackCase):
    """Odoo asks its rules before a write, not after."""

    def test_no_record_is_pushed_into_another_township_or_to_all(self):
        neighbour = self.env["res.company"].create({"name": "Neighbour"})
        env = self.env(user=self.director)
        own = {"company_id": self.company.id}
        template = {"name": "样本", "title": "责任书", "unit_kind": "department", **own}
        records = [
            self.make_letter().with_env(env),
            self.make_basis(number="槐办发〔2026〕8号").with_env(env),
            env["township.letter.template"].create(template),
            env["township.indicator"].create({"name": "指标", **own}),
            env["township.assessment.grade"].create({"name": "优秀", "minimum": 95, **own}),
            env["township.assessment.round"].create({"year": 2024, **own}),
            env["township.letter.meeting"].create({"name": "集中签订", **own}),
            env["township.accountability"].create({"unit_id": self.unit.id, **own}),
            env["township.deadline.rule"].create(
                {"name": "答复", "code": "own", "number": 5, **own}
            ),
            env["township.import.alias"].create(
                {"kind": "heading", "target": "case", "column_name": "name", "name": "名", **own}
            ),
        ]
        for record in records:
            for company in (neighbour.id, False):
                with self.subTest(record._name, company=company), self.assertRaises(REFUSED):
                    record.write({"company_id": company})
