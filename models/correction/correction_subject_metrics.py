from odoo import models
from odoo.tools import LazyTranslate

from ..common.metric import Metric

_lt = LazyTranslate(__name__)

TAKEN_IN = [("reported_date", "!=", False)]


class TownshipCorrectionSubject(models.Model):
    """Figures of the room. None is assessable: nothing of corrections feeds a letter or a board
    of units."""

    _inherit = "township.correction.subject"

    _township_metrics = {
        "correction_new": Metric(_lt("Newly received"), base=TAKEN_IN, date_field="reported_date"),
        "correction_released": Metric(
            _lt("Released in the period"),
            base=[*TAKEN_IN, ("state", "=", "released")],
            date_field="ended_date",
        ),
        "correction_terminated": Metric(
            _lt("Terminated in the period"),
            base=[*TAKEN_IN, ("state", "=", "terminated")],
            date_field="ended_date",
        ),
        "correction_relocated": Metric(
            _lt("Moved away in the period"),
            base=[*TAKEN_IN, ("state", "=", "relocated")],
            date_field="ended_date",
        ),
        "correction_assessed": Metric(
            _lt("Assessments entrusted"),
            base=[("entrusted_date", "!=", False), ("state", "!=", "draft")],
            date_field="entrusted_date",
        ),
    }
