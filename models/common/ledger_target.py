from collections import defaultdict
from typing import NamedTuple

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, LockError, UserError
from odoo.tools import split_every

from ...tools.ledger.digest import digest_of
from ...tools.ledger.heading import Vocabulary, normalise
from ...tools.ledger.problems import LedgerError, Problem
from ...tools.ledger.reader import Ledger
from ...tools.ledger.run import Entry
from .ledger_lookup import LedgerLookup
from .ledger_messages import LedgerMessages
from .ledger_reading import LedgerReading

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


class Column(NamedTuple):
    """What a column of a ledger becomes.

    ``headings``: names of the column in Chinese, besides those stored as
    ``township.import.alias``; ``kind``: how cells are read (by default after the field's type):
    text, name, names, date, amount, count, yes, choice, record, phones, ids;
    ``required``: a row without it is rejected; ``create``: the record it names may be created;
    ``default``: taken when the cell is empty; ``past_only``: a date that cannot be to come.
    """

    headings: tuple = ()
    kind: str = ""
    required: bool = False
    create: bool = False
    default: object = None
    past_only: bool = False


class LedgerTarget(LedgerReading, LedgerLookup, LedgerMessages):
    """A kind of ledger that officers import into one model, for one run::

        class VisitLedger(LedgerTarget):
            columns = {
                "name": Column(("名称",), required=True),
                "amount": Column(("金额",)),
            }

        class Visit(models.Model):
            _inherit = ["township.ledger.mixin"]
            _ledger = VisitLedger

    Keys are field names, or ``person.part`` for persons that the target itself turns into
    something (``applicant.phone``). The steps of a batch are methods that a target extends:
    read the cells (``ledger_reading``), leave out rows imported before, check, look up the
    records they name (``ledger_lookup``), make values, create. Nothing here asks the database
    per row. ``ledger_messages`` words what is wrong. A higher room subclasses the target of a
    lower model and names its class as ``_ledger`` in an ``_inherit`` of its own.

    What was found stays on the target, as ids: records would not survive the end of a batch.
    """

    # Name of the target in the wizard and on stored words and keys; by default the model's.
    name = ""
    # Who imports it: one of these groups.
    groups = ("township_governance.group_officer",)
    # A register of a protected room is never kept as a file: neither after the import, nor for a
    # stored job.
    keeps_file = True
    columns = {}  # key -> Column
    # The person meant by headings such as 姓名 that stand alone.
    person = ""
    # Columns that tell two rows of the same matter from two matters (a warning, no more).
    likeness = ()

    def __init__(self, model, run=None):
        """:param model: empty recordset imported into, with the rights of who imports
        :param run: ``tools.ledger.run.Run``; set before rows are imported"""
        self.model = model
        self.env = model.env
        self.run = run
        self.name = self.name or model._name
        self.labels = {}  # column -> its heading in this file
        self.units = {}  # sheet -> column -> factor of its amounts
        self.choices_of = {}  # column -> word -> key of the selection
        self.value_words = None  # column -> aliases of values
        self.found_ids = defaultdict(dict)  # column -> text -> id of the record, or None
        self.ambiguous = set()  # (column, text) that several records are called

    # ------------------------------------------------------------------
    # Opening a file
    # ------------------------------------------------------------------

    def open(self, data, filename):
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
                self.vocabulary(),
                required=self.required(),
                multi=self.multi(),
            )
        except LedgerError as error:
            raise UserError(self.message(error.problem)) from None

    def vocabulary(self):
        headings, parts = {}, {}
        for key, column in self.columns.items():
            headings.update({normalise(text): key for text in column.headings})
        for alias in self.aliases():
            if alias.kind == "heading":
                headings[alias.key] = alias.column_name
            elif alias.kind == "part":
                parts[alias.key] = alias.column_name
        return Vocabulary(headings, parts, self.person)

    def aliases(self):
        target = self.name
        return self.env["township.import.alias"]._of_target(target, self.env.company)

    def required(self):
        """:return: columns of which a heading must have at least one"""
        return [key for key, column in self.columns.items() if column.required]

    def multi(self):
        """:return: columns whose lines are joined when one entry takes several rows"""
        return [key for key in self.columns if self.kind(key) in ("names", "phones", "ids")]

    def kind(self, key):
        """:return: how the cells of a column are read"""
        column = self.columns[key]
        return column.kind or _KINDS.get(self.model._fields[key].type, "text")

    def column_label(self, key):
        """:return: the column's name for people"""
        field = self.model._fields.get(key)
        return field._description_string(self.env) if field else key

    def rows(self, ledger):
        """Iterate over the rows of a ledger; what breaks on the way is told like the rest."""
        try:
            yield from ledger.rows()
        except LedgerError as error:
            raise UserError(self.message(error.problem)) from None

    # ------------------------------------------------------------------
    # A run
    # ------------------------------------------------------------------

    def import_rows(self, rows):
        """Import rows, batch by batch, in the current transaction.

        :param rows: iterable of ``tools.ledger.reader.Row``
        """
        for batch in split_every(BATCH_SIZE, rows):
            self.import_batch(batch)
            if not self.run.dry_run:
                self.env.flush_all()
                self.env.invalidate_all()

    def import_batch(self, rows):
        """Import one batch: whole, or not at all when an error is raised."""
        entries = [Entry(row) for row in rows]
        self.run.read += len(entries)
        for entry in entries:
            self.read_row(entry)
        fresh = self.drop_known(entries)
        self.check(fresh)
        self.resolve(fresh)
        good = []
        for entry in fresh:
            if not entry.problems:
                entry.vals = self.vals(entry)
            if entry.problems:
                self.run.reject(entry.row, entry.problems)
            else:
                good.append(entry)
        self.run.sample += entries[: max(0, SAMPLE_ROWS - len(self.run.sample))]
        if self.run.dry_run:
            self.run.imported += len(good)
        elif good:
            self.store(good)

    def store(self, entries):
        """Create the records of sound rows with their keys. When the model refuses one of them
        (a constraint that no check foresaw), the others are imported all the same: the batch is
        halved until the row at fault stands alone, and that one is rejected.
        """
        told = self.run.told.copy()
        try:
            with self.env.cr.savepoint():
                records = self.make(entries)
                self.env["township.ledger.key"]._remember(
                    self.model._name, self.name, self.env.company, entries, records.ids
                )
        except (AccessError, LockError):
            raise
        except (UserError, IntegrityError) as error:
            self.env.invalidate_all()
            self.run.told = told  # whom the batch told has been undone with it
            if len(entries) > 1:
                middle = len(entries) // 2
                self.store(entries[:middle])
                self.store(entries[middle:])
                return
            problem = Problem("message", {"text": self.refusal(error)})
            self.run.reject(entries[0].row, [problem])
            return
        self.run.imported += len(entries)
        self.run.record_ids += records.ids

    def refusal(self, error):
        """:return: ``str`` of the model's refusal, without words of the database"""
        if isinstance(error, IntegrityError):
            return self.env._(
                "The database refuses this row: a value it needs is missing, or exists already."
            )
        return str(error)

    def log(self):
        """Write the import into the access log."""
        if self.run.record_ids:
            self.env["township.access.log"]._log(
                "import", self.model.browse(self.run.record_ids), detail=self.run.filename or None
            )

    # ------------------------------------------------------------------
    # Rows imported before
    # ------------------------------------------------------------------

    def drop_known(self, entries):
        """Leave out rows imported before, and rows that stand twice in the file.

        :return: ``list`` of the entries that are new"""
        Key = self.env["township.ledger.key"]
        company, target = self.env.company, self.name
        for entry in entries:
            entry.digest = self.digest(entry.values)
            if self.likeness:
                entry.likeness = self.digest({key: entry.values.get(key) for key in self.likeness})
        sound = [entry.digest for entry in entries if not entry.problems]
        known = Key._known(self.model._name, target, company, sound)
        fresh = []
        for entry in entries:
            if entry.problems:
                fresh.append(entry)
            elif entry.digest in known:
                self.run.skipped += 1
                entry.duplicate = True
            elif entry.digest in self.run.seen:
                self.run.repeated += 1
                entry.duplicate = True
                self.run.warn(entry.row, "repeated")
            else:
                self.run.seen.add(entry.digest)
                fresh.append(entry)
        alike = Key._alike(target, company, {entry.likeness for entry in fresh})
        for entry in fresh:
            if not entry.problems and alike.get(entry.likeness):
                self.run.warn(entry.row, "alike")
        return fresh

    def digest(self, values):
        """:return: ``str`` by which a row is known again"""
        digest = digest_of(values)
        keyed = getattr(self.model, "_keyed_digest", None)
        return keyed(digest) if keyed else digest

    # ------------------------------------------------------------------
    # Check, make values, create; extended per target
    # ------------------------------------------------------------------

    def check(self, entries):
        """Check rows against each other and the database, in batch (numbers already used)."""

    def vals(self, entry):
        """:return: ``dict`` for ``create``"""
        vals = {}
        for key, value in entry.values.items():
            if key not in self.model._fields:
                continue
            if key in entry.extra:
                found = entry.extra[key]
                value = found.id if self.model._fields[key].type == "many2one" else found.ids
            elif isinstance(value, list):
                value = ",".join(value)
            vals[key] = value
        return vals

    def make(self, entries):
        """What a late state, a number, clocks and history mean is said by the mechanisms of the
        model (``_imported``).

        :return: one record per entry, in the same order"""
        records = self.creator(entries).create([entry.vals for entry in entries])
        records = records.with_env(self.env)
        records.sudo()._imported(self.run.history)
        return records

    def creator(self, entries):
        """:return: the model as it creates the records of these entries: allowed to enter a late
        state"""
        return self.model._entering()
