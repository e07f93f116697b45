import csv

from odoo.modules import Manifest
from odoo.tests import TransactionCase, tagged
from odoo.tools import convert_file, file_open

MODULE = "township_governance"


@tagged("post_install", "-at_install")
class TestImportAlias(TransactionCase):
    """The words of ledgers come with the addon and belong to the township from then on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.files = [
            name
            for name in Manifest.for_addon(MODULE)["data"]
            if name.endswith("/township.import.alias.csv")
        ]
        cls.rows = []
        for name in cls.files:
            with file_open(f"{MODULE}/{name}") as stream:
                cls.rows += csv.DictReader(stream)

    def upgrade(self):
        for name in self.files:
            convert_file(self.env, MODULE, name, {}, mode="update")

    def alias(self, row):
        return self.env.ref(f"{MODULE}.{row['id']}")

    def test_every_word_of_the_files_is_there_as_written(self):
        self.assertGreater(len(self.rows), 500)
        for row in self.rows:
            alias = self.alias(row)
            for name in ("target", "kind", "column_name", "name"):
                self.assertEqual(alias[name], row[name], row["id"])
            self.assertEqual(alias.value or "", row["value"], row["id"])
            meant = row.get("record")
            expected = self.env.ref(f"{MODULE}.{meant}") if meant else None
            self.assertEqual(alias.record or None, expected, row["id"])

    def test_edited_word_survives_an_upgrade(self):
        alias = self.alias(next(row for row in self.rows if row["kind"] == "value"))
        alias.write({"name": "本镇叫法", "value": "own", "active": False})
        self.upgrade()
        self.assertEqual((alias.name, alias.value, alias.active), ("本镇叫法", "own", False))

    def test_new_word_arrives_with_an_upgrade_and_is_the_townships_too(self):
        row = next(row for row in self.rows if row.get("record"))
        self.alias(row).unlink()
        self.upgrade()
        alias = self.alias(row)
        self.assertEqual(alias.name, row["name"])
        alias.name = "本镇叫法"
        self.upgrade()
        self.assertEqual(alias.name, "本镇叫法")
