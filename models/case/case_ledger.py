import re
from collections import Counter

from markupsafe import Markup

from odoo import api, models
from odoo.fields import Command

from ...tools import identity
from ...tools.ledger import cells, names
from ...tools.ledger.problems import CellProblem
from ...tools.ledger.run import Entry
from ..common.ledger_mixin import LedgerColumn
from .case import OPEN_STATES

MESSAGES_KEY = "township_ledger_messages"
TODO = "township_governance.mail_act_case_terminate"
# What the ledger says about the end of a case -> state and outcome.
ENDS = {
    "settled": ("closed", "settled"),
    "failed": ("closed", "failed"),
    "withdrawn": ("withdrawn", "withdrawn"),
    "transferred": ("transferred", "transferred"),
    "rejected": ("rejected", "rejected"),
    "handling": ("handling", False),
}
# 编号 of up to so many digits and nothing else is a serial number.
SERIAL_DIGITS = 4
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
SIDES = ("applicant", "respondent")


class _Messages(tuple):
    """Creation messages of a batch; no caller of an RPC can make one."""

    __slots__ = ()


class TownshipCase(models.Model):
    """Cases out of a township's ledger (矛盾纠纷排查调处台账).

    A case enters the state that its result tells; what the guards on the way would have asked
    is listed on the case and must be met before archiving. A failed mediation without a closing
    date is still being handled: ending it and telling the parties their routes (MED-23) remains
    to be done, and an activity says so.
    """

    _name = "township.case"
    _inherit = ["township.case", "township.ledger.mixin"]

    _ledger_target = "case"
    _ledger_person = "applicant"
    _ledger_columns = {
        "number": LedgerColumn(),
        "file_number": LedgerColumn(),
        "kind": LedgerColumn(),
        "date_received": LedgerColumn(),
        "date_accepted": LedgerColumn(),
        "date_closed": LedgerColumn(),
        **{
            f"{side}.{part}": LedgerColumn(
                kind=kind, required=side == "applicant" and part == "name"
            )
            for side in SIDES
            for part, kind in (
                ("name", "names"),
                ("id_number", "ids"),
                ("phone", "phones"),
                ("address", "text"),
                ("occupation", "text"),
                ("representative", "name"),
                ("credit_code", "text"),
            )
        },
        "grid_id": LedgerColumn(kind="grid"),
        "village_id": LedgerColumn(create=True),
        "unit_id": LedgerColumn(),
        "location": LedgerColumn(),
        "type_id": LedgerColumn(),
        "summary": LedgerColumn(),
        "claim": LedgerColumn(),
        "source": LedgerColumn(),
        "difficulty": LedgerColumn(),
        "risk": LedgerColumn(),
        "amount": LedgerColumn(),
        "committee_id": LedgerColumn(),
        "mediator_id": LedgerColumn(create=True),
        "outcome": LedgerColumn(),
        "settlement": LedgerColumn(),
        "end_reason": LedgerColumn(),
        "remarks": LedgerColumn(kind="text"),
    }
    _ledger_likeness = (
        "date_received",
        "date_accepted",
        "applicant.name",
        "applicant.id_number",
        "respondent.name",
        "type_id",
    )

    # ------------------------------------------------------------------
    # Reading a row
    # ------------------------------------------------------------------

    @api.model
    def _ledger_column_label(self, key):
        side, _dot, part = key.partition(".")
        if part:
            roles = dict(
                self.env["township.case.party"]._fields["role"]._description_selection(self.env)
            )
            label = self.env["township.case.party"]._fields[part]._description_string(self.env)
            return f"{roles[side]}/{label}"
        if key == "remarks":
            return self.env._("Remarks")
        return super()._ledger_column_label(key)

    @api.model
    def _ledger_read(self, entry, run):
        super()._ledger_read(entry, run)
        self._ledger_drop_serial(entry, run)
        self._ledger_read_dates(entry, run)
        entry.extra["parties"] = [
            Command.create(vals)
            for side in SIDES
            for vals in self._ledger_parties(side, entry, run)
        ]
        return entry

    @api.model
    def _ledger_drop_serial(self, entry, run):
        """Many ledgers head their serial numbers 编号: 1, 2, 3 are no official numbers."""
        number = entry.values.get("number", "")
        if number.isdigit() and len(number) <= SERIAL_DIGITS:
            del entry.values["number"]
            run.warn(None, "serial_number", column=self._ledger_label("number", run))

    @api.model
    def _ledger_read_record(self, value, key, entry, run):
        """Several mediators in one cell: the first one leads."""
        if key != "mediator_id":
            return super()._ledger_read_record(value, key, entry, run)
        found = names.names_of(_BRACKETS.sub("", cells.text_of(value)))
        first, *others = [*found.names, *found.others] or [""]
        if others:
            entry.values["mediator_ids"] = others
        return first

    @api.model
    def _ledger_read_names(self, value, key, entry, run):
        """Both sides in one cell (张三与李四) fill the other side when it has no cell."""
        side = key.partition(".")[0]
        try:
            count = len(cells.ids_of(entry.row.cells.get(f"{side}.id_number")))
        except CellProblem:
            count = 0
        found = names.names_of(value, count or None)
        if found.others and not entry.row.cells.get("respondent.name") and side == "applicant":
            entry.extra["respondent.name"] = found.others
            run.warn(entry.row, "both_sides", text=cells.text_of(value))
        elif found.others:
            return [*found.names, *found.others]
        if found.more:
            run.warn(entry.row, "more_persons", text=cells.text_of(value))
            self._ledger_keep(entry, self._ledger_label(key, run), value)
        return found.names

    @api.model
    def _ledger_read_amount(self, value, key, entry, run):
        """An amount that cannot be told (约3千) does not hold the case up: it is kept as typed."""
        try:
            return super()._ledger_read_amount(value, key, entry, run)
        except CellProblem as error:
            if error.problem.code != "amount_unclear":
                raise
            label = self._ledger_label(key, run)
            run.warn(entry.row, "amount_kept", column=label, text=cells.text_of(value))
            self._ledger_keep(entry, label, value)
            return None

    @api.model
    def _ledger_keep(self, entry, label, value):
        """Keep a text as typed: it goes into the first message of the case."""
        entry.values.setdefault("kept", []).append([label, cells.text_of(value)])

    @api.model
    def _ledger_read_grid(self, value, key, entry, run):
        return self._ledger_read_record(value, key, entry, run)

    @api.model
    def _ledger_read_dates(self, entry, run):
        """One column of dates often serves for both receipt and acceptance."""
        values = entry.values
        received, accepted = values.get("date_received"), values.get("date_accepted")
        undated = not received and not accepted
        if undated and not any(problem.code.startswith("date_") for problem in entry.problems):
            entry.reject("required", column=self._ledger_date_label(run))
        closed = values.get("date_closed")
        if received and accepted and accepted < received:
            entry.reject(
                "date_order",
                first=self._ledger_label("date_received", run),
                second=self._ledger_label("date_accepted", run),
            )
        begin = received or accepted
        if begin and closed and closed < begin:
            entry.reject(
                "date_order",
                first=self._ledger_date_label(run),
                second=self._ledger_label("date_closed", run),
            )
        if closed and values.get("outcome") == "handling":
            entry.reject("closed_but_handling", column=self._ledger_label("outcome", run))

    @api.model
    def _ledger_date_label(self, run):
        """:return: the heading of the column of dates this file has"""
        keys = {column.key for part in run.parts for column in part.heading.columns.values()}
        return self._ledger_label(
            "date_accepted" if "date_accepted" in keys else "date_received", run
        )

    # ------------------------------------------------------------------
    # Parties
    # ------------------------------------------------------------------

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

    # ------------------------------------------------------------------
    # Names of other records
    # ------------------------------------------------------------------

    @api.model
    def _ledger_resolve(self, entries, run):
        self._ledger_resolve_grids(entries, run)
        # further mediators of a row: looked up like the first, their problems are the row's
        further = [
            (entry, Entry(entry.row, {**keep, "mediator_id": name}, entry.problems))
            for entry in entries
            for keep in [{k: v for k, v in entry.values.items() if k == "committee_id"}]
            for name in entry.values.get("mediator_ids", ())
        ]
        super()._ledger_resolve([*entries, *(other for _entry, other in further)], run)
        for entry, other in further:
            found = other.extra.get("mediator_id", self.env["township.mediator"])
            entry.extra["mediator_ids"] = found | entry.extra.get("mediator_ids", found)
        for entry in entries:
            grid = entry.extra.get("grid_id")
            if grid and "village_id" not in entry.extra:
                entry.extra["village_id"] = grid.unit_id
        return entries

    @api.model
    def _ledger_resolve_grids(self, entries, run):
        """A column headed 网格 names a grid (第一网格, 东沟村第一网格) or, in many ledgers, just
        the village. Every village has a 第一网格: the village beside it decides."""
        texts = {entry.values["grid_id"] for entry in entries if "grid_id" in entry.values}
        if not texts:
            return
        if "grids" not in run.cache:
            grids = self.env["township.grid"].search([("company_id", "=", self.env.company.id)])
            by_text = run.cache["grids"] = {}
            for grid in grids:
                village = {grid.unit_id.name, grid.unit_id.short_name} - {False, ""}
                bare = {grid.name.removeprefix(name) for name in village} | {grid.name}
                texts_of = bare | {name + text for name in village for text in bare}
                for text in {cells.plain(text) for text in texts_of | {grid.code}} - {""}:
                    by_text.setdefault(text, []).append((grid.id, village))
        for entry in entries:
            text = entry.values.get("grid_id")
            if not text:
                continue
            found = run.cache["grids"].get(cells.plain(text), [])
            village = entry.values.get("village_id")
            if len(found) > 1 and village:
                bare = self.env["township.unit"]._strip_suffix(village)
                found = [item for item in found if {village, bare} & item[1]]
            if len(found) == 1:
                entry.extra["grid_id"] = self.env["township.grid"].browse(found[0][0])
            elif found or village:
                code = "record_ambiguous" if found else "record_unknown"
                entry.reject(code, column=self._ledger_label("grid_id", run), text=text)
            else:
                entry.values["village_id"] = text

    @api.model
    def _ledger_find(self, key, texts, run):
        company = self.env.company
        if key in ("village_id", "unit_id"):
            domain = [("company_id", "=", company.id)]
            if key == "village_id":
                domain.append(("kind", "in", ("village", "community")))
            return self.env["township.unit"]._match_names(texts, domain)
        if key == "type_id":
            found = {}
            for kind in ("service", "hazard", "petition", "mediation"):
                found |= self.env["township.case.type"]._named(self._ledger_type_names(texts), kind)
            return {
                text: found[name]
                for text in texts
                for name in self._ledger_type_names([text])
                if name in found
            }
        return super()._ledger_find(key, texts, run)

    @api.model
    def _ledger_type_names(self, texts):
        """婚姻家庭 is 婚姻家庭纠纷; the name as written comes last and so wins."""
        return [name for text in texts for name in (f"{text}纠纷", text)]

    @api.model
    def _ledger_missing_vals(self, key, text, entry, run):
        company = self.env.company
        if key == "village_id":
            return self.env["township.unit"]._ledger_village_vals(text)
        if key == "mediator_id":
            if not 2 <= len(text) <= 20 or names.is_organisation(text):
                return None
            committee = entry.extra.get("committee_id") or self._ledger_committee(run)
            return {
                "name": text,
                "committee_id": committee.id,
                "id_type": "none",
                "company_id": company.id,
            }
        return super()._ledger_missing_vals(key, text, entry, run)

    @api.model
    def _ledger_committee(self, run):
        """The township's own committee, for mediators the ledger brings; made when missing.

        :return: one ``township.committee`` (empty in a preview that would make it)
        """
        Committee = self.env["township.committee"]
        if "committee" not in run.cache:
            company = self.env.company
            committee = Committee.search(
                [("company_id", "=", company.id), ("kind", "in", ("town", "street"))], limit=1
            )
            if not committee:
                name = f"{company.name}人民调解委员会"
                run.created[Committee._name][name] = None
                if not run.dry_run:
                    committee = Committee.create(
                        {
                            "name": name,
                            "kind": "town",
                            "short_name": company.township_short_name,
                            "company_id": company.id,
                        }
                    )
            run.cache["committee"] = committee.id
        return Committee.browse(run.cache["committee"])

    # ------------------------------------------------------------------
    # Numbers that the ledger brings
    # ------------------------------------------------------------------

    @api.model
    def _ledger_check(self, entries, run):
        for key in ("number", "file_number"):
            given = {entry.values[key] for entry in entries if entry.values.get(key)}
            if not given:
                continue
            taken = {
                number
                for (number,) in self.sudo()._read_group(
                    [("company_id", "=", self.env.company.id), (key, "in", list(given))], [key]
                )
            }
            seen = run.cache.setdefault(("numbers", key), set())
            for entry in entries:
                number = entry.values.get(key)
                if not number:
                    continue
                if number in taken or number in seen:
                    label = self._ledger_label(key, run)
                    entry.reject("number_taken", column=label, text=number)
                elif not entry.problems:
                    seen.add(number)

    # ------------------------------------------------------------------
    # Values and creation
    # ------------------------------------------------------------------

    @api.model
    def _ledger_vals(self, entry, run):
        values, extra = entry.values, entry.extra
        vals = {
            key: values[key]
            for key in (
                "number",
                "file_number",
                "location",
                "summary",
                "claim",
                "source",
                "difficulty",
                "risk",
                "amount",
                "settlement",
                "end_reason",
            )
            if key in values
        }
        mediator = extra.get("mediator_id", self.env["township.mediator"])
        committee = extra.get("committee_id") or mediator.committee_id
        village = extra.get("village_id", self.env["township.unit"])
        case_type = extra.get("type_id", self.env["township.case.type"])
        unit = extra.get("unit_id") or village
        grid = extra.get("grid_id", self.env["township.grid"])
        vals |= {
            "kind": values.get("kind") or case_type.kind or "mediation",
            "type_id": case_type.id,
            "date_received": values.get("date_received") or values.get("date_accepted"),
            "date_accepted": values.get("date_accepted") or values.get("date_received"),
            "grid_id": grid.id,
            "village_id": village.id,
            "unit_id": unit.id,
            "committee_id": committee.id,
            "mediator_id": mediator.id,
            "user_id": mediator.user_id.id or (self.env.user.active and self.env.uid),
            "company_id": self.env.company.id,
            "party_ids": extra["parties"],
            "backfilled": True,
            "history": run.history,
            **self._ledger_state(entry, run),
        }
        if extra.get("mediator_ids"):
            vals["mediator_ids"] = [Command.set(extra["mediator_ids"].ids)]
        return vals

    @api.model
    def _ledger_state(self, entry, run):
        """State, outcome and closing date out of what the ledger says about the result."""
        result, closed = entry.values.get("outcome"), entry.values.get("date_closed")
        if result == "failed" and not closed:
            entry.extra["todo"] = "failed"
            run.warn(entry.row, "failed_without_date")
            return {"state": "handling", "outcome": False}
        if not result and closed:
            entry.extra["todo"] = "outcome"
            run.warn(entry.row, "closed_without_outcome")
            return {"state": "closed", "outcome": False, "date_closed": closed}
        state, outcome = ENDS[result or "handling"]
        if state not in OPEN_STATES and not closed:
            entry.extra["todo"] = "date"
            run.warn(entry.row, "ended_without_date")
        return {"state": state, "outcome": outcome, "date_closed": closed}

    @api.model
    def _ledger_create(self, entries, run):
        messages = _Messages(self._ledger_first_message(entry, run) for entry in entries)
        cases = self._entering().with_context(**{MESSAGES_KEY: messages})
        cases = cases.create([entry.vals for entry in entries])
        cases = cases.with_context(**{MESSAGES_KEY: None})
        for name in self._number_fields:
            if any(name in entry.vals for entry in entries):
                cases.sudo()._absorb_numbers(name)
        cases.sudo()._assign_all_numbers()
        cases._ledger_start_clocks()
        if not run.history:
            cases._ledger_tell(entries, run)
        return cases

    @api.model
    def _ledger_first_message(self, entry, run):
        """Where the case comes from, and what has no field of its own."""
        text = self.env._(
            "Imported from the ledger %(file)s, row %(row)s.",
            file=run.filename or "-",
            row=run.label(entry.row),
        )
        kept = entry.values.get("kept", [])
        if entry.values.get("remarks"):
            kept = [*kept, [self._ledger_label("remarks", run), entry.values["remarks"]]]
        lines = [Markup("%s: %s") % (label, value) for label, value in kept]
        return Markup("<br/>").join([Markup("%s") % text, *lines])

    def _log_creation(self):
        messages = self.env.context.get(MESSAGES_KEY)
        if not isinstance(messages, _Messages):
            return super()._log_creation()
        self._message_log_batch(dict(zip(self.ids, messages, strict=True)))
        Followers = self.env["mail.followers"].sudo()
        for user, cases in self.filtered("user_id").grouped("user_id").items():
            Followers._insert_followers(
                self._name, cases.ids, user.partner_id.ids, check_existing=False
            )
        return None

    def _ledger_start_clocks(self):
        """Clocks of imported cases in one batch; those of a case that has ended are ended with
        it. A case that ended on an unknown day gets none: whether it was in time is unknown."""
        dated = self.sudo().filtered(lambda case: case.state in OPEN_STATES or case.date_closed)
        vals_list = [
            {**vals, "deadline_done_date": case.date_closed}
            for case, rows in dated._clock_vals(("received", "accepted")).items()
            for vals in rows
        ]
        self.env["township.case.clock"].sudo().create(vals_list)

    def _ledger_tell(self, entries, run):
        """To-dos for what the ledger left open, and news for handlers other than the importer:
        at most fifty per person, the rest in one digest."""
        Activity = self.env["township.activity"]
        over = Counter()
        todo, untold = {}, []
        # imported by the system itself, a case has no handler: the director must know
        deputy = self.env.company.township_director_id or self.env.ref("base.user_admin")
        for case, entry in zip(self, entries, strict=True):
            handler = case.user_id if case.user_id.active else deputy
            code = entry.extra.get("todo")
            if code:
                todo.setdefault((code, self._ledger_todo_lang(handler)), []).append((case, handler))
            elif case.state in OPEN_STATES and case.user_id:
                untold.append((case, case.user_id))
        for (code, lang), pairs in todo.items():
            summary = self.with_context(lang=lang)._ledger_todo_text(code)
            over += Activity._schedule(pairs, TODO, summary=summary, told=run.told)
        told = [(case, user) for case, user in untold if user != self.env.user]
        over += Activity._schedule(
            told, "township_governance.mail_act_case_assigned", told=run.told
        )
        Activity._digest(over, TODO)

    @api.model
    def _ledger_todo_lang(self, user):
        """To-dos are written in the handler's language; a ledger is a Chinese paper, so Chinese
        stands in for a language without translation of this addon."""
        lang = user.lang or ""
        installed = dict(self.env["res.lang"].get_installed())
        return lang if lang.startswith("zh_") or "zh_CN" not in installed else "zh_CN"

    @api.model
    def _ledger_todo_text(self, code):
        """:return: ``str``: what the ledger left to be done"""
        return {
            "failed": self.env.ref(TODO).sudo().summary,
            "date": self.env._("Enter the closing date"),
            "outcome": self.env._("Enter the outcome"),
        }[code]

    @api.model
    def _ledger_texts(self):
        return super()._ledger_texts() | {
            "date_order": self.env._("%(second)s is before %(first)s."),
            "closed_but_handling": self.env._(
                "%(column)s says that the case is still being handled, yet it has a closing date."
            ),
            "ids_count": self.env._(
                "%(column)s: %(names)s names but %(numbers)s ID numbers. Please give one for each "
                "name, in the same order, and 无 for a person without one."
            ),
            "phones_count": self.env._(
                "%(column)s: %(names)s names but %(numbers)s phone numbers."
            ),
            "credit_code_wrong": self.env._(
                "%(column)s: “%(text)s” is not a unified social credit code."
            ),
            "serial_number": self.env._(
                "%(column)s holds serial numbers; they are not taken as official."
            ),
            "number_taken": self.env._("%(column)s: the number %(text)s exists already."),
            "both_sides": self.env._("“%(text)s” was read as applicant and respondent."),
            "more_persons": self.env._(
                "“%(text)s” speaks of persons it does not name; only the named ones are entered."
            ),
            "amount_kept": self.env._(
                "%(column)s: no amount can be told from “%(text)s”; it is kept in the first "
                "message of the case."
            ),
            "phones_fewer": self.env._(
                "%(column)s: fewer phone numbers than names; they were given to the first names."
            ),
            "failed_without_date": self.env._(
                "Mediation failed, but there is no closing date: the case is entered as being "
                "handled, with a to-do."
            ),
            "closed_without_outcome": self.env._(
                "There is a closing date but no result: the case is entered as closed, with a "
                "to-do."
            ),
            "ended_without_date": self.env._(
                "There is a result but no closing date: the case is entered as ended, with a to-do."
            ),
        }
