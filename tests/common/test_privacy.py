from odoo.tests import tagged

from .base import TownshipCase


@tagged("post_install", "-at_install")
class TestPrivacy(TownshipCase):
    """What is kept about people and why, from the registry (PIP-02)."""

    def test_every_model_of_personal_data_states_purpose_and_legal_basis(self):
        models = self.env["township.privacy"]._personal_models()
        self.assertGreater(len(models), 3)
        for model in models:
            with self.subTest(model._name):
                self.assertTrue(str(getattr(model, "_purpose", "")))
                self.assertTrue(str(getattr(model, "_legal_basis", "")))

    def test_the_page_lists_what_its_reader_may_read(self):
        def labels(user):
            Line = self.env["township.privacy.line"].with_user(user)
            return Line.search(Line.action_open()["domain"]).mapped("model_label")

        subject = self.env["ir.model"]._get("township.correction.subject").name
        party = self.env["ir.model"]._get("township.case.party").name
        self.assertIn(subject, labels(self.correction))
        self.assertNotIn(party, labels(self.correction))
        self.assertIn(party, labels(self.officer))
        self.assertNotIn(subject, labels(self.officer))

    def test_the_page_names_masked_numbers_and_no_technical_field(self):
        Privacy = self.env["township.privacy"]
        kept = Privacy._kept(self.env["township.case.party"])
        self.assertIn("ID number", kept)
        self.assertNotIn("ID number (full)", kept)
        self.assertNotIn("Created on", kept)
