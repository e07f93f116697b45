"""Signatures: from signing only, one chain per township, every change found out."""

import base64
import io
from unittest.mock import patch

from PIL import Image, ImageDraw

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .base import TownshipCase
from .throwaway import add_throwaway_models


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

    def pledge(self, count=1, **vals):
        """:return: pledges of the reporter, in the reporter's environment"""
        vals = {
            "name": "平安建设目标管理责任书",
            "company_id": self.company.id,
            "user_id": self.reporter.id,
            "director_id": self.director.id,
            **vals,
        }
        return self.pledges.create([vals] * count).with_user(self.reporter)

    def signed(self, count=1, **vals):
        """:return: pledges signed by the reporter"""
        pledges = self.pledge(count, **vals)
        pledges._sign("party_b", self.pen)
        return pledges

    def sql(self, query, *params):
        self.env.flush_all()
        self.env.cr.execute(query, params)
        self.env.invalidate_all()

    def broken(self, **options):
        return self.Signature._verify_chain(self.company, **options)


@tagged("post_install", "-at_install")
class TestSignature(SignatureCase):
    def test_a_signature_says_who_what_and_when(self):
        pledge = self.signed()
        signature = pledge.sudo().signature_ids
        self.assertEqual(signature.user_id, self.reporter)
        self.assertEqual(signature.recorded_by_id, self.reporter)
        self.assertEqual((signature.party, signature.way), ("party_b", "app"))
        self.assertIn(pledge.name, signature.text)
        self.assertEqual(signature.sequence, 1)
        self.assertEqual(pledge.state, "signed")
        self.assertFalse(self.broken(images=True))

    def test_many_are_signed_in_one_go_and_stand_in_one_chain(self):
        self.signed(3)
        signatures = self.Signature.search([], order="sequence")
        self.assertEqual(signatures.mapped("sequence"), [1, 2, 3])
        self.assertEqual(
            signatures.mapped("previous_hash"), ["", *signatures[:2].mapped("chain_hash")]
        )
