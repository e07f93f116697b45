from odoo import api, models
from odoo.fields import Domain

from ...tools.ledger import cells


class TownshipLedgerMixin(models.AbstractModel):
    """Looking up the records that cells name, and making those that may be made."""

    _inherit = "township.ledger.mixin"

    @api.model
    def _ledger_resolve(self, entries, run):
        """Put the records that the cells name into ``entry.extra[key]``: one query per column.
        Columns whose records may be created come last, so that nothing is created for a row
        that is rejected anyway.

        :return: the entries
        """
        keys = [key for key in self._ledger_columns if self._ledger_kind(key) == "record"]
        for key in sorted(keys, key=lambda key: self._ledger_columns[key].create):
            creatable = run.create_missing and self._ledger_columns[key].create
            wanted = {entry.values[key] for entry in entries if key in entry.values}
            found = self._ledger_found(key, wanted, run)
            missing = wanted - found.keys()
            if missing and creatable:
                needed = [
                    entry
                    for entry in entries
                    if entry.values.get(key) in missing and not entry.problems
                ]
                found |= self._ledger_make_missing(key, needed, run)
            for entry in entries:
                text = entry.values.get(key)
                if not text:
                    continue
                if text in found:
                    entry.extra[key] = found[text]
                elif not (creatable and entry.problems):
                    self._ledger_unknown(entry, key, text, run)
        return entries

    @api.model
    def _ledger_found(self, key, texts, run):
        """:return: ``dict`` text -> record, of this company, remembered for the run by its id"""
        cache = run.cache.setdefault(("found", key), {})
        comodel = self.env[self._fields[key].comodel_name]
        asked = {text for text in texts if text not in cache}
        if asked:
            by_alias = self._ledger_aliased(key, asked, run)
            rest = asked - by_alias.keys()
            by_name = self._ledger_find(key, rest, run) if rest else {}
            for text in asked:
                record = by_alias.get(text) or by_name.get(text)
                cache[text] = record.id if record else None
        return {text: comodel.browse(cache[text]) for text in texts if cache.get(text)}

    @api.model
    def _ledger_aliased(self, key, texts, run):
        meant = {
            alias.key: alias
            for alias in self._ledger_value_aliases(run).get(key, ())
            if alias.record
        }
        found = {}
        for text in texts:
            alias = meant.get(cells.plain(text))
            if alias and alias.record.exists():
                found[text] = alias.record
                label = self._ledger_label(key, run)
                run.aliases[label, text] = alias.record.display_name
        return found

    @api.model
    def _ledger_find(self, key, texts, run):
        """Find records by the names written in the ledger; extended per target.

        :return: ``dict`` text -> one record; a name that fits several records is left out and
            noted in ``run.cache["ambiguous"]``
        """
        comodel = self.env[self._fields[key].comodel_name]
        return self._ledger_by_name(comodel, key, texts, run)

    @api.model
    def _ledger_by_name(self, comodel, key, texts, run, domain=()):
        """Find records by ``_rec_name`` among those of the company."""
        name = comodel._rec_name or "name"
        domain = Domain(domain) & Domain(name, "in", list(texts))
        if "company_id" in comodel._fields:
            domain &= Domain("company_id", "in", (False, self.env.company.id))
        found = {}
        for record in comodel.search(domain):
            found.setdefault(record[name], comodel)
            found[record[name]] |= record
        ambiguous = {text for text, records in found.items() if len(records) > 1}
        run.cache.setdefault("ambiguous", set()).update((key, text) for text in ambiguous)
        return {text: records for text, records in found.items() if len(records) == 1}

    @api.model
    def _ledger_unknown(self, entry, key, text, run):
        ambiguous = (key, text) in run.cache.get("ambiguous", ())
        code = "record_ambiguous" if ambiguous else "record_unknown"
        if not ambiguous and self._ledger_columns[key].create and not run.create_missing:
            code = "record_unknown_creatable"
        entry.reject(code, column=self._ledger_label(key, run), text=text)

    @api.model
    def _ledger_make_missing(self, key, entries, run):
        """Create the records that sound rows name, or, in a preview, note their names.

        :return: ``dict`` text -> record (an empty one in a preview)
        """
        comodel = self.env[self._fields[key].comodel_name]
        name_field = comodel._rec_name or "name"
        vals_of, name_of = {}, {}  # 东沟村 and 东沟村委会 are one village
        for entry in entries:
            text = entry.values[key]
            if text not in name_of and (key, text) not in run.cache.get("ambiguous", ()):
                vals = self._ledger_missing_vals(key, text, entry, run)
                name_of[text] = vals and vals[name_field]
                if vals:
                    vals_of.setdefault(vals[name_field], vals)
        # an archived record of that name is in the way, and a person must decide about it
        archived = self._ledger_by_name(
            comodel.with_context(active_test=False), key, list(vals_of), run
        )
        vals_of = {name: vals for name, vals in vals_of.items() if name not in archived}
        run.created[comodel._name].update(dict.fromkeys(vals_of))
        records = comodel if run.dry_run else comodel.create(list(vals_of.values()))
        made = dict.fromkeys(vals_of, comodel)
        made.update(zip(vals_of, records, strict=False))
        found = {text: made[name] for text, name in name_of.items() if name in made}
        run.cache[("found", key)].update({text: record.id for text, record in found.items()})
        return found

    @api.model
    def _ledger_missing_vals(self, key, text, entry, run):
        """:return: values of a missing record, or ``None`` when it cannot be created without
        guessing; extended per target"""
        comodel = self.env[self._fields[key].comodel_name]
        return {comodel._rec_name or "name": text}
