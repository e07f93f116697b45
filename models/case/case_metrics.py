from datetime import timedelta

from odoo import models
from odoo.tools.translate import LazyTranslate

from ..common.home import DUE_SOON_DAYS
from ..common.metric import Metric
from .case import OPEN_STATES

_lt = LazyTranslate(__name__)

OPEN = [("state", "in", list(OPEN_STATES))]
ENDED = [("state", "in", ["closed", "archived"])]
SCORABLE = [("purpose", "!=", "accusation")]


def _due_soon(model):
    """Deadline today or in the next three days, as the filter and tile of that name."""
    today = model.env["township.calendar.day"]._today()
    return [
        ("deadline_state", "in", ["running", "due_soon"]),
        ("deadline_date", ">=", today),
        ("deadline_date", "<=", today + timedelta(days=DUE_SOON_DAYS)),
    ]


class TownshipCase(models.Model):
    """Figures of cases that boards, tables and letters share (domain 1.9)."""

    _name = "township.case"
    _inherit = ["township.case", "township.metric.mixin"]

    _township_metrics = {
        # as of now
        "open": Metric(_lt("Open cases"), OPEN),
        "due_soon": Metric(_lt("Due in 3 days"), OPEN, _due_soon),
        "overdue": Metric(_lt("Overdue"), OPEN, [("deadline_state", "=", "overdue")]),
        "longest_overdue": Metric(
            _lt("Longest overdue (days)"),
            OPEN,
            [("deadline_state", "=", "overdue")],
            aggregate="overdue_days:max",
        ),
        # of a period
        "registered": Metric(
            _lt("Registered"), [("state", "!=", "draft")], date_field="date_received"
        ),
        "on_time": Metric(
            _lt("Closed in time"),
            ENDED,
            [("deadline_state", "=", "met")],
            [("deadline_state", "in", ["met", "missed"])],
            date_field="date_closed",
        ),
        "success": Metric(
            _lt("Settled"),
            [*ENDED, ("kind", "=", "mediation")],
            [("outcome", "=", "settled")],
            [("outcome", "in", ["settled", "failed"])],
            date_field="date_closed",
        ),
        "archived": Metric(
            _lt("Archived"), ENDED, [("state", "=", "archived")], date_field="date_closed"
        ),
        # of letters: what a unit answers for; no accusation feeds a score (domain 6.7)
        "unit_on_time": Metric(
            _lt("Closed in time (share)"),
            [*ENDED, *SCORABLE],
            [("deadline_state", "=", "met")],
            [("deadline_state", "in", ["met", "missed"])],
            date_field="date_closed",
            assessable=True,
        ),
        "unit_success": Metric(
            _lt("Mediations settled (share)"),
            [*ENDED, ("kind", "=", "mediation")],
            [("outcome", "=", "settled")],
            [("outcome", "in", ["settled", "failed"])],
            date_field="date_closed",
            assessable=True,
        ),
        "unit_archived": Metric(
            _lt("Closed cases with a complete file (share)"),
            [*ENDED, *SCORABLE],
            [("state", "=", "archived")],
            date_field="date_closed",
            assessable=True,
        ),
        "unit_hazard": Metric(
            _lt("Hazards dealt with in time (share)"),
            [*ENDED, ("kind", "=", "hazard")],
            [("deadline_state", "=", "met")],
            [("deadline_state", "in", ["met", "missed"])],
            date_field="date_closed",
            assessable=True,
        ),
        "unit_answered": Metric(
            _lt("Petitions answered in time (share)"),
            [*ENDED, *SCORABLE, ("kind", "=", "petition")],
            [("deadline_state", "=", "met")],
            [("deadline_state", "in", ["met", "missed"])],
            date_field="date_closed",
            assessable=True,
        ),
        "unit_service": Metric(
            _lt("Legal services done in time (share)"),
            [*ENDED, ("kind", "=", "service")],
            [("deadline_state", "=", "met")],
            [("deadline_state", "in", ["met", "missed"])],
            date_field="date_closed",
            assessable=True,
        ),
        "unit_missed": Metric(
            _lt("Cases closed late (events)"),
            [*ENDED, *SCORABLE],
            [("deadline_state", "=", "missed")],
            date_field="date_closed",
            assessable=True,
        ),
        "unit_flagged": Metric(
            _lt("Cases flagged as overdue (events)"),
            SCORABLE,
            [("overdue_flag_date", "!=", False)],
            date_field="overdue_flag_date",
            assessable=True,
        ),
    }

    # Figures of a period by closing date: a county's year is 7 % of ten years' cases.
    _company_closed_idx = models.Index("(company_id, date_closed) WHERE date_closed IS NOT NULL")
