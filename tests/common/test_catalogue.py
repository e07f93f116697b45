"""Every foreign key that cascades or is searched by has an index: read from the catalogue."""

from odoo.tests import TransactionCase, tagged

# Core's own, on every table: users are not deleted, and nobody looks for what one of them wrote.
LOGS = ("create_uid", "write_uid")
INDEXED = """
SELECT DISTINCT attribute.attname
  FROM pg_index
  JOIN pg_attribute attribute
    ON attribute.attrelid = pg_index.indrelid AND attribute.attnum = pg_index.indkey[0]
 WHERE pg_index.indrelid = %s::regclass AND pg_index.indisvalid
   AND coalesce(pg_get_expr(pg_index.indpred, pg_index.indrelid), '')
       IN ('', format('(%%I IS NOT NULL)', attribute.attname))
"""


@tagged("post_install", "-at_install")
class TestCatalogue(TransactionCase):
    def stored_models(self):
        return [
            self.env[name]
            for name, model in self.registry.items()
            if name.startswith("township.") and model._auto and not model._abstract
        ]

    def searched_by(self):
        """:return: ``set`` of (model, field): inverses of one2manys, terms of record rules"""
        inverses = {
            (field.comodel_name, field.inverse_name)
            for model in self.registry.values()
            for field in model._fields.values()
            if field.type == "one2many" and field.inverse_name
        }
        rules = self.env["ir.rule"].search([("model_id.model", "like", "township.%")])
        terms = {
            (rule.model_id.model, field.name)
            for rule in rules
            for field in self.env[rule.model_id.model]._fields.values()
            if f"'{field.name}" in (rule.domain_force or "")
        }
        return inverses | terms

    def test_foreign_keys_have_an_index(self):
        searched, looked_at = self.searched_by(), 0
        for model in self.stored_models():
            if model._transient:
                continue
            self.env.cr.execute(INDEXED, [model._table])
            indexed = {name for (name,) in self.env.cr.fetchall()}
            for field in model._fields.values():
                if field.type != "many2one" or not field.store or field.name in LOGS:
                    continue
                cascades = field.ondelete in ("cascade", "set null") and not (
                    field.comodel_name in ("res.users", "res.company", "res.currency")
                )
                if cascades or (model._name, field.name) in searched:
                    looked_at += 1
                    with self.subTest(model=model._name, field=field.name):
                        self.assertIn(field.name, indexed)
        self.assertGreater(looked_at, 20)
