"""Signatures: from signing only, one chain per township, every change found out."""

import base64
import io
import logging
import re
import tempfile
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import patch

from freezegun import freeze_time
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup
from PIL import Image, ImageDraw
from psycopg2.errors import CheckViolation, UniqueViolation

from odoo import fields, models
from odoo.exceptions import AccessError, LockError, UserError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ...models.common.signature import digest
from .base import TownshipCase
from .throwaway import add_throwaway_models

CLAUSE = "乙方对本单位的平安建设工作负总责，按期报告工作情况，接受甲方的检查和考核。" * 2
FORM = """<form><header><button name="action_sign" type="object" string="Sign"/>
<button name="action_verify" type="object" string="Verify"/></header>
<sheet><field name="name"/><field name="state"/><field name="signature_ids">
<list><field name="signer_name"/><field name="signed_on"/></list></field></sheet></form>"""


def pledge():
    """:return: the class of a pledge: a text, signed by its keeper, then by its director"""

    class Pledge(models.Model):
        _name = "township.test.pledge"
        _description = "Pledge"
        _module = None
        _inherit = ["township.signature.mixin"]

        name = fields.Char()
        company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
        user_id = fields.Many2one("res.users")
        director_id = fields.Many2one("res.users")
        state = fields.Selection([("open", "Open"), ("signed", "Signed")], default="open")

        def _signature_content(self, party):
            return {"title": self.name, "party": party, "keeper": self.user_id.name}

        def _signature_user(self, party):
            return self.user_id if party == "party_b" else self.director_id

        def _signature_parties(self, user):
            if self.state == "open":
                return ["party_b"] if user == self.user_id else []
            return ["party_a"] if user == self.director_id else []

        def _signature_capacity(self, party):
            return "第一责任人" if party == "party_b" else "分管领导"

        def _signature_prepare(self, signatures):
            return {one.id: digest(self.paper(one.text)) for one in signatures}

        def _signature_file(self, signature):
            return self.paper(signature.text)

        def paper(self, text):
            return f"{self.env.context.get('paper', '')}{text}".encode()

        def _signature_html(self, party):
            lines = Markup("").join(Markup("<p>%s</p>") % f"第{n}条 {CLAUSE}" for n in range(1, 16))
            return Markup("<h2>%s</h2>%s") % (self.name, lines)

        def _signature_done(self, party):
            self.filtered(lambda one: party == "party_b").state = "signed"

    return Pledge


def encoded(picture, kind="PNG"):
    """:return: ``bytes`` base64 of a picture"""
    stream = io.BytesIO()
    picture.save(stream, kind)
    return base64.b64encode(stream.getvalue())


def drawing(*lines, size=(400, 160), ground=(255, 255, 255, 0), width=4):
    """:return: a picture with these lines, by default a signature"""
    picture = Image.new("RGBA", size, ground)
    for line in lines or ([(60, 40), (200, 130), (320, 30)], [(90, 100), (300, 110)]):
        ImageDraw.Draw(picture).line(line, fill=(20, 20, 20, 255), width=width)
    return picture


