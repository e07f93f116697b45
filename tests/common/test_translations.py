"""The screens speak the officials' own Chinese, completely."""

import io
import re
from pathlib import Path

import polib

from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import trans_export

ROOT = Path(__file__).resolve().parents[2]
MODULE = "township_governance"
LANGUAGES = ("zh_CN", "zh_TW")
# Words of surveillance and labelling stand on no screen (glossary, design section 2).
FORBIDDEN = tuple(
    """稳控 管控 重点人员 特殊人群 缠访 闹访 非访 停访息诉 社区服刑人员 刑释解教人员 维稳
    穩控 重點人員 纏訪 鬧訪 非訪 停訪息訴 社區服刑人員 刑釋解教人員 維穩""".split()  # noqa: SIM905
)
# Code, views and prints; what follows the type keeps "%%" and names apart.
PLACEHOLDER = re.compile(r"%\(\w+\)[sdfr]|%[sd]|%%|\{\w+[^{}]*\}")
TAG = re.compile(r"</?[a-zA-Z][^>]*>")
HAN = re.compile(r"[\u4e00-\u9fff]")
# Characters of the other script, common in this vocabulary.
OTHER_SCRIPT = {
    "zh_CN": frozenset("記錄辦結滿調員單導網業務鎮鄉縣訪訴糾紛當"),
    "zh_TW": frozenset("记录办结满调员单导网业务镇乡县访诉纠纷当"),
}


@tagged("post_install", "-at_install")
class TestTranslations(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.files = {
            language: polib.pofile(ROOT / "i18n" / f"{language}.po") for language in LANGUAGES
        }

    def entries(self):
        """:return: (language, entry) of everything that is translated"""
        return [
            (language, entry)
            for language, file in self.files.items()
            for entry in file
            if not entry.obsolete
        ]

    def fresh(self):
        """:return: ``set`` of the terms the addon has now"""
        buffer = io.BytesIO()
        trans_export(False, [MODULE], buffer, "po", self.env)
        return {entry.msgid for entry in polib.pofile(buffer.getvalue().decode())}

    def assertNone(self, found, what):
        shown = "\n".join(map(str, list(found)[:20]))
        self.assertFalse(found, f"{len(found)} {what}, for example:\n{shown}")

    def test_every_term_of_the_addon_is_there_and_none_that_is_gone(self):
        fresh = self.fresh()
        self.assertGreater(len(fresh), 300)
        for language, file in self.files.items():
            known = {entry.msgid for entry in file if not entry.obsolete}
            with self.subTest(language):
                self.assertNone(fresh - known, "terms are missing (./dev i18n)")
                self.assertNone(known - fresh, "terms are gone (./dev i18n)")

    def test_everything_is_translated(self):
        blank = [(language, entry.msgid) for language, entry in self.entries() if not entry.msgstr]
        self.assertNone(blank, "terms are not translated")

    def test_nothing_is_fuzzy_or_obsolete(self):
        for language, file in self.files.items():
            with self.subTest(language):
                self.assertNone(file.fuzzy_entries(), "fuzzy terms")
                self.assertNone(file.obsolete_entries(), "obsolete terms")

    def test_placeholders_and_tags_are_kept(self):
        for pattern in (PLACEHOLDER, TAG):
            wrong = [
                (language, entry.msgid, entry.msgstr)
                for language, entry in self.entries()
                if entry.msgstr
                and sorted(pattern.findall(entry.msgid)) != sorted(pattern.findall(entry.msgstr))
            ]
            self.assertNone(wrong, "terms lose a placeholder or tag")

    def test_no_forbidden_word_anywhere(self):
        for language, entry in self.entries():
            for word in FORBIDDEN:
                self.assertNotIn(word, entry.msgstr, f"{language}: {entry.msgid}")
        paths = [
            path
            for floor in ("views", "reports", "data", "models", "wizards", "static/src", "demo")
            for path in (ROOT / floor).rglob("*.*")
            if path.suffix in (".xml", ".py", ".js", ".csv")
        ]
        self.assertGreater(len(paths), 50)
        for path in paths:
            text = path.read_text()
            found = [word for word in FORBIDDEN if word in text]
            self.assertFalse(found, f"{path.relative_to(ROOT)}: {found}")

    def test_each_language_keeps_to_its_script(self):
        for language, other in OTHER_SCRIPT.items():
            wrong = [
                (entry.msgid, entry.msgstr)
                for entry in self.files[language]
                # what a Chinese ledger says is quoted as it stands
                if other.intersection(entry.msgstr) and not HAN.search(entry.msgid)
            ]
            with self.subTest(language):
                self.assertNone(wrong, "terms are written in the other script")

    def test_labels_are_chinese(self):
        latin = [
            (language, entry.msgid, entry.msgstr)
            for language, entry in self.entries()
            if re.search(r"[a-z]{4}", entry.msgid)
            and not HAN.search(entry.msgid)
            and entry.msgstr == entry.msgid
            and not re.fullmatch(r"[\W\d]*|.*https?:.*|[{}\w.:§()（）/-]+", entry.msgid)
        ]
        self.assertNone(latin, "terms are left in English")
