from ...tools import identity
from ..common.ledger_person import PersonLedger
from ..common.ledger_target import Column
from .correction_subject import under_age

CORRECTION = "township_governance.group_correction"
MINORS = "township_governance.group_correction_minor"
# What every register of the room says of a person.
PERSON_COLUMNS = {
    "number": Column(),
    "name": Column(kind="name", required=True),
    "gender": Column(),
    "id_number": Column(kind="ids"),
    "birth_date": Column(past_only=True),
    "phone": Column(kind="phones"),
    "address": Column(),
    "registered_address": Column(),
    "unit_id": Column(),
    "offence": Column(),
    "offence_date": Column(past_only=True),
}


class CorrectionPersonLedger(PersonLedger):
    """What the registers of the room share: imported by its officers alone, never kept as a file,
    and rows about minors by the officers for minors."""

    groups = (CORRECTION,)
    keeps_file = False

    def check(self, entries):
        super().check(entries)
        if self.env.su or self.env.user.has_group(MINORS):
            return
        for entry in entries:
            if self.is_minor(entry.values):
                entry.reject("minor", name=entry.values.get("name", ""))

    def is_minor(self, values):
        """:return: ``bool``, as the model itself would find"""
        numbers = [number for number in values.get("id_number", []) if number]
        born = identity.birth_date_of(numbers[0]) if numbers else values.get("birth_date")
        return any(under_age(born, day) for day in self.minor_days(values))

    def minor_days(self, values):
        """:return: ``tuple`` of the days on which somebody under 18 is under the rules for
        minors"""
        raise NotImplementedError

    def vals(self, entry):
        vals = super().vals(entry)
        vals["user_id"] = self.env.uid
        vals["history"] = self.run.history
        return vals

    def texts(self):
        return super().texts() | {
            "minor": self.env._(
                "%(name)s is under the rules for minors: the minors' corrections officer imports "
                "this row."
            )
        }
