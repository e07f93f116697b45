from odoo import api, models

from ...tools import identity
from ...tools.ledger import names


class TownshipCase(models.Model):
    """The parties out of a row: one cell holds the names of a side, others their numbers,
    phones and addresses in the same order."""

    _inherit = "township.case"

    @api.model
    def _ledger_parties(self, side, entry, run):
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
                entry.reject("required", column=self._ledger_label(f"{side}.name", run))
            # the numbers of a nameless applicant are checked all the same
            for number in filter(None, numbers):
                self._ledger_check_number(entry, side, number, run)
            return []
        parties = [
            {"role": side, "name": name, "sequence": 10 * (place + 1)}
            for place, name in enumerate(persons)
        ]
        self._ledger_give_numbers(side, parties, numbers, entry, run)
        self._ledger_give_phones(side, parties, phones, entry, run)
        self._ledger_give_texts(side, parties, entry, run)
        return parties

    @api.model
    def _ledger_give_numbers(self, side, parties, numbers, entry, run):
        if numbers and len(numbers) != len(parties):
            entry.reject(
                "ids_count",
                column=self._ledger_label(f"{side}.id_number", run),
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
                self._ledger_check_number(entry, side, number, run)
            party["is_organisation"] = organisation

    @api.model
    def _ledger_check_number(self, entry, side, number, run):
        label = self._ledger_label(f"{side}.id_number", run)
        self._ledger_check_id(entry, number, label, run.today)

    @api.model
    def _ledger_give_phones(self, side, parties, phones, entry, run):
        label = self._ledger_label(f"{side}.phone", run)
        if len(parties) == 1 and phones:
            parties[0]["phone"] = ",".join(phones)
            return
        if len(phones) > len(parties):
            entry.reject("phones_count", column=label, names=len(parties), numbers=len(phones))
        elif phones and len(phones) < len(parties):
            run.warn(entry.row, "phones_fewer", column=label)
        for party, phone in zip(parties, phones, strict=False):
            party["phone"] = phone

    @api.model
    def _ledger_give_texts(self, side, parties, entry, run):
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
                label = self._ledger_label(f"{side}.credit_code", run)
                entry.reject("credit_code_wrong", column=label, text=code)
