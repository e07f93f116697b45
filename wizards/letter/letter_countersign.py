from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.base.models.res_users import check_identity

from ...models.letter.letter_sign import PARTY_A


class TownshipLetterCountersign(models.TransientModel):
    """Countersign many letters (批量签署): look at the list, draw once, prove identity once."""

    _name = "township.letter.countersign.wizard"
    _description = "Countersign letters"

    letter_ids = fields.Many2many("township.letter", string="Letters", readonly=True)
    letter_count = fields.Integer(compute="_compute_letter_count")
    image = fields.Binary(string="Hand-written signature", attachment=False)
    drawing_key = fields.Char(compute="_compute_letter_count")

    def _compute_letter_count(self):
        for wizard in self:
            wizard.letter_count = len(wizard.letter_ids)
            wizard.drawing_key = f"countersign:{self.env.uid}"

    @check_identity
    def action_confirm(self):
        """Countersign all of them, in the background when they are many.

        :return: action that shows the letters or the job
        :raise UserError: one of them is not the user's to countersign
        """
        self.ensure_one()
        letters = self.letter_ids
        letters.check_access("read")
        place = f"{PARTY_A}_{self.env.uid}"
        for letter in letters.sudo():
            if place not in letter._signature_parties(self.env.user):
                letter.with_env(self.env)._refuse_signing()
        image = self.with_context(bin_size=False).image
        if not image:
            raise UserError(self.env._("Draw your signature first."))
        action = self.env["township.letter.bind"]._bind(letters, image=image)
        letters._use_up_identity()
        self.image = False
        return action
