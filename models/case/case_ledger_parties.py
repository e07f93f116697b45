from ...tools import identity
from ...tools.ledger import names

SIDES = ("applicant", "respondent")


class CaseLedgerParties:
    """The parties out of a row: one cell holds the names of a side, others their numbers,
    phones and addresses in the same order."""

    def parties(self, side, entry):
        """The persons of one side, numbers and phones given in the order of the names.

        :return: ``list`` of values of ``township.case.party``; problems go to the entry
        """
        values = entry.values
        if entry.extra.get(f"{side}.name"):
            values.setdefault(f"{side}.name", entry.extra[f"{side}.name"])
        persons = values.get(f"{side}.name", [])
        numbers = values.get(f"{side}.id_number", [])
        phones = values.get(f"{side}.phone", [])
        if not persons:
            if side == "respondent" and (any(numbers) or phones):
                entry.reject("required", column=self.label(f"{side}.name"))
            # the numbers of a nameless applicant are checked all the same
            for number in filter(None, numbers):
                self.check_number(entry, side, number)
            return []
        parties = [
            {"role": side, "name": name, "sequence": 10 * (place + 1)}
            for place, name in enumerate(persons)
        ]
        self.give_numbers(side, parties, numbers, entry)
        self.give_phones(side, parties, phones, entry)
        self.give_texts(side, parties, entry)
        return parties

    def give_numbers(self, side, parties, numbers, entry):
        if numbers and len(numbers) != len(parties):
            entry.reject(
                "ids_count",
                column=self.label(f"{side}.id_number"),
                names=len(parties),
                numbers=len(numbers),
            )
        for party, number in zip(parties, numbers or [""] * len(parties), strict=False):
            organisation = names.is_organisation(party["name"])
            if organisation and number and not identity.check_credit_code(number):
                party["credit_code"] = number
            elif number:
                # a shop under its owner's card stays a person, so that the number is kept
                organisation = False
                party["id_number"] = number
                self.check_number(entry, side, number)
            party["is_organisation"] = organisation

    def check_number(self, entry, side, number):
        label = self.label(f"{side}.id_number")
        self.check_id(entry, number, label, self.run.today)

    def give_phones(self, side, parties, phones, entry):
        label = self.label(f"{side}.phone")
        if len(parties) == 1 and phones:
            parties[0]["phone"] = ",".join(phones)
            return
        if len(phones) > len(parties):
            entry.reject("phones_count", column=label, names=len(parties), numbers=len(phones))
        elif phones and len(phones) < len(parties):
            self.run.warn(entry.row, "phones_fewer", column=label)
        for party, phone in zip(parties, phones, strict=False):
            party["phone"] = phone

    def give_texts(self, side, parties, entry):
        for part in ("address", "occupation", "representative", "credit_code"):
            text = entry.values.get(f"{side}.{part}")
            if not text:
                continue
            lines = text.split("\n")
            if len(lines) == len(parties):
                for party, line in zip(parties, lines, strict=True):
                    party[part] = line
            else:
                parties[0][part] = text.replace("\n", " ")
        for party in parties:
            code = party.get("credit_code")
            if code and identity.check_credit_code(code):
                label = self.label(f"{side}.credit_code")
                entry.reject("credit_code_wrong", column=label, text=code)
