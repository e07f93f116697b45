from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import LazyTranslate

from ..common.deadline_flag import ACTIVITY_TYPE
from ..common.mechanism_mixin import Guard
from .letter import OF_LETTER

_lt = LazyTranslate(__name__)
HANDED_OVER = Guard(hint=_lt("it is who was responsible until the hand-over."))


class TownshipLetterHandover(models.Model):
    """Hand-over of a letter's duty (责任交接): the head was replaced or the unit merged. The
    signature stays the former head's; the duty passes on by paper."""

    _name = "township.letter.handover"
    _description = "Hand-over of a letter"
    _inherit = ["township.row.mixin", "township.scan.mixin"]
    _owner_field = "letter_id"
    _scan_fields = ("scan_ids",)
    _order = "letter_id, date desc, id desc"
    _rec_name = "date"
    _check_company_auto = True

    letter_id = fields.Many2one("township.letter", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(
        related="letter_id.company_id", store=True, index=True, guard=OF_LETTER
    )
    date = fields.Date(
        string="Handed over on",
        required=True,
        default=lambda self: self.env["township.calendar.day"]._today(),
    )
    from_user_id = fields.Many2one(
        "res.users", string="Responsible before", readonly=True, guard=HANDED_OVER
    )
    to_user_id = fields.Many2one(
        "res.users", string="Responsible from now", required=True, check_company=True
    )
    to_unit_id = fields.Many2one(
        "township.unit",
        string="Unit responsible from now",
        check_company=True,
        ondelete="restrict",
        help="Another unit only after a merger; empty: the same unit.",
    )
    reason = fields.Char(required=True)
    paper_number = fields.Char(string="Document number", required=True)
    scan_ids = fields.Many2many("ir.attachment", string="Scan of the paper", copy=False)

    @api.constrains("date", "letter_id")
    def _check_date(self):
        """What passes on passes on today or has passed on, one hand-over after the other."""
        today = self.env["township.calendar.day"]._today()
        for handover in self:
            latest = max(handover.letter_id.handover_ids.mapped("date"))
            if handover.date > today or handover.date < latest:
                raise ValidationError(
                    self.env._(
                        "The hand-over of “%(letter)s” is neither in the future nor before an "
                        "earlier one.",
                        letter=handover.letter_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """:raise AccessError: the user's own duty
        :raise UserError: no duty to hand over, or to another unit before it was signed
        """
        handovers = super().create(vals_list)
        handovers.letter_id._check_may_hand_over()
        for handover in handovers.sudo():
            handover.from_user_id = handover._before().to_user_id or handover.letter_id.signer_id
        handovers._check_keeper()
        handovers._pass_on()
        return handovers

    def _check_keeper(self):
        """:raise AccessError: nobody takes a duty, or gets rid of one, by the own hand"""
        if not self.env.su and self.env.user in self.from_user_id | self.to_user_id:
            raise AccessError(
                self.env._("A hand-over to you or from you is recorded by somebody else than you.")
            )

    def _before(self):
        """:return: the hand-over of the same letter before this one, if any"""
        rows = self.letter_id.handover_ids.sorted(lambda row: (row.date, row.id))
        return rows[: list(rows).index(self)][-1:]

    def _pass_on(self):
        """Who is responsible from now on also signs what is not signed yet; the alarms of who was
        responsible are over."""
        letters = self.sudo().letter_id
        for handover in self.sudo():
            if handover.letter_id.state == "issued":
                handover.letter_id._entering().signer_id = handover.to_user_id
                handover.letter_id._keep_names()
        letters._message_log_batch(
            {
                handover.letter_id.id: self.env._(
                    "Handed over from %(old)s to %(new)s (%(paper)s): %(reason)s",
                    old=handover.from_user_id.name or "",
                    new=handover.to_user_id.name,
                    paper=handover.paper_number,
                    reason=handover.reason,
                )
                for handover in self.sudo()
            }
        )
        Activity = self.env["township.activity"]
        Activity._end(letters, ACTIVITY_TYPE)
        late = letters.filtered(lambda letter: letter.deadline_state == "overdue")
        Activity._schedule([(letter, letter.duty_user_id) for letter in late], ACTIVITY_TYPE)
