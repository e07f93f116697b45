from odoo import api, models

from ...tools import identity
from ...tools.ledger import cells, names

_YES = frozenset(["是", "有", "√", "✓", "✔", "1", "y", "yes", "true", "对"])
_NO = frozenset(["否", "无", "×", "✗", "0", "n", "no", "false", "没有"])


class TownshipLedgerMixin(models.AbstractModel):
    """Reading the cells of a row: one ``_ledger_read_<kind>`` for each kind of column.

    Each takes ``value`` (the raw cell, ``None`` when empty), ``key`` (the column), ``entry`` and
    ``run``, and returns the value read, ``None`` for nothing. What cannot be read without
    guessing is a ``CellProblem`` or a rejection of the entry.
    """

    _inherit = "township.ledger.mixin"

    @api.model
    def _ledger_read(self, entry, run):
        """Read the cells of a row into ``entry.values``; what cannot be read becomes a problem.
        Extended by models whose columns depend on each other.

        :return: the entry
        """
        for key, column in self._ledger_columns.items():
            value = entry.row.cells.get(key)
            if value is None and not column.required and column.default is None:
                continue
            label = self._ledger_label(key, run)
            before = len(entry.problems)
            read = getattr(self, f"_ledger_read_{self._ledger_kind(key)}")
            value = entry.attempt(read, value, key, entry, run, column=label)
            if value in (None, "", []):
                value = column.default
            if value not in (None, "", []):
                entry.values[key] = value
            elif column.required and len(entry.problems) == before:
                entry.reject("required", column=label)
        return entry

    @api.model
    def _ledger_label(self, key, run):
        """:return: the column's heading in this file, else its name"""
        labels = run.cache.setdefault("labels", {})
        if key not in labels:
            found = [
                column.text
                for part in run.parts
                for column in part.heading.columns.values()
                if column.key == key
            ]
            labels[key] = found[0] if found else self._ledger_column_label(key)
        return labels[key]

    @api.model
    def _ledger_read_text(self, value, key, entry, run):
        return cells.text_of(value)

    @api.model
    def _ledger_read_name(self, value, key, entry, run):
        return names.single_name(value)

    @api.model
    def _ledger_read_date(self, value, key, entry, run):
        if value is None:
            return None
        part = run.part(entry.row.sheet)
        day = cells.date_of(value, part.sheet.epoch)
        if day and day > run.today and self._ledger_past_only(key):
            entry.reject(
                "date_future", column=self._ledger_label(key, run), text=cells.raw_text(value)
            )
            return None
        filled_on = part.heading.filled_on
        if day and filled_on and day > filled_on and self._ledger_past_only(key):
            run.warn(
                entry.row,
                "after_filled_on",
                column=self._ledger_label(key, run),
                filled_on=filled_on.isoformat(),
            )
        return day

    @api.model
    def _ledger_past_only(self, key):
        """:return: whether a date of this column can only be in the past"""
        return True

    @api.model
    def _ledger_read_amount(self, value, key, entry, run):
        if value is None:
            return None
        units = run.cache.setdefault(("units", entry.row.sheet), {})
        if not units:
            for column in run.part(entry.row.sheet).heading.columns.values():
                units[column.key] = column.unit
        return cells.amount_of(value, units.get(key, 1))

    @api.model
    def _ledger_read_count(self, value, key, entry, run):
        return cells.whole_number_of(value)

    @api.model
    def _ledger_read_yes(self, value, key, entry, run):
        text = cells.plain(value)
        if not text and cells.raw_text(value).strip() != "无":
            return None
        if text in _YES:
            return True
        if text in _NO or not text:
            return False
        entry.reject("yes_unclear", column=self._ledger_label(key, run), text=text)
        return None

    @api.model
    def _ledger_read_names(self, value, key, entry, run):
        return names.names_of(value).names

    @api.model
    def _ledger_read_phones(self, value, key, entry, run):
        return cells.phones_of(value) or None

    @api.model
    def _ledger_read_ids(self, value, key, entry, run):
        return cells.ids_of(value) or None

    @api.model
    def _ledger_check_id(self, entry, number, column, today):
        """Check an ID number; a wrong one rejects the row."""
        for code in identity.check_id_number(number, today):
            if code not in identity.SOFT_PROBLEMS:
                shown = identity.mask_id(number)  # the returned workbook has it in full
                entry.reject("id_wrong", column=column, text=shown, identity=code)

    @api.model
    def _ledger_read_record(self, value, key, entry, run):
        return cells.plain(value) and names.single_name(value)

    @api.model
    def _ledger_read_choice(self, value, key, entry, run):
        text = cells.plain(value)
        if not text:
            return None
        choices = self._ledger_choices(key, run)
        if text not in choices:
            entry.reject(
                "choice_unknown",
                column=self._ledger_label(key, run),
                text=cells.text_of(value),
                known="、".join(dict.fromkeys(self._ledger_choice_words(key, run)))[:200],
            )
            return None
        return choices[text]

    @api.model
    def _ledger_choices(self, key, run):
        """:return: ``dict`` word -> key of the selection: labels in Chinese and English, and
        the stored aliases"""
        cache = run.cache.setdefault("choices", {})
        if key not in cache:
            cache[key] = {}
            field = self._fields.get(key)
            for lang, _name in self.env["res.lang"].get_installed():
                selection = field and field._description_selection(self.with_context(lang=lang).env)
                cache[key].update({cells.plain(label): value for value, label in selection or ()})
            for alias in self._ledger_value_aliases(run).get(key, ()):
                if alias.value:
                    cache[key][alias.key] = alias.value
        return cache[key]

    @api.model
    def _ledger_choice_words(self, key, run):
        return [alias.name for alias in self._ledger_value_aliases(run).get(key, ())]

    @api.model
    def _ledger_value_aliases(self, run):
        """:return: ``dict`` column -> aliases of values"""
        if "aliases" not in run.cache:
            aliases = self._ledger_aliases().filtered(lambda alias: alias.kind == "value")
            run.cache["aliases"] = aliases.grouped("column_name")
        return run.cache["aliases"]
