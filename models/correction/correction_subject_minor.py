from odoo import models


class TownshipCorrectionSubject(models.Model):
    """By which days a subject is a minor (COR-27); see ``_compute_minor``."""

    _inherit = "township.correction.subject"

    _minor_facts = (
        *("birth_date", "offence_date"),
        *("effective_date", "reported_date", "date_received"),
    )
    _minor_protections = ("minor_at_offence", "minor_in_correction", "is_minor")
