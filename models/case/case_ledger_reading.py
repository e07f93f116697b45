import re

from odoo.fields import Command

from ...tools.ledger import cells, names
from ...tools.ledger.problems import CellProblem
from .case_ledger_parties import SIDES

# 编号 of up to so many digits and nothing else is a serial number.
SERIAL_DIGITS = 4
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


class CaseLedgerReading:
    """Reading a row of the ledger: cells that hold more than their column says, and dates that
    depend on each other."""

    def read_row(self, entry):
        super().read_row(entry)
        self.drop_serial(entry)
        self.read_dates(entry)
        entry.extra["parties"] = [
            Command.create(vals) for side in SIDES for vals in self.parties(side, entry)
        ]
        return entry

    def drop_serial(self, entry):
        """Many ledgers head their serial numbers 编号: 1, 2, 3 are no official numbers."""
        number = entry.values.get("number", "")
        if number.isdigit() and len(number) <= SERIAL_DIGITS:
            del entry.values["number"]
            self.run.warn(None, "serial_number", column=self.label("number"))

    def read_record(self, value, key, entry):
        """Several mediators in one cell: the first one leads."""
        if key != "mediator_id":
            return super().read_record(value, key, entry)
        found = names.names_of(_BRACKETS.sub("", cells.text_of(value)))
        first, *others = [*found.names, *found.others] or [""]
        if others:
            entry.values["mediator_ids"] = others
        return first

    def read_names(self, value, key, entry):
        """Both sides in one cell (张三与李四) fill the other side when it has no cell."""
        side = key.partition(".")[0]
        try:
            count = len(cells.ids_of(entry.row.cells.get(f"{side}.id_number")))
        except CellProblem:
            count = 0
        found = names.names_of(value, count or None)
        if found.others and not entry.row.cells.get("respondent.name") and side == "applicant":
            entry.extra["respondent.name"] = found.others
            self.run.warn(entry.row, "both_sides", text=cells.text_of(value))
        elif found.others:
            return [*found.names, *found.others]
        if found.more:
            self.run.warn(entry.row, "more_persons", text=cells.text_of(value))
            self.keep(entry, self.label(key), value)
        return found.names

    def read_amount(self, value, key, entry):
        """An amount that cannot be told (约3千) does not hold the case up: it is kept as typed."""
        try:
            return super().read_amount(value, key, entry)
        except CellProblem as error:
            if error.problem.code != "amount_unclear":
                raise
            label = self.label(key)
            self.run.warn(entry.row, "amount_kept", column=label, text=cells.text_of(value))
            self.keep(entry, label, value)
            return None

    def keep(self, entry, label, value):
        """Keep a text as typed: it goes into the first message of the case."""
        entry.values.setdefault("kept", []).append([label, cells.text_of(value)])

    def read_grid(self, value, key, entry):
        return self.read_record(value, key, entry)

    def read_dates(self, entry):
        """One column of dates often serves for both receipt and acceptance."""
        values = entry.values
        received, accepted = values.get("date_received"), values.get("date_accepted")
        undated = not received and not accepted
        if undated and not any(problem.code.startswith("date_") for problem in entry.problems):
            entry.reject("required", column=self.date_label())
        closed = values.get("date_closed")
        if received and accepted and accepted < received:
            entry.reject(
                "date_order",
                first=self.label("date_received"),
                second=self.label("date_accepted"),
            )
        begin = received or accepted
        if begin and closed and closed < begin:
            entry.reject(
                "date_order",
                first=self.date_label(),
                second=self.label("date_closed"),
            )
        if closed and values.get("outcome") == "handling":
            entry.reject("closed_but_handling", column=self.label("outcome"))

    def date_label(self):
        """:return: the heading of the column of dates this file has"""
        keys = {column.key for part in self.run.parts for column in part.heading.columns.values()}
        return self.label("date_accepted" if "date_accepted" in keys else "date_received")
