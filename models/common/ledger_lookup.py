from odoo.fields import Domain

from ...tools.ledger import cells


class LedgerLookup:
    """Looking up the records that cells name, and making those that may be made."""

    def resolve(self, entries):
        """Put the records that the cells name into ``entry.extra[key]``: one query per column.
        Columns whose records may be created come last, so that nothing is created for a row
        that is rejected anyway.

        :return: the entries
        """
        keys = [key for key in self.columns if self.kind(key) == "record"]
        for key in sorted(keys, key=lambda key: self.columns[key].create):
            naming = [entry for entry in entries if entry.values.get(key)]
            if naming:
                self.resolve_column(key, naming)
        return entries

    def resolve_column(self, key, entries):
        """:param entries: those whose cell in this column names a record"""
        creatable = self.run.create_missing and self.columns[key].create
        wanted = {entry.values[key] for entry in entries}
        found = self.found(key, wanted)
        missing = wanted - found.keys()
        if missing and creatable:
            needed = [
                entry for entry in entries if entry.values[key] in missing and not entry.problems
            ]
            found |= self.make_missing(key, needed)
        for entry in entries:
            text = entry.values[key]
            if text in found:
                entry.extra[key] = found[text]
            elif not (creatable and entry.problems):
                # a rejected row creates nothing: that its name is unknown is no problem of it
                self.unknown(entry, key, text)

    def found(self, key, texts):
        """:return: ``dict`` text -> record, of this company, remembered for the run by its id:
        records themselves would not survive the end of a batch"""
        cache = self.found_ids[key]
        comodel = self.env[self.model._fields[key].comodel_name]
        asked = {text for text in texts if text not in cache}
        if asked:
            by_alias = self.aliased(key, asked)
            rest = asked - by_alias.keys()
            by_name = self.find(key, rest) if rest else {}
            for text in asked:
                record = by_alias.get(text) or by_name.get(text)
                cache[text] = record.id if record else None
        return {text: comodel.browse(cache[text]) for text in texts if cache.get(text)}

    def aliased(self, key, texts):
        """:return: ``dict`` text -> record, of the words stored as ``township.import.alias``"""
        comodel = self.env[self.model._fields[key].comodel_name].sudo()
        meant = {
            alias.key: alias.record.id
            for alias in self.value_aliases().get(key, ())
            if alias.record and alias.record._name == comodel._name
        }
        ids = {text: meant[word] for text in texts if (word := cells.plain(text)) in meant}
        existing = {record.id: record for record in comodel.browse(set(ids.values())).exists()}
        found = {text: existing[id_] for text, id_ in ids.items() if id_ in existing}
        label = self.label(key)
        self.run.aliases.update({(label, text): found[text].display_name for text in found})
        return found

    def find(self, key, texts):
        """Find records by the names written in the ledger; extended per target.

        :return: ``dict`` text -> one record; a name that fits several records is left out and
            noted in ``self.ambiguous``
        """
        comodel = self.env[self.model._fields[key].comodel_name]
        return self.by_name(comodel, key, texts)

    def by_name(self, comodel, key, texts):
        """Find records by ``_rec_name`` among those of the company.

        :return: as :meth:`find`
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
        self.ambiguous.update((key, text) for text in ambiguous)
        return {text: records for text, records in found.items() if len(records) == 1}

    def unknown(self, entry, key, text):
        """Reject a row that names a record nobody knows, or several have the name of."""
        ambiguous = (key, text) in self.ambiguous
        code = "record_ambiguous" if ambiguous else "record_unknown"
        if not ambiguous and self.columns[key].create and not self.run.create_missing:
            code = "record_unknown_creatable"
        entry.reject(code, column=self.label(key), text=text)

    def make_missing(self, key, entries):
        """Create the records that sound rows name, or, in a preview, note their names.

        :return: ``dict`` text -> record (an empty one in a preview)
        """
        comodel = self.env[self.model._fields[key].comodel_name]
        name_of, vals_of = self.missing_names(key, entries)
        # an archived record of that name is in the way, and a person must decide about it
        archived = self.by_name(comodel.with_context(active_test=False), key, list(vals_of))
        several = self.ambiguous
        vals_of = {
            name: vals
            for name, vals in vals_of.items()
            if name not in archived and (key, name) not in several
        }
        self.run.created[comodel._name].update(dict.fromkeys(vals_of))
        records = comodel if self.run.dry_run else comodel.create(list(vals_of.values()))
        made = dict.fromkeys(vals_of, comodel)
        made.update(zip(vals_of, records, strict=False))
        found = {text: made[name] for text, name in name_of.items() if name in made}
        self.found_ids[key].update({text: record.id for text, record in found.items()})
        return found

    def missing_names(self, key, entries):
        """The records that the entries want made: 东沟村 and 东沟村委会 are one village.

        :return: ``dict`` text -> name of the record, and ``dict`` name -> its values
        """
        name_field = self.env[self.model._fields[key].comodel_name]._rec_name or "name"
        name_of, vals_of = {}, {}
        for entry in entries:
            text = entry.values[key]
            if text in name_of or (key, text) in self.ambiguous:
                continue
            if vals := self.missing_vals(key, text, entry):
                name_of[text] = vals[name_field]
                vals_of.setdefault(vals[name_field], vals)
        return name_of, vals_of

    def missing_vals(self, key, text, entry):
        """:return: values of a missing record, or ``None`` when it cannot be created without
        guessing; extended per target"""
        comodel = self.env[self.model._fields[key].comodel_name]
        return {comodel._rec_name or "name": text}
