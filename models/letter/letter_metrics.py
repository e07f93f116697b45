from odoo import models
from odoo.tools import LazyTranslate

from ..common.metric import Metric

_lt = LazyTranslate(__name__)
OUT = [("state", "!=", "draft"), ("kind", "!=", "received"), ("replaced", "=", False)]


class TownshipLetter(models.Model):
    """Figures of the boards: who has signed."""

    _inherit = "township.letter"

    _township_metrics = {
        "issued": Metric(_lt("Issued"), OUT, date_field="date_issued"),
        "signed": Metric(
            _lt("Signed"), OUT, [("signed_date", "!=", False)], date_field="date_issued"
        ),
        "in_force": Metric(
            _lt("In force"), OUT, [("date_in_force", "!=", False)], date_field="date_issued"
        ),
        "overdue": Metric(_lt("Overdue"), OUT, [("deadline_state", "=", "overdue")]),
    }
