"""Every role reads the small tables that the forms it works with show."""

from odoo.tests import tagged

from .base import TownshipCase

# Models of the ground floor that stand in the forms of every room.
SHOWN_EVERYWHERE = ("township.deadline.rule", "township.calendar.day", "township.delivery")
ROLES = ("reporter", "mediator_user", "officer", "director", "correction", "supervisor")


@tagged("post_install", "-at_install")
class TestRoles(TownshipCase):
    def test_small_tables_are_read_by_every_role(self):
        for role in ROLES:
            for name in SHOWN_EVERYWHERE:
                with self.subTest(role=role, model=name):
                    records = self.env[name].with_user(getattr(self, role))
                    self.assertTrue(records.has_access("read"))
                    records.search([], limit=1).mapped("display_name")

    def test_comodels_of_what_a_role_may_read_are_readable_too(self):
        """From the registry: a many2one of our models shows its name in a form or list, so who
        reads the model reads small tables it points to."""
        small = {
            name
            for name, model in self.env.registry.items()
            if name.startswith("township.") and not model._abstract and not model._transient
        }
        unseen = {"township.ledger.job", "township.number.counter"}
        for role in ROLES:
            user = getattr(self, role)
            for name in sorted(small - unseen):
                model = self.env[name].with_user(user)
                if not model.has_access("read"):
                    continue
                owners = getattr(model, "_owner_fields", list)()  # hidden ones hide their rows
                for field in model._fields.values():
                    if field.type != "many2one" or field.groups or field.comodel_name not in small:
                        continue
                    if field.name in owners:
                        continue
                    with self.subTest(role=role, model=name, field=field.name):
                        comodel = self.env[field.comodel_name].with_user(user)
                        self.assertTrue(comodel.has_access("read"))

    def test_a_corrections_officer_serves_papers_but_sees_none_of_a_case(self):
        case = self.make_case()
        vals = {"paper": "告知书", "recipient": "王某", "company_id": self.company.id}
        of_case = self.env["township.delivery"].create({**vals, "case_id": case.id})
        own = self.env["township.delivery"].with_user(self.correction).create(vals)
        found = own.search([("id", "in", (of_case | own).ids)])
        self.assertEqual(found, own)
        self.assertFalse(of_case.with_user(self.correction).has_access("read"))
