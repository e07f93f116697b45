from odoo import models
from odoo.exceptions import UserError

from ..common.number_mixin import NumberKey


class TownshipCase(models.Model):
    """The official numbers of a case: registration number (登记编号) and file number (卷号)."""

    _inherit = "township.case"

    def _number_key(self, field_name):
        """Registration numbers: one series per township. File numbers: per committee, of
        mediations only. Both by the year of acceptance."""
        year = (self.date_accepted or self.date_received).year
        company = self.company_id.sudo()
        if field_name == "number":
            pattern = company._township_pattern("township_case_number_pattern")
            return NumberKey(f"case/{company.id}", year, pattern, company.township_short_name or "")
        if self.kind != "mediation" or not self.committee_id:
            return None
        committee = self.committee_id.sudo()
        pattern = company._township_pattern("township_file_number_pattern")
        short = (committee.short_name or "").strip()
        # Committees whose numbers would look the same share a series, so none comes twice.
        own = short if "{short" in pattern else ""
        return NumberKey(f"file/{company.id}/{own}", year, pattern, short)

    def _check_number_correctable(self):
        if self.state == "archived":
            raise UserError(
                self.env._(
                    "The file of %(case)s is archived: nothing in it changes any more.",
                    case=self.display_name,
                )
            )
        return super()._check_number_correctable()
