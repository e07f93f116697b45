from odoo import api, fields, models
from odoo.exceptions import ValidationError


class TownshipCorrectionSearchTry(models.Model):
    """One attempt to reach a person: when, in which way, with whom, what came of it."""

    _name = "township.correction.search.try"
    _description = "Attempt to reach the person"
    _inherit = ["township.row.mixin"]
    _owner_field = "search_id"
    _order = "search_id, tried_at, id"
    _access_logged = True

    search_id = fields.Many2one(
        "township.correction.search", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="search_id.company_id", store=True, index=True, precompute=True
    )
    tried_at = fields.Datetime(string="Tried on", required=True, default=fields.Datetime.now)
    way = fields.Selection(
        [
            ("phone", "By telephone"),
            ("visit", "By a visit"),
            ("message", "By message"),
            ("relatives", "Through relatives or the group"),
            ("other", "Otherwise"),
        ],
        required=True,
        default="phone",
    )
    relation = fields.Char(
        string="Spoken with", help="Relation to the person (mother, employer), not a name."
    )
    result = fields.Char(required=True)

    @api.constrains("tried_at")
    def _check_tried_past(self):
        if any(row.tried_at > fields.Datetime.now() for row in self):
            raise ValidationError(self.env._("An attempt is recorded after it was made."))
