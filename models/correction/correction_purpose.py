from odoo import models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

DUTIES = _lt(
    "To carry out and to prove the duties of the corrections office towards the person, and "
    "to keep the person's rights and time limits."
)
LAW = _lt(
    "Statutory duty: Community Corrections Law arts. 9 and 22-48, entrusted by the county "
    "body; Personal Information Protection Law arts. 13(3), 21, 34"
)


class TownshipCorrectionRowMixin(models.AbstractModel):
    """Why rows of a subject are kept; a model with another reason names its own."""

    _inherit = "township.correction.row.mixin"

    _purpose = DUTIES
    _legal_basis = LAW


class TownshipCorrectionSubject(models.Model):
    """Why a subject is kept (PIP-02)."""

    _inherit = "township.correction.subject"

    _purpose = _lt(
        "To receive, supervise, help and release a person on the day the law says, as the county "
        "body entrusts."
    )
    _legal_basis = _lt(
        "Statutory duty: Community Corrections Law arts. 9, 17-28, 44-58, entrusted by the county "
        "body; Personal Information Protection Law arts. 13(3), 21, 28, 34"
    )


class TownshipCorrectionActivity(models.Model):
    """Why an activity is kept."""

    _inherit = "township.correction.activity"

    _purpose = DUTIES
    _legal_basis = LAW


class TownshipCorrectionDeviceExtension(models.Model):
    """Why an extension of positioning is kept."""

    _inherit = "township.correction.device.extension"

    _purpose = DUTIES
    _legal_basis = LAW


class TownshipCorrectionProhibitionReport(models.Model):
    """Why a report on a prohibition order is kept."""

    _inherit = "township.correction.prohibition.report"

    _purpose = DUTIES
    _legal_basis = LAW


class TownshipCorrectionSearchTry(models.Model):
    """Why an attempt to reach the person is kept."""

    _inherit = "township.correction.search.try"

    _purpose = DUTIES
    _legal_basis = LAW


class TownshipCorrectionTransfer(models.Model):
    """Why a transfer list is kept."""

    _inherit = "township.correction.transfer"

    _purpose = DUTIES
    _legal_basis = LAW
