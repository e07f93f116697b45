from odoo import fields, models

from ...tools.workflow import Frozen, Transition


class TownshipAftercare(models.Model):
    """Minors and sealed records in aftercare, by the rules that hold for subjects: what was sealed
    there is sealed here, and a court's notice seals here too."""

    _name = "township.aftercare"
    _inherit = ["township.aftercare", "township.correction.amend.mixin"]

    _amendable = ("birth_date", "offence_date", "id_number")
    _amendment_owner = "aftercare_id"
    _minor_facts = ("birth_date", "offence_date", "release_date")

    sealing_ids = fields.One2many("township.correction.sealing", "aftercare_id", copy=False)
    opening_ids = fields.One2many("township.correction.sealed.opening", "aftercare_id", copy=False)
    amendment_ids = fields.One2many(
        "township.correction.amendment", "aftercare_id", string="Corrected facts", copy=False
    )

    # A court's notice also comes after the end.
    _frozen = {
        "ended": Frozen(
            rows=frozenset({"township.correction.sealing", "township.correction.amendment"})
        )
    }
    _transitions = (
        Transition(name="decline", after="_open_for_finishing"),
        Transition(name="end", after="_open_for_finishing"),
    )
