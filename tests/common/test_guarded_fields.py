"""What nobody types, in any state: taken from the registry, so a new room is in it by itself."""

from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.common.mechanism_mixin import Guard
from .base import TownshipCase
from .throwaway import add_throwaway_model

MIXIN = "township.mechanism.mixin"
# A value of each type that an insider would like to see stored.
TYPED = {
    "date": "2020-01-01",
    "datetime": "2020-01-01 00:00:00",
    "boolean": True,
    "integer": 7,
    "float": 7.5,
    "char": "2026-99999",
    "text": "typed",
    "json": {"typed": 1},
    "many2many": [],
}


@tagged("post_install", "-at_install")
class TestGuardedFields(TownshipCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guarded = [
            (cls.env[name], field)
            for name in cls.env.registry.descendants([MIXIN], "_inherit")
            if not cls.env[name]._abstract and cls.env[name]._auto
            for field in cls.env[name]._fields.values()
            if field.store and cls.env[name]._field_guard(field)
        ]

    def typed(self, field):
        if field.type == "selection":
            return field.get_values(self.env)[-1]
        if field.type == "many2one":
            return self.env[field.comodel_name].search([], limit=1).id or None
        return TYPED[field.type]

    def test_clocks_numbers_and_steps_are_guarded(self):
        names = {(model._name, field.name) for model, field in self.guarded}
        self.assertGreaterEqual(
            names,
            {
                ("township.case", "number"),
                ("township.case", "file_number"),
                ("township.case", "history"),
                ("township.case", "deadline_date"),
                ("township.case.clock", "deadline_done_date"),
            },
        )

    def test_shows_read_only_to_everybody(self):
        for model, field in self.guarded:
            guard = model._field_guard(field)
            user = self.reporter if guard.groups else self.director
            with self.subTest(model=model._name, field=field.name):
                if model.with_user(user).has_access("read"):
                    shown = model.with_user(user).fields_get([field.name])[field.name]
                    self.assertTrue(shown["readonly"])

    def test_refused_by_write_create_and_context(self):
        for model, field in self.guarded:
            value = self.typed(field)
            user = self.reporter if model._field_guard(field).groups else self.director
            people = model.with_user(user)
            with self.subTest(model=model._name, field=field.name):
                with self.assertRaises(AccessError) as refusal:
                    people._check_field_access(field, "write")
                hint = str(model._field_guard(field).hint)
                self.assertIn(hint, str(refusal.exception), "what to do instead")
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    people.create({field.name: value})
                forged = people.with_context(**{f"default_{field.name}": value})
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    forged.create({})

    def test_personal_and_forged_defaults_are_dropped(self):
        """Also where system code creates: sudo takes the defaults of whoever is logged in."""
        for model, field in self.guarded:
            value = self.typed(field)
            if value is None:
                continue
            with self.subTest(model=model._name, field=field.name):
                self.env["ir.default"].set(model._name, field.name, value, user_id=self.officer.id)
                people = model.with_user(self.officer)
                forged = {f"default_{field.name}": value}
                for creating in (people, people.sudo(), people.sudo().with_context(**forged)):
                    found = creating.default_get([field.name]).get(field.name)
                    own = field.default(creating) if field.default else None
                    self.assertEqual(found, own)
                    self.assertNotEqual(found, value)

    def test_a_clock_started_by_somebody_with_a_default_is_not_born_done(self):
        for name in ("deadline_done_date", "deadline_suspended_date", "overdue_flag_date"):
            for model in ("township.case.clock", "township.case"):
                self.env["ir.default"].set(model, name, "2020-01-01", user_id=self.officer.id)
        case = self.make_case(user=self.officer)
        case.action_register()
        self.assertTrue(case.clock_ids)
        self.assertEqual(set(case.clock_ids.mapped("deadline_done_date")), {False})
        self.assertIn(case.deadline_state, ("running", "due_soon"))

    def test_records_carry_no_context_that_create_made(self):
        """A child made from a new record must not get the defaults that its parent's create
        held back."""
        people = self.env["township.case"].with_user(self.officer).with_context(own="kept")
        case = people.create(self.case_vals())
        self.assertEqual(case.env.context, people.env.context)
        case.action_register()
        self.assertEqual(case.env.context, people.env.context)


@tagged("post_install", "-at_install")
class TestStartUp(TownshipCase):
    """A model that lacks what a mechanism needs is told so when the server starts."""

    def lacking(self, mixins, **attributes):
        """:return: ``str``: why a model of these mixins does not start"""
        body = {
            "_name": "township.test.lacking",
            "_description": "Lacking",
            "_inherit": mixins,
            "_module": None,
            "__module__": __name__,
            "name": fields.Char(),
            **attributes,
        }
        model = type(models.Model)("Lacking", (models.Model,), body)
        with self.assertRaises(TypeError) as refusal:
            add_throwaway_model(self, model)
        return str(refusal.exception)

    def test_deadline_without_company_chatter_and_user(self):
        message = self.lacking(["township.deadline.mixin"])
        for part in ("company_id", "mail.thread", "mail.activity.mixin", "user_id"):
            self.assertIn(part, message)

    def test_number_without_company(self):
        self.assertIn("company_id", self.lacking(["township.number.mixin"], number=fields.Char()))


class TestGuard(TownshipCase):
    """A field of a model's own is guarded by one word on it."""

    def test_guard_of_a_model(self):
        class Sealed(models.Model):
            _name = "township.test.sealed"
            _description = "Sealed"
            _inherit = [MIXIN]
            _module = None
            digest = fields.Char(guard=Guard(hint="it is computed."))

        sealed = add_throwaway_model(type(self), Sealed)
        made = sealed.with_user(self.officer)._entering().create({"digest": "a"})._without_token()
        with self.assertRaises(AccessError):
            made.digest = "b"
        made.sudo().digest = "c"
        self.assertEqual(made.digest, "c")
