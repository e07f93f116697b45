from odoo import fields, models

from ...tools.workflow import Frozen, Transition


class TownshipAftercare(models.Model):
    """Minors and sealed records in aftercare, by the rules that hold for subjects: what was sealed
    there is sealed here, and a court's notice seals here too."""

    _inherit = "township.aftercare"

    _minor_facts = ("birth_date", "offence_date", "release_date")

    sealing_ids = fields.One2many("township.correction.sealing", "aftercare_id", copy=False)
    opening_ids = fields.One2many("township.correction.sealed.opening", "aftercare_id", copy=False)
    fact_ids = fields.One2many("township.correction.fact", "aftercare_id", copy=False)

    # A court's notice also comes after the end.
    _frozen = {
        "ended": Frozen(rows=frozenset({"township.correction.sealing", "township.correction.fact"}))
    }
    _transitions = (
        Transition(name="decline", after="_open_for_finishing"),
        Transition(name="end", after="_open_for_finishing"),
    )
