"""What can be wrong with a ledger, as codes: the wording belongs to the models."""

from typing import NamedTuple


class Problem(NamedTuple):
    """One finding about a row: a code that the target's ``texts`` words, and the values
    of its text."""

    code: str
    values: dict


class CellProblem(ValueError):
    """A cell cannot be read without guessing; the row goes back to its author."""

    def __init__(self, code, **values):
        super().__init__(code)
        self.problem = Problem(code, values)


class LedgerError(Exception):
    """The file as a whole cannot be read."""

    def __init__(self, code, **values):
        super().__init__(code)
        self.problem = Problem(code, values)
