from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ...tools.rights import check_groups
from .mechanism_mixin import Guard

_lt = LazyTranslate(__name__)

# Stands where a field that must not be empty held something about a person.
CLEARED = "※"
TEXTS = ("char", "text", "html", "binary", "json")
DROPPED = ("birth_date",)  # beside texts, names somebody
RETENTION = Guard(hint=_lt("it follows from the end of the record and its retention rule."))


class TownshipRetentionMixin(models.AbstractModel):
    """Record whose personal data is kept no longer than needed (PIP-04): its end starts a clock,
    what is past it stands on a review list, a person releases it, and the scheduled action
    anonymises it for good, logged::

        _inherit = ["township.retention.mixin"]
        _retention_kept = ("number",)  # beside dates and choices, which name nobody

        self._start_retention(day)  # when the record ends

    All texts, scans, messages and to-dos go, of the record and of the rows that belong to it;
    which models those are is taken from the registry, so that a new row is in it by itself.
    Dates and choices stay: registers and statistics still add up.
    """

    _name = "township.retention.mixin"
    _description = "Record with a retention"
    _inherit = ["township.mechanism.mixin"]

    # Who reviews; the room's own.
    _retention_groups = ("township_governance.group_director",)
    _retention_kept = ()  # texts that name nobody

    retention_start_date = fields.Date(
        string="Kept since the end on", copy=False, readonly=True, guard=RETENTION
    )
    retention_date = fields.Date(
        string="Kept until",
        compute="_compute_retention_date",
        store=True,
        copy=False,
        guard=RETENTION,
        index="btree_not_null",
    )
    retention_hold_until = fields.Date(
        string="Still needed until", copy=False, help="A complaint or a review is pending."
    )
    retention_hold_reason = fields.Char(string="Still needed because", copy=False)
    retention_released_date = fields.Date(
        string="Released for anonymising on",
        copy=False,
        readonly=True,
        guard=RETENTION,
        index="btree_not_null",
    )
    retention_released_by_id = fields.Many2one(
        "res.users", string="Released by", copy=False, readonly=True, guard=RETENTION
    )
    anonymised_date = fields.Date(
        string="Anonymised on", copy=False, readonly=True, guard=RETENTION
    )

    @api.depends("retention_start_date")
    def _compute_retention_date(self):
        rules = {}
        Rule = self.env["township.retention.rule"]
        for record in self:
            company, start = record.company_id, record.retention_start_date
            if start and company not in rules:
                rules[company] = Rule._of(self._name, company)
            rule = rules.get(company)
            record.retention_date = start and rule and rule._last_day(start)

    def _start_retention(self, day):
        """:param date day: the day these records ended, or were handed over"""
        self.sudo().write({"retention_start_date": day})

    # ------------------------------------------------------------------
    # Review
    # ------------------------------------------------------------------

    @api.model
    def _retention_due_domain(self):
        """:return: ``Domain`` of what stands on the review list today"""
        today = self.env["township.calendar.day"]._today()
        return (
            Domain("retention_date", "<", today)
            & Domain("anonymised_date", "=", False)
            & (
                Domain("retention_hold_until", "=", False)
                | Domain("retention_hold_until", "<", today)
            )
        )

    def _retention_obstacles(self):
        """Extended by models.

        :return: ``list`` of ``str``: what must be done before this one record is anonymised"""
        self.ensure_one()
        if self.filtered_domain(self._retention_due_domain()):
            return []
        return [self.env._("the end of its retention, %(date)s", date=self.retention_date or "—")]

    @api.model
    def _retention_reviewers(self, company):
        """:param company: ``res.company``
        :return: ``res.users`` who are told that records wait for a review"""
        return company.township_director_id

    def action_release_for_anonymising(self):
        """Release reviewed records (同意匿名化处理); the scheduled action does it the same night.

        :raise AccessError: not one of those who review
        :raise UserError: a record is still to be kept
        """
        check_groups(self.env, self.env._("Release for anonymising"), self._retention_groups)
        self.check_access("write")
        obstacles = {record: record._retention_obstacles() for record in self}
        kept = self.filtered(obstacles.get)
        if kept:
            lines = [f"- {record.display_name}: {'; '.join(obstacles[record])}" for record in kept]
            raise UserError(
                self.env._(
                    "These records are not anonymised yet. Still missing:\n%(records)s",
                    records="\n".join(lines[:20]),
                )
            )
        today = self.env["township.calendar.day"]._today()
        return self.sudo().write(
            {"retention_released_date": today, "retention_released_by_id": self.env.uid}
        )

    # ------------------------------------------------------------------
    # Anonymising
    # ------------------------------------------------------------------

    def _anonymise(self):
        """Take everything that names somebody out of these records and their rows, for good
        (匿名化处理). A release is taken for what it was: what has been put on hold since, waits."""
        today = self.env["township.calendar.day"]._today()
        records = self.filtered_domain(self._retention_due_domain()).filtered(
            "retention_released_date"
        )
        for user, part in records.grouped("retention_released_by_id").items():
            log = self.env["township.access.log"].with_user(user or SUPERUSER_ID)
            log._log("anonymise", part)
        for part in [*records._owned_rows(), records]:
            part._clear_personal_data()
        records._entering().write({"anonymised_date": today})
        return records

    @api.model
    def _lacking_parts(self):
        return super()._lacking_parts() + self._lacking_company("whose rule holds")


class TownshipMechanismMixin(models.AbstractModel):
    """Finding and clearing is the same for a record and for its rows, whatever else they are."""

    _inherit = "township.mechanism.mixin"

    def _owned_rows(self):
        """:return: ``list`` of recordsets of all rows that belong to these records, the rows of
        rows before them"""
        found = []
        mixin = self.env.registry["township.row.mixin"]
        for name, cls in sorted(self.env.registry.items()):
            if not issubclass(cls, mixin) or cls._abstract or cls._transient:
                continue
            model = self.env[name].sudo().with_context(active_test=False)
            owners = [
                field
                for field in model._owner_fields()
                if model._fields[field].comodel_name == self._name
            ]
            rows = model.search(Domain.OR(Domain(field, "in", self.ids) for field in owners))
            if rows:
                found += [*rows._owned_rows(), rows]
        return found

    def _clear_personal_data(self):
        """Empty the texts of these records of one model and delete what hangs on them. Written
        past the rules of the forms: a receipt that must name its witness no longer does. What is
        derived from it stays as it was, so that statistics still add up."""
        records = self.sudo()
        on_records = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        everything = [("res_field", "in", [False, *self._fields]), *on_records]
        records.env["ir.attachment"].search(everything).unlink()
        self.env["township.activity"]._forget(records)
        records.env["mail.followers"].search(on_records).unlink()
        messages = [("model", "=", self._name), ("res_id", "in", self.ids)]
        records.env["mail.message"].search(messages).unlink()
        if vals := self._cleared_vals():
            records.flush_recordset()
            records._write_multi([vals] * len(records))
            records.invalidate_recordset()

    @api.model
    def _cleared_vals(self):
        """:return: ``dict`` of what an anonymised record of this model holds instead"""
        kept = getattr(self, "_retention_kept", ())
        vals = {
            name: CLEARED if field.required else None
            for name, field in self._fields.items()
            if field.column_type and field.store and field.type in TEXTS and name not in kept
        }
        return vals | {name: None for name in DROPPED if name in self._fields}
