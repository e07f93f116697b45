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
            naming = [entry for entry in entries if entry.values.get(key)]
            if naming:
                self._ledger_resolve_column(key, naming, run)
        return entries

    @api.model
    def _ledger_resolve_column(self, key, entries, run):
        """:param entries: those whose cell in this column names a record"""
        creatable = run.create_missing and self._ledger_columns[key].create
        wanted = {entry.values[key] for entry in entries}
        found = self._ledger_found(key, wanted, run)
        missing = wanted - found.keys()
        if missing and creatable:
            needed = [
                entry for entry in entries if entry.values[key] in missing and not entry.problems
            ]
            found |= self._ledger_make_missing(key, needed, run)
        for entry in entries:
            text = entry.values[key]
            if text in found:
                entry.extra[key] = found[text]
            elif not (creatable and entry.problems):
                # a rejected row creates nothing: that its name is unknown is no problem of it
                self._ledger_unknown(entry, key, text, run)

    @api.model
    def _ledger_found(self, key, texts, run):
        """:return: ``dict`` text -> record, of this company, remembered for the run by its id:
        records themselves would not survive the end of a batch"""
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
        """:return: ``dict`` text -> record, of the words stored as ``township.import.alias``"""
        comodel = self.env[self._fields[key].comodel_name].sudo()
        meant = {
            alias.key: alias.record.id
            for alias in self._ledger_value_aliases(run).get(key, ())
            if alias.record and alias.record._name == comodel._name
        }
        ids = {text: meant[word] for text in texts if (word := cells.plain(text)) in meant}
        existing = {record.id: record for record in comodel.browse(set(ids.values())).exists()}
        found = {text: existing[id_] for text, id_ in ids.items() if id_ in existing}
        label = self._ledger_label(key, run)
        run.aliases.update({(label, text): found[text].display_name for text in found})
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
    def _ledger_by_name(self, comodel, key, texts, run):
        """Find records by ``_rec_name`` among those of the company.

        :return: as :meth:`_ledger_find`
        """
        name = comodel._rec_name or "name"
        domain = Domain(name, "in", list(texts))
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
        """Reject a row that names a record nobody knows, or several have the name of."""
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
        name_of, vals_of = self._ledger_missing_names(key, entries, run)
        # an archived record of that name is in the way, and a person must decide about it
        archived = self._ledger_by_name(
            comodel.with_context(active_test=False), key, list(vals_of), run
        )
        several = run.cache["ambiguous"]
        vals_of = {
            name: vals
            for name, vals in vals_of.items()
            if name not in archived and (key, name) not in several
        }
        run.created[comodel._name].update(dict.fromkeys(vals_of))
        records = comodel if run.dry_run else comodel.create(list(vals_of.values()))
        made = dict.fromkeys(vals_of, comodel)
        made.update(zip(vals_of, records, strict=False))
        found = {text: made[name] for text, name in name_of.items() if name in made}
        run.cache[("found", key)].update({text: record.id for text, record in found.items()})
        return found

    @api.model
    def _ledger_missing_names(self, key, entries, run):
        """The records that the entries want made: 东沟村 and 东沟村委会 are one village.

        :return: ``dict`` text -> name of the record, and ``dict`` name -> its values
        """
        name_field = self.env[self._fields[key].comodel_name]._rec_name or "name"
        name_of, vals_of = {}, {}
        for entry in entries:
            text = entry.values[key]
            if text in name_of or (key, text) in run.cache.get("ambiguous", ()):
                continue
            if vals := self._ledger_missing_vals(key, text, entry, run):
                name_of[text] = vals[name_field]
                vals_of.setdefault(vals[name_field], vals)
        return name_of, vals_of

    @api.model
    def _ledger_missing_vals(self, key, text, entry, run):
        """:return: values of a missing record, or ``None`` when it cannot be created without
        guessing; extended per target"""
        comodel = self.env[self._fields[key].comodel_name]
        return {comodel._rec_name or "name": text}
