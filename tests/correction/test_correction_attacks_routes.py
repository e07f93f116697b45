"""Where a name would come out: read everywhere by everybody, asked for by oracles and routes."""

import json
from contextlib import suppress

from odoo.exceptions import UserError
from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..case.test_case_attacks import rpc
from . import matrix
from .attack_case import AttackCase

ADULT, MINOR = "欧阳不可见", "慕容不可说"
HIDDEN = (ADULT, MINOR)
LOGGERS = ("odoo.http", "odoo.addons.web.controllers.export")
# Refused by the database, or asked of what has no name.
ASKED_WRONG = ("odoo.sql_db", "odoo.models")


class NamesCase(AttackCase):
    """An adult and a minor with all that goes on around a subject, and people who have nothing to
    do with either."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.adult = cls.in_correction(name=ADULT, address=f"{ADULT}家")
        cls.minor = cls.in_correction(cls.make_minor(name=MINOR, address=f"{MINOR}家"))
        for subject in (cls.adult, cls.minor):
            name, user = subject.name, subject.env.user
            subject.message_post(body=f"{name}来过", subject=name)
            subject.activity_schedule(
                "mail.mail_activity_data_todo", user_id=user.id, summary=f"{name}：走访"
            )
            cls.env["township.delivery"].with_user(user).create(
                {
                    "subject_id": subject.id,
                    "company_id": cls.company.id,
                    "paper": f"{name}告知书",
                    "recipient": name,
                }
            )
            cls.make("township.correction.search", subject, circumstances=f"{name}失联")
            cls.measure(subject=subject, facts=f"{name}未报告")
            release = cls.env["township.correction.release"].create({"subject_id": subject.id})
            release.with_user(user).appraisal = f"{name}表现良好"
            cls.env["township.personal.request"].with_user(user).create(
                {"subject_id": subject.id, "text": f"{name}请求", "applicant_name": name}
            )
            cls.env["ir.actions.report"].with_user(user)._render_qweb_html(
                "township_governance.report_correction_notice", subject.ids
            )
        cls.env["ir.attachment"].with_user(cls.correction).create(
            {"name": f"{ADULT}.pdf", "raw": ADULT.encode(), "res_model": cls.adult._name}
            | {"res_id": cls.adult.id}
        )
        cls.env.flush_all()
        cls.env.invalidate_all()
        cls.outsiders = {
            "reporter": cls.reporter,
            "mediator": cls.mediator_user,
            "officer": cls.officer,
            "director": cls.director,
            "supervisor": cls.supervisor,
            "auditor": cls.auditor,
            "administrator": cls.administrator,
        }

    def names_hidden(self):
        """:return: ``list`` of (role, user, names that may not come out)"""
        rows = [(role, user, HIDDEN) for role, user in self.outsiders.items()]
        return [*rows, ("correction", self.correction, (MINOR,))]

    def answer(self, model, user, method, *args, **kwargs):
        """:return: ``str`` what the call gives; empty where it is refused"""
        with suppress(UserError), mute_logger(*ASKED_WRONG), self.env.cr.savepoint():
            answer = rpc(model, user, method, *args, **kwargs)
            return json.dumps(answer, default=str, ensure_ascii=False)
        return ""


@tagged("post_install", "-at_install")
class TestCorrectionNames(NamesCase):
    def texts(self, model):
        return [
            field.name
            for field in model._fields.values()
            if field.store and field.type in ("char", "text", "html", "json")
        ]

    def test_no_model_of_the_database_gives_a_name_to_who_may_not_know_it(self):
        """Whatever they may read, in one go: the chatter, logs, jobs, to-dos, issued papers."""
        self.flag_deadlines()
        # who may, reads them: what follows can fail
        spec = {"name": {}}
        mine = self.answer(self.adult.browse(), self.minor_officer, "web_search_read", [], spec)
        self.assertTrue(all(name in mine for name in HIDDEN))
        for role, user, names in self.names_hidden():
            for name, model in sorted(self.registry.items()):
                if model._abstract or model._transient or not model._auto:
                    continue
                empty = self.env[name].with_user(user)
                if not empty.has_access("read"):
                    continue
                readable = [
                    text
                    for text in self.texts(model)
                    if empty._has_field_access(model._fields[text], "read")
                ]
                spec = {text: {} for text in (*readable, "display_name")}
                answer = self.answer(empty, user, "web_search_read", [], spec, limit=3000)
                for hidden in names:
                    with self.subTest(role=role, model=name):
                        self.assertNotIn(hidden, answer)

    def test_no_condition_tells_whether_a_name_is_there(self):
        """By any path that leads from what they may read into the room."""
        paths = [
            (name, f"{field.name}.{text}")
            for name, model in self.registry.items()
            if not matrix.is_of_room(name) and not model._abstract and not model._transient
            for field in model._fields.values()
            if field.comodel_name and matrix.is_of_room(field.comodel_name) and field.store
            for text in ("name", "subject_id.name", "display_name")
            if text.split(".")[0] in self.env[field.comodel_name]._fields
        ]
        self.assertIn(("township.delivery", "subject_id.name"), paths)
        for role, user, names in self.names_hidden():
            for name, path in paths:
                for hidden in names:
                    with self.subTest(role=role, model=name, path=path):
                        domain = [(path, "like", hidden)]
                        empty = self.env[name]
                        count = self.answer(empty, user, "search_count", domain)
                        self.assertIn(count, ("", "0"))
                        if not path.endswith("display_name"):  # which no column holds
                            args = ([], [path], ["__count"])
                            groups = self.answer(empty, user, "formatted_read_group", *args)
                            self.assertNotIn(hidden, groups)

    def test_exports_through_relations_give_nothing(self):
        for role, user, names in self.names_hidden():
            for name in ("township.delivery", "township.personal.request", "mail.activity"):
                records = self.env[name].search([])
                if name == "mail.activity":
                    paths = ["summary", "res_name"]
                else:
                    paths = ["subject_id/name", "subject_id/display_name", "display_name"]
                answer = self.answer(records, user, "export_data", paths)
                for hidden in names:
                    with self.subTest(role=role, model=name):
                        self.assertNotIn(hidden, answer)

    def test_nobody_hangs_anything_on_a_file(self):
        """Files, messages, followers, to-dos: made by a call, not by a form."""
        subject_model = self.env["ir.model"]._get_id(self.adult._name)
        place = {"res_model": self.adult._name, "res_id": self.adult.id}
        for role, user in self.outsiders.items():
            partner = user.partner_id.id
            for name, vals in {
                "ir.attachment": {"name": "x", "raw": "QQ==", **place},
                "mail.followers": {**place, "partner_id": partner},
                "mail.activity": {
                    "res_model_id": subject_model,
                    "res_id": self.adult.id,
                    "user_id": user.id,
                },
                "mail.message": {"model": self.adult._name, "res_id": self.adult.id, "body": "x"},
            }.items():
                with self.subTest(role=role, model=name):
                    self.refused(self.env[name], "create", [vals], user=user)

    def test_nobody_of_the_room_tells_an_outsider(self):
        partner = self.director.partner_id
        self.refused(self.adult, "message_post", body="x", partner_ids=partner.ids)
        self.call(self.adult, "message_subscribe", partner.ids)
        self.assertNotIn(partner, self.adult.sudo().message_partner_ids)
        activity = {"res_model_id": self.env["ir.model"]._get_id(self.adult._name)}
        activity |= {"res_id": self.adult.id, "user_id": self.director.id}
        self.refused(self.env["mail.activity"], "create", [activity], user=self.correction)
        self.refused(self.adult, "write", {"user_id": self.director.id})


@tagged("post_install", "-at_install")
class TestCorrectionRoutes(NamesCase, HttpCase):
    """By the addresses that a browser calls."""

    def bodies(self, subject):
        """:return: ``list`` of (address, params) of JSON routes that hand out a thread"""
        thread = {"thread_model": subject._name, "thread_id": subject.id}
        return [
            ("/mail/thread/messages", thread),
            ("/mail/thread/recipients", {**thread, "message_id": subject.message_ids[:1].id}),
            (
                "/mail/data",
                {
                    "fetch_params": [
                        [
                            "mail.thread",
                            {
                                **thread,
                                "request_list": ["activities", "attachments", "followers"],
                            },
                        ]
                    ]
                },
            ),
            ("/mail/message/post", {**thread, "post_data": {"body": "x"}}),
            (
                "/web/export/get_fields",
                {"model": subject._name, "domain": [], "import_compat": False},
            ),
            (
                f"/web/dataset/call_kw/{subject._name}/web_read",
                {
                    "model": subject._name,
                    "method": "web_read",
                    "args": [subject.ids, {"name": {}, "display_name": {}}],
                    "kwargs": {"context": {"active_test": False, "bin_size": True}},
                },
            ),
            (
                "/web/dataset/call_kw/township.delivery/onchange",
                {
                    "model": "township.delivery",
                    "method": "onchange",
                    "args": [
                        [],
                        {"subject_id": subject.id},
                        ["subject_id"],
                        {"subject_id": {"fields": {"display_name": {}}}, "recipient": {}},
                    ],
                    "kwargs": {"context": {"default_subject_id": subject.id}},
                },
            ),
        ]

    def test_routes_hand_out_nothing(self):
        for role, user, names in self.names_hidden():
            user.password = f"{user.login}-of-the-test"
            self.authenticate(user.login, f"{user.login}-of-the-test")
            subject = self.minor if names == (MINOR,) else self.adult
            before = subject.sudo().message_ids
            for path, params in self.bodies(subject.sudo()):
                with self.subTest(role=role, path=path), mute_logger("odoo.http"):
                    answer = self.url_open(
                        path,
                        data=json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}),
                        headers={"Content-Type": "application/json"},
                    )
                    text = json.dumps(answer.json(), ensure_ascii=False)
                    for hidden in HIDDEN if role != "correction" else names:
                        self.assertNotIn(hidden, text)
            self.env.invalidate_all()
            self.assertEqual(subject.sudo().message_ids, before)

    def test_tables_hand_out_nothing(self):
        self.reporter.group_ids += self.env.ref("base.group_allow_export")
        self.director.group_ids += self.env.ref("base.group_allow_export")
        self.correction.group_ids += self.env.ref("base.group_allow_export")
        for user, subject in (
            (self.reporter, self.adult),
            (self.director, self.adult),
            (self.correction, self.minor),
        ):
            user.password = f"{user.login}-of-the-test"
            self.authenticate(user.login, f"{user.login}-of-the-test")
            for model, field in (
                (subject._name, "name"),
                ("township.delivery", "subject_id/name"),
                ("township.correction.measure", "subject_id/name"),
            ):
                records = self.env[model].search([])
                data = {
                    "model": model,
                    "fields": [{"name": field, "label": "x", "type": "char"}],
                    "ids": records.ids,
                    "domain": [],
                    "import_compat": False,
                    "context": {},
                }
                with self.subTest(user=user.login, model=model), mute_logger(*LOGGERS):
                    token = Request.csrf_token(self)
                    answer = self.url_open(
                        "/web/export/csv", data={"data": json.dumps(data), "csrf_token": token}
                    )
                    self.assertNotIn(subject.sudo().name, answer.content.decode("utf-8", "replace"))
