from odoo import fields, models

from .correction_term_rule import PENALTIES


class TownshipCorrectionSentence(models.Model):
    """One of several sentences that a court has joined (数罪并罚, Criminal Law art. 69). For
    information: what is executed is the joined sentence, entered on the subject."""

    _name = "township.correction.sentence"
    _description = "Single sentence of a joined one"
    _inherit = ["township.correction.row.mixin", "township.correction.length.mixin"]
    _order = "subject_id, id"
    _rec_name = "offence"

    offence = fields.Char(required=True)
    penalty = fields.Selection(PENALTIES, string="Kind of penalty", required=True, default="prison")
    note = fields.Char()
