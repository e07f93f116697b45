"""Core gives a field its label in an inner group alone: in a group of groups it has none."""

from lxml import etree

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestFormLabels(TransactionCase):
    def test_no_field_stands_without_its_label(self):
        views = self.env["ir.ui.view"].search(
            [("type", "=", "form"), ("mode", "=", "primary"), ("model", "like", "township.%")]
        )
        self.assertTrue(views)
        for view in views:
            arch = etree.fromstring(view.get_combined_arch())
            bare = arch.xpath("//group[group]/field[not(@nolabel) and not(@invisible='1')]")
            with self.subTest(view.xml_id):
                self.assertEqual([field.get("name") for field in bare], [])
