import logging
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

from odoo import api, fields, models

from .deadline_mixin import MAX_ESCALATION

_logger = logging.getLogger(__name__)

# One write, one lock and one commit per batch; measured flat from 500 to 5,000.
BATCH_SIZE = 1000
ACTIVITY_TYPE = "township_governance.mail_act_deadline_overdue"
# As the index has it: another order might be served by reading a whole table.
DUE_ORDER = "deadline_check_date, id"


@dataclass
class FlagRun:
    """What one run of the scheduled action remembers."""

    today: date
    told: Counter = field(default_factory=Counter)  # user id -> new activities
    untold: Counter = field(default_factory=Counter)  # user -> matters left to the digest


class TownshipDeadlineFlag(models.AbstractModel):
    """The one scheduled action on deadlines: flags newly overdue rows of every model that
    inherits ``township.deadline.mixin``, once each, and escalates those that stay overdue.

    It never decides anything: whether a row is overdue is derived from its dates. A second
    run of the same day finds nothing to do; after an outage only the highest level is told.
    """

    _name = "township.deadline.flag"
    _description = "Flagging of overdue duties"

    @api.model
    def _cron_flag_deadlines(self, batch_size=BATCH_SIZE):
        """:param int batch_size: rows per lock, write and commit"""
        today = self.env["township.calendar.day"]._today()
        # Most runs have nothing to do: they cost one indexed query per model and no more.
        if not any(
            model.search(self._due_domain(model, today), order=DUE_ORDER, limit=1)
            for model in self._deadline_models()
        ):
            return
        self = self.with_context(lang=self._office_lang())  # noqa: PLW0642
        run = FlagRun(today, self.env["township.activity"]._told_today(ACTIVITY_TYPE))
        for model in self._deadline_models():
            if not self._flag_model(model, run, batch_size):
                return

    @api.model
    def _deadline_models(self):
        """:return: ``list`` of empty recordsets of the models that inherit the mixin; clocks
        before their owners, which derive their deadline and flag from them"""
        mixin = self.env.registry["township.deadline.mixin"]
        names = [
            name
            for name, model in self.env.registry.items()
            if issubclass(model, mixin) and not model._abstract
        ]
        found = [self.env[name].sudo().with_context(tracking_disable=True) for name in names]
        return sorted(found, key=lambda model: (bool(model._deadline_clock_field), model._name))

    @api.model
    def _due_domain(self, model, today):
        """:return: ``list`` of conditions: rows of a model the run has something to do with. An
        owner waits for its clocks: one that is locked right now must not be told twice."""
        domain = [("deadline_check_date", "<=", today)]
        if model._deadline_clock_field:
            due = [("deadline_check_date", "<=", today)]
            domain.append((model._deadline_clock_field, "not any", due))
        return domain

    @api.model
    def _office_lang(self):
        """The scheduled action runs as a technical user; what it logs is read by officials.

        :return: ``str`` code of the office's language
        """
        lang = self.env.company.partner_id.lang
        installed = dict(self.env["res.lang"].get_installed())
        return "zh_CN" if "zh_CN" in installed and lang in (False, "en_US") else lang

    def _flag_model(self, model, run, batch_size):
        """:return: ``False`` when the time of the scheduled action is up"""
        passed_over = []
        while True:
            domain = self._due_domain(model, run.today)
            if passed_over:
                domain.append(("id", "not in", passed_over))
            found = model.search(domain, order=DUE_ORDER, limit=batch_size)
            if not found:
                return True
            rows = self._lock_owners(found.try_lock_for_update(allow_referencing=True))
            failed = self._flag_batch(rows, run)
            passed_over += (found - rows + failed).ids
            full = len(found) == batch_size
            left = self.env["ir.cron"]._commit_progress(
                len(rows), remaining=batch_size if full else 0
            )
            # Said "nothing remains" above: the next model must have its turn even if time is up.
            if not full:
                return True
            if not left:
                return False

    @api.model
    def _lock_owners(self, rows):
        """Flagging a clock changes its owner too: one that somebody is saving right now would
        make the run wait, so it is left to the next.

        :return: the rows whose owner is locked as well
        """
        if not rows._deadline_owner_field:
            return rows
        owners = rows[rows._deadline_owner_field]
        locked = set(owners.try_lock_for_update(allow_referencing=True).ids)
        return rows.filtered(lambda row: row[row._deadline_owner_field].id in locked)

    def _flag_batch(self, rows, run):
        """Flag a locked batch whole; if one record spoils it, one by one.

        :return: the rows that failed
        """
        told, untold = run.told.copy(), run.untold.copy()
        try:
            with self.env.cr.savepoint():
                self._flag_rows(rows, run)
            return rows.browse()
        except Exception:  # noqa: BLE001 whatever it is, the rest of the batch goes on
            _logger.info("Flagging %s rows of %s one by one", len(rows), rows._name)
        run.told, run.untold = told, untold
        failed = rows.browse()
        for row in rows:
            try:
                with self.env.cr.savepoint():
                    self._flag_rows(row, run)
            except Exception as error:  # noqa: BLE001 one poisoned record stops nobody else
                _logger.warning("%s could not be flagged as overdue: %s", row, error)
                failed += row
        return failed

    def _flag_rows(self, rows, run):
        rows -= self._mute_before_go_live(rows)
        groups = defaultdict(rows.browse)
        for row in rows:
            groups[not row.overdue_flag_date, self._due_level(row, run.today)] += row
        for (new, level), group in groups.items():
            vals = {"escalation_level": level}
            if new:
                vals["overdue_flag_date"] = run.today
            group.write(vals)
            self._tell(group, {0, level} if new else {level}, run)

    def _mute_before_go_live(self, rows):
        """Rows received before the township went live are never flagged.

        :return: the muted rows
        """
        go_live = {company: company.township_go_live_date for company in rows.company_id}
        field_name = rows._deadline_received_field
        old = rows.filtered(
            lambda row: (
                go_live.get(row.company_id)
                and row[field_name]
                and row[field_name] < go_live[row.company_id]
            )
        )
        old.write({"deadline_muted": True})
        return old

    @api.model
    def _reschedule(self, domain):
        """Flagged rows go up after the days that hold now.

        :param domain: ``list`` of conditions: the rows whose days of escalation have changed
        """
        for model in self._deadline_models():
            flagged = model.search(
                [*domain, ("overdue_flag_date", "!=", False), ("deadline_done_date", "=", False)]
            )
            self.env.add_to_compute(model._fields["deadline_check_date"], flagged)

    @api.model
    def _judge_again(self, companies):
        """After a changed go-live date: rows without alarm are judged anew by the next run,
        alarms about what was received before it are taken back.

        :param companies: ``res.company`` records
        """
        undone = [("company_id", "in", companies.ids), ("deadline_done_date", "=", False)]
        found = self._deadline_models()
        for model in found:
            muted = [("deadline_muted", "=", True), ("history", "=", False)]
            model.search(undone + muted).write({"deadline_muted": False})
        for model in found:
            flagged = model.search([*undone, ("overdue_flag_date", "!=", False)])
            self._take_back(self._mute_before_go_live(flagged))

    def _take_back(self, rows):
        """Clear flags and the activities they gave."""
        if not rows:
            return
        rows.write({"overdue_flag_date": False, "escalation_level": 0})
        owners = set(rows._deadline_owners().values())
        self.env["township.activity"]._quiet_activities().search(
            [
                ("res_model", "=", next(iter(owners))._name),
                ("res_id", "in", [owner.id for owner in owners]),
                ("activity_type_id", "=", self.env.ref(ACTIVITY_TYPE).id),
            ]
        ).unlink()

    @api.model
    def _due_level(self, row, today):
        """:return: ``int`` highest escalation level due today"""
        step = row._deadline_escalate_days()
        if not step:
            return row.escalation_level
        return max(
            row.escalation_level, min(MAX_ESCALATION, (today - row.deadline_date).days // step)
        )

    # ------------------------------------------------------------------
    # Telling people
    # ------------------------------------------------------------------

    def _tell(self, rows, levels, run):
        """Log on the owners and give the people of the levels an activity.

        :param rows: flagged rows of one model
        :param levels: ``set`` of escalation levels to tell
        """
        owner_rows = defaultdict(rows.browse)
        for row, owner in rows._deadline_owners().items():
            owner_rows[owner] += row
        owners = next(iter(owner_rows)).union(*owner_rows) if owner_rows else rows.browse()
        if hasattr(owners, "_message_log_batch"):
            owners._message_log_batch(
                {
                    owner.id: self._flag_message(own_rows, max(levels))
                    for owner, own_rows in owner_rows.items()
                }
            )
        if "activity_ids" not in owners._fields:
            return
        pairs = [
            (owner, user)
            for owner in owners
            for level in sorted(levels)
            for user in owner._deadline_users(level)
        ]
        Activity = self.env["township.activity"]
        run.untold += Activity._schedule(pairs, ACTIVITY_TYPE, told=run.told)
        Activity._digest(run.untold, ACTIVITY_TYPE)

    @api.model
    def _flag_message(self, rows, level):
        first = min(rows, key=lambda row: row.deadline_date)
        values = {
            "label": first._deadline_label(),
            "date": fields.Date.to_string(first.deadline_date),
        }
        if level:
            return self.env._(
                "%(label)s: overdue, due on %(date)s. Escalated to level %(level)s.",
                level=level,
                **values,
            )
        return self.env._("%(label)s: overdue, due on %(date)s.", **values)
