from odoo import fields, models


class TownshipPersonalRequest(models.Model):
    """Requests of a community-corrections subject about the data held on him."""

    _inherit = "township.personal.request"
    _owner_field = "subject_id"

    subject_id = fields.Many2one(
        "township.correction.subject",
        string="Community-corrections subject",
        ondelete="restrict",
        index="btree_not_null",
        check_company=True,
    )


class TownshipAftercareRequest(models.Model):
    """Requests of a person in aftercare."""

    _inherit = "township.personal.request"
    _owner_field = "aftercare_id"

    aftercare_id = fields.Many2one(
        "township.aftercare",
        string="Aftercare person",
        ondelete="restrict",
        index="btree_not_null",
        check_company=True,
    )
