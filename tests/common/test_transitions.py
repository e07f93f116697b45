"""The table of steps: merged from all classes of a model, open to additions, closed to
replacement."""

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...tools.workflow import Frozen, Transition, merged_frozen, merged_transitions


class Base:
    _transitions = (
        Transition(name="start", source=("new",), target="doing", guard="_a", label="Start"),
    )
    _frozen = {"done": Frozen(fields=frozenset("ab"), completable=frozenset("a"))}


class Higher(Base):
    _transitions = (
        Transition(name="start", guard="_b", after="_c"),
        Transition(name="finish", source=("doing",), target="done", label="Finish"),
    )
    _frozen = {"done": Frozen(fields=frozenset("c"), rows=frozenset(["row"]))}


@tagged("post_install", "-at_install")
class TestTransitions(BaseCase):
    def test_a_higher_class_adds_steps_guards_and_afters(self):
        table = merged_transitions(Higher.__mro__)
        self.assertEqual(list(table), ["start", "finish"])
        start = table["start"]
        self.assertEqual((start.target, start.guard, start.after), ("doing", ("_a", "_b"), ("_c",)))
        self.assertEqual(merged_transitions(Base.__mro__)["start"].guard, ("_a",), "base unchanged")

    def test_nothing_is_replaced_silently(self):
        for change in ({"source": ("x",)}, {"target": "x"}, {"groups": ("g",)}, {"label": "x"}):
            with self.subTest(change), self.assertRaises(TypeError):
                Base._transitions[0].with_addition(Transition(name="start", **change))

    def test_frozen_declarations_add_up(self):
        done = merged_frozen(Higher.__mro__)["done"]
        self.assertEqual((done.fields, done.rows), (frozenset("abc"), frozenset(["row"])))
        self.assertEqual(done.completable, frozenset("a"))

    @given(st.lists(st.lists(st.sampled_from("pqrs"), max_size=3), max_size=4))
    def test_property_no_guard_is_lost_and_the_base_comes_first(self, layers):
        cls, expected = Base, ["_a"]
        for guards in layers:
            cls = type("Layer", (cls,), {"_transitions": (Transition(name="start", guard=guards),)})
            expected += guards
        self.assertEqual(list(merged_transitions(cls.__mro__)["start"].guard), expected)

    def test_steps_of_every_model_have_what_they_name(self):
        from odoo.modules.registry import Registry
        from odoo.tests.common import get_db_name

        registry = Registry(get_db_name())
        found = [
            registry[name]
            for name in registry.descendants(["township.workflow.mixin"], "_inherit")
            if not registry[name]._abstract
        ]
        self.assertTrue(found)
        for model in found:
            for step in merged_transitions(model.__mro__).values():
                with self.subTest(model=model._name, step=step.name):
                    self.assertTrue(step.label)
                    self.assertTrue(all(hasattr(model, method) for method in step.methods))
