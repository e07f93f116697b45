"""What README and CONTRIBUTING tell people to type, open and click is there."""

import importlib
import itertools
import re
import sys
from pathlib import Path

from odoo.tests import BaseCase, TransactionCase, tagged

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = {"README.md": "zh_CN", "README.en.md": "en_US"}
DOCS = (*LANGUAGES, "CONTRIBUTING.md", "CHANGELOG.md", "CHANGELOG.en.md")


def texts():
    """:return: ``dict`` name of a document -> its text"""
    return {name: (ROOT / name).read_text(encoding="utf-8") for name in DOCS}


@tagged("post_install", "-at_install")
class TestDocs(BaseCase):
    def options(self):
        """:return: ``dict`` command of ``./dev`` -> ``set`` of its options"""
        sys.path.insert(0, str(ROOT))
        self.addCleanup(sys.path.remove, str(ROOT))
        cli = importlib.import_module("devtools.cli")
        [commands] = [action for action in cli.parser()._actions if action.choices]
        return {
            name: set(command._option_string_actions) for name, command in commands.choices.items()
        }

    def test_commands_and_their_options_exist(self):
        known, seen = self.options(), 0
        for name, text in texts().items():
            for line in re.findall(r"\./dev ([^`\n|]+)", text):
                command, *words = re.sub(r"[\[\]]", " ", line).split()
                if command.startswith("-"):
                    continue
                seen += 1
                with self.subTest(document=name, command=line):
                    self.assertIn(command, known)
                    given = {word for word in words if re.fullmatch(r"--?[a-z][a-z-]*", word)}
                    self.assertLessEqual(given, known[command])
        self.assertGreater(seen, 8)

    def test_tags_run_tests(self):
        classes = {
            name
            for path in (ROOT / "tests").rglob("test_*.py")
            for name in re.findall(r"^class (\w+)\(", path.read_text(), re.MULTILINE)
        }
        found = 0
        for name, text in texts().items():
            for tag in re.findall(r"/township_governance:(\w+)", text):
                found += 1
                with self.subTest(document=name):
                    self.assertIn(tag, classes)
        self.assertGreaterEqual(found, 3)

    def test_paths_exist(self):
        own = {path.name for path in ROOT.iterdir()}
        found = 0
        for name, text in texts().items():
            quoted = re.findall(r"`((?:\.ci|[\w.]+)/[\w./-]*)`", text)
            linked = re.findall(r"\]\(((?!http|#)[\w./-]+)", text)
            for path in quoted + linked:
                if path.split("/")[0] in own:
                    found += 1
                    with self.subTest(document=name, path=path):
                        self.assertTrue((ROOT / path).exists())
        self.assertGreater(found, 10)


@tagged("post_install", "-at_install")
class TestDocumentedMenus(TransactionCase):
    def chains(self, lang):
        """:return: ``set`` of (name of a menu, name of one below it), and of all names"""
        menus = self.env["ir.ui.menu"].with_context(lang=lang, **{"ir.ui.menu.full_list": True})
        menus = menus.search([])
        return {(menu.parent_id.name, menu.name) for menu in menus}, set(menus.mapped("name"))

    def test_menu_paths_exist(self):
        """A path leads through menus; its last words may be a button or a heading of the screen
        that the menus lead to. Through our own menus it leads to the end."""
        for name, lang in LANGUAGES.items():
            below, names = self.chains(lang)
            root = self.env.ref("township_governance.menu_township_root").with_context(lang=lang)
            labels = {
                self.env["township.case"].with_context(lang=lang)._step_label(step)
                for step in self.env["township.case"]._steps()
            }
            paths = re.findall(r"\*\*([^*\n]+ → [^*\n]+)\*\*", (ROOT / name).read_text())
            self.assertGreater(len(paths), 4)
            for path in paths:
                words = [word.strip() for word in path.split("→")]
                pairs = list(itertools.pairwise(words))
                with self.subTest(document=name, path=path):
                    if set(words) <= labels:
                        continue
                    self.assertIn(words[0], names)
                    self.assertIn(pairs[0], below)
                    if words[0] == root.name:
                        self.assertLessEqual(set(pairs), below)
