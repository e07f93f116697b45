import hashlib
import json
from datetime import date
from typing import NamedTuple

from psycopg2 import IntegrityError

from odoo import api, models
from odoo.exceptions import AccessError, LockError, UserError
from odoo.fields import Domain
from odoo.tools import split_every

from ...tools import identity
from ...tools.ledger import cells, names
from ...tools.ledger.heading import Vocabulary, normalise
from ...tools.ledger.problems import LedgerError, Problem
from ...tools.ledger.reader import Ledger
from ...tools.ledger.run import Entry

# Rows that become records together: as many as the ORM prefetches at a time.
BATCH_SIZE = 1000
SAMPLE_ROWS = 10

# Kind of column for each type of field.
_KINDS = {
    "char": "text",
    "text": "text",
    "html": "text",
    "date": "date",
    "datetime": "date",
    "float": "amount",
    "monetary": "amount",
    "integer": "count",
    "boolean": "yes",
    "selection": "choice",
    "many2one": "record",
    "many2many": "record",
}
_YES = frozenset(["是", "有", "√", "✓", "✔", "1", "y", "yes", "true", "对"])
_NO = frozenset(["否", "无", "×", "✗", "0", "n", "no", "false", "没有"])


class LedgerColumn(NamedTuple):
    """What a column of a ledger becomes.

    ``headings``: names of the column in Chinese, besides those stored as
    ``township.import.alias``; ``kind``: how cells are read (by default after the field's type):
    text, name, names, date, amount, count, yes, choice, record, phones, ids, person;
    ``required``: a row without it is rejected; ``create``: the record it names may be created;
    ``default``: taken when the cell is empty.
    """

    headings: tuple = ()
    kind: str = ""
    required: bool = False
    create: bool = False
    default: object = None


