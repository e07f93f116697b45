from .ledger_target import LedgerTarget


class PersonLedger(LedgerTarget):
    """What the registers of persons share: one ID number, checked, and nobody entered twice.

    ``id_number`` is a column of kind ``ids``; ``person_key``: what beside it tells one entry of a
    person from another one of the same person.
    """

    person_key = ()

    def __init__(self, model, run=None):
        super().__init__(model, run)
        self.persons_seen = set()  # keys of this file

    def read_row(self, entry):
        super().read_row(entry)
        values = entry.values
        label = self.label("id_number")
        numbers = values.get("id_number", [])
        if len(numbers) > 1:
            entry.reject("one_number", column=label)
        for number in filter(None, numbers):
            self.check_id(entry, number, label, self.run.today)
        if numbers:
            # the card tells it; a ledger that says otherwise has a slip, not another birthday
            values.pop("birth_date", None)
        return entry

    def check_order(self, entry, first, second):
        """A row whose second day is before its first is rejected."""
        begin, end = entry.values.get(first), entry.values.get(second)
        if begin and end and end < begin:
            entry.reject("date_order", first=self.label(first), second=self.label(second))

    def check(self, entries):
        numbers = {number for entry in entries for number in entry.values.get("id_number", [])}
        if not numbers:
            return
        known = self.model.sudo().search_fetch(
            [("id_number", "in", list(numbers)), ("company_id", "=", self.env.company.id)],
            ["id_number_full", *self.person_key],
        )
        taken = {
            (person.id_number_full, *(person[name] for name in self.person_key)) for person in known
        }
        for entry in entries:
            rest = tuple(entry.values.get(name) or False for name in self.person_key)
            for number in entry.values.get("id_number", []):
                key = (number, *rest)
                if key in taken or key in self.persons_seen:
                    entry.reject("person_exists", name=entry.values.get("name", ""))
                elif not entry.problems:
                    self.persons_seen.add(key)

    def vals(self, entry):
        vals = super().vals(entry)
        vals["company_id"] = self.env.company.id
        if not vals.get("id_number"):
            vals["id_type"] = "none"
        return vals

    def texts(self):
        return super().texts() | {
            "one_number": self.env._("%(column)s: a person has one ID number."),
            "person_exists": self.env._("%(name)s: somebody with this ID number is here already."),
        }