class SignatureCase(TownshipCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        [cls.pledges] = add_throwaway_models(
            cls,
            [pledge()],
            {"township.test.pledge": {"group_reporter": "r", "group_officer": "rwcd"}},
        )
        cls.env["ir.rule"].create(
            {
                "name": "Pledges: one's own",
                "model_id": cls.env["ir.model"]._get_id("township.test.pledge"),
                "domain_force": "['|', ('user_id', '=', user.id), ('company_id', 'in', "
                "user.has_group('township_governance.group_officer') and company_ids or [])]",
            }
        )
        cls.pen = encoded(drawing())
        cls.Signature = cls.env["township.signature"]

    @classmethod
    def pledge(cls, count=1, **vals):
        """:return: pledges of the reporter, in the reporter's environment"""
        vals = {
            "name": "平安建设目标管理责任书",
            "company_id": cls.company.id,
            "user_id": cls.reporter.id,
            "director_id": cls.director.id,
            **vals,
        }
        return cls.pledges.create([vals] * count).with_user(cls.reporter)

    @classmethod
    def signed(cls, count=1, **vals):
        """:return: pledges signed by the reporter"""
        pledges = cls.pledge(count, **vals)
        # as a screen asks
        pledges.with_context(bin_size=True)._sign("party_b", cls.pen)
        return pledges

    def sql(self, query, *params):
        self.env.flush_all()
        self.env.cr.execute(query, params)
        self.env.invalidate_all()

    def broken(self, **options):
        return self.Signature._verify_chain(self.company, **options)


LOGS = ("create_uid", "create_date", "write_uid", "write_date")
OTHER = {
    "integer": "coalesce({0}, 0) + 7",
    "many2one_reference": "coalesce({0}, 0) + 7",
    "char": "coalesce({0}, '') || '改'",
    "text": "coalesce({0}, '') || '改'",
    "datetime": "{0} + interval '1 second'",
    "selection": "'paper'",
}


@tagged("post_install", "-at_install")
class TestSignature(SignatureCase):
    def test_a_signature_says_who_what_and_when(self):
        pledge = self.signed()
        signature = pledge.sudo().signature_ids
        self.assertEqual(signature.user_id, self.reporter)
        self.assertEqual(signature.recorded_by_id, self.reporter)
        self.assertEqual((signature.party, signature.way), ("party_b", "app"))
        self.assertEqual(signature.capacity, pledge._signature_capacity("party_b"))
        self.assertIn(pledge.name, signature.text)
        self.assertEqual(pledge.state, "signed")

    def test_many_are_signed_in_one_go_and_stand_in_one_chain(self):
        self.signed(3)
        self.signed()
        signatures = self.Signature.search([], order="sequence")
        self.assertEqual(signatures.mapped("sequence"), [1, 2, 3, 4])
        self.assertEqual(
            signatures.mapped("previous_hash"), ["", *signatures[:3].mapped("chain_hash")]
        )
        self.assertIsNone(self.broken(images=True))

    def test_each_township_has_a_chain_of_its_own(self):
        other = self.env["res.company"].create({"name": "柳河镇"})
        pledges = self.pledge() + self.pledge(company_id=other.id) + self.pledge()
        pledges.sudo()._sign("party_b", self.pen, user=self.reporter)
        signatures = pledges.sudo().signature_ids
        self.assertEqual(signatures.sorted("id").mapped("sequence"), [1, 1, 2])
        self.assertIsNone(self.broken())
        self.assertIsNone(self.Signature._verify_chain(other))

    def test_queries_do_not_grow_with_the_number_signed(self):
        def cost(count):
            pledges = self.pledge(count)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            pledges._sign("party_b", self.pen)
            self.env.flush_all()
            return self.cr.sql_log_count - before

        cost(1)
        self.assertLessEqual(cost(100) - cost(10), 3)

    # ------------------------------------------------------------------
    # No other way in
    # ------------------------------------------------------------------

    def test_nobody_makes_changes_copies_or_deletes_one(self):
        signature = self.signed().sudo().signature_ids
        vals = signature.copy_data()[0]
        for user in (self.reporter, self.officer, self.director, self.administrator):
            self.assertRefused(signature.with_user(user), vals)
        self.assertRefused(signature.sudo(), vals)
        self.assertEqual(self.Signature.search_count([]), 1)

    def assertRefused(self, signature, vals):
        attempts = {
            "create": lambda: signature.create(vals),
            "write": lambda: signature.write({"signer_name": "别人"}),
            "unlink": signature.unlink,
            "forced": signature.with_context(_force_unlink=True).unlink,
            "copy": signature.copy,
            "image": lambda: signature.write({"image": self.pen}),
        }
        for name, attempt in attempts.items():
            with (
                self.subTest(name, user=signature.env.user.login),
                self.assertRaises(AccessError),
                self.cr.savepoint(),
            ):
                attempt()
        with self.cr.savepoint():
            loaded = signature.load(["party", "res_model"], [["party_a", "township.test.pledge"]])
        self.assertFalse(loaded["ids"])

    def test_a_context_cannot_bring_the_token(self):
        signature = self.signed().sudo().signature_ids
        forged = signature.with_context(township_entering_token="<object object>")
        with self.assertRaises(AccessError):
            forged.create(signature.copy_data()[0])

    def test_a_row_of_the_record_is_no_way_in(self):
        pledge = self.pledge().with_user(self.officer)
        with self.assertRaises(AccessError):
            pledge.write({"signature_ids": [(0, 0, {"party": "party_b", "signer_name": "x"})]})

    def test_an_administrator_cannot_replace_the_picture(self):
        signature = self.signed().sudo().signature_ids
        scan = self.picture(signature)
        with self.assertRaises(AccessError):
            scan.with_user(self.administrator).write({"raw": b"other"})
        with self.assertRaises(AccessError):
            scan.with_user(self.administrator).unlink()

    def picture(self, signature):
        return (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_field", "=", "image"), ("res_id", "=", signature.id)])
        )

    def test_a_signed_record_is_not_deleted(self):
        pledge = self.signed()
        with self.assertRaisesRegex(UserError, pledge.display_name):
            pledge.with_user(self.officer).unlink()
        self.pledge().with_user(self.officer).unlink()

    # ------------------------------------------------------------------
    # Who may sign
    # ------------------------------------------------------------------

    def test_the_second_of_two_is_told_that_it_is_signed(self):
        pledge = self.signed()
        with self.assertRaisesRegex(UserError, re.escape(self.reporter.name)):
            pledge._sign("party_b", self.pen)
        with self.assertRaisesRegex(UserError, re.escape(self.reporter.name)):
            pledge.action_sign()

    def test_whoever_meets_another_signer_is_asked_to_wait(self):
        pledge = self.pledge()
        with (
            patch.object(type(pledge), "lock_for_update", side_effect=LockError("locked")),
            self.assertRaisesRegex(UserError, "at this moment"),
        ):
            pledge._sign("party_b", self.pen)

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_a_second_signature_of_a_place(self):
        self.signed(2)
        with self.assertRaises(UniqueViolation), self.cr.savepoint():
            self.sql(
                "UPDATE township_signature SET res_id = (SELECT min(res_id) FROM"
                " township_signature)"
            )

    def test_nobody_signs_in_the_place_of_another(self):
        pledge = self.pledge()
        for user in (self.reporter_other, self.officer, self.director, self.administrator):
            with self.subTest(user.login), self.assertRaises(UserError):
                pledge.with_user(user)._sign("party_b", self.pen)
        with self.assertRaises(UserError):
            pledge.with_user(self.director)._sign("party_a", self.pen)

    def test_one_that_may_not_be_signed_stops_all(self):
        pledges = self.pledge(2) + self.pledge(user_id=self.officer.id)
        with self.assertRaises(UserError):
            pledges._sign("party_b", self.pen)
        self.assertFalse(self.Signature.search_count([]))

    def test_a_paper_and_a_seal_need_no_drawing(self):
        pledges = self.pledge(2).with_user(self.officer)
        day = fields.Datetime.now() - timedelta(days=3)
        paper = pledges[0]._sign("party_b", way="paper", signed_on=day)
        self.assertEqual((paper.user_id, paper.recorded_by_id), (self.reporter, self.officer))
        self.assertEqual(paper.signed_on, day)
        pledges[1]._sign("party_b", way="paper")
        pledges.director_id = False
        seal = pledges[1]._sign("party_a", way="seal")
        self.assertEqual(seal.signer_name, self.company.name)
        self.assertFalse(seal.user_id or seal.image_digest)
        self.assertIsNone(self.broken(images=True))
        with self.assertRaisesRegex(UserError, re.escape(self.reporter.name)):
            pledges[:1]._sign("party_b", way="paper")

    def test_the_time_in_the_app_is_now(self):
        long_ago = fields.Datetime.now() - timedelta(days=30)
        signature = self.pledge()._sign("party_b", self.pen, signed_on=long_ago)
        self.assertGreater(signature.signed_on, long_ago + timedelta(days=29))

    # ------------------------------------------------------------------
    # Seen as what was signed
    # ------------------------------------------------------------------

    def test_whoever_reads_the_record_reads_its_signature(self):
        signature = self.signed().sudo().signature_ids
        for user in (self.reporter, self.officer, self.director, self.supervisor, self.auditor):
            with self.subTest(user.login):
                self.assertEqual(self.Signature.with_user(user).search([]), signature)
                self.assertTrue(signature.with_user(user).read(["signer_name", "text"]))
        for user in (self.reporter_other, self.administrator):
            with self.subTest(user.login):
                Signature = self.Signature.with_user(user)
                self.assertFalse(Signature.search_count([]))
                self.assertFalse(Signature._read_group([], ["way"]))
                with self.assertRaises(AccessError):
                    Signature.browse(signature.id).read(["signer_name"])

    def test_the_network_address_is_for_few(self):
        signature = self.signed().sudo().signature_ids
        self.assertIn("address", signature.with_user(self.director).read()[0])
        self.assertNotIn("address", signature.with_user(self.reporter).read()[0])

    def test_another_township_sees_none(self):
        self.signed()
        other = self.env["res.company"].create({"name": "柳河镇"})
        self.officer.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self.assertFalse(self.Signature.with_user(self.officer).search_count([]))


@tagged("post_install", "-at_install")
class TestSignatureChain(SignatureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.signatures = cls.signed(5).sudo().signature_ids.sorted("sequence")
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.path = Path(folder.name) / "anchors" / "test.csv"
        patcher = patch.object(cls.registry["township.signature"], "_anchor_path")
        patcher.start().return_value = cls.path
        cls.addClassCleanup(patcher.stop)

    def assertFound(self, message, **options):
        found = self.broken(**options)
        self.assertIsNotNone(found, message)
        return found

    @mute_logger("odoo.sql_db")
    def test_property_any_change_of_any_column_of_any_row_is_found(self):
        columns = {"id": "{0} + 1000"} | {
            name: OTHER.get(field.type, "(SELECT max(id) FROM res_users)")
            for name, field in self.Signature._fields.items()
            if field.store and field.column_type and name not in (*LOGS, "id")
        }
        other = self.env["res.company"].create({"name": "柳河镇"})
        columns["company_id"] = str(other.id)
        delegation = self.env["township.delegation"].create(
            {
                "principal_id": self.director.id,
                "deputy_id": self.officer.id,
                "date_to": "2099-01-01",
                "paper": "1号",
            }
        )
        columns["delegation_id"] = str(delegation.id)
        self.assertGreater(len(columns), 20)
        for name, value in columns.items():
            for signature in self.signatures:
                with (
                    self.subTest(column=name, sequence=signature.sequence),
                    self.cr.savepoint() as savepoint,
                ):
                    self.sql(
                        f"UPDATE township_signature SET {name} = {value.format(name)}"
                        " WHERE id = %s",
                        signature.id,
                    )
                    self.assertFound(name)
                    savepoint.close(rollback=True)
                self.env.invalidate_all()
        self.assertIsNone(self.broken())

    @settings(deadline=None, database=None, max_examples=40)
    @given(st.sets(st.integers(1, 5), min_size=1))
    def test_property_any_missing_rows_are_found(self, gone):
        with self.cr.savepoint() as savepoint:
            self.sql("DELETE FROM township_signature WHERE sequence = ANY(%s)", list(gone))
            found = self.assertFound(gone)
            savepoint.close(rollback=True)
        self.assertEqual(found.sequence, min(gone))

    def test_a_row_put_in_past_the_chain_is_found(self):
        self.sql(
            "UPDATE township_signature SET sequence = NULL, chain_hash = NULL WHERE sequence = 5"
        )
        self.assertEqual(self.assertFound("loose").reason, "unchained")

    def test_signing_goes_on_after_a_gap_and_the_gap_stays_visible(self):
        self.sql("DELETE FROM township_signature WHERE sequence = 5")
        self.signed()
        self.assertEqual(self.assertFound("gap"), (5, "missing"))

    def test_a_replaced_picture_is_found(self):
        scan = (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_field", "=", "image"), ("res_id", "=", self.signatures[2].id)])
        )
        scan.write({"raw": base64.b64decode(encoded(drawing([(10, 10), (300, 100)])))})
        self.assertIsNone(self.broken())
        found = self.assertFound("picture", images=True)
        self.assertEqual(found, (self.signatures[2].sequence, "image"))
        scan.unlink()
        self.assertEqual(self.assertFound("lost", images=True).reason, "image")

    # ------------------------------------------------------------------
    # Anchors
    # ------------------------------------------------------------------

    def restore(self, length):
        """As a backup from when the chain had that length."""
        self.sql("DELETE FROM township_signature WHERE sequence > %s", length)
        self.sql(
            "UPDATE township_number_counter SET value = %s WHERE series = %s",
            length,
            self.Signature._chain_key(self.company)[0],
        )

    def rewrite(self):
        """Change the first and chain all again, as one who knows how could."""
        self.sql("UPDATE township_signature SET signer_name = '别人' WHERE sequence = 1")
        self.restore(5)
        self.sql("UPDATE township_signature SET sequence = NULL")
        self.sql("DELETE FROM township_number_counter WHERE series LIKE 'signature/%%'")
        self.Signature.search([])._chain(
            {one.id: one.file_digest for one in self.Signature.search([])}
        )

    def test_an_anchor_tells_an_older_backup(self):
        anchor = self.Signature._parse_anchor(self.Signature._anchor_line(self.company))
        self.assertIsNone(self.broken(anchors=anchor))
        self.restore(3)
        self.assertIsNone(self.broken())
        self.assertEqual(self.assertFound("older", anchors=anchor), (4, "older"))

    def test_an_anchor_tells_a_rewritten_chain(self):
        anchor = self.Signature._parse_anchor(self.Signature._anchor_line(self.company))
        self.rewrite()
        self.assertIsNone(self.broken())
        self.assertEqual(self.assertFound("rewritten", anchors=anchor), (5, "rewritten"))

    def test_anchors_are_kept_on_the_server_once_a_day_with_new_signatures(self):
        logger = "odoo.addons.township_governance.models.common.signature_anchor"
        with self.assertLogs(logger, logging.INFO) as logs:
            self.Signature._cron_anchor()
        head = self.Signature._chain_head(self.company)
        self.assertIn(head[1], logs.output[0])
        self.assertEqual(self.Signature._stored_anchors()[self.company.id], dict([head]))
        with self.assertNoLogs(logger, logging.INFO):
            self.Signature._cron_anchor()
        self.restore(2)
        with self.assertLogs(logger, "WARNING"):
            self.Signature._cron_anchor()
        stored = self.Signature._stored_anchors()[self.company.id]
        self.assertEqual(self.assertFound("file", anchors=stored).reason, "older")

    def test_an_anchor_is_read_as_people_paste_it(self):
        number, chain_hash = self.Signature._chain_head(self.company)
        for line in (
            f"{number} {chain_hash}",
            f" {number},{chain_hash.upper()}\n",
            f"2026-11-18,{self.company.id},{number},{chain_hash}",
            f"第{number}：{chain_hash}",
        ):
            with self.subTest(line):
                self.assertEqual(self.Signature._parse_anchor(line), {number: chain_hash})
        for line in (
            "",
            None,
            chain_hash,
            f"{number} {chain_hash[:-1]}",
            f"{number} {chain_hash}0",
        ):
            with self.subTest(line):
                self.assertEqual(self.Signature._parse_anchor(line), {})

    # ------------------------------------------------------------------
    # Verify, of one record
    # ------------------------------------------------------------------

    def verdict(self, **context):
        pledge = self.pledges.browse(self.signatures[1].res_id).with_context(**context)
        return [holds for _label, holds, _detail in pledge._verify_signatures()]

    def test_verify_says_genuine(self):
        self.assertEqual(self.verdict(), [True])
        with self.subTest("as a screen asks"):
            self.assertEqual(self.verdict(bin_size=True), [True])

    def test_verify_finds_changes(self):
        one = self.signatures[1].id
        changes = {
            "content": "UPDATE township_test_pledge SET name = '改' WHERE id ="
            " (SELECT res_id FROM township_signature WHERE id = %s)",
            "text": "UPDATE township_signature SET text = text || ' ' WHERE id = %s",
            "changed": "UPDATE township_signature SET capacity = '改' WHERE id = %s",
            "chain": "DELETE FROM township_signature WHERE sequence = 1 AND id <> %s",
            "image": "UPDATE ir_attachment SET res_id = 0 WHERE res_field = 'image'"
            " AND res_model = 'township.signature' AND res_id = %s",
        }
        for fault, change in changes.items():
            with self.subTest(fault), self.cr.savepoint() as savepoint:
                self.sql(change, one)
                signature = self.Signature.browse(one)
                self.assertIn(fault, signature._faults(signature._record()))
                self.assertEqual(self.verdict(), [False])
                savepoint.close(rollback=True)
            self.env.invalidate_all()
        with self.subTest("file"):
            self.assertEqual(self.verdict(paper="other"), [False])

    def test_verify_of_what_nobody_signed_says_so(self):
        [(_label, holds, _detail)] = self.pledge()._verify_signatures()
        self.assertFalse(holds)

    def verifying(self, user, **vals):
        return self.env["township.signature.verify.wizard"].with_user(user).create(vals)

    def test_the_dialog_compares_with_the_line_kept(self):
        vals = {"res_model": "township.test.pledge", "res_id": self.signatures[0].res_id}
        wizard = self.verifying(self.reporter, **vals)
        self.assertTrue(wizard.genuine)
        wizard.anchor = wizard.head
        wizard.action_check_chain()
        self.assertIn("5", wizard.chain_result)
        self.restore(3)
        wizard.action_check_chain()
        self.assertIn("older backup", wizard.chain_result)
        wizard.anchor = "abc"
        with self.assertRaises(UserError):
            wizard.action_check_chain()

    def test_the_dialog_shows_nothing_of_what_is_hidden(self):
        vals = {"res_model": "township.test.pledge", "res_id": self.signatures[0].res_id}
        for asked in (vals, {}, {"res_model": "res.users", "res_id": self.officer.id}):
            with self.subTest(asked), self.assertRaises(UserError):
                self.verifying(self.reporter_other, **asked).result  # noqa: B018


@tagged("post_install", "-at_install")
class TestSignatureImage(SignatureCase):
    def assertUnfit(self, image, words):
        with self.assertRaisesRegex(UserError, words):
            self.pledges._sign_image_checked(image)

    def test_none_and_empty(self):
        for image in (None, False, b"", ""):
            self.assertUnfit(image, "Draw your signature")
        for ground in ((255, 255, 255, 0), (255, 255, 255, 255), (0, 0, 0, 255), (90, 90, 90, 255)):
            self.assertUnfit(encoded(drawing([(0, 0)], ground=ground, width=0)), "empty")

    def test_a_dot(self):
        for radius in (3, 6, 20):
            picture = drawing([(0, 0)], width=0)
            box = (200 - radius, 80 - radius, 200 + radius, 80 + radius)
            ImageDraw.Draw(picture).ellipse(box, fill=(0, 0, 0, 255))
            with self.subTest(radius):
                self.assertUnfit(encoded(picture), "dot|empty")

    def test_too_large_before_it_is_decoded(self):
        with patch("base64.b64decode", side_effect=AssertionError("decoded")):
            self.assertUnfit(b"A" * 28_000_000, "larger than 2 MB")
        self.assertUnfit(encoded(Image.new("1", (4001, 10))), "4000")

    def test_a_bomb_is_not_unfolded(self):
        bomb = encoded(Image.new("1", (20_000, 20_000)))
        with patch("PIL.ImageFile.ImageFile.load", side_effect=AssertionError("unfolded")):
            self.assertUnfit(bomb, "4000")

    def test_what_is_no_picture(self):
        for content in (
            b"%PDF-1.7",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            base64.b64decode(encoded(drawing(), "GIF")),
        ):
            with self.subTest(content[:8]):
                self.assertUnfit(base64.b64encode(content), "read")
        self.assertUnfit(b"###", "read")

    def cleaned(self, image):
        return Image.open(io.BytesIO(self.pledges._sign_image_checked(image)))

    def test_a_stroke_and_a_small_signature_pass(self):
        for lines in ([[(100, 80), (300, 84)]], [[(180, 60), (215, 100)], [(215, 60), (180, 100)]]):
            with self.subTest(lines):
                self.assertEqual(self.cleaned(encoded(drawing(*lines))).format, "PNG")

    def test_a_large_photo_is_kept_small_and_without_what_the_camera_wrote(self):
        lines = [(300, 300), (1500, 1200), (2600, 200)]
        photo = drawing(lines, size=(3000, 1500), ground=(225, 220, 210, 255), width=30)
        exif = Image.Exif()
        exif[0x010F] = "camera"
        stream = io.BytesIO()
        photo.convert("RGB").save(stream, "JPEG", exif=exif)
        clean = self.cleaned(base64.b64encode(stream.getvalue()))
        self.assertEqual((clean.format, max(clean.size)), ("PNG", 1024))
        self.assertFalse(clean.getexif() or clean.info.get("exif"))

    def test_a_photo_taken_sideways_is_turned(self):
        exif = Image.Exif()
        exif[0x0112] = 6
        stream = io.BytesIO()
        photo = drawing(size=(400, 160), ground=(200, 200, 200, 255)).convert("RGB")
        photo.save(stream, "JPEG", exif=exif)
        self.assertEqual(self.cleaned(base64.b64encode(stream.getvalue())).size, (160, 400))

    def test_the_ground_stays_transparent(self):
        clean = self.cleaned(self.pen)
        self.assertEqual(clean.getpixel((0, 0))[3], 0)


@tagged("post_install", "-at_install")
class TestDelegation(SignatureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-11-18 04:00:00"))

    def delegation(self, user=None, **vals):
        return (
            self.env["township.delegation"]
            .with_user(user or self.officer)
            .create(
                {
                    "principal_id": self.reporter.id,
                    "deputy_id": self.reporter_other.id,
                    "date_from": "2026-11-18",
                    "date_to": "2026-11-30",
                    "paper": "槐授〔2026〕3号",
                    "company_id": self.company.id,
                    **vals,
                }
            )
        )

    def test_the_deputy_signs_and_both_are_named(self):
        delegation = self.delegation()
        pledge = self.pledge().with_user(self.reporter_other).sudo()
        signature = pledge._sign(
            "party_b", self.pen, user=self.reporter_other, behalf=self.reporter
        )
        self.assertEqual(signature.user_id, self.reporter_other)
        self.assertEqual(signature.behalf_id, self.reporter)
        self.assertEqual(signature.delegation_id, delegation.sudo())
        self.assertIsNone(self.broken())

    def test_only_on_its_days_and_in_its_township(self):
        self.delegation(date_from="2026-11-19")
        other = self.env["res.company"].create({"name": "柳河镇"})
        pledge = self.pledge().with_user(self.reporter_other).sudo()
        for day, allowed in (("18", False), ("19", True), ("30", True)):
            with freeze_time(f"2026-11-{day} 04:00:00"):
                found = pledge._signature_choices(self.reporter_other)
                self.assertEqual(bool(found), allowed, day)
        with freeze_time("2026-12-01 04:00:00"), self.assertRaisesRegex(UserError, "delegation"):
            pledge._sign("party_b", self.pen, user=self.reporter_other, behalf=self.reporter)
        with freeze_time("2026-11-20 04:00:00"), self.assertRaisesRegex(UserError, "delegation"):
            self.pledge(company_id=other.id).sudo()._sign(
                "party_b", self.pen, user=self.reporter_other, behalf=self.reporter
            )

    @mute_logger("odoo.sql_db")
    def test_dates_persons_and_overlaps(self):
        with self.assertRaises(CheckViolation), self.cr.savepoint():
            self.delegation(date_from="2026-12-01")
        with self.assertRaises(CheckViolation), self.cr.savepoint():
            self.delegation(deputy_id=self.reporter.id)
        self.delegation()
        for start, end in (("2026-11-30", "2026-12-05"), ("2026-11-01", "2026-12-31")):
            with self.subTest(start), self.assertRaises(ValidationError), self.cr.savepoint():
                self.delegation(date_from=start, date_to=end)
        self.delegation(date_from="2026-12-01", date_to="2026-12-05")

    def test_nobody_gives_himself_the_power(self):
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.delegation(deputy_id=self.officer.id)
        delegation = self.delegation()
        with self.assertRaises(AccessError), self.cr.savepoint():
            delegation.deputy_id = self.officer
        with self.assertRaises(AccessError):
            self.delegation(user=self.reporter)

    def test_the_principal_is_told(self):
        self.delegation()
        told = self.env["mail.activity"].search([("user_id", "=", self.reporter.id)])
        self.assertIn(self.reporter_other.name, told.summary)

    def test_seen_by_both_and_by_officers(self):
        delegation = self.delegation()
        for user, seen in (
            (self.reporter, True),
            (self.reporter_other, True),
            (self.officer, True),
            (self.mediator_user, False),
        ):
            with self.subTest(user.login):
                found = self.env["township.delegation"].with_user(user).search([])
                self.assertEqual(found.ids, delegation.ids if seen else [])

    def test_used_it_can_only_be_ended_earlier(self):
        delegation = self.delegation(date_from="2026-11-10")
        delegation.scope = "责任书"
        self.pledge().sudo()._sign(
            "party_b", self.pen, user=self.reporter_other, behalf=self.reporter
        )
        for vals in (
            {"paper": "别的"},
            {"date_to": "2026-12-31"},
            {"date_to": "2026-11-17"},
            {"principal_id": self.director.id},
            {"date_to": "2026-11-20", "scope": "一切"},
        ):
            with self.subTest(vals), self.assertRaises(UserError), self.cr.savepoint():
                delegation.write(vals)
        delegation.date_to = "2026-11-20"
        self.assertEqual(delegation.date_to, date(2026, 11, 20))
        with self.assertRaises(UserError):
            delegation.unlink()


@tagged("post_install", "-at_install")
class TestSignatureDialog(SignatureCase):
    def wizard(self, pledge, user=None, **vals):
        vals = {
            "res_model": pledge._name,
            "res_id": pledge.id,
            "read_through": True,
            "image": self.pen,
            **vals,
        }
        return self.env["township.signature.wizard"].with_user(user or self.reporter).create(vals)

    def confirm(self, wizard):
        """As after the proof of identity."""
        return type(wizard).action_confirm.__wrapped__(wizard)

    def test_shows_the_text_and_signs_it(self):
        pledge = self.pledge()
        action = pledge.action_sign()
        wizard = self.wizard(pledge)
        self.assertEqual(action["res_model"], wizard._name)
        self.assertIn(pledge.name, wizard.text_html)
        done = self.confirm(wizard)
        self.assertEqual(done["params"]["drawing_key"], wizard.drawing_key)
        self.assertEqual(pledge.sudo().signature_ids.user_id, self.reporter)
        self.assertFalse(wizard.image)

    def test_asks_for_identity(self):
        wizard = self.wizard(self.pledge())
        with self.assertRaisesRegex(UserError, "HTTP"):
            wizard.action_confirm()

    def test_not_read_or_not_drawn_is_not_signed(self):
        pledge = self.pledge()
        for vals in ({"read_through": False}, {"image": False}):
            with self.subTest(vals), self.assertRaises(UserError):
                self.confirm(self.wizard(pledge, **vals))
        with self.assertRaisesRegex(UserError, "2 MB"):
            self.wizard(pledge, image=b"A" * 28_000_000)

    def test_whatever_a_call_brings_one_signs_as_oneself(self):
        pledge = self.pledge()
        officer = self.wizard(pledge, self.officer)
        self.assertFalse(officer.party or officer.text_html)
        for attack in (
            lambda: self.confirm(officer),
            lambda: self.confirm(officer.with_context(default_party="party_b")),
            lambda: self.confirm(self.wizard(pledge, self.officer, behalf_id=self.reporter.id)),
            lambda: self.confirm(self.wizard(pledge).with_user(self.officer)),
            lambda: self.wizard(pledge, self.reporter_other).text_html,
            lambda: self.wizard(self.officer, self.officer).text_html,
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                attack()
        self.assertFalse(self.Signature.search_count([]))

    def test_a_text_changed_behind_the_screen_is_not_signed(self):
        pledge = self.pledge()
        wizard = self.wizard(pledge)
        self.env.flush_all()
        pledge.sudo().name = "别的责任书"
        with self.assertRaisesRegex(UserError, "Read it again"):
            self.confirm(wizard)

    def test_two_dialogs_open_and_the_second_is_told(self):
        pledge = self.pledge()
        first, second = self.wizard(pledge), self.wizard(pledge)
        self.confirm(first)
        with self.assertRaisesRegex(UserError, re.escape(self.reporter.name)):
            self.confirm(second)

    def test_on_behalf_of_others_only_with_a_delegation(self):
        self.env["township.delegation"].create(
            {
                "principal_id": self.reporter.id,
                "deputy_id": self.officer.id,
                "date_to": "2099-01-01",
                "paper": "1号",
                "company_id": self.company.id,
            }
        )
        pledge = self.pledge()
        wizard = self.wizard(pledge, self.officer)
        self.assertEqual((wizard.behalf_id, wizard.own), (self.reporter, False))
        self.confirm(wizard)
        self.assertEqual(pledge.sudo().signature_ids.behalf_id, self.reporter)


@tagged("post_install", "-at_install")
class TestSignatureScreen(HttpCase, SignatureCase):
    """The dialog in a browser, with the proof of identity."""

    browser_size = "390x844"
    touch_enabled = True

    def dialog(self, pledge):
        """:return: a dialog read and drawn in, of the reporter"""
        dialog = (
            self.env["township.signature.wizard"]
            .with_user(self.reporter)
            .create(
                {
                    "res_model": pledge._name,
                    "res_id": pledge.id,
                    "read_through": True,
                    "image": self.pen,
                }
            )
        )
        dialog.flush_recordset()  # what it shows is the reporter's
        return dialog

    def call(self, record, method, **kwargs):
        return self.make_jsonrpc_request(
            "/web/dataset/call_kw",
            {"model": record._name, "method": method, "args": [record.ids], "kwargs": kwargs},
        )

    def test_a_call_past_the_screen_is_asked_for_identity(self):
        pledge = self.pledge()
        self.authenticate("test_reporter", "test_reporter")
        asked = self.call(self.dialog(pledge), "action_confirm")
        self.assertEqual(asked["res_model"], "res.users.identitycheck")
        self.assertFalse(pledge.sudo().signature_ids)

    def test_a_proof_of_identity_is_good_for_one_signing(self):
        first, second = self.pledge(), self.pledge()
        self.authenticate("test_reporter", "test_reporter")
        asked = self.call(self.dialog(first), "action_confirm")
        check = self.env["res.users.identitycheck"].with_user(self.reporter)
        check = check.browse(asked["res_id"])
        self.call(check, "run_check", context={**asked["context"], "password": "test_reporter"})
        self.assertTrue(first.sudo().signature_ids)
        asked = self.call(self.dialog(second), "action_confirm")
        self.assertEqual(asked["res_model"], "res.users.identitycheck")
        self.assertFalse(second.sudo().signature_ids)

    def test_sign_on_a_phone(self):
        self.env["ir.ui.view"].create(
            {"name": "pledge", "type": "form", "model": "township.test.pledge", "arch": FORM}
        )
        pledge = self.pledge()
        self.start_tour(
            f"/odoo/m-township.test.pledge/{pledge.id}", "township_sign", login="test_reporter"
        )
        pledge.invalidate_recordset()
        signature = pledge.sudo().signature_ids
        self.assertEqual((signature.user_id, signature.way), (self.reporter, "app"))
        self.assertTrue(signature.address)
        self.assertIsNone(self.broken(images=True))
