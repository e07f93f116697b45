import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ...tools.rights import check_groups
from ...tools.workflow import Frozen, Transition
from ..common.mechanism_mixin import Guard
from ..common.signature import digest
from .letter_workflow import OFFICER

_lt = LazyTranslate(__name__)

STEP = Guard(hint=_lt("it is set by the buttons of the meeting."))
TOKEN_BYTES = 16  # 128 bits: nobody guesses the address of an open meeting
TOKEN_LENGTH = 64  # at most, of what is looked up
PAGE = "/township/meeting"


class TownshipLetterMeeting(models.Model):
    """A signing meeting (集中签订): letters that their signers sign one after the other on one
    tablet.

    Whoever opens it on a tablet is logged out there. What the tablet then shows is public by
    its address alone, which ends with the meeting, after some hours, or when another tablet is
    opened; who signs proves identity at each letter.
    """

    _name = "township.letter.meeting"
    _description = "Signing meeting"
    _inherit = ["township.workflow.mixin", "mail.thread"]
    _order = "date desc, id desc"
    _check_company_auto = True

    name = fields.Char(string="Name of the meeting", required=True)
    date = fields.Date(
        required=True, default=lambda self: self.env["township.calendar.day"]._today()
    )
    place = fields.Char()
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    organiser_id = fields.Many2one(
        "res.users", check_company=True, default=lambda self: self.env.user
    )
    letter_ids = fields.Many2many(
        "township.letter",
        "township_letter_meeting_rel",
        "meeting_id",
        "letter_id",
        string="Letters to be signed",
        check_company=True,
        copy=False,
        domain="[('company_id', '=', company_id), ('state', '=', 'issued')]",
    )
    state = fields.Selection(
        [("planned", "Planned"), ("open", "Signing is open"), ("closed", "Meeting ended")],
        required=True,
        default="planned",
        readonly=True,
        copy=False,
    )
    total_count = fields.Integer(string="On the roll", compute="_compute_counts")
    signed_count = fields.Integer(string="Signed", compute="_compute_counts")
    open_until = fields.Datetime(string="Open until", readonly=True, copy=False, guard=STEP)
    token_digest = fields.Char(groups=fields.NO_ACCESS, copy=False)

    _token_idx = models.UniqueIndex("(token_digest) WHERE token_digest IS NOT NULL")

    _transitions = (
        Transition(
            name="start",
            source=("planned", "open"),
            target="open",
            groups=OFFICER,
            guard="_guard_start",
            label=_lt("Start signing on this tablet"),
        ),
        Transition(
            name="close",
            source=("planned", "open"),
            target="closed",
            groups=OFFICER,
            label=_lt("End the meeting"),
        ),
    )
    _frozen = {
        "closed": Frozen(
            fields=frozenset({"name", "date", "place", "company_id", "organiser_id", "letter_ids"}),
            rows=frozenset({"ir.attachment"}),
        )
    }

    @api.depends("letter_ids.state", "letter_ids.replaced")
    def _compute_counts(self):
        for meeting in self:
            letters = meeting._roll()
            meeting.total_count = len(letters)
            meeting.signed_count = len(letters.filtered(lambda letter: letter.state != "issued"))

    @api.constrains("letter_ids")
    def _check_letters(self):
        for meeting in self:
            unfit = meeting.letter_ids.filtered(
                lambda letter: letter.state == "draft" or letter.kind == "received"
            )
            if unfit:
                raise ValidationError(
                    self.env._(
                        "“%(letter)s” is not issued to a unit: it cannot be signed at a meeting.",
                        letter=unfit[:1].display_name,
                    )
                )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_fill(self):
        """Put all issued letters of the meeting's year that nobody has signed on the roll.

        :raise AccessError: the user is no officer
        """
        check_groups(self.env, self.env._("Add all to be signed"), OFFICER)
        self.check_access("write")
        for meeting in self:
            meeting.letter_ids |= self.env["township.letter"].search(
                Domain("company_id", "=", meeting.company_id.id)
                & Domain("year", "=", meeting.date.year)
                & Domain("state", "=", "issued")
            )
        return True

    def action_start(self):
        """Open the meeting on the tablet in hand, for some hours; an earlier one's address is
        void.

        :return: action that logs the organiser out there and shows the roll call
        :raise AccessError: the user is no officer
        :raise UserError: the meeting is closed or has no letters
        """
        self.ensure_one()
        token = secrets.token_urlsafe(TOKEN_BYTES)
        hours = self.company_id.sudo().township_meeting_hours
        self._run_transition(
            "start",
            token_digest=digest(token),
            open_until=fields.Datetime.now() + timedelta(hours=hours),
        )
        return {"type": "ir.actions.act_url", "url": f"{PAGE}/start/{token}", "target": "self"}

    def _guard_start(self):
        return [] if self.letter_ids else [self._fields["letter_ids"]._description_string(self.env)]

    def action_close(self):
        """End the meeting; its address is void."""
        return self._run_transition("close", token_digest=False, open_until=False)

    # ------------------------------------------------------------------
    # The tablet
    # ------------------------------------------------------------------

    @api.model
    def _of_token(self, token):
        """:param str token: out of the address of a tablet
        :return: the meeting (sudo) that is open on it, or empty"""
        if not token or len(token) > TOKEN_LENGTH:
            return self.sudo().browse()
        return self.sudo().search(
            Domain("token_digest", "=", digest(token))
            & Domain("state", "=", "open")
            & Domain("open_until", ">", fields.Datetime.now()),
            limit=1,
        )

    def _roll(self):
        """:return: the letters of the roll call, by unit: of this township, neither taken back
        nor replaced"""
        self.ensure_one()
        letters = self.letter_ids.filtered(
            lambda letter: (
                letter.company_id == self.company_id
                and letter.state != "draft"
                and not letter.replaced
            )
        )
        return letters.sorted(lambda letter: (*self._place_of(letter.unit_id.sudo()), letter.id))

    @api.model
    def _place_of(self, unit):
        """:return: ``tuple`` that sorts as units are listed"""
        return unit.sequence, unit.code or "", unit.id

    def _letter(self, letter_id):
        """:param int letter_id: as asked for by a tablet
        :return: that letter if it is on the roll, or empty"""
        return self._roll().filtered(lambda letter: letter.id == letter_id)
