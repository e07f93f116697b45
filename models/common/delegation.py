from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain


class TownshipDelegation(models.Model):
    """A delegation (授权委托): who may sign for whom, from when until when, on which paper.

    Kept by officers, never by the deputy; the principal is told. Once a signature stands on it,
    it can only be ended earlier.
    """

    _name = "township.delegation"
    _description = "Delegation"
    _inherit = ["township.scan.mixin"]
    _scan_fields = ("attachment_ids",)
    _order = "date_from desc, id desc"
    _rec_name = "paper"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company",
        string="Township",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    principal_id = fields.Many2one(
        "res.users", required=True, index=True, ondelete="restrict", check_company=True
    )
    deputy_id = fields.Many2one(
        "res.users", required=True, index=True, ondelete="restrict", check_company=True
    )
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: self.env["township.calendar.day"]._today(),
    )
    date_to = fields.Date(string="Until", required=True)
    paper = fields.Char(string="Paper of delegation", required=True, help="Number of the paper.")
    scope = fields.Text()
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Scan of signed paper", bypass_search_access=True
    )
    signature_ids = fields.One2many("township.signature", "delegation_id", readonly=True)

    _two_persons = models.Constraint(
        "CHECK (principal_id <> deputy_id)", "Nobody signs on behalf of himself."
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_from <= date_to)", "A delegation ends on or after the day it begins."
    )

    @api.constrains("principal_id", "deputy_id", "date_from", "date_to", "company_id")
    def _check_overlap(self):
        """:raise ValidationError: the pair has a delegation on some of these days already"""
        others = self.sudo().search(
            Domain("principal_id", "in", self.principal_id.ids)
            & Domain("deputy_id", "in", self.deputy_id.ids)
        )
        for one in self:
            for other in others - one:
                if one._pair() == other._pair() and (
                    one.date_from <= other.date_to and other.date_from <= one.date_to
                ):
                    raise ValidationError(
                        self.env._(
                            "%(deputy)s already signs for %(principal)s from %(start)s until "
                            "%(end)s (%(paper)s).",
                            deputy=one.deputy_id.name,
                            principal=one.principal_id.name,
                            start=other.date_from,
                            end=other.date_to,
                            paper=other.paper,
                        )
                    )

    def _pair(self):
        return self.company_id, self.principal_id, self.deputy_id

    @api.model_create_multi
    def create(self, vals_list):
        delegations = super().create(vals_list)
        delegations._check_keeper()
        delegations._tell_principals()
        return delegations

    def write(self, vals):
        """:raise UserError: a signature stands on it, and this does more than end it earlier"""
        self._check_used(vals)
        result = super().write(vals)
        self._check_keeper()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_unused(self):
        if used := self.filtered(lambda one: one.sudo().signature_ids):
            used._refuse_used()

    def _check_keeper(self):
        """:raise AccessError: nobody gives himself the power to sign for another"""
        if not self.env.su and self.env.user in self.deputy_id:
            raise AccessError(
                self.env._("A delegation to you is recorded by somebody else than you.")
            )

    def _check_used(self, vals):
        for one in self.sudo():
            if not one.signature_ids:
                continue
            last = max(one.signature_ids.mapped("signed_on"))
            ends = fields.Date.to_date(vals.get("date_to"))
            earlier = (
                ends and self.env["township.calendar.day"]._day_of(last) <= ends <= one.date_to
            )
            if vals.keys() != {"date_to"} or not earlier:
                one._refuse_used()

    def _frozen_for(self, model_name, operation):
        frozen = super()._frozen_for(model_name, operation)
        return frozen | self.filtered(lambda one: one.sudo().signature_ids)

    def _refuse_used(self):
        raise UserError(
            self.env._(
                "Somebody has signed on delegation %(paper)s: it can only be ended earlier, on "
                "or after the day of the last signature.",
                paper=self[:1].paper,
            )
        )

    def _tell_principals(self):
        for one in self.sudo():
            env = one.with_context(lang=one.principal_id.lang).env
            self.env["township.activity"]._notify(
                one.principal_id,
                env._(
                    "%(deputy)s may sign for you until %(end)s (%(paper)s). If you gave no such "
                    "delegation, tell the director.",
                    deputy=one.deputy_id.name,
                    end=one.date_to,
                    paper=one.paper,
                ),
            )

    @api.model
    def _of_deputy(self, deputy, company, day=None):
        """:param deputy: ``res.users``
        :param company: one ``res.company``
        :param date day: default today
        :return: ``township.delegation`` (sudo) on which the deputy may sign that day"""
        day = day or self.env["township.calendar.day"]._today()
        return self.sudo().search(
            Domain("deputy_id", "=", deputy.id)
            & Domain("company_id", "=", company.id)
            & Domain("date_from", "<=", day)
            & Domain("date_to", ">=", day)
            & Domain("principal_id.active", "=", True)
        )

    @api.model
    def _valid_for(self, principal, deputy, company, day=None):
        """:return: ``township.delegation`` (sudo) of that pair on that day, or empty; parameters
        as :meth:`_of_deputy`"""
        found = self._of_deputy(deputy, company, day)
        return found.filtered(lambda one: one.principal_id == principal)[:1]
