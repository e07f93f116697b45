from odoo import api, fields, models
from odoo.tools import SQL


class TownshipLedgerKey(models.Model):
    """The rows imported so far, by the digest of their normalised content: the same file twice
    creates nothing twice. Holds no personal data."""

    _name = "township.ledger.key"
    _description = "Imported ledger row"
    _log_access = False

    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    target = fields.Char(required=True)
    digest = fields.Char(required=True)
    likeness = fields.Char()
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    res_model = fields.Char(required=True)

    _digest_unique = models.UniqueIndex(
        "(company_id, target, digest)", "This row has been imported already."
    )
    _likeness_idx = models.Index("(company_id, target, likeness) WHERE likeness IS NOT NULL")

    @api.model
    def _known(self, model_name, target, company, digests):
        """Which rows have been imported, and still exist.

        :return: ``dict`` digest -> id of the record
        """
        rows = self._rows(target, company, "digest", digests)
        existing = set(self.env[model_name].sudo().browse(rows.values()).exists().ids)
        gone = [digest for digest, res_id in rows.items() if res_id not in existing]
        if gone:
            self._forget(target, company, gone)
        return {digest: res_id for digest, res_id in rows.items() if res_id in existing}

    @api.model
    def _alike(self, target, company, likenesses):
        """:return: ``dict`` likeness -> id of a record imported with other content"""
        return self._rows(target, company, "likeness", likenesses)

    @api.model
    def _rows(self, target, company, column, values):
        values = [value for value in values if value]
        if not values:
            return {}
        return dict(
            self.env.execute_query(
                SQL(
                    "SELECT %(column)s, res_id FROM township_ledger_key "
                    "WHERE company_id = %(company)s AND target = %(target)s "
                    "AND %(column)s = ANY(%(values)s)",
                    column=SQL.identifier(column),
                    company=company.id,
                    target=target,
                    values=values,
                )
            )
        )

    @api.model
    def _forget(self, target, company, digests):
        """Rows whose record was deleted may be imported again."""
        self.env.cr.execute(
            SQL(
                "DELETE FROM township_ledger_key "
                "WHERE company_id = %s AND target = %s AND digest = ANY(%s)",
                company.id,
                target,
                digests,
            )
        )

    @api.model
    def _remember(self, model_name, target, company, entries, record_ids):
        """Store the keys of a batch in one statement.

        Two users importing one file at the same time meet here: the later transaction fails to
        serialise, Odoo replays it, and then finds the rows imported.

        :param entries: the batch's entries (``digest``, ``likeness``)
        :param record_ids: ids of the records made of them, in the same order
        """
        if not entries:
            return
        self.env.cr.execute(
            SQL(
                "INSERT INTO township_ledger_key "
                "(company_id, target, res_model, digest, likeness, res_id) "
                "SELECT %s, %s, %s, * FROM unnest(%s::varchar[], %s::varchar[], %s::int[]) "
                "ON CONFLICT (company_id, target, digest) DO NOTHING",
                company.id,
                target,
                model_name,
                [entry.digest for entry in entries],
                [entry.likeness or None for entry in entries],
                list(record_ids),
            )
        )
