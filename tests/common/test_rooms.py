"""The house: the same rooms on every floor, and knowledge points one way."""

import ast
import csv
import re
from pathlib import Path

from lxml import etree

from odoo.tests import BaseCase, tagged

ROOT = Path(__file__).resolve().parents[2]
# A room knows those below it:
# common ← place ← {login, case} ← {correction, routine} ← letter.
BELOW = {
    "common": (),
    "place": ("common",),
    "login": ("common", "place"),
    "case": ("common", "place"),
    "correction": ("common", "place", "login", "case"),
    "routine": ("common", "place", "login", "case"),
    "letter": ("common", "place", "login", "case", "correction", "routine"),
}
CODE_FLOORS = ("models", "wizards", "controllers")
FILE_FLOORS = ("views", "reports", "data", "security", "demo")
ROOM_FILES = ("*.xml", "*.csv", "*.js", "*.scss")
WORD = re.compile(r"\w+")
MODEL_NAME = re.compile(r"(?:township|report\.township_governance)\.[a-z_.]+")


def room_of(path):
    """:return: ``str`` name of the room a file stands in"""
    return path.relative_to(ROOT).parts[2 if path.is_relative_to(ROOT / "static") else 1]


def files():
    """:return: ``list`` of paths of all data, views, styles and scripts in the rooms"""
    folders = [ROOT / floor for floor in FILE_FLOORS] + [ROOT / "static" / "src"]
    return sorted(
        path for folder in folders for kind in ROOM_FILES for path in folder.glob(f"*/**/{kind}")
    )


def defined_ids(path):
    """:return: ``list`` of the XML ids a data file defines"""
    if path.suffix == ".csv":
        with path.open() as stream:
            return [row["id"] for row in csv.DictReader(stream) if "id" in row]
    if path.suffix == ".xml" and not path.is_relative_to(ROOT / "static"):
        return [node.get("id") for node in etree.parse(path).iter("record", "menuitem", "template")]
    return []


def ledger_targets(tree):
    """:return: ``list`` of the names that the classes of a file give their ledgers"""
    return [
        part.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and "LedgerTarget" in [getattr(base, "id", None) for base in node.bases]
        for part in node.body
        if isinstance(part, ast.Assign)
        and [getattr(target, "id", None) for target in part.targets] == ["name"]
    ]


def sources():
    """:return: ``list`` of (path, syntax tree) of all code in the rooms"""
    return [
        (path, ast.parse(path.read_text()))
        for floor in CODE_FLOORS
        for path in sorted((ROOT / floor).glob("*/*.py"))
    ]


def class_attributes(node):
    """:return: ``tuple`` of ``_name`` (or ``None``) and the ``list`` of ``_inherit``"""
    assigned = {
        target.id: part.value
        for part in node.body
        if isinstance(part, ast.Assign)
        for target in part.targets
        if isinstance(target, ast.Name)
    }
    name, inherit = (
        ast.literal_eval(assigned[key]) if key in assigned else None
        for key in ("_name", "_inherit")
    )
    return name, [inherit] if isinstance(inherit, str) else list(inherit or [])


