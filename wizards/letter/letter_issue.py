from odoo import api, fields, models
from odoo.exceptions import UserError


class TownshipLetterIssue(models.TransientModel):
    """Make the letters of many units after one template, and issue them together."""

    _name = "township.letter.issue.wizard"
    _description = "Letters for many units"

    template_id = fields.Many2one("township.letter.template", required=True)
    kind = fields.Selection(related="template_id.kind")
    unit_kind = fields.Selection(related="template_id.unit_kind")
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
    unit_ids = fields.Many2many("township.unit", string="Units")
    sign_by = fields.Date(string="To be signed by", required=True)
    basis_id = fields.Many2one("township.letter.basis", string="Basis for signing")
    parent_letter_id = fields.Many2one(
        "township.letter", string="Letter from above", domain="[('kind', '=', 'received')]"
    )
    party_a = fields.Char(default=lambda self: self.env.company.name)
    head_ids = fields.Many2many("res.users", string="Heads of party A")

    @api.onchange("template_id")
    def _onchange_template_id(self):
        self.unit_ids = self._units_without_letter()

    def _units_without_letter(self):
        """:return: the units of the template's kind that have no paper after it yet"""
        if not self.template_id:
            return self.env["township.unit"]
        done = self.env["township.letter"].search_fetch(
            [
                ("template_id", "=", self.template_id.id),
                ("year", "=", self.template_id.year),
                ("company_id", "=", self.env.company.id),
            ],
            ["unit_id"],
        )
        return self.env["township.unit"].search(
            [
                ("kind", "=", self.template_id.unit_kind),
                ("company_id", "=", self.env.company.id),
                ("id", "not in", done.unit_id.ids),
            ]
        )

    def action_prepare(self):
        """Make drafts to look at before they are issued.

        :return: action that shows them
        """
        return self._letters()._action_show()

    def action_issue(self):
        """Make the letters and issue them at once, all or none.

        :return: action that shows who has signed
        """
        letters = self._letters()
        letters.action_issue()
        return letters._action_show()

    def _letters(self):
        self.ensure_one()
        if not self.unit_ids:
            raise UserError(self.env._("Please choose the units."))
        self.template_id._check_ready()
        terms = {
            "company_id": self.env.company.id,
            "sign_by": self.sign_by,
            "basis_id": self.basis_id.id,
            "parent_letter_id": self.parent_letter_id.id,
            "party_a": self.party_a,
            "head_ids": [fields.Command.set(self.head_ids.ids)],
            **self.env["township.letter"]._term_of(self.template_id.year),
        }
        return self.env["township.letter"].create(
            [
                {**self.template_id._letter_vals(), **terms, "unit_id": unit.id}
                for unit in self.unit_ids
            ]
        )
