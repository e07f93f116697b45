from odoo import api, fields, models
from odoo.exceptions import ValidationError


class TownshipCorrectionReleaseObstacle(models.Model):
    """Fact that stands against a release (司办通〔2021〕94号): a coercive measure, a proposal to
    revoke. It holds nobody by itself. Only the county body's paper does, with number, date and
    scan; the office asks for it."""

    _name = "township.correction.release.obstacle"
    _description = "What stands against a release"
    _inherit = ["township.correction.kept.mixin", "township.decision.mixin"]
    _order = "since_date, id"
    _rec_name = "kind"
    _check_company_auto = True
    _scan_fields = ("scan_ids", "decision_scan_ids")
    _kept_fields = frozenset(
        {
            *("release_id", "kind", "since_date", "body", "paper_number", "scan_ids"),
            *("decision_body", "decision_number", "decision_date", "decision_scan_ids"),
            *("outcome", "ended_date"),
        }
    )

    release_id = fields.Many2one(
        "township.correction.release",
        required=True,
        ondelete="cascade",
        index=True,
        check_company=True,
    )
    subject_id = fields.Many2one(related="release_id.subject_id", store=True, precompute=True)
    kind = fields.Selection(
        [
            ("measure", "Coercive measure"),
            ("revocation", "Revocation proposed"),
            ("prison", "Return to prison proposed"),
            ("other", "Other"),
        ],
        required=True,
    )
    since_date = fields.Date(string="Since", required=True)
    body = fields.Char(string="By which body", required=True)
    paper_number = fields.Char(string="Its paper")
    scan_ids = fields.Many2many(
        "ir.attachment",
        "township_correction_obstacle_scan_rel",
        string="Scan of its paper",
        copy=False,
    )
    ended_date = fields.Date(string="Ended on", help="Lifted, or the proposal was refused.")
    # --- the county's paper
    decision_body = fields.Char(
        default=lambda self: self.env.company.sudo().township_correction_body
    )
    decision_scan_ids = fields.Many2many(relation="township_correction_obstacle_decision_rel")
    outcome = fields.Selection(
        [("release", "Release on the day"), ("continue", "Not released for now")],
        string="County's decision",
    )

    @api.constrains("since_date", "ended_date")
    def _check_dates(self):
        self._check_has_come("since_date")
        for one in self:
            if one.ended_date and one.ended_date < one.since_date:
                raise ValidationError(self.env._("What is recorded ends after it began."))

    @api.model_create_multi
    def create(self, vals_list):
        obstacles = super().create(vals_list)
        obstacles.subject_id._end_moved()
        return obstacles

    def write(self, vals):
        result = super().write(vals)
        self.subject_id._end_moved()
        return result

    def unlink(self):
        subjects = self.subject_id
        result = super().unlink()
        subjects._end_moved()
        return result

    def _kept_rows(self):
        """What the county body has decided on stands; a further decision is a further row."""
        return self.filtered(lambda one: one._is_decided())

    def _standing(self):
        """:return: of these facts those that have not ended, nor been passed over by a later
        decision of the county body to release"""
        return self.filtered(
            lambda one: (
                not one.ended_date
                and not (
                    one.release_id.decision_date
                    and one.release_id.decision_date
                    >= max(filter(None, (one.since_date, one.decision_date)))
                )
            )
        )

    def _is_decided(self):
        return bool(
            self.outcome and self.decision_number and self.decision_date and self.decision_scan_ids
        )

    def _is_undecided(self):
        """:return: whether the office still waits for the county body's paper"""
        return not self._is_decided()

    def _is_held(self):
        """:return: whether the county body's paper, complete, says that corrections go on"""
        return self._is_decided() and self.outcome == "continue"