class TownshipLedgerMixin(models.AbstractModel):
    """Gives a model a ledger that officers can import::

        _inherit = ["township.ledger.mixin"]
        _ledger_columns = {
            "name": LedgerColumn(("名称",), required=True),
            "amount": LedgerColumn(("金额",)),
        }

    Keys are field names, or ``person.part`` for persons that the model itself turns into
    something (``applicant.phone``). The steps of a batch are methods that a model extends:
    read the cells, resolve names, check, make values, create. Nothing here asks the database
    per row.
    """

    _name = "township.ledger.mixin"
    _description = "Importable ledger"

    # Name of the target in the wizard; by default the model's.
    _ledger_target = None
    _ledger_columns = {}
    # The person meant by headings such as 姓名 that stand alone.
    _ledger_person = ""
    # Columns that tell two rows of the same matter from two matters (a warning, no more).
    _ledger_likeness = ()

    # ------------------------------------------------------------------
    # Targets
    # ------------------------------------------------------------------

    @api.model
    def _ledger_models(self):
        """:return: ``dict`` target -> model name, of all models that have a ledger"""
        found = {}
        for name in self.env.registry.descendants(["township.ledger.mixin"], "_inherit"):
            model = self.env.registry[name]
            if not model._abstract and model._ledger_columns:
                found[model._ledger_target or name] = name
        return found

    @api.model
    def _ledger_target_selection(self):
        """:return: the targets as a selection, named after their models"""
        found = self._ledger_models()
        labels = {name: self.env["ir.model"]._get(name).name for name in found.values()}
        return [(target, labels[name]) for target, name in found.items()]

    @api.model
    def _ledger_target_name(self):
        return self._ledger_target or self._name

    # ------------------------------------------------------------------
    # Opening a file
    # ------------------------------------------------------------------

    @api.model
    def _ledger_open(self, data, filename):
        """Find the ledger in a file.

        :param bytes data: the file
        :param str filename: of the file, or empty
        :return: ``tools.ledger.reader.Ledger``
        :raise UserError: what is wrong with the file, and what to do
        """
        try:
            return Ledger(
                data,
                filename or "",
                self._ledger_vocabulary(),
                required=self._ledger_required(),
                multi=self._ledger_multi(),
            )
        except LedgerError as error:
            raise UserError(self._ledger_message(error.problem)) from None

    @api.model
    def _ledger_vocabulary(self):
        headings, parts = {}, {}
        for key, column in self._ledger_columns.items():
            headings.update({normalise(text): key for text in column.headings})
        for alias in self._ledger_aliases():
            if alias.kind == "heading":
                headings[alias.key] = alias.column_name
            elif alias.kind == "part":
                parts[alias.key] = alias.column_name
        return Vocabulary(headings, parts, self._ledger_person)

    @api.model
    def _ledger_aliases(self):
        target = self._ledger_target_name()
        return self.env["township.import.alias"]._of_target(target, self.env.company)

    @api.model
    def _ledger_required(self):
        """:return: columns of which a heading must have at least one"""
        return [key for key, column in self._ledger_columns.items() if column.required]

    @api.model
    def _ledger_multi(self):
        """:return: columns whose lines are joined when one entry takes several rows"""
        return [
            key
            for key in self._ledger_columns
            if self._ledger_kind(key) in ("names", "phones", "ids", "person")
        ]

    @api.model
    def _ledger_kind(self, key):
        """:return: how the cells of a column are read"""
        column = self._ledger_columns[key]
        return column.kind or _KINDS.get(self._fields[key].type, "text")

    @api.model
    def _ledger_column_label(self, key):
        """:return: the column's name for people"""
        field = self._fields.get(key)
        return field._description_string(self.env) if field else key

    @api.model
    def _ledger_rows(self, ledger):
        """Iterate over the rows of a ledger; what breaks on the way is told like the rest."""
        try:
            yield from ledger.rows()
        except LedgerError as error:
            raise UserError(self._ledger_message(error.problem)) from None

    # ------------------------------------------------------------------
    # A run
    # ------------------------------------------------------------------

    @api.model
    def _ledger_import(self, rows, run):
        """Import rows, batch by batch, in the current transaction.

        :param rows: iterable of ``tools.ledger.reader.Row``
        :param run: ``tools.ledger.run.Run``: options in, findings out
        """
        for batch in split_every(BATCH_SIZE, rows):
            self._ledger_import_batch(batch, run)
            if not run.dry_run:
                self.env.flush_all()
                self.env.invalidate_all()

    @api.model
    def _ledger_import_batch(self, rows, run):
        """Import one batch: whole, or not at all when an error is raised."""
        entries = [Entry(row) for row in rows]
        run.read += len(entries)
        for entry in entries:
            self._ledger_read(entry, run)
        fresh = self._ledger_drop_known(entries, run)
        self._ledger_check(fresh, run)
        self._ledger_resolve(fresh, run)
        good = []
        for entry in fresh:
            if not entry.problems:
                entry.vals = self._ledger_vals(entry, run)
            if entry.problems:
                run.rejected.append(
                    (entry.row.sheet, entry.row.number, entry.row.lines, entry.problems)
                )
            else:
                good.append(entry)
        for entry in entries[: max(0, SAMPLE_ROWS - len(run.sample))]:
            run.sample.append(entry)
        if run.dry_run:
            run.imported += len(good)
        elif good:
            self._ledger_store(good, run)

    @api.model
    def _ledger_store(self, entries, run):
        """Create the records of sound rows with their keys. When the model refuses one of them
        (a constraint that no check foresaw), the others are imported all the same: the batch is
        halved until the row at fault stands alone, and that one is rejected.
        """
        try:
            with self.env.cr.savepoint():
                records = self._ledger_create(entries, run)
                self.env["township.ledger.key"]._remember(
                    self._name, self._ledger_target_name(), self.env.company, entries, records.ids
                )
        except (AccessError, LockError):
            raise
        except (UserError, IntegrityError) as error:
            self.env.invalidate_all()
            if len(entries) > 1:
                middle = len(entries) // 2
                self._ledger_store(entries[:middle], run)
                self._ledger_store(entries[middle:], run)
                return
            row = entries[0].row
            problem = Problem("message", {"text": self._ledger_refusal(error)})
            run.rejected.append((row.sheet, row.number, row.lines, [problem]))
            return
        run.imported += len(entries)
        run.record_ids += records.ids

    @api.model
    def _ledger_refusal(self, error):
        """:return: ``str`` of the model's refusal, without words of the database"""
        if isinstance(error, IntegrityError):
            return self.env._(
                "The database refuses this row: a value it needs is missing, or exists already."
            )
        return str(error)

    @api.model
    def _ledger_log(self, run):
        """Write the import into the access log."""
        if run.record_ids:
            self.env["township.access.log"]._log(
                "import", self.browse(run.record_ids), detail=run.filename or None
            )

    # ------------------------------------------------------------------
    # Step 1: the cells
    # ------------------------------------------------------------------

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
    def _ledger_read_person(self, value, key, entry, run):
        """Name of a person or record; compared without blanks."""
        return names.single_name(value)

    @api.model
    def _ledger_read_date(self, value, key, entry, run):
        if value is None:
            return None
        part = run.part(entry.row)
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
            for column in run.part(entry.row).heading.columns.values():
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
            for lang in ("en_US", "zh_CN", "zh_TW", self.env.lang or "en_US"):
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

    # ------------------------------------------------------------------
    # Step 2: rows imported before
    # ------------------------------------------------------------------

    @api.model
    def _ledger_drop_known(self, entries, run):
        """Leave out rows imported before, and rows that stand twice in the file.

        :return: ``list`` of the entries that are new"""
        company = self.env.company
        for entry in entries:
            entry.digest = self._ledger_digest(entry.values)
            if self._ledger_likeness:
                entry.likeness = self._ledger_digest(
                    {key: entry.values.get(key) for key in self._ledger_likeness}
                )
        sound = [entry for entry in entries if not entry.problems]
        Key = self.env["township.ledger.key"]
        target = self._ledger_target_name()
        known = Key._known(self._name, target, company, [entry.digest for entry in sound])
        fresh = []
        for entry in entries:
            if entry.problems:
                fresh.append(entry)
            elif entry.digest in known:
                run.skipped += 1
                entry.duplicate = True
            elif entry.digest in run.seen:
                run.repeated += 1
                entry.duplicate = True
                run.warn(entry.row, "repeated")
            else:
                run.seen.add(entry.digest)
                fresh.append(entry)
        alike = Key._alike(target, company, {entry.likeness for entry in fresh})
        for entry in fresh:
            if not entry.problems and alike.get(entry.likeness):
                run.warn(entry.row, "alike")
        return fresh

    @api.model
    def _ledger_digest(self, values):
        """The digest of a row's normalised content: what was read, not how it was typed.

        :param dict values: column -> value read
        :return: ``str``, 40 hexadecimal digits
        """
        content = json.dumps(
            {key: value for key, value in values.items() if value not in (None, "", [])},
            sort_keys=True,
            ensure_ascii=False,
            default=lambda value: value.isoformat() if isinstance(value, date) else str(value),
        )
        return hashlib.blake2b(content.encode(), digest_size=20).hexdigest()

    # ------------------------------------------------------------------
    # Step 3: names of other records
    # ------------------------------------------------------------------

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

    # ------------------------------------------------------------------
    # Steps 4 and 5: check, make values, create; extended per target
    # ------------------------------------------------------------------

    @api.model
    def _ledger_check(self, entries, run):
        """Check rows against each other and the database, in batch (numbers already used)."""

    @api.model
    def _ledger_vals(self, entry, run):
        """:return: ``dict`` for ``create``"""
        vals = {}
        for key, value in entry.values.items():
            field = self._fields.get(key)
            if not field:
                continue
            if key in entry.extra:
                value = entry.extra[key].id if field.type == "many2one" else entry.extra[key].ids
            vals[key] = (
                ",".join(value) if isinstance(value, list) and key not in entry.extra else value
            )
        return vals

    @api.model
    def _ledger_create(self, entries, run):
        """:return: one record per entry, in the same order"""
        return self.create([entry.vals for entry in entries])

    # ------------------------------------------------------------------
    # Words for people
    # ------------------------------------------------------------------

    @api.model
    def _ledger_message(self, problem):
        """:param problem: ``tools.ledger.problems.Problem``
        :return: ``str``: what is wrong, where, and what to do"""
        text = self._ledger_texts()[problem.code]
        values = {**problem.values}
        if "rows" in values:
            values["rows"] = "\n".join(f"- {row}" for row in values["rows"]) or "-"
            words = self._ledger_vocabulary().headings
            values["words"] = "、".join(list(words)[:30])
        if "identity" in values:
            person = self.env["township.person.mixin"]
            values["identity"] = person._identity_message(values["identity"])
        if "kind" in values:
            values["kind"] = self._ledger_file_kinds()[values["kind"]]
        return text % values

    @api.model
    def _ledger_file_kinds(self):
        return {
            "picture": self.env._("It is a picture."),
            "pdf": self.env._("It is a PDF."),
            "archive": self.env._("It is an archive: unpack it first."),
            "document": self.env._("It is another kind of document."),
            "web_page": self.env._(
                "It is a web page that was given the name of a workbook: open it with Excel or "
                "WPS and save it as .xlsx."
            ),
            "spreadsheet": self.env._(
                "It is another kind of spreadsheet: open it and save it as .xlsx."
            ),
            "unknown": self.env._("Its content is not text either."),
        }

    @api.model
    def _ledger_texts(self):
        """:return: ``dict`` code of a problem -> text with named places for its values"""
        return {
            # the file
            "file_empty": self.env._("The file is empty. Please choose the ledger again."),
            "file_too_big": self.env._(
                "The file is too big (%(size)s MB; at most %(limit)s MB). Please split it, or "
                "remove pictures from it."
            ),
            "unpacks_too_big": self.env._(
                "Unpacked, the workbook would take more than %(limit)s MB, which no ledger does. "
                "It was not opened. Please copy the ledger into a new workbook."
            ),
            "too_many_rows": self.env._(
                "The ledger has more than %(limit)s rows. Please split it, for example by year."
            ),
            "damaged": self.env._(
                "The file is damaged or incomplete and cannot be read. Please open it with Excel "
                "or WPS, save it again as .xlsx and import that file."
            ),
            "password": self.env._(
                "The workbook is protected by a password. Please open it, remove the password, "
                "save it and import it again."
            ),
            "not_a_ledger": self.env._(
                "This file is not a workbook (.xls, .xlsx) or text table (.csv). %(kind)s"
            ),
            "heading_not_found": self.env._(
                "No heading was found in the first rows. Looked for column names such as: "
                "%(words)s.\nRows read:\n%(rows)s\nPlease correct the names of the columns, or "
                "add them under Words of imported ledgers."
            ),
            # a cell
            "cell_error": self.env._("%(column)s: the cell shows the error %(text)s."),
            "formula_without_value": self.env._(
                "%(column)s: the cell holds a formula whose value was not saved. Please open the "
                "file with Excel or WPS and save it."
            ),
            "text_too_long": self.env._("%(column)s: the text has more than %(limit)s characters."),
            "date_impossible": self.env._("%(column)s: “%(text)s” is not a possible date."),
            "date_undetermined": self.env._(
                "%(column)s: no day can be told from “%(text)s”. Please write year, month and day, "
                "e.g. 2026-01-06."
            ),
            "date_future": self.env._("%(column)s: “%(text)s” is in the future."),
            "amount_unclear": self.env._("%(column)s: no amount can be told from “%(text)s”."),
            "amount_negative": self.env._("%(column)s: “%(text)s” is negative."),
            "number_unclear": self.env._("%(column)s: “%(text)s” is not a whole number."),
            "number_damaged": self.env._(
                "%(column)s: Excel has cut the last digits of “%(text)s”. Please format the column "
                "as text and type the number again."
            ),
            "phone_unclear": self.env._("%(column)s: “%(text)s” is not a phone number."),
            "id_wrong": self.env._("%(column)s “%(text)s”: %(identity)s"),
            "names_unclear": self.env._(
                "%(column)s: is “%(text)s” one name or several? Please separate names by 、"
            ),
            "yes_unclear": self.env._("%(column)s: “%(text)s” is neither 是 nor 否."),
            "choice_unknown": self.env._(
                "%(column)s: “%(text)s” is not known. Known words: %(known)s."
            ),
            "record_unknown": self.env._(
                "%(column)s: “%(text)s” does not exist. Please correct it, create it first, or add "
                "it under Words of imported ledgers."
            ),
            "record_unknown_creatable": self.env._(
                "%(column)s: “%(text)s” does not exist. Please correct it, or import with Create "
                "missing records."
            ),
            "record_ambiguous": self.env._(
                "%(column)s: there are several “%(text)s”; which one is meant cannot be told."
            ),
            "required": self.env._("%(column)s is empty."),
            "message": "%(text)s",
            # the row
            "repeated": self.env._("The same row stands in the file twice; it is imported once."),
            "alike": self.env._(
                "A row with the same date and persons but other content was imported before. "
                "Please check whether it is the same matter."
            ),
            "after_filled_on": self.env._(
                "%(column)s is later than the date of the ledger itself (%(filled_on)s)."
            ),
        }
