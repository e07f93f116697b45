from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class TownshipCorrectionListMixin(models.AbstractModel):
    """Words and numbers that the law leaves to the place: records shared by all townships, which
    are changed above them, and a township's own, which win over the shared one of the same code.
    """

    _name = "township.correction.list.mixin"
    _description = "List of shared and own records"
    _inherit = ["township.mechanism.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True)
    code = fields.Char(required=True, help="A township's own record replaces the shared one.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        default=lambda self: self.env.company,
        help="Empty: for every township.",
    )
    in_force = fields.Boolean(
        compute="_compute_in_force",
        search="_search_in_force",
        help="Not replaced by one of the township's own.",
    )

    _code_unique = models.UniqueIndex(
        "(code, company_id) NULLS NOT DISTINCT", "This township has a record with this code."
    )

    @api.model
    def _own_first(self, company):
        """:param company: ``res.company`` record
        :return: the records that hold for a township, one per code, in their order"""
        records = self.sudo().search(
            [("company_id", "in", (company.id, False))], order="company_id, sequence, id"
        )
        by_code = {}
        for record in records:
            by_code.setdefault(record.code, record)
        return (
            self.browse().sudo().union(*by_code.values()).sorted(lambda one: (one.sequence, one.id))
        )

    @api.depends("code", "active", "company_id")
    @api.depends_context("company")
    def _compute_in_force(self):
        holding = self._own_first(self.env.company)
        for record in self:
            record.in_force = record in holding

    def _search_in_force(self, operator, value):
        if operator != "in":
            return NotImplemented
        holding = self._own_first(self.env.company).ids
        return Domain("id", "in" if True in value else "not in", holding)

    def action_make_own(self):
        """Copy one shared record for the user's township, to change it there.

        :return: action that opens the copy
        :raise UserError: the record is a township's own already
        """
        self.ensure_one()
        if self.company_id:
            raise UserError(self.env._("“%(name)s” is your township's own.", name=self.name))
        own = self.copy({"company_id": self.env.company.id, "name": self.name})
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "view_mode": "form",
            "res_id": own.id,
        }
