from odoo import fields, models
from odoo.exceptions import UserError

from ...models.correction.correction_sealed_opening import PURPOSES
from ...tools.rights import check_groups

MINOR_OFFICER = "township_governance.group_correction_minor"
SEALED_MODELS = ("township.correction.subject", "township.aftercare")


class TownshipCorrectionSealed(models.TransientModel):
    """Open a sealed file: by its number alone, for a stated purpose, for some hours."""

    _name = "township.correction.sealed"
    _description = "Open a sealed file"

    number = fields.Char(string="Number of the file", required=True)
    purpose = fields.Selection(
        PURPOSES,
        required=True,
        default="judicial",
        string="Purpose of opening",
    )
    reason = fields.Char(required=True)
    body = fields.Char(string="Requesting body")
    paper_number = fields.Char(string="Number of the paper")
    scan_ids = fields.Many2many("ir.attachment", string="Scan of the paper")

    def action_open(self):
        """Write the opening down, and open the form.

        :return: ``dict`` of the form's action
        :raise AccessError: no minors' officer
        :raise UserError: the paper of the requesting body is missing, or no sealed file of
            these townships has that number
        """
        self.ensure_one()
        check_groups(self.env, self.env._("Open a sealed file"), [MINOR_OFFICER])
        self._check_paper()
        person = self._sealed_person()
        if not person:
            raise UserError(self.env._("There is no sealed file of this number."))
        self.scan_ids.check_access("read")
        self.env["township.correction.sealed.opening"]._open(
            person,
            purpose=self.purpose,
            reason=self.reason,
            body=self.body,
            paper_number=self.paper_number,
            scan_ids=self.scan_ids.ids,
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": person._name,
            "res_id": person.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def _sealed_person(self):
        """:return: the sealed subject or aftercare person of the number; or none"""
        domain = [
            ("number", "=", self.number.strip()),
            ("sealed", "=", True),
            ("company_id", "in", self.env.companies.ids),
        ]
        for name in SEALED_MODELS:
            if person := self.env[name].sudo().search(domain, limit=1):
                return person
        return None

    def _check_paper(self):
        needed = ["reason"]
        if self.purpose != "duty":
            needed += ["body", "paper_number", "scan_ids"]
        missing = [
            self._fields[name]._description_string(self.env)
            for name in needed
            if not (self[name].strip() if isinstance(self[name], str) else self[name])
        ]
        if missing:
            raise UserError(
                self.env._("Still missing: %(missing)s", missing=self.env._(", ").join(missing))
            )
