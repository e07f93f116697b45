from datetime import timedelta
from unittest.mock import patch

from odoo.fields import Command

from ..common.base import TownshipCase


class LetterCase(TownshipCase):
    """A township with a department whose head signs, and a basis from the county."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.head = cls._make_user("reporter", "head")
        cls.unit.leader_id = cls.head
        cls.village_head = cls._make_user("reporter", "village_head_user")
        cls.village.leader_id = cls.village_head
        cls.today = cls.env["township.calendar.day"]._today()
        cls.basis = cls.make_basis()
        cls.Letter = cls.env["township.letter"].with_user(cls.officer)

    @classmethod
    def make_basis(cls, level="county", number="槐办发〔2026〕3号"):
        """:return: one ``township.letter.basis`` with its scan"""
        return cls.env["township.letter.basis"].create(
            {
                "name": "关于签订平安建设目标管理责任书的通知",
                "number": number,
                "level": level,
                "entry": "基本履职事项第12项",
                "company_id": cls.company.id,
                "scan_ids": [Command.create({"name": "依据.pdf", "raw": b"%PDF-1.4 scan"})],
            }
        )

    @classmethod
    def letter_vals(cls, **vals):
        """:return: ``dict`` for ``create`` of a letter that may be issued"""
        return {
            "title": "平安建设目标管理责任书",
            "kind": "letter",
            "unit_id": cls.unit.id,
            "basis_id": cls.basis.id,
            "sign_by": cls.today + timedelta(days=10),
            "goals": "辖区内不发生重大矛盾纠纷激化事件。",
            "tasks": "每月开展一次矛盾纠纷排查。",
            "company_id": cls.company.id,
            "line_ids": [
                Command.create(
                    {
                        "name": "按期办结率",
                        "kind": "computed",
                        "metric": "township.case:unit_on_time",
                        "rule": "proportional",
                        "target": 95,
                        "weight": 60,
                    }
                ),
                Command.create({"name": "组织领导", "kind": "manual", "weight": 40}),
            ],
            **vals,
        }

    @classmethod
    def make_letter(cls, **vals):
        """:return: one draft ``township.letter`` in the officer's environment"""
        return cls.Letter.create(cls.letter_vals(**vals))

    def flag_deadlines(self):
        """Run the scheduled action on deadlines without its commits."""
        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", return_value=1.0):
            self.env["township.deadline.flag"]._cron_flag_deadlines()

    def issued(self, **vals):
        """:return: an issued letter, waiting for its signer"""
        letter = self.make_letter(**vals)
        letter.action_issue()
        return letter

    def sign_on_paper(self, letter):
        """Record the signer's ink on an issued letter.

        :return: the letter"""
        letter.write(
            {
                "paper_date": self.today,
                "witness": "林知行",
                "paper_scan_ids": [Command.create({"name": "签字页.jpg", "raw": b"scan"})],
            }
        )
        letter.action_sign_on_paper()
        return letter

    def make_seal(self, **vals):
        """:return: one ``township.letter.seal`` of today, in the officer's environment"""
        return (
            self.env["township.letter.seal"]
            .with_user(self.officer)
            .create(
                {
                    "approval": "镇党委会纪要〔2026〕2号",
                    "date": self.today,
                    "sealed_by": "党政办 许静",
                    "company_id": self.company.id,
                    "scan_ids": [Command.create({"name": "盖章页.jpg", "raw": b"seal"})],
                    **vals,
                }
            )
        )
