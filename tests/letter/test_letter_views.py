"""What the screens of the letter room show, read from their views."""

from lxml import etree

from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .base import LetterCase


@tagged("post_install", "-at_install")
class TestLetterScreens(LetterCase):
    def test_the_list_starts_without_replaced_and_received_letters(self):
        letter = self.make_letter()
        letter.action_issue()
        others = self.make_letter(), self.make_letter(kind="received", unit_id=False)
        for other, vals in zip(others, ({"replaced": True, "version": 2}, {}), strict=True):
            other.sudo()._entering().write({"state": "issued", **vals})
        action = self.env.ref("township_governance.township_letter_action")
        view = self.env.ref("township_governance.township_letter_view_search")
        groups = [[]]
        wanted = [
            name.removeprefix("search_default_")
            for name, on in self.evaluated(action.context).items()
            if on
        ]
        for node in etree.fromstring(view.arch):
            if node.tag == "separator":
                groups.append([])
            elif node.get("name") in wanted:
                groups[-1].append(Domain(self.evaluated(node.get("domain"))))
        # filters side by side are alternatives, a separator joins them
        domain = Domain.AND(Domain.OR(group) for group in groups if group)
        found = self.Letter.search(domain & Domain("company_id", "=", self.company.id))
        self.assertEqual(found, letter)

    def evaluated(self, text):
        return safe_eval(text, {"uid": self.env.uid})

    def test_a_shared_template_is_not_shown_as_if_it_could_be_changed(self):
        shared = self.env["township.letter.template"].create(
            {"name": "示范文本", "title": "责任书", "unit_kind": "department", "company_id": False}
        )
        own = shared.copy()
        shown = (shared | own).with_user(self.officer)
        self.assertEqual(shown.mapped("may_edit"), [False, True])
        self.assertTrue(shown.new({"name": "新模板"}).may_edit)
