from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

CASE_KINDS = [
    ("mediation", "Mediation"),
    ("petition", "Petition"),
    ("hazard", "Hazard"),
    ("service", "Service"),
]


class TownshipCaseType(models.Model):
    """Dispute type (纠纷类型), class of a petition, hazard or service: two levels.

    Names are stored in Chinese as the official tables print them, whatever languages are
    installed (domain 1.5); usual variants are aliases of the ledger import.
    """

    _name = "township.case.type"
    _description = "Case type"
    _order = "kind, sequence, code, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(string="Type name", required=True)
    code = fields.Char(required=True)
    kind = fields.Selection(CASE_KINDS, required=True, default="mediation")
    parent_id = fields.Many2one(
        "township.case.type", string="Parent type", index="btree_not_null", ondelete="restrict"
    )
    child_ids = fields.One2many("township.case.type", "parent_id", string="Sub-types")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex("(code)", "There is a case type with this code already.")

    @api.depends("name", "parent_id.name")
    def _compute_display_name(self):
        for case_type in self:
            parent = case_type.parent_id
            case_type.display_name = f"{parent.name}/{case_type.name}" if parent else case_type.name

    @api.constrains("parent_id", "kind")
    def _check_two_levels(self):
        for case_type in self:
            parent = case_type.parent_id
            if parent and (
                parent.parent_id or parent.kind != case_type.kind or case_type.child_ids
            ):
                raise ValidationError(
                    self.env._(
                        "Case types have two levels of one kind: %(type)s cannot stand below "
                        "%(parent)s.",
                        type=case_type.name,
                        parent=parent.display_name,
                    )
                )

    def _main_type(self):
        """:return: ``township.case.type`` of the first level, as the official tables count"""
        return self.parent_id or self

    @api.model
    def _named(self, names, kind):
        """:param names: iterable of ``str``
        :return: ``dict`` name -> first-level type before second-level type of that name"""
        found = self.search(Domain([("name", "in", list(names)), ("kind", "=", kind)]))
        ordered = found.sorted(lambda case_type: (bool(case_type.parent_id), case_type.sequence))
        by_name = {}
        for case_type in ordered:
            by_name.setdefault(case_type.name, case_type)
        return by_name
