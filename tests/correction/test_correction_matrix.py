import json
from contextlib import suppress

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..case.test_case_attacks import rpc
from . import matrix
from .base import CorrectionCase

MARKS = matrix.MARKS
PORTAL, PUBLIC = "base.group_portal", "base.group_public"
REFUSED = (UserError, MissingError)  # AccessError is a UserError


class MatrixCase(CorrectionCase):
    """An adult and a minor with a row of every model of the room, a message, a to-do, a follower
    and a file each; all texts hold the mark."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        other = cls.env["res.company"].create({"name": "Other Township"})
        companies = {"company_id": other.id, "company_ids": [(6, 0, other.ids)]}
        own = {"company_id": cls.company.id, "company_ids": [(6, 0, cls.company.ids)]}
        minors = "township_governance.group_correction_minor"
        cls.colleague = new_test_user(cls.env, "test_colleague", minors, **companies)
        cls.portal = new_test_user(cls.env, "test_portal", PORTAL, **own)
        cls.public = new_test_user(cls.env, "test_public", PUBLIC, **own)
        # A mediator and village cadre who belongs to the persons' groups.
        cls.member = new_test_user(
            cls.env, "test_member", "township_governance.group_mediator", **own
        )
        cls.village.user_ids += cls.member
        cls.outsiders = {
            name: getattr(cls, name)
            for name in (
                *("reporter", "member", "mediator_user", "officer", "director"),
                *("supervisor", "auditor", "administrator", "colleague", "portal", "public"),
            )
        }
        exporting = cls.env.ref("base.group_allow_export")
        for user in (*cls.outsiders.values(), cls.correction, cls.minor_officer):
            if user._is_internal():
                user.group_ids += exporting
        cls.adult, cls.minor = (
            make(**dict.fromkeys(("name", "address", "offence"), MARKS[kind])).sudo()
            for kind, make in (("adult", cls.make_subject), ("minor", cls.make_minor))
        )
        for subject in (cls.adult, cls.minor):
            subject.action_expect()
        cls.subjects = {"adult": cls.adult, "minor": cls.minor}
        cls.failures = {}
        cls.records = {"adult": {}, "minor": {}}
        for kind, subject in (("adult", cls.adult), ("minor", cls.minor)):
            for name in matrix.room_models(cls.registry):
                try:
                    with cls.env.cr.savepoint():
                        matrix.make(cls, name, subject)
                        cls.env.flush_all()
                except Exception as error:  # noqa: BLE001 the test says which model
                    cls.records[kind].pop(name, None)
                    cls.failures[name] = error
        # Linked by the form it is refused; who was an officer once may still be.
        members = [known["township.correction.member"].id for known in cls.records.values()]
        cls.env.cr.execute(
            "UPDATE township_correction_member SET user_id = %s WHERE id = ANY(%s)",
            [cls.member.id, members],
        )
        cls.env.invalidate_all()
        cls.things = {kind: cls.hang_on(records) for kind, records in cls.records.items()}
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def hang_on(cls, records):
        """:return: ``dict`` model -> things of core that hang on the records"""
        mark = matrix.mark_of(records["township.correction.subject"])
        things = {
            name: cls.env[name]
            for name in ("ir.attachment", "mail.message", "mail.activity", "mail.followers")
        }
        for record in records.values():
            place = {"res_model": record._name, "res_id": record.id}
            things["ir.attachment"] |= cls.env["ir.attachment"].create(
                {**place, "name": mark, "raw": mark.encode()}
            )
            if "message_ids" not in record._fields:
                continue
            things["mail.message"] |= record.message_post(body=mark, subject=mark)
            handler = cls.minor_officer
            record.message_subscribe(handler.partner_id.ids)
            things["mail.followers"] |= record.message_follower_ids
            if "activity_ids" in record._fields:
                things["mail.activity"] |= record.activity_schedule(
                    "mail.mail_activity_data_todo", user_id=handler.id, summary=mark
                )
        return things

    def hidden(self):
        """:return: ``list`` of (role, user, kind of subject) of all who may see nothing of it"""
        pairs = [
            (role, user, kind) for role, user in self.outsiders.items() for kind in self.records
        ]
        return [*pairs, ("correction", self.correction, "minor")]

    def answer(self, records, user, method, *args, **kwargs):
        """:return: ``str`` what a call gives; empty where it is refused"""
        if method == "onchange" and not records:
            args = ([], *args)
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db", "odoo.models"):
                return json.dumps(
                    rpc(records, user, method, *args, **kwargs), default=str, ensure_ascii=False
                )
        except REFUSED as error:
            # nor does a refusal say it
            return str(error)
        finally:
            self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestCorrectionMatrix(MatrixCase):
    """Each role, each verb, each channel; the models come from the registry."""

    def test_every_model_of_the_room_has_a_record_in_the_matrix(self):
        for name, error in self.failures.items():
            with self.subTest(name):
                self.fail(f"{name} needs a function in matrix.FIXTURES that makes one: {error}")
        self.assertIn("township.correction.subject", self.records["adult"])

    def test_verbs(self):
        """ORM: nobody outside has any right on any record."""
        for role, user, kind in self.hidden():
            for name, record in self.records[kind].items():
                for verb in ("read", "write", "create", "unlink"):
                    with self.subTest(role=role, kind=kind, model=name, verb=verb):
                        self.assertFalse(record.with_user(user).has_access(verb))

    def test_officers_read_what_is_theirs(self):
        """The matrix is not empty: those who may, do."""
        for user, kind in (
            (self.correction, "adult"),
            (self.minor_officer, "adult"),
            (self.minor_officer, "minor"),
        ):
            for name, record in self.records[kind].items():
                if self.env[name].with_user(user).has_access("read"):
                    with self.subTest(user=user.login, kind=kind, model=name):
                        self.assertTrue(record.with_user(user).has_access("read"))
        subject = self.env["township.correction.subject"]
        self.assertTrue(subject.with_user(self.correction).has_access("read"))
        for name, thing in self.things["minor"].items():
            with self.subTest(name):
                self.assertTrue(thing.with_user(self.minor_officer)._filtered_access("read"))

    def test_channels_that_read(self):
        """RPC, lists, groups, names, exports: no way gives the mark or counts a record."""
        for role, user, kind in self.hidden():
            for name, record in self.records[kind].items():
                ids = [("id", "=", record.id)]
                texts = [
                    field.name
                    for field in record._fields.values()
                    if field.type in ("char", "text") and not field.groups
                ]
                spec = {text: {} for text in (*texts, "display_name")}
                group = "subject_id" if "subject_id" in record._fields else "company_id"
                calls = {
                    "read": (record, [texts]),
                    "web_read": (record, [spec]),
                    "export_data": (record, [texts]),
                    "copy": (record, []),
                    "search_read": (record.browse(), [ids, texts]),
                    "web_search_read": (record.browse(), [ids, spec]),
                    "name_search": (record.browse(), [MARKS[kind]]),
                    "web_name_search": (record.browse(), [MARKS[kind], {"display_name": {}}]),
                    "formatted_read_group": (record.browse(), [ids, [group], ["__count"]]),
                    "web_read_group": (record.browse(), [ids, [group]]),
                    "onchange": (record, [{}, [], spec]),
                }
                for method, (records, args) in calls.items():
                    with self.subTest(role=role, kind=kind, model=name, method=method):
                        self.assertNotIn(MARKS[kind], self.answer(records, user, method, *args))
                with self.subTest(role=role, kind=kind, model=name):
                    found = 0
                    with suppress(AccessError):
                        found = rpc(record.browse(), user, "search_count", ids)
                    self.assertFalse(found)

    def test_channels_that_write(self):
        for role, user, kind in self.hidden():
            for name, record in self.records[kind].items():
                text = next(
                    field.name
                    for field in record._fields.values()
                    if field.store and field.type == "many2one" and field.name != "create_uid"
                )
                calls = [
                    ("write", [{text: record[text].id}]),
                    ("web_save", [{}, {"display_name": {}}]),
                    ("unlink", []),
                ]
                if "message_ids" in record._fields:
                    calls += [
                        ("message_post", []),
                        ("message_subscribe", [user.partner_id.ids]),
                    ]
                if "activity_ids" in record._fields:
                    calls.append(("activity_schedule", []))
                for method, args in calls:
                    with self.subTest(role=role, kind=kind, model=name, method=method):
                        self.answer(record, user, method, *args)
                        self.assertTrue(record.exists())
                        if method == "message_subscribe":
                            self.assertNotIn(user.partner_id, record.message_partner_ids)
                        if method == "message_post":
                            own = record.message_ids.filtered(
                                lambda one, user=user: one.author_id == user.partner_id
                            )
                            self.assertFalse(own)

    def test_what_hangs_on_a_record(self):
        """Files, messages, to-dos and followers: not by guessed id, not by search."""
        for role, user, kind in self.hidden():
            for name, things in self.things[kind].items():
                texts = {
                    "ir.attachment": ["name", "raw", "res_name", "index_content"],
                    "mail.message": ["body", "subject", "record_name", "preview"],
                    "mail.activity": ["summary", "note", "res_name"],
                    "mail.followers": ["name", "partner_id", "display_name"],
                }[name]
                for thing in things:
                    with self.subTest(role=role, kind=kind, thing=name, of=thing.res_id):
                        self.assertFalse(thing.with_user(user)._filtered_access("read"))
                for method, args in (
                    ("search_read", [[("id", "in", things.ids)], texts]),
                    ("web_search_read", [[("id", "in", things.ids)], {text: {} for text in texts}]),
                    ("name_search", [MARKS[kind]]),
                ):
                    with self.subTest(role=role, kind=kind, thing=name, method=method):
                        self.assertNotIn(
                            MARKS[kind], self.answer(things.browse(), user, method, *args)
                        )
                with self.subTest(role=role, kind=kind, thing=name, method="export"):
                    self.assertNotIn(MARKS[kind], self.answer(things, user, "export_data", texts))
                found = 0
                with suppress(AccessError):
                    found = things.with_user(user).search_count([("id", "in", things.ids)])
                with self.subTest(role=role, kind=kind, thing=name):
                    self.assertFalse(found)

    def test_records_of_other_rooms_that_point_here(self):
        """From the registry: many2ones to the room on other models, shown, grouped, exported, and
        filled by a forged default."""
        pointing = [
            (model, field)
            for name, model in self.registry.items()
            for field in model._fields.values()
            if not matrix.is_of_room(name)
            and not model._abstract
            and not model._transient
            and field.type == "many2one"
            and field.comodel_name in self.records["adult"]
            and field.store
        ]
        self.assertIn("township.delivery", {model._name for model, _field in pointing})
        made = {
            (kind, model._name, field.name): matrix.make_pointing(
                self, self.env[model._name], field, records[field.comodel_name], self.subjects[kind]
            )
            for kind, records in self.records.items()
            for model, field in pointing
        }
        self.env.flush_all()
        for role, user, kind in self.hidden():
            for model, field in pointing:
                secret = self.records[kind][field.comodel_name]
                spec = {field.name: {"fields": {"display_name": {}}}, "display_name": {}}
                empty = self.env[model._name]
                one = made[kind, model._name, field.name]
                texts = [name for name in one._fields if one._fields[name].type in ("char", "text")]
                with self.subTest(role=role, kind=kind, model=model._name, field=field.name):
                    self.assertFalse(one.with_user(user).has_access("read"))
                calls = {
                    "onchange": (empty, [{field.name: secret.id}, [field.name], spec]),
                    "search_read": (empty, [[(field.name, "=", secret.id)], [field.name]]),
                    "formatted_read_group": (empty, [[], [field.name], ["__count"]]),
                    "name_search": (empty, [MARKS[kind]]),
                    "export_data": (one, [["display_name", field.name, *texts]]),
                }
                for method, (records, args) in calls.items():
                    with self.subTest(
                        role=role, kind=kind, model=model._name, field=field.name, method=method
                    ):
                        self.assertNotIn(MARKS[kind], self.answer(records, user, method, *args))
                context = {f"default_{field.name}": secret.id}
                answer = self.answer(empty, user, "onchange", {}, [], spec, context=context)
                with self.subTest(role=role, kind=kind, model=model._name, default=field.name):
                    self.assertNotIn(MARKS[kind], answer)

    def test_units_and_users_lead_to_nothing(self):
        for role, user, kind in self.hidden():
            subject = self.records[kind]["township.correction.subject"]
            for record in (subject.unit_id, subject.user_id, subject.company_id):
                paths = [
                    f"{field.name}/display_name"
                    for field in record._fields.values()
                    if field.type == "one2many" and matrix.is_of_room(field.comodel_name)
                ]
                with self.subTest(role=role, kind=kind, model=record._name):
                    answer = self.answer(record, user, "export_data", ["id", *paths])
                    self.assertNotIn(MARKS[kind], answer)

    def test_prints(self):
        reports = self.env["ir.actions.report"].search([])
        reports = reports.filtered(lambda report: matrix.is_of_room(report.model))
        self.assertTrue(reports)
        for role, user, kind in self.hidden():
            for report in reports:
                record = self.records[kind].get(report.model)
                if record is None:
                    continue
                mine = self.env["ir.actions.report"].with_user(user)
                for method in ("_render_qweb_html", "_render_qweb_pdf"):
                    with self.subTest(role=role, kind=kind, report=report.report_name):
                        with self.assertRaises(UserError) as caught:
                            getattr(mine, method)(report.report_name, record.ids)
                        self.assertNotIn(MARKS[kind], str(caught.exception))

    def test_home_screen(self):
        """Also of who once handled the file."""
        for subject in (self.adult, self.minor):
            self.env.cr.execute(
                "UPDATE township_correction_subject SET user_id = %s WHERE id = %s",
                [self.officer.id, subject.id],
            )
        self.env.invalidate_all()
        for role, user, _kind in self.hidden():
            if role != "correction":
                with self.subTest(role=role):
                    answer = self.answer(self.env["township.home"], user, "get_home")
                    self.assertFalse(any(mark in answer for mark in MARKS.values()))

    def test_traces_of_the_work_tell_nobody(self):
        """The import of a register, a print job and the access log of the officers."""
        mark, report = MARKS["adult"], "township_governance.action_report_correction_notice"
        Import = self.env["township.ledger.import"].with_user(self.correction)
        job = {
            "name": mark,
            "user_id": self.correction.id,
            "company_id": self.company.id,
            "report_id": self.env.ref(report).id,
            "res_model": self.adult._name,
            "record_ids": self.adult.ids,
        }
        traces = [
            Import.create({"target": "correction_subject", "pasted": f"姓名\n{mark}"}),
            self.env["township.print.job"].sudo().create(job),
        ]
        logged = self.adult + self.minor
        for record in (logged, *(known["township.aftercare"] for known in self.records.values())):
            self.env["township.access.log"].with_user(self.minor_officer)._log("print", record)
        self.env.flush_all()
        for role, user in self.outsiders.items():
            for trace in traces:
                with self.subTest(role=role, model=trace._name):
                    self.assertFalse(trace.with_user(user).has_access("read"))
                    answer = self.answer(
                        trace.browse(),
                        user,
                        "search_read",
                        [("id", "=", trace.id)],
                        ["display_name"],
                    )
                    self.assertNotIn(mark, answer)
            log = self.answer(
                self.env["township.access.log"],
                user,
                "search_read",
                [],
                ["record_labels", "detail"],
            )
            with self.subTest(role=role, model="township.access.log"):
                self.assertFalse(any(one in log for one in MARKS.values()))

    def test_dialogs(self):
        for role, user in self.outsiders.items():
            for name in matrix.room_models(self.registry, transient=True):
                if role == "colleague":
                    continue  # an officer, of another township: has the dialogs, finds nothing
                with self.subTest(role=role, model=name):
                    self.assertFalse(self.env[name].with_user(user).has_access("create"))

    def test_menus(self):
        root = self.env.ref("township_governance.menu_township_correction_root")
        for role, user in self.outsiders.items():
            if user._is_internal() and role != "colleague":
                with self.subTest(role=role):
                    seen = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
                    self.assertNotIn(root.id, seen)

    # ------------------------------------------------------------------
    # What every model of the room must inherit and say
    # ------------------------------------------------------------------

    def test_every_thread_of_the_room_is_secret(self):
        secret = self.registry["township.secrecy.mixin"]
        for name in matrix.room_models(self.registry):
            model = self.registry[name]
            if "message_ids" in model._fields:
                with self.subTest(name):
                    self.assertTrue(issubclass(model, secret), "inherit township.secrecy.mixin")

    def test_every_model_of_the_room_states_purpose_and_legal_basis(self):
        for name in matrix.room_models(self.registry):
            model = self.env[name]
            if not getattr(model, "_access_logged", False) and "message_ids" not in model._fields:
                continue
            with self.subTest(name):
                self.assertTrue(getattr(model, "_purpose", None), "_purpose, see township.privacy")
                self.assertTrue(getattr(model, "_legal_basis", None), "_legal_basis")

    def test_what_is_said_of_a_person_is_not_tracked_in_the_chatter(self):
        person = self.registry["township.person.mixin"]._fields
        for name in matrix.room_models(self.registry):
            model = self.registry[name]
            for field in model._fields.values():
                named = field.name in person or field.name in ("guardian", "helper_name")
                if named and field.name not in ("id", "display_name"):
                    with self.subTest(model=name, field=field.name):
                        self.assertFalse(getattr(field, "tracking", None))


@tagged("post_install", "-at_install")
class TestCorrectionMatrixHttp(MatrixCase, HttpCase):
    """The same by the browser's addresses."""

    def test_files_and_prints_by_guessed_address(self):
        report = "township_governance.report_correction_notice"
        users = {**self.outsiders, "correction": self.correction}
        for user in users.values():
            user.password = f"{user.login}-of-the-test"
        for role, user, kind in self.hidden():
            if role == "public":
                self.authenticate(None, None)
            else:
                self.authenticate(user.login, f"{user.login}-of-the-test")
            subject = self.records[kind]["township.correction.subject"]
            files = self.things[kind]["ir.attachment"]
            paths = [
                *(f"/web/content/{one.id}" for one in files),
                f"/web/content?model=ir.attachment&id={files[:1].id}&field=raw",
                f"/web/image/{files[:1].id}",
                f"/report/html/{report}/{subject.id}",
                f"/report/pdf/{report}/{subject.id}",
                f"/mail/view?model={subject._name}&res_id={subject.id}",
            ]
            for path in paths:
                with self.subTest(role=role, kind=kind, path=path), mute_logger("odoo.http"):
                    answer = self.url_open(path, allow_redirects=False)
                    self.assertNotIn(MARKS[kind], answer.text)
                    self.assertNotIn("application/pdf", answer.headers.get("Content-Type", ""))
