from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.base.models.res_users import check_identity

from ...tools.signature_image import LARGEST_BYTES


class TownshipSignatureWizard(models.TransientModel):
    """Read, draw, prove identity, done: the dialog in which one signs one record.

    What is asked of the browser is asked again here: who signs is the user of the session,
    whatever ids a call brings.
    """

    _name = "township.signature.wizard"
    _description = "Sign"

    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True, readonly=True)
    behalf_ids = fields.Many2many(
        "res.users", compute="_compute_choices", export_string_translation=False
    )
    own = fields.Boolean(compute="_compute_choices", export_string_translation=False)
    behalf_id = fields.Many2one(
        "res.users",
        string="On behalf of",
        domain="[('id', 'in', behalf_ids)]",
        compute="_compute_behalf_id",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    party = fields.Char(compute="_compute_party", export_string_translation=False)
    capacity = fields.Char(string="As whom", compute="_compute_party")
    text_html = fields.Html(string="Text signed", compute="_compute_party", sanitize=False)
    text_digest = fields.Char(
        compute="_compute_text_digest",
        compute_sudo=False,
        store=True,
        readonly=False,
        export_string_translation=False,
    )
    read_through = fields.Boolean(string="Read to its end")
    image = fields.Binary(string="Hand-written signature", attachment=False)
    drawing_key = fields.Char(compute="_compute_drawing_key", export_string_translation=False)

    @api.constrains("image")
    def _check_image(self):
        """:raise UserError: too large to be kept even for a moment"""
        for wizard in self.with_context(bin_size=False):
            if len(wizard.image or b"") > LARGEST_BYTES * 4 // 3 + 4:
                wizard._record()._sign_image_checked(wizard.image)

    @api.depends("res_model", "res_id")
    def _compute_choices(self):
        for wizard in self:
            choices = wizard._choices()
            wizard.behalf_ids = self.env["res.users"].union(*(one for _party, one, _ in choices))
            wizard.own = any(not one for _party, one, _ in choices)

    @api.depends("res_model", "res_id")
    def _compute_behalf_id(self):
        """As oneself where that is possible, else on behalf of the first who delegated it."""
        for wizard in self:
            wizard.behalf_id = next((one for _party, one, _ in wizard._choices()), False)

    @api.depends("res_model", "res_id", "behalf_id")
    def _compute_party(self):
        for wizard in self:
            party = wizard._chosen_party()
            record = wizard._record().sudo() if party else None
            wizard.party = party
            wizard.capacity = party and record._signature_capacity(party)
            wizard.text_html = party and record._signature_html(party)

    @api.depends("res_model", "res_id", "behalf_id")
    def _compute_text_digest(self):
        """Of the text on the screen: what is signed is what was read."""
        for wizard in self:
            party = wizard._chosen_party()
            wizard.text_digest = party and wizard._record()._signature_digest(party)

    @api.depends("res_model", "res_id")
    def _compute_drawing_key(self):
        for wizard in self:
            parts = (wizard.res_model, wizard.res_id, self.env.uid)
            wizard.drawing_key = ":".join(map(str, parts))

    def _record(self):
        """:return: what is to be signed, under the rights of the user
        :raise UserError: there is no such thing"""
        self.ensure_one()
        if self.res_model not in self.env["township.signature"]._signed_models():
            raise UserError(self.env._("There is nothing to sign here."))
        record = self.env[self.res_model].browse(self.res_id).exists()
        if not record:
            raise UserError(self.env._("There is nothing to sign here."))
        record.check_access("read")
        return record

    def _choices(self):
        return self._record()._signature_choices(self.env.user) if self.res_model else []

    def _chosen_party(self):
        """:return: ``str`` the place this signature goes to, ``False`` when there is none"""
        wanted = self.env.context.get("default_party")
        parties = [party for party, behalf, _ in self._choices() if behalf == self.behalf_id]
        return wanted if wanted in parties else parties[0] if parties else False

    @check_identity
    def action_confirm(self):
        """Sign.

        :return: action that ends the dialog and clears the drawing kept on the device
        :raise UserError: not read, not drawn, or no longer to be signed by this user
        """
        self.ensure_one()
        record = self._record()
        if self.create_uid != self.env.user:
            raise UserError(self.env._("There is nothing to sign here."))
        if not self.read_through:
            raise UserError(self.env._("Read the text to its end first."))
        party = self._chosen_party()
        if not party:
            record._refuse_signing()
        if self.text_digest != record._signature_digest(party):
            raise UserError(self.env._("The text was changed while you read it. Read it again."))
        image = self.with_context(bin_size=False).image
        record._sign(party, image, behalf=self.behalf_id)
        record._use_up_identity()
        self.image = False
        return {
            "type": "ir.actions.client",
            "tag": "township_signed",
            "params": {"drawing_key": self.drawing_key},
        }
