from odoo import fields, models
from odoo.tools import LazyTranslate

from ...tools.workflow import Frozen
from ..common.mechanism_mixin import Guard
from .correction_row_mixin import CORRECTION

_lt = LazyTranslate(__name__)

TRANSFER = Guard(hint=_lt("it follows from the receipt on the transfer list."))
GOES_ON = frozenset({"township.correction.transfer.line"})


class TownshipCorrectionSubject(models.Model):
    """The working file belongs to the county's archive (domain 10.14): it is handed over at
    release, move and end against a receipt; then the copy here is kept for its term and
    anonymised."""

    _name = "township.correction.subject"
    _inherit = ["township.correction.subject", "township.retention.mixin"]

    _retention_groups = CORRECTION
    # Stands on the county's receipt: what was handed over can still be found there.
    _retention_kept = ("number",)
    _frozen = dict.fromkeys(
        ("released", "terminated", "relocated", "not_placed"), Frozen(rows=GOES_ON)
    )

    transferred_date = fields.Date(
        string="File handed over on", readonly=True, copy=False, guard=TRANSFER
    )
    transfer_line_ids = fields.One2many("township.correction.transfer.line", "subject_id")
    personal_request_ids = fields.One2many("township.personal.request", "subject_id")

    def _after_end(self):
        """What was begun here is handed over; a mere assessment has no file to hand over."""
        result = super()._after_end()
        assessed = self.filtered(lambda subject: subject.state == "not_placed")
        for day, subjects in assessed.grouped("ended_date").items():
            subjects._start_retention(day)
        (self - assessed)._start_clocks("ended")
        return result

    def _hand_over(self, day):
        """The county has receipted the files: the term of the copy here begins.

        :param date day: of the receipt
        """
        self._entering().write({"transferred_date": day})
        self._stop_clocks(day, "ended")
        self._start_retention(day)

    def _retention_obstacles(self):
        obstacles = super()._retention_obstacles()
        if self.state != "not_placed" and not self.transferred_date:
            obstacles.append(self.env._("the county's receipt for the file"))
        return obstacles

    def _retention_reviewers(self, company):
        return company.township_correction_leader_id
