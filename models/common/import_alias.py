from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.ledger.cells import plain
from ...tools.ledger.heading import normalise


class TownshipImportAlias(models.Model):
    """How ledgers write what the system calls otherwise: headings of columns (受理时间), words
    under a person's heading (身份证号), and values (劳动争议 for 其他劳动争议纠纷).

    Stored in Chinese whatever languages are installed, and editable: a township that meets a new
    word adds it here and imports again.
    """

    _name = "township.import.alias"
    _description = "Word of imported ledgers"
    _inherit = ["township.mechanism.mixin"]
    _order = "target, kind, column_name, id"

    name = fields.Char(string="As written in the ledger", required=True)
    key = fields.Char(
        compute="_compute_key", store=True, index=True, export_string_translation=False
    )
    kind = fields.Selection(
        [
            ("heading", "Column heading"),
            ("part", "Word under a person's heading"),
            ("value", "Value in a cell"),
        ],
        required=True,
        default="value",
    )
    target = fields.Selection(
        selection="_selection_target",
        required=True,
        help="The kind of ledger this word belongs to.",
    )
    column_name = fields.Char(
        string="Column",
        required=True,
        help="Technical name of the column, e.g. type_id, date_closed or applicant.phone.",
    )
    value = fields.Char(
        string="Technical value", help="Key of the choice meant, e.g. settled. Values only."
    )
    record = fields.Reference(
        selection="_selection_record",
        string="Record meant",
        help="The record meant, e.g. the dispute type. Values only.",
    )
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        help="Empty: every township of this database.",
    )
    active = fields.Boolean(default=True)

    _heading_unique = models.UniqueIndex(
        "(target, key, COALESCE(company_id, 0)) WHERE kind = 'heading'",
        "This heading is known already for this kind of ledger.",
    )
    _value_unique = models.UniqueIndex(
        "(target, kind, column_name, key, COALESCE(company_id, 0)) WHERE kind = 'value'",
        "This word is known already for this column.",
    )

    @api.model
    def _selection_target(self):
        return self.env["township.ledger.mixin"]._target_selection()

    @api.model
    def _selection_record(self):
        names = {
            self.env[model_name]._fields[column].comodel_name
            for model_name in self.env["township.ledger.mixin"]._targets().values()
            for column in self.env[model_name]._ledger.columns
            if column in self.env[model_name]._fields
            and self.env[model_name]._fields[column].comodel_name
        }
        return [(name, self.env["ir.model"]._get(name).name) for name in sorted(names)]

    @api.depends("name", "kind")
    def _compute_key(self):
        for alias in self:
            read = plain if alias.kind == "value" else normalise
            alias.key = read(alias.name or "")

    @api.constrains("kind", "value", "record")
    def _check_meaning(self):
        for alias in self:
            if alias.kind == "value" and not alias.value and not alias.record:
                raise ValidationError(
                    self.env._(
                        "“%(word)s” needs a meaning: choose the record it stands for, or type the "
                        "technical value.",
                        word=alias.name,
                    )
                )

    @api.model
    def load(self, fields, data):
        """As core, with two things that files of the addon need: the record meant may stand there
        by its external id, and what was shipped once is the township's from then on: an upgrade
        brings new words and leaves alone those that are there.
        """
        module = self.env.context.get("install_module")
        if not module:
            return super().load(fields, data)
        words = self.with_context(noupdate=True)
        return super(TownshipImportAlias, words).load(fields, words._with_records(fields, data))

    def _with_records(self, fields, data):
        """:return: the rows, external ids in the column ``record`` replaced by what they name"""
        if "record" not in fields:
            return data
        place = fields.index("record")
        module = self.env.context["install_module"]
        return [
            [*row[:place], self._reference(module, row[place]), *row[place + 1 :]] for row in data
        ]

    def _reference(self, module, name):
        """:return: ``str`` model and id of what an external id names, empty for none"""
        if not name:
            return ""
        record = self.env.ref(name if "." in name else f"{module}.{name}")
        return f"{record._name},{record.id}"

    @api.model
    def _of_target(self, target, company):
        """The words of one kind of ledger; a township's own win over the shared ones.

        :return: ``township.import.alias``, shared ones first
        """
        aliases = self.sudo().search_fetch(
            [("target", "=", target), ("company_id", "in", (False, company.id))],
            ["key", "name", "kind", "column_name", "value", "record", "company_id"],
        )
        return aliases.sorted(lambda alias: alias.company_id.id or 0)
