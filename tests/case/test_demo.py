import re
from ast import literal_eval
from datetime import timedelta

from odoo.tests import TransactionCase, tagged
from odoo.tools import file_open
from odoo.tools.convert import convert_file

from odoo.addons.township_governance.models.case.case import STATES

from ...demo.case import cases

MODULE = "township_governance"


@tagged("post_install", "-at_install")
class TestDemo(TransactionCase):
    """The made-up township loads on any day and holds nothing of a real person."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        before = cls.env["township.case"].search([])
        with file_open(f"{MODULE}/__manifest__.py") as stream:
            files = literal_eval(stream.read())["demo"]
        for name in files:
            convert_file(cls.env, MODULE, name, {}, mode="init", noupdate=True)
        cases.load(cls.env)
        cls.cases = cls.env["township.case"].search([]) - before

    def demo(self, model):
        data = self.env["ir.model.data"].search(
            [("module", "=", MODULE), ("model", "=", model), ("name", "=like", "demo_%")]
        )
        return self.env[model].browse(data.mapped("res_id"))

    def test_sizes_of_the_township(self):
        units = self.demo("township.unit")
        kinds = units.grouped("kind")
        self.assertEqual(len(kinds["village"]), 8)
        self.assertEqual(len(kinds["community"]), 4)
        self.assertEqual(len(kinds["department"]), 21)
        self.assertEqual(len(self.demo("township.grid")), 32)
        self.assertEqual(len(self.demo("township.committee")), 58)
        self.assertEqual(len(self.demo("township.mediator")), 60)
        self.assertEqual(len(self.demo("res.users")), 12)

    def test_cases_of_every_kind_and_state_some_overdue(self):
        self.assertEqual(set(self.cases.mapped("state")), {state for state, _label in STATES})
        self.assertEqual(len(set(self.cases.mapped("kind"))), 4)
        states = self.cases.mapped("deadline_state")
        for state in ("overdue", "due_soon", "running", "suspended", "met", "missed"):
            self.assertIn(state, states)
        today = self.env["township.calendar.day"]._today()
        self.assertGreater(max(self.cases.mapped("date_received")), today - timedelta(days=2))
        self.assertTrue(self.cases.filtered(lambda case: case.settlement_state == "pending"))

    def test_no_number_could_be_a_real_persons(self):
        for records in (self.demo("township.mediator"), self.cases.party_ids):
            for person in records.sudo():
                if person.id_number_full:
                    self.assertEqual(person.id_number_full[:6], "619929")
                if person.phone_full:
                    self.assertTrue(re.fullmatch(r"1380000\d{4}", person.phone_full))

    def test_no_mail_waits(self):
        mails = self.env["mail.mail"].search([("model", "=", "township.case")])
        self.assertFalse(mails.filtered(lambda mail: mail.res_id in self.cases.ids))

    def test_the_registry_holds_nothing_of_the_demo(self):
        names = [name for name in dir(type(self.env["township.case"])) if "demo" in name]
        self.assertFalse(names)
