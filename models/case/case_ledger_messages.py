from collections import Counter

from markupsafe import Markup

from odoo import models

from .case import OPEN_STATES

MESSAGES_KEY = "township_ledger_messages"
TODO = "township_governance.mail_act_case_terminate"


class _Messages(tuple):
    """Creation messages of a batch; no caller of an RPC can make one."""

    __slots__ = ()


class CaseLedgerMessages:
    """What people are told about imported cases: where a case comes from, what the ledger left
    to be done, and what is wrong with a row."""

    def first_messages(self, entries):
        """:return: ``dict`` for the context: what to log on the cases about to be made of the
        entries"""
        return {MESSAGES_KEY: _Messages(self.first_message(entry) for entry in entries)}

    def first_message(self, entry):
        """Where the case comes from, and what has no field of its own."""
        text = self.env._(
            "Imported from the ledger %(file)s, row %(row)s.",
            file=self.run.filename or "-",
            row=self.run.label(entry.row.sheet, entry.row.number),
        )
        kept = entry.values.get("kept", [])
        if entry.values.get("remarks"):
            kept = [*kept, [self.label("remarks"), entry.values["remarks"]]]
        lines = [Markup("%s: %s") % (label, value) for label, value in kept]
        return Markup("<br/>").join([Markup("%s") % text, *lines])

    def tell(self, cases, entries):
        """To-dos for what the ledger left open, and news for handlers other than the importer:
        at most fifty per person, the rest in one digest."""
        Activity = self.env["township.activity"]
        over = Counter()
        todo, untold = {}, []
        # imported by the system itself, a case has no handler: the director must know
        deputy = self.env.company.township_director_id or self.env.ref("base.user_admin")
        for case, entry in zip(cases, entries, strict=True):
            handler = case.user_id if case.user_id.active else deputy
            code = entry.extra.get("todo")
            if code:
                todo.setdefault((code, self.todo_lang(handler)), []).append((case, handler))
            elif case.state in OPEN_STATES and case.user_id:
                untold.append((case, case.user_id))
        for (code, lang), pairs in todo.items():
            summary = self.todo_text(code, self.env(context={**self.env.context, "lang": lang}))
            over += Activity._schedule(pairs, TODO, summary=summary, told=self.run.told)
        told = [(case, user) for case, user in untold if user != self.env.user]
        over += Activity._schedule(
            told, "township_governance.mail_act_case_assigned", told=self.run.told
        )
        Activity._digest(over, TODO)

    def todo_lang(self, user):
        """To-dos are written in the handler's language; a ledger is a Chinese paper, so Chinese
        stands in for a language without translation of this addon."""
        lang = user.lang or ""
        installed = dict(self.env["res.lang"].get_installed())
        return lang if lang.startswith("zh_") or "zh_CN" not in installed else "zh_CN"

    def todo_text(self, code, env):
        """:return: ``str``: what the ledger left to be done, in the language of ``env``"""
        return {
            "failed": env.ref(TODO).sudo().summary,
            "date": env._("Enter the closing date"),
            "outcome": env._("Enter the outcome"),
        }[code]

    def texts(self):
        return super().texts() | {
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


class TownshipCase(models.Model):
    """The first message of a case that a ledger brought."""

    _inherit = "township.case"

    def _log_creation(self):
        messages = self.env.context.get(MESSAGES_KEY)
        if not isinstance(messages, _Messages):
            return super()._log_creation()
        self._message_log_batch(dict(zip(self.ids, messages, strict=True)))
        return self._let_handlers_follow(check_existing=False)
