import base64

from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .base import TownshipCase
from .throwaway import add_throwaway_models

NAME = "township.test.secret"


@tagged("post_install", "-at_install")
class TestSecrecy(TownshipCase):
    """Nobody learns of a secret record but who may read it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()

        class Secret(models.Model):
            _name = NAME
            _module = None
            _description = "Secret"
            _inherit = ["township.secrecy.mixin", "mail.thread", "mail.activity.mixin"]
            name = fields.Char()
            user_id = fields.Many2one("res.users", tracking=True)

        rights = {NAME: {"group_correction": "rwcd", "group_director": "rwcd"}}
        [cls.Secret] = add_throwaway_models(cls, [Secret], rights)
        cls.env["ir.rule"].create(
            {
                "name": "Secret",
                "model_id": cls.env["ir.model"]._get_id(NAME),
                "domain_force": "[('user_id', '=', user.id)]",
            }
        )
        cls.record = cls.Secret.create({"name": "王伟强", "user_id": cls.director.id})
        # may read the model, but not this one any more
        cls.outsiders = cls.correction | cls.officer | cls.administrator

    def lose(self, user):
        """The user has written, followed and had a to-do, then lost the right to read.

        :return: the message, the activity"""
        record = self.record.with_user(user)
        self.record.user_id = user
        message = record.message_post(body="王伟强来报到", message_type="comment")
        record.message_subscribe(user.partner_id.ids)
        activity = self.record.activity_schedule(
            "mail.mail_activity_data_todo", user_id=user.id, summary="王伟强"
        )
        self.record.user_id = self.director
        self.env.invalidate_all()
        return message.with_user(user), activity.with_user(user)

    def test_an_author_who_lost_the_right_reads_neither_message_nor_activity(self):
        message, activity = self.lose(self.correction)
        for thing in (message, activity):
            with self.subTest(thing._name):
                self.assertFalse(thing.search([("id", "in", thing.ids)]))
                self.assertFalse(thing.search_count([("id", "in", thing.ids)]))
                with self.assertRaises(AccessError):
                    thing.read([])
                self.assertTrue(thing.with_user(self.director).search([("id", "in", thing.ids)]))

    def test_a_star_keeps_no_message(self):
        message, _activity = self.lose(self.correction)
        message.sudo().write({"starred_partner_ids": self.correction.partner_id.ids})
        self.assertFalse(message.search([("starred", "=", True)]))

    def test_who_lost_the_right_is_notified_no_more(self):
        self.lose(self.correction)
        self.correction.notification_type = "inbox"
        message = self.record.with_user(self.director).message_post(
            body="走访", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        told = message.sudo().notification_ids.res_partner_id
        self.assertNotIn(self.correction.partner_id, told)

    def test_nobody_follows_who_may_not_read(self):
        for user in self.outsiders:
            with self.subTest(user.login):
                self.record.message_subscribe(user.partner_id.ids)
                self.assertNotIn(user.partner_id, self.record.message_partner_ids)
        vals = {"res_model": NAME, "res_id": self.record.id}
        Followers = self.env["mail.followers"].with_user(self.administrator)
        with self.assertRaises(AccessError):
            Followers.create({**vals, "partner_id": self.administrator.partner_id.id})

    def test_the_responsible_one_follows(self):
        other = self.Secret.create({"name": "x"})
        other.user_id = self.director
        self.assertIn(self.director.partner_id, other.message_partner_ids)

    def test_followers_are_seen_by_who_may_read(self):
        self.record.message_subscribe(self.director.partner_id.ids)
        followers = self.env["mail.followers"].search(
            [("res_model", "=", NAME), ("res_id", "=", self.record.id)]
        )
        self.assertTrue(followers)
        for user in self.outsiders:
            with self.subTest(user.login):
                seen = followers.with_user(user)
                self.assertFalse(seen.search([("res_model", "=", NAME)]))
                with self.assertRaises(AccessError):
                    seen.read(["partner_id"])
        self.assertEqual(
            followers.with_user(self.director).search(
                [("res_model", "=", NAME), ("res_id", "=", self.record.id)]
            ),
            followers,
        )

    def test_nobody_is_told_who_may_not_read(self):
        record = self.record.with_user(self.director)
        for user in self.outsiders:
            with self.subTest(user.login), self.assertRaises(AccessError):
                record.message_post(body="请看", partner_ids=user.partner_id.ids)

    def test_a_to_do_is_for_who_may_read(self):
        record = self.record.with_user(self.director)
        own = record.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.director.id, summary="走访"
        )
        for user in self.outsiders:
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    record.activity_schedule("mail.mail_activity_data_todo", user_id=user.id)
                with self.assertRaises(AccessError):
                    own.user_id = user

    def test_a_hidden_record_has_no_name(self):
        for user in self.outsiders:
            with self.subTest(user.login):
                hidden = self.record.with_user(user).sudo()
                self.assertNotIn("王", hidden.display_name)
                self.assertFalse(
                    user.has_group("township_governance.group_correction")
                    and self.Secret.with_user(user).name_search("王")
                )
        self.assertEqual(self.record.with_user(self.director).display_name, "王伟强")

    def test_files_are_never_public_and_before_saving_their_authors(self):
        Attachment = self.env["ir.attachment"].with_user(self.director)
        data = {"name": "判决书.pdf", "datas": base64.b64encode(b"x"), "res_model": NAME}
        scan = Attachment.create({**data, "res_id": self.record.id})
        with self.assertRaises(AccessError):
            scan.public = True
        with self.assertRaises(AccessError):
            scan.generate_access_token()
        unsaved = Attachment.create(data)
        for user in self.outsiders:
            for one in (scan, unsaved):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    one.with_user(user).read(["name"])

    def test_others_pay_nothing(self):
        """A model without the mixin is left to core."""
        case = self.make_case()
        message = case.message_post(body="调解", message_type="comment")
        self.assertTrue(message.search([("id", "=", message.id)]))
        case.message_subscribe(self.auditor.partner_id.ids)
        self.assertIn(self.auditor.partner_id, case.message_partner_ids)
