from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

MINOR_OFFICER = "township_governance.group_correction_minor"


class TownshipCorrectionMinorMixin(models.AbstractModel):
    """Person who may be under the rules for minors (COR-27): a number outside the own form, in the
    hands of the minors' officers, and never taken out of these rules by an edit."""

    _name = "township.correction.minor.mixin"
    _description = "Person under the rules for minors"
    _inherit = ["township.secrecy.mixin"]

    # Days from which it follows who is a minor, and what follows from them.
    _minor_facts = ()
    _minor_protections = ("is_minor",)

    is_minor = fields.Boolean(string="Minor", compute="_compute_minor", store=True)
    list_name = fields.Char(
        string="Person",
        compute="_compute_list_name",
        help="The name of an adult; a minor is a number in every list.",
    )

    def _compute_minor(self):
        """Each model says by which days; see ``_minor_facts``."""
        raise NotImplementedError

    @api.depends("name", "is_minor", "number")
    def _compute_list_name(self):
        for person in self:
            person.list_name = person._access_log_label() if person.is_minor else person.name

    @api.depends("name", "number", "is_minor", "company_id")
    @api.depends_context("uid")
    def _compute_display_name(self):
        """A minor is a number everywhere (COR-27); what is hidden has no name at all."""
        hidden = self._hidden_from_user()
        for person in self:
            if person in hidden:
                person.display_name = self.env._("Not visible to you")
            elif person.is_minor:
                person.display_name = person._access_log_label()
            else:
                parts = (person.name, person.number)
                person.display_name = " ".join(part for part in parts if part)

    def _access_log_label(self):
        return self.number or f"#{self.id}"

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        """No name of a minor leaves by a table, through whatever record it is reached."""
        if any(person.is_minor for person in self):
            fields = [["list_name"] if list(path) == ["name"] else path for path in fields]
        return super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)

    # ------------------------------------------------------------------
    # Who has them in hand
    # ------------------------------------------------------------------

    def _check_access(self, operation):
        """An officer for adults who enters a minor gets words, not a refusal of the database."""
        result = super()._check_access(operation)
        if not result or operation not in ("create", "write") or not any(self._ids):
            return result
        minors = result[0].sudo().filtered("is_minor")
        # who may read no such person at all learns nothing of why
        if (
            not minors
            or self.env.user.has_group(MINOR_OFFICER)
            or not self.browse().has_access("read")
        ):
            return result
        return result[0], lambda: AccessError(self._minor_words())

    def _minor_words(self):
        return self.env._(
            "By these dates the person is under the rules for minors: please hand the papers to "
            "a minors' corrections officer, who enters them (%(officers)s).",
            officers=self.env._(", ").join(self._minor_officers().mapped("name"))
            or self.env._("nobody is named yet: ask the administrator"),
        )

    @api.model
    def _minor_officers(self):
        """:return: ``res.users`` of this township"""
        group = self.env.ref(MINOR_OFFICER).sudo()
        return group.all_user_ids.filtered(lambda user: self.env.company in user.company_ids)

    @api.model_create_multi
    def create(self, vals_list):
        people = super().create(vals_list)
        people._check_handler()
        return people

    def write(self, vals):
        """:raise UserError: a minor would lose the rules for minors by an edit
        :raise AccessError: an adult becomes a minor in the hands of an officer for adults, or
            is given to somebody who may not read the file"""
        facts = bool({"id_number", *self._minor_facts} & vals.keys())
        before = self._protections() if facts else {}
        result = super().write(vals)
        if facts:
            self._check_protections(before)
        if "user_id" in vals:
            self._check_handler()
        return result

    def _protections(self):
        names = self._minor_protections
        return {person: {name for name in names if person[name]} for person in self.sudo()}

    def _check_protections(self, before):
        for person, held in before.items():
            lost = {name for name in held if not person[name]}
            if lost and person._keeps_protections() and not self._is_entering():
                raise UserError(
                    self.env._(
                        "%(subject)s is under the rules for minors. A date that would end this "
                        "is changed by “Correct a fact” alone, with the paper that proves it.",
                        subject=person.display_name,
                    )
                )
            if person.is_minor and "is_minor" not in held:
                person._keep_from_outsiders()
                hidden = person.sudo(False).with_env(self.env)
                if not self.env.su and not hidden.has_access("read"):
                    raise AccessError(self._minor_words())

    def _keeps_protections(self):
        """:return: ``bool``: slips of a first draft are no history yet"""
        return self.state != "draft"

    def _check_handler(self):
        """:raise UserError: the file is given to somebody who may not read it"""
        if self.env.su:
            return
        for user, people in self.grouped("user_id").items():
            if user and people._readable_by(user) != people:
                raise UserError(
                    self.env._(
                        "%(user)s may not read this record: choose somebody of the office.",
                        user=user.name,
                    )
                )

    def _keep_from_outsiders(self):
        """Who may no longer read these files follows them no more, has no to-do on them and does
        not handle them."""
        for person in self.sudo():
            reading = person._reading_partners(person.message_partner_ids.ids)[person]
            gone = person.message_partner_ids.filtered(lambda one, kept=reading: one.id not in kept)
            person.message_unsubscribe(gone.ids)
            person.activity_ids.filtered(
                lambda activity, one=person: not one._readable_by(activity.user_id)
            ).unlink()
            if person.user_id and not person._readable_by(person.user_id):
                person.user_id = self.env.user if person._readable_by(self.env.user) else False
