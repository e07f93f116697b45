import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

LEVELS = [
    ("central", "Central"),
    ("provincial", "Provincial"),
    ("city", "City"),
    ("county", "County"),
    ("township", "Township"),
]
CONTENT = {"number", "level", "entry", "name", "date", "scan_ids", "company_id"}


class TownshipLetterBasis(models.Model):
    """Basis for signing (签订依据): the paper from above that lets a township sign letters, or
    put a veto into them; entered once, whatever the number of letters (domain 10.1)."""

    _name = "township.letter.basis"
    _description = "Basis for signing"
    _inherit = ["township.scan.mixin"]
    _scan_fields = ("scan_ids",)
    _order = "date desc, id desc"
    _rec_names_search = ["number", "name"]
    _check_company_auto = True

    name = fields.Char(string="Title of the paper", required=True)
    number = fields.Char(string="Document number", required=True)
    level = fields.Selection(LEVELS, string="Level of the basis", required=True)
    date = fields.Date(string="Dated")
    entry = fields.Char(
        string="Entry of the list of duties", help="Where the list of duties names the matter."
    )
    scan_ids = fields.Many2many("ir.attachment", string="Scan of the basis")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    active = fields.Boolean(default=True)

    @api.depends("number", "name")
    def _compute_display_name(self):
        for basis in self:
            basis.display_name = f"{basis.number} {basis.name}"

    def _problems(self):
        """:return: ``list`` of ``str``: what this one basis lacks before a letter stands on it"""
        names = ("number", "level", "entry", "scan_ids")
        return [
            self.env._(
                "%(field)s of the basis %(basis)s",
                field=self._fields[name]._description_string(self.env),
                basis=self.number,
            )
            for name in names
            if not self[name]
        ]

    def _reaches(self, level):
        """:param str level: key of ``LEVELS``
        :return: ``bool``: this basis is of that level or above"""
        order = [key for key, _label in LEVELS]
        return bool(self) and order.index(self.level) <= order.index(level)

    def _is_same(self, other):
        """:return: ``bool``: both are the same paper, be it entered twice"""
        numbers = {re.sub(r"\W", "", basis.number or "").casefold() for basis in (self, other)}
        return len(numbers) == 1

    def write(self, vals):
        """What a letter was issued on no longer changes."""
        if CONTENT & vals.keys() and not self.env.su:
            self._check_unused()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._check_unused()

    def _letters_on(self):
        """:return: the letters (sudo) issued on these bases, or with a veto on one of them"""
        own, veto = Domain("basis_id", "in", self.ids), Domain("veto_basis_id", "in", self.ids)
        letters = self.env["township.letter"].sudo()
        return letters.search(
            Domain("state", "!=", "draft") & (own | Domain("line_ids", "any", veto))
        )

    def _frozen_for(self, model_name, operation):
        frozen = super()._frozen_for(model_name, operation)
        if operation == "create":
            return frozen
        letters = self._letters_on()
        return frozen | (self & (letters.basis_id | letters.line_ids.veto_basis_id))

    def _check_unused(self):
        used = self._letters_on()[:1]
        if used:
            raise UserError(
                self.env._(
                    "“%(letter)s” was issued on this basis: it can no longer be changed. Enter "
                    "another basis instead.",
                    letter=used.display_name,
                )
            )
