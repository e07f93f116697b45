import operator as py_operator
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, LazyTranslate

from .mechanism_mixin import Guard

_lt = LazyTranslate(__name__)

DEADLINE_STATES = [
    ("none", "No deadline"),
    ("running", "Running"),
    ("due_soon", "Due soon"),
    ("overdue", "Overdue"),
    ("suspended", "Suspended"),
    ("met", "Done in time"),
    ("missed", "Done late"),
]
# Unit leader, then director: design 4.1 "who next".
MAX_ESCALATION = 2
# What only the clock itself sets.
CLOCK = Guard(
    hint=_lt(
        "a deadline follows from its rule, and is moved by an extension or a suspension on record."
    )
)
HISTORY = Guard(hint=_lt("it is set when a ledger of past years is imported as history."))
COMPARISONS = {
    "<": py_operator.lt,
    "<=": py_operator.le,
    ">": py_operator.gt,
    ">=": py_operator.ge,
}


class TownshipDeadlineMixin(models.AbstractModel):
    """Deadline (办理期限) of one duty of the office.

    A model that runs one clock inherits this mixin and calls :meth:`_deadline_start`, or
    :meth:`_deadline_give` when the date itself is given. A record that runs several inherits
    ``township.deadline.owner.mixin`` and has rows of a model of ``township.clock.mixin``.

    What changes with time (``deadline_state``, ``overdue_days``) is never stored: it is the
    same table of conditions in :meth:`_compute_deadline_state`, in the search and in SQL, so
    it is true even if the scheduled action never ran. Stored is only what happened once: the
    day a row was flagged and the level it went up to.
    """

    _name = "township.deadline.mixin"
    _description = "Deadline"
    _inherit = ["township.mechanism.mixin"]

    # Configuration of an inheriting model
    _deadline_owner_field = None  # many2one to the record people talk about; None: itself
    _deadline_clock_field = None  # one2many of an owner to its clocks
    _deadline_user_field = "user_id"  # on the owner: who is told first; None: nobody by name
    _deadline_unit_field = "unit_id"  # on the owner: whose leader is told next
    _deadline_received_field = "deadline_start_date"  # nothing before go-live is flagged
    _deadline_home = True  # rows stand on the home screen

    deadline_rule_id = fields.Many2one(
        "township.deadline.rule",
        string="Deadline rule",
        ondelete="restrict",
        copy=False,
        guard=CLOCK,
        index="btree_not_null",
    )
    deadline_start_date = fields.Date(string="Counted from", copy=False, guard=CLOCK)
    deadline_date = fields.Date(
        string="Deadline date", copy=False, guard=CLOCK, help="The last day still in time."
    )
    deadline_remind_date = fields.Date(string="Remind from", copy=False, guard=CLOCK)
    deadline_done_date = fields.Date(string="Duty done on", copy=False, guard=CLOCK)
    deadline_suspended_date = fields.Date(string="Suspended since", copy=False, guard=CLOCK)
    overdue_flag_date = fields.Date(string="Flagged on", copy=False, guard=CLOCK, readonly=True)
    escalation_level = fields.Integer(
        string="Escalation", copy=False, guard=CLOCK, readonly=True, aggregator=None
    )
    deadline_muted = fields.Boolean(
        string="No alarm",
        copy=False,
        guard=CLOCK,
        export_string_translation=False,
        help="Received before the go-live date or entered as history: never flagged.",
    )
    history = fields.Boolean(
        string="Entered as history",
        copy=False,
        readonly=True,
        guard=HISTORY,
        help="Raises no alarm.",
    )
    # The next day on which the scheduled action has something to do with this row. It lets
    # one indexed query per model find both the newly overdue and those to escalate.
    deadline_check_date = fields.Date(
        compute="_compute_deadline_check_date",
        store=True,
        copy=False,
        guard=CLOCK,
        index="btree_not_null",
        export_string_translation=False,
    )
    deadline_state = fields.Selection(
        DEADLINE_STATES,
        string="Deadline state",
        compute="_compute_deadline_state",
        search="_search_deadline_state",
    )
    overdue_days = fields.Integer(
        string="Overdue days",
        compute="_compute_deadline_state",
        search="_search_overdue_days",
        aggregator=None,
        help="Calendar days after the deadline: up to today, or up to the day the duty was done.",
    )

    # ------------------------------------------------------------------
    # Derived state: compute, search and SQL say the same
    # ------------------------------------------------------------------

    @api.depends(
        "deadline_date", "deadline_remind_date", "deadline_done_date", "deadline_suspended_date"
    )
    def _compute_deadline_state(self):
        today = self.env["township.calendar.day"]._today()
        for record in self:
            state = record._deadline_state_on(today)
            record.deadline_state = state
            end = {"overdue": today, "missed": record.deadline_done_date}.get(state)
            record.overdue_days = (end - record.deadline_date).days if end else 0

    def _deadline_state_on(self, today):
        """:return: key of ``DEADLINE_STATES`` this record is in on the day ``today``"""
        if not self.deadline_date:
            return "none"
        if self.deadline_done_date:
            return "met" if self.deadline_done_date <= self.deadline_date else "missed"
        if self.deadline_suspended_date:
            return "suspended"
        if today > self.deadline_date:
            return "overdue"
        if self.deadline_remind_date and self.deadline_remind_date <= today:
            return "due_soon"
        return "running"

    @api.model
    def _deadline_state_domain(self, state):
        """:param str state: key of ``DEADLINE_STATES``
        :return: ``Domain`` in positive terms, so that partial indexes serve it"""
        today = self.env["township.calendar.day"]._today()
        if state == "none":
            return Domain("deadline_date", "=", False)
        if state in ("met", "missed"):
            late = state == "missed"
            return Domain("deadline_done_date", "!=", False) & Domain.custom(
                to_sql=lambda model, alias, query: SQL(
                    "%s > %s" if late else "%s <= %s",
                    model._field_to_sql(alias, "deadline_done_date", query),
                    model._field_to_sql(alias, "deadline_date", query),
                ),
                predicate=lambda record: record.deadline_state == state,
            )
        undone = Domain("deadline_done_date", "=", False)
        if state == "suspended":
            return undone & Domain(
                [("deadline_suspended_date", "!=", False), ("deadline_date", "!=", False)]
            )
        active = undone & Domain("deadline_suspended_date", "=", False)
        if state == "overdue":
            return active & Domain("deadline_date", "<", today)
        active &= Domain("deadline_date", ">=", today)
        if state == "due_soon":
            return active & Domain("deadline_remind_date", "<=", today)
        return active & (
            Domain("deadline_remind_date", ">", today) | Domain("deadline_remind_date", "=", False)
        )

    def _search_deadline_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        known = {state for state, _label in DEADLINE_STATES}
        return Domain.OR(self._deadline_state_domain(state) for state in value if state in known)

    def _search_overdue_days(self, operator, value):
        if operator == "in":
            days = [int(number or 0) for number in value]
            condition = SQL("= ANY(%s)", days)
            return self._overdue_days_domain(condition, lambda found: found in days)
        if operator not in COMPARISONS:
            return NotImplemented
        domain = self._overdue_days_domain(
            SQL("%s %s", SQL(operator), value),
            lambda found: COMPARISONS[operator](found, value),
        )
        if operator in (">", ">=") and value >= (operator == ">="):
            # Only these states have any days: lets the index of the open rows be used.
            domain &= Domain("deadline_state", "in", ["overdue", "missed"])
        return domain

    @api.model
    def _overdue_days_domain(self, condition, predicate):
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s %s", model._field_to_sql(alias, "overdue_days", query), condition
            ),
            predicate=lambda record: predicate(record.overdue_days),
        )

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr not in ("deadline_state", "overdue_days"):
            return super()._field_to_sql(alias, field_expr, query)
        columns = {
            name: super(TownshipDeadlineMixin, self)._field_to_sql(alias, name, query)
            for name in (
                "deadline_date",
                "deadline_remind_date",
                "deadline_done_date",
                "deadline_suspended_date",
            )
        }
        today = self.env["township.calendar.day"]._today()
        if field_expr == "overdue_days":
            return SQL(
                """CASE
                WHEN %(deadline_date)s IS NULL THEN 0
                WHEN %(deadline_done_date)s IS NOT NULL
                    THEN GREATEST(%(deadline_done_date)s - %(deadline_date)s, 0)
                WHEN %(deadline_suspended_date)s IS NOT NULL THEN 0
                ELSE GREATEST(%(today)s::date - %(deadline_date)s, 0) END""",
                today=today,
                **columns,
            )
        return SQL(
            """CASE
            WHEN %(deadline_date)s IS NULL THEN 'none'
            WHEN %(deadline_done_date)s IS NOT NULL THEN
                CASE WHEN %(deadline_done_date)s <= %(deadline_date)s
                THEN 'met' ELSE 'missed' END
            WHEN %(deadline_suspended_date)s IS NOT NULL THEN 'suspended'
            WHEN %(today)s::date > %(deadline_date)s THEN 'overdue'
            WHEN %(deadline_remind_date)s <= %(today)s::date THEN 'due_soon'
            ELSE 'running' END""",
            today=today,
            **columns,
        )

    @api.depends(
        "deadline_date",
        "deadline_done_date",
        "deadline_suspended_date",
        "overdue_flag_date",
        "escalation_level",
        "deadline_muted",
        "deadline_rule_id",
    )
    def _compute_deadline_check_date(self):
        for record in self:
            record.deadline_check_date = record._deadline_next_check()

    def _deadline_next_check(self):
        """:return: ``date`` the scheduled action must look at this row, or ``False``"""
        if (
            not self.deadline_date
            or self.deadline_done_date
            or self.deadline_suspended_date
            or self.deadline_muted
        ):
            return False
        if not self.overdue_flag_date:
            return self.deadline_date + timedelta(days=1)
        step = self._deadline_escalate_days()
        if not step or self.escalation_level >= MAX_ESCALATION:
            return False
        return self.deadline_date + timedelta(days=step * (self.escalation_level + 1))

    # ------------------------------------------------------------------
    # Hooks for the scheduled action and the home screen
    # ------------------------------------------------------------------

    def _imported(self, history):
        """History raises no alarm."""
        result = super()._imported(history)
        if history:
            self.sudo().write({"history": True, "deadline_muted": True})
        return result

    @api.model
    def _lacking_parts(self):
        owner = self._deadline_people()
        # people are told by the record they talk about, which names them
        user_field = getattr(owner, "_deadline_user_field", self._deadline_user_field)
        wanted = {
            "a company_id, whose go-live date counts": "company_id" in self._fields,
            f"{user_field} on {owner._name}, who is told first": (
                user_field is None or user_field in owner._fields
            ),
            f"mail.thread on {owner._name}, where alarms are logged": (
                "message_ids" in owner._fields
            ),
            f"mail.activity.mixin on {owner._name}, by which people are told": (
                "activity_ids" in owner._fields
            ),
        }
        return super()._lacking_parts() + [part for part, there in wanted.items() if not there]

    @api.model
    def _deadline_people(self):
        """:return: empty recordset of the model people talk about"""
        owner = self._deadline_owner_field
        return self.env[self._fields[owner].comodel_name] if owner else self

    def _deadline_owners(self):
        """:return: ``dict`` record -> the record people talk about"""
        if not self._deadline_owner_field:
            return {record: record for record in self}
        return {record: record[self._deadline_owner_field] for record in self}

    def _deadline_users(self, level):
        """Who is told at a level: 0 the handler, 1 the unit's leader, 2 the directors. A level
        without anybody falls to the next.

        Called on owners.

        :param int level: escalation level
        :return: ``res.users`` records
        """
        self.ensure_one()
        users = self.env["res.users"]
        if level == 0 and self._deadline_user_field in self._fields:
            users = self[self._deadline_user_field].filtered("active")
        if not users and level <= 1 and self._deadline_unit_field in self._fields:
            users = self[self._deadline_unit_field].leader_id.filtered("active")
        company = self.company_id if "company_id" in self._fields else self.env.company
        return users or company.township_director_id

    def _deadline_label(self):
        """:return: ``str`` what is due, for messages; a clock adds the name of its rule"""
        return self.deadline_rule_id.sudo().name or self.env._("Deadline")
