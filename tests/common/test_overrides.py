"""Private methods of core that we override: listed in CONTRIBUTING, and still there."""

import inspect
import re
from pathlib import Path

from odoo.tests import TransactionCase, tagged

ROOT = Path(__file__).resolve().parents[2]
OURS = "odoo.addons.township_governance."


def overrides(registry):
    """:return: ``dict`` name of a method -> ``list`` of (ours, core's function behind it)"""
    found = {}
    fields = {type(field) for model in registry.values() for field in model._fields.values()}
    for model in (*registry.values(), *fields):
        for position, cls in enumerate(model.__mro__):
            if not cls.__module__.startswith(OURS) or ".tests." in cls.__module__:
                continue
            for name, method in vars(cls).items():
                if not name.startswith("_") or name.startswith("__"):
                    continue
                behind = next(
                    (
                        vars(other)[name]
                        for other in model.__mro__[position + 1 :]
                        if name in vars(other) and not other.__module__.startswith(OURS)
                    ),
                    None,
                )
                # class methods are wrapped
                method, behind = (getattr(one, "__func__", one) for one in (method, behind))
                if inspect.isfunction(method) and inspect.isfunction(behind):
                    pairs = found.setdefault(name, [])
                    if (method, behind) not in pairs:
                        pairs.append((method, behind))
    return found


@tagged("post_install", "-at_install")
class TestOverrides(TransactionCase):
    def test_each_override_is_listed_with_its_reason_and_none_is_gone(self):
        text = (ROOT / "CONTRIBUTING.md").read_text()
        section = text.partition("## Private methods of core")[2].partition("\n## ")[0]
        listed = dict(re.findall(r"^\| `(_\w+)` \|.*\| (.+) \|$", section, re.MULTILINE))
        found = overrides(self.registry)
        self.assertGreater(len(found), 20)
        self.assertEqual(set(listed), set(found))

    def test_core_still_takes_the_same_parameters(self):
        for name, pairs in overrides(self.registry).items():
            for ours, core in pairs:
                with self.subTest(name, ours=ours.__module__):
                    own = inspect.signature(ours).parameters
                    theirs = inspect.signature(core).parameters
                    kinds = {one.kind for one in own.values()}
                    if inspect.Parameter.VAR_KEYWORD in kinds:
                        named = {
                            key
                            for key, one in own.items()
                            if one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD)
                        }
                        self.assertLessEqual(named, set(theirs), "what we take by name")
                    else:
                        self.assertEqual(list(own), list(theirs))
