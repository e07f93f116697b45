from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    """How the key of encrypted numbers is, to be seen and not changed here."""

    _inherit = "res.config.settings"

    township_key_path = fields.Char(string="Key file", compute="_compute_township_key")
    township_key_fingerprint = fields.Char(
        string="Fingerprint of the key", compute="_compute_township_key"
    )
    township_key_state = fields.Selection(
        [
            ("unused", "Nothing is encrypted yet"),
            ("present", "Present"),
            ("missing", "Missing"),
            ("wrong", "Wrong"),
        ],
        string="Key of encrypted numbers",
        compute="_compute_township_key",
    )
    township_key_problem = fields.Char(
        string="What is wrong with the key", compute="_compute_township_key"
    )

    @api.depends("company_id")
    def _compute_township_key(self):
        keys = self.env["township.key"]
        self.township_key_path = str(keys._path())
        self.township_key_fingerprint = ", ".join(keys._wanted())
        self.township_key_state = keys._state()
        self.township_key_problem = keys._problem() or False
