from ...tools import identity
from ...tools.ledger import cells, names

_YES = frozenset(["是", "有", "√", "✓", "✔", "1", "y", "yes", "true", "对"])
_NO = frozenset(["否", "无", "×", "✗", "0", "n", "no", "false", "没有"])


class LedgerReading:
    """Reading the cells of a row: one ``read_<kind>`` for each kind of column.

    Each takes ``value`` (the raw cell, ``None`` when empty), ``key`` (the column), ``entry`` and
    ``run``, and returns the value read, ``None`` for nothing. What cannot be read without
    guessing is a ``CellProblem`` or a rejection of the entry.
    """

    def read_row(self, entry):
        """Read the cells of a row into ``entry.values``; what cannot be read becomes a problem.
        Extended by models whose columns depend on each other.

        :return: the entry
        """
        for key, column in self.columns.items():
            value = entry.row.cells.get(key)
            if value is None and not column.required and column.default is None:
                continue
            label = self.label(key)
            before = len(entry.problems)
            read = getattr(self, f"read_{self.kind(key)}")
            value = entry.attempt(read, value, key, entry, column=label)
            if value in (None, "", []):
                value = column.default
            if value not in (None, "", []):
                entry.values[key] = value
            elif column.required and len(entry.problems) == before:
                entry.reject("required", column=label)
        return entry

    def label(self, key):
        """:return: the column's heading in this file, else its name"""
        if key not in self.labels:
            found = [
                column.text
                for part in self.run.parts
                for column in part.heading.columns.values()
                if column.key == key
            ]
            self.labels[key] = found[0] if found else self.column_label(key)
        return self.labels[key]

    def read_text(self, value, key, entry):
        return cells.text_of(value)

    def read_name(self, value, key, entry):
        return names.single_name(value)

    def read_date(self, value, key, entry):
        if value is None:
            return None
        part = self.run.part(entry.row.sheet)
        day = cells.date_of(value, part.sheet.epoch)
        if day and day > self.run.today and self.columns[key].past_only:
            entry.reject("date_future", column=self.label(key), text=cells.raw_text(value))
            return None
        filled_on = part.heading.filled_on
        if day and filled_on and day > filled_on and self.columns[key].past_only:
            self.run.warn(
                entry.row,
                "after_filled_on",
                column=self.label(key),
                filled_on=filled_on.isoformat(),
            )
        return day

    def read_amount(self, value, key, entry):
        if value is None:
            return None
        units = self.units.setdefault(entry.row.sheet, {})
        if not units:
            for column in self.run.part(entry.row.sheet).heading.columns.values():
                units[column.key] = column.unit
        return cells.amount_of(value, units.get(key, 1))

    def read_count(self, value, key, entry):
        return cells.whole_number_of(value)

    def read_yes(self, value, key, entry):
        text = cells.plain(value)
        if not text and cells.raw_text(value).strip() != "无":
            return None
        if text in _YES:
            return True
        if text in _NO or not text:
            return False
        entry.reject("yes_unclear", column=self.label(key), text=text)
        return None

    def read_names(self, value, key, entry):
        return names.names_of(value).names

    def read_phones(self, value, key, entry):
        return cells.phones_of(value) or None

    def read_ids(self, value, key, entry):
        return cells.ids_of(value) or None

    def check_id(self, entry, number, column, today):
        """Check an ID number; a wrong one rejects the row."""
        for code in identity.check_id_number(number, today):
            if code not in identity.SOFT_PROBLEMS:
                shown = identity.mask_id(number)  # the returned workbook has it in full
                entry.reject("id_wrong", column=column, text=shown, identity=code)

    def read_record(self, value, key, entry):
        return cells.plain(value) and names.single_name(value)

    def read_choice(self, value, key, entry):
        text = cells.plain(value)
        if not text:
            return None
        choices = self.choices(key)
        if text not in choices:
            entry.reject(
                "choice_unknown",
                column=self.label(key),
                text=cells.text_of(value),
                known="、".join(dict.fromkeys(self.choice_words(key)))[:200],
            )
            return None
        return choices[text]

    def choices(self, key):
        """:return: ``dict`` word -> key of the selection: labels in Chinese and English, and
        the stored aliases"""
        cache = self.choices_of
        if key not in cache:
            cache[key] = {}
            field = self.model._fields.get(key)
            for lang, _name in self.env["res.lang"].get_installed():
                selection = field and field._description_selection(
                    self.model.with_context(lang=lang).env
                )
                cache[key].update({cells.plain(label): value for value, label in selection or ()})
            for alias in self.value_aliases().get(key, ()):
                if alias.value:
                    cache[key][alias.key] = alias.value
        return cache[key]

    def choice_words(self, key):
        return [alias.name for alias in self.value_aliases().get(key, ())]

    def value_aliases(self):
        """:return: ``dict`` column -> aliases of values"""
        if self.value_words is None:
            aliases = self.aliases().filtered(lambda alias: alias.kind == "value")
            self.value_words = aliases.grouped("column_name")
        return self.value_words
