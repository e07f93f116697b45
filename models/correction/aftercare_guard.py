from odoo import fields, models
from odoo.tools import LazyTranslate

from .correction_row_mixin import CORRECTION

_lt = LazyTranslate(__name__)

HELP = _lt("Help after release for who wishes it")
LAW = _lt("Prison Law arts. 35-38; Community Corrections Law art. 35-43")


class TownshipAftercare(models.Model):
    """What protects a person in aftercare: the purpose of what is kept, and its end. There is no
    file to hand over; what was kept for the help goes with its end."""

    _inherit = "township.aftercare"

    _purpose = HELP
    _legal_basis = LAW
    _retention_groups = CORRECTION
    _retention_kept = ("number",)

    personal_request_ids = fields.One2many("township.personal.request", "aftercare_id")

    def _after_end(self):
        result = super()._after_end()
        for day, people in self.grouped("ended_date").items():
            people._start_retention(day)
        return result

    def _retention_reviewers(self, company):
        return company.township_correction_leader_id


class TownshipAftercareRowMixin(models.AbstractModel):
    """Why rows of a person in aftercare are kept."""

    _inherit = "township.aftercare.row.mixin"

    _purpose = HELP
    _legal_basis = LAW
