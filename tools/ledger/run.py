"""What one import run knows and finds."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .problems import CellProblem, Problem
from .reader import Row

# More different warnings than a person will read; the rest is counted.
MAX_WARNINGS = 500


@dataclass(slots=True)
class Entry:
    """One row on its way to a record."""

    row: Row
    values: dict = field(default_factory=dict)
    problems: list = field(default_factory=list)
    vals: dict = field(default_factory=dict)
    digest: str = ""
    likeness: str = ""
    duplicate: bool = False
    extra: dict = field(default_factory=dict)

    def reject(self, code, **values):
        """The row cannot be imported as it stands."""
        self.problems.append(Problem(code, values))

    def attempt(self, reader, *args, column, **kwargs):
        """Call a cell reader; its problem becomes the row's.

        :return: the value, or ``None``"""
        try:
            return reader(*args, **kwargs)
        except CellProblem as error:
            code, values = error.problem
            self.reject(code, column=column, **values)
            return None


@dataclass
class Run:
    """One import: options, and what was found so far. Rows themselves are not kept, save the
    rejected ones."""

    parts: list
    today: date
    filename: str = ""
    create_missing: bool = False
    history: bool = False
    dry_run: bool = False
    read: int = 0
    imported: int = 0
    skipped: int = 0
    repeated: int = 0
    rejected: list = field(default_factory=list)  # (sheet index, row number, lines, problems)
    warnings: dict = field(default_factory=dict)  # (code, values) -> row labels
    warnings_left_out: int = 0
    created: dict = field(default_factory=lambda: defaultdict(dict))  # label -> names
    aliases: dict = field(default_factory=dict)  # (column, text) -> name meant
    sample: list = field(default_factory=list)  # the first rows, for the preview
    seen: set = field(default_factory=set)
    record_ids: list = field(default_factory=list)
    cache: dict = field(default_factory=dict)
    told: Counter = field(default_factory=Counter)

    def part(self, sheet):
        """:param int sheet: index of the sheet a row comes from
        :return: ``tools.ledger.reader.Part``"""
        return next(part for part in self.parts if part.index == sheet)

    def label(self, sheet, number):
        """:return: ``str``: the row's number, with its sheet where there are several"""
        if len(self.parts) == 1:
            return str(number)
        return f"{self.part(sheet).sheet.name}!{number}"

    def reject(self, row, problems):
        """Give a row back to its author with the problems found."""
        self.rejected.append((row.sheet, row.number, row.lines, problems))

    def warn(self, row, code, **values):
        """Note something a person should know; the row is imported all the same."""
        key = code, tuple(sorted(values.items()))
        if key not in self.warnings and len(self.warnings) >= MAX_WARNINGS:
            self.warnings_left_out += 1
            return
        self.warnings.setdefault(key, []).append(self.label(row.sheet, row.number) if row else "")

    def summary(self) -> dict[str, Any]:
        """:return: JSON of what :meth:`restore` needs, to carry a run over several batches"""
        return {
            "read": self.read,
            "imported": self.imported,
            "skipped": self.skipped,
            "repeated": self.repeated,
            "warnings": [
                [code, dict(values), rows] for (code, values), rows in self.warnings.items()
            ],
            "warnings_left_out": self.warnings_left_out,
            "created": {label: list(names) for label, names in self.created.items()},
            "aliases": [[column, text, name] for (column, text), name in self.aliases.items()],
            "told": {str(user): count for user, count in self.told.items()},
        }

    def restore(self, summary):
        """Go on from the :meth:`summary` of an earlier batch."""
        for name in ("read", "imported", "skipped", "repeated", "warnings_left_out"):
            setattr(self, name, summary.get(name, 0))
        for code, values, rows in summary.get("warnings", ()):
            self.warnings[code, tuple(sorted(values.items()))] = rows
        for label, names in summary.get("created", {}).items():
            self.created[label].update(dict.fromkeys(names))
        for column, text, name in summary.get("aliases", ()):
            self.aliases[column, text] = name
        self.told.update({int(user): count for user, count in summary.get("told", {}).items()})
