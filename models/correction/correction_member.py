from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import LazyTranslate

from ..common.mechanism_mixin import Guard

_lt = LazyTranslate(__name__)

# A helper is no subject: the form asks for name, sex, unit and how to reach him, so nothing else
# is held of him (PIP-01).
NOT_HELD = Guard(hint=_lt("of a member of the group only name, sex, unit and phone are held."))
READERS = "township_governance.group_correction"


class TownshipCorrectionMember(models.Model):
    """Member of a correction group (矫正小组), Community Corrections Law art. 25 and 52.

    A member helps; membership gives no right to read anything, whoever the member is. Whoever
    leaves stays as a row with its last day.
    """

    _name = "township.correction.member"
    _description = "Member of a correction group"
    _inherit = ["township.correction.kept.mixin", "township.person.mixin"]
    _order = "subject_id, date_to desc, sequence, id"
    _check_company_auto = True

    _reveal_groups = (READERS,)
    _kept_fields = frozenset({"name", "gender", "kind_id", "unit_name", "date_from", "date_to"})

    sequence = fields.Integer(default=10)
    kind_id = fields.Many2one(
        "township.correction.member.kind",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('in_force', '=', True)]",
    )
    unit_name = fields.Char(string="Unit and position")
    date_from = fields.Date(
        string="Member since",
        required=True,
        default=lambda self: self.env["township.calendar.day"]._today(),
    )
    date_to = fields.Date(string="Member until", copy=False)
    user_id = fields.Many2one(
        "res.users",
        string="Officer of the room",
        index="btree_not_null",
        check_company=True,
        copy=False,
        domain=lambda self: [("all_group_ids", "in", self.env.ref(READERS).ids)],
        help="Of the corrections office, where the member is one. It gives no right.",
    )
    # --- not held
    id_type = fields.Selection(default=False, guard=NOT_HELD)
    id_number = fields.Char(guard=NOT_HELD)
    birth_date = fields.Date(guard=NOT_HELD)
    address = fields.Char(guard=NOT_HELD)
    occupation = fields.Char(guard=NOT_HELD)
    is_organisation = fields.Boolean(guard=NOT_HELD)
    representative = fields.Char(guard=NOT_HELD)
    representative_title = fields.Char(guard=NOT_HELD)
    credit_code = fields.Char(guard=NOT_HELD)

    _dates = models.Constraint(
        "CHECK(date_to IS NULL OR date_to >= date_from)",
        "A member leaves the group on the day of joining or later.",
    )

    @api.constrains("user_id")
    def _check_user(self):
        """Nobody outside the room is linked to a subject, not even as a name."""
        for member in self:
            if member.user_id and not member.user_id.has_group(READERS):
                raise ValidationError(
                    self.env._(
                        "%(user)s is no corrections officer: enter the name alone. A member of "
                        "the group reads nothing here.",
                        user=member.user_id.name,
                    )
                )

    @api.constrains("date_to")
    def _check_left(self):
        """Who is still to leave counts as there."""
        self._check_has_come("date_to")

    def _kept_rows(self):
        """Until the announcement the group is only being put together."""
        return self.filtered(lambda member: member.sudo().subject_id._group_stands())

    def _access_log_label(self):
        return self.subject_id.sudo()._access_log_label()