@tagged("post_install", "-at_install")
class TestRooms(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sources = sources()
        cls.homes = {}  # name of a model -> the file that defines it
        cls.extensions = []  # (path, name of the extended model)
        for path, tree in cls.sources:
            for node in ast.walk(tree):
                if not isinstance(node, ast.ClassDef):
                    continue
                name, inherit = class_attributes(node)
                if name and name not in inherit:
                    cls.homes.setdefault(name, []).append(path)
                elif name or inherit:
                    cls.extensions.append((path, name or inherit[0]))

    def assertKnows(self, path, room, what):
        own = room_of(path)
        if room != own and room not in BELOW[own]:
            self.fail(f"{path.relative_to(ROOT)} of room {own} knows {what} of room {room}")

    def test_there_are_no_other_rooms(self):
        for floor in (*CODE_FLOORS, *FILE_FLOORS, "tests"):
            for path in sorted((ROOT / floor).glob("*/")):
                if path.is_dir() and path.name not in ("__pycache__", "data", "tours"):
                    with self.subTest(path.relative_to(ROOT)):
                        self.assertIn(path.name, BELOW)

    def test_every_model_has_one_home(self):
        self.assertGreater(len(self.homes), 20)
        for name, paths in self.homes.items():
            with self.subTest(name):
                self.assertEqual(len(paths), 1, f"{name} is defined in {paths}")

    def test_one_model_per_file_named_after_it(self):
        defined = {}
        for name, [path] in self.homes.items():
            with self.subTest(name):
                defined.setdefault(path, []).append(name)
                words = name.removeprefix("report.township_governance.").removeprefix("township.")
                expected = words.replace(".", "_").removesuffix("_wizard")
                self.assertEqual(path.stem.removesuffix("_wizard"), expected)
        for path, names in defined.items():
            with self.subTest(path.relative_to(ROOT)):
                self.assertEqual(len(names), 1, f"{path} defines {names}")

    def test_imports_point_down(self):
        for path, tree in self.sources:
            for node in ast.walk(tree):
                if not isinstance(node, ast.ImportFrom):
                    continue
                parts = (node.module or "").split(".")
                if not node.level and "township_governance" not in parts:
                    continue
                for room in set(parts).intersection(BELOW):
                    with self.subTest(path=path.relative_to(ROOT), imports=node.module):
                        self.assertKnows(path, room, node.module)

    def test_models_named_in_code_point_down(self):
        """Comodels, parents, ``env[...]`` and domains alike: every name of a model."""
        for path, tree in self.sources:
            for node in ast.walk(tree):
                if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
                    continue
                if node.value in self.homes:
                    with self.subTest(path=path.relative_to(ROOT), names=node.value):
                        self.assertKnows(path, room_of(self.homes[node.value][0]), node.value)

    def test_models_named_in_files_point_down(self):
        for path in files():
            for name in set(MODEL_NAME.findall(path.read_text())).intersection(self.homes):
                with self.subTest(path=path.relative_to(ROOT), names=name):
                    self.assertKnows(path, room_of(self.homes[name][0]), name)

    def test_xml_ids_named_anywhere_point_down(self):
        """``ref``, ``parent``, ``groups``, ``t-call``, ``env.ref``: every word that is an id."""
        homes = {
            f"model_{name.replace('.', '_')}": room_of(paths[0])
            for name, paths in self.homes.items()
        }
        for path in files():
            homes.update(dict.fromkeys(defined_ids(path), room_of(path)))
        self.assertGreater(len(homes), 500)
        for path in [*files(), *(path for path, _tree in self.sources)]:
            for name in homes.keys() & set(WORD.findall(path.read_text())):
                with self.subTest(path=path.relative_to(ROOT), names=name):
                    self.assertKnows(path, homes[name], name)

    def test_ledgers_named_in_code_point_down(self):
        homes = {
            target: room_of(path) for path, tree in self.sources for target in ledger_targets(tree)
        }
        self.assertIn("case", homes.values())
        for path, tree in self.sources:
            words = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
            for target in homes.keys() & words:
                with self.subTest(path=path.relative_to(ROOT), names=target):
                    self.assertKnows(path, homes[target], target)

    def test_nothing_stands_outside_the_rooms(self):
        for floor in FILE_FLOORS:
            for kind in ROOM_FILES:
                self.assertFalse(list((ROOT / floor).glob(kind)))

    def test_room_extends_in_its_own_folder(self):
        """An extension of a model stands above its home, or beside it as a part of it."""
        for path, name in self.extensions:
            if name in self.homes:
                with self.subTest(path=path.relative_to(ROOT), extends=name):
                    self.assertKnows(path, room_of(self.homes[name][0]), name)


@tagged("post_install", "-at_install")
class TestComodels(BaseCase):
    """The same of the finished registry: no field leads up, whoever added it."""

    def test_comodels_point_down(self):
        from odoo.modules.registry import Registry
        from odoo.tests.common import get_db_name

        registry = Registry(get_db_name())
        prefix = "odoo.addons.township_governance."

        def room(cls):
            parts = cls.__module__.removeprefix(prefix).split(".")
            return parts[1] if cls.__module__.startswith(prefix) and len(parts) > 2 else None

        homes = {}
        for name, model in registry.items():
            bases = [cls for cls in model.mro() if room(cls) and vars(cls).get("_name") == name]
            if bases and name.startswith("township."):
                homes[name] = room(bases[-1])
        crossing = 0
        for name in homes:
            for cls in registry[name].mro():
                for field in vars(cls).get("_field_definitions", ()):
                    target = homes.get((field._args__ or {}).get("comodel_name"))
                    own = room(cls)
                    if own in BELOW and target in BELOW and target != own:
                        crossing += 1
                        with self.subTest(model=name, field=field.name):
                            self.assertIn(target, BELOW[own])
        self.assertGreaterEqual(crossing, 5, "fields that lead to another room were looked at")
