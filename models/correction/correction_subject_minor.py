from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

MINOR_OFFICER = "township_governance.group_correction_minor"
# What makes somebody a minor; see _compute_minor.
MINOR_FACTS = ("birth_date", "offence_date", "effective_date", "reported_date", "date_received")
PROTECTIONS = ("minor_at_offence", "minor_in_correction", "is_minor")


class TownshipCorrectionSubject(models.Model):
    """Minors (COR-27): a number outside their own form, in the hands of their own officers, and
    never taken out of their rules by an edit."""

    _inherit = "township.correction.subject"

    list_name = fields.Char(
        string="Person",
        compute="_compute_list_name",
        help="The name of an adult; a minor is a number in every list.",
    )

    @api.depends("name", "is_minor", "number")
    def _compute_list_name(self):
        for subject in self:
            minor = subject.is_minor
            subject.list_name = subject._access_log_label() if minor else subject.name

    def _access_log_label(self):
        return self.number or f"#{self.id}"

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        """No name of a minor leaves by a table, through whatever record it is reached."""
        if any(subject.is_minor for subject in self):
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
        # who may read no subject at all learns nothing of why
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
        subjects = super().create(vals_list)
        subjects._check_handler()
        return subjects

    def write(self, vals):
        """:raise UserError: a minor would lose the rules for minors by an edit
        :raise AccessError: an adult becomes a minor in the hands of an officer for adults, or
            is given to somebody who may not read the file"""
        facts = bool({"id_number", *MINOR_FACTS} & vals.keys())
        before = self._protections() if facts else {}
        result = super().write(vals)
        if facts:
            self._check_protections(before)
        if "user_id" in vals:
            self._check_handler()
        return result

    def _protections(self):
        return {subject: {name for name in PROTECTIONS if subject[name]} for subject in self.sudo()}

    def _check_protections(self, before):
        for subject, held in before.items():
            lost = {name for name in held if not subject[name]}
            kept = subject.state != "draft" or subject.sealed
            if lost and kept and not self._is_entering():
                raise UserError(
                    self.env._(
                        "%(subject)s is under the rules for minors. A date that would end this "
                        "is changed by “Correct a fact” alone, with the paper that proves it.",
                        subject=subject.display_name,
                    )
                )
            if subject.is_minor and "is_minor" not in held:
                subject._keep_from_outsiders()
                hidden = subject.sudo(False).with_env(self.env)
                if not self.env.su and not hidden.has_access("read"):
                    raise AccessError(self._minor_words())

    def _check_handler(self):
        """:raise UserError: the file is given to somebody who may not read it"""
        if self.env.su:
            return
        for user, subjects in self.grouped("user_id").items():
            if user and subjects._readable_by(user) != subjects:
                raise UserError(
                    self.env._(
                        "%(user)s may not read this record: choose somebody of the office.",
                        user=user.name,
                    )
                )

    def _keep_from_outsiders(self):
        """Who may no longer read these files follows them no more, has no to-do on them and does
        not handle them."""
        for subject in self.sudo():
            reading = subject._reading_partners(subject.message_partner_ids.ids)[subject]
            gone = subject.message_partner_ids.filtered(
                lambda one, kept=reading: one.id not in kept
            )
            subject.message_unsubscribe(gone.ids)
            subject.activity_ids.filtered(
                lambda activity, one=subject: not one._readable_by(activity.user_id)
            ).unlink()
            if subject.user_id and not subject._readable_by(subject.user_id):
                subject.user_id = self.env.user if subject._readable_by(self.env.user) else False
