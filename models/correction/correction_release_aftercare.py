from odoo import models
from odoo.exceptions import UserError


class TownshipCorrectionRelease(models.Model):
    """From corrections to aftercare: the person's data are taken over, entered once."""

    _inherit = "township.correction.release"

    def action_to_aftercare(self):
        """Hand the released persons over to aftercare, with the wish they expressed.

        :return: action that opens what was made
        :raise UserError: somebody is not released yet
        """
        self.check_access("read")
        waiting = self.filtered(lambda release: release.state != "released")
        if waiting:
            raise UserError(
                self.env._(
                    "Not released yet: %(names)s",
                    names=", ".join(waiting.mapped("display_name")),
                )
            )
        Aftercare = self.env["township.aftercare"]
        known = Aftercare.search([("subject_id", "in", self.subject_id.ids)])
        new = self.filtered(lambda release: release.subject_id not in known.subject_id)
        people = known + Aftercare._entering().create(
            [release._aftercare_vals() for release in new]
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Aftercare"),
            "res_model": Aftercare._name,
            "domain": [("id", "in", people.ids)],
            "views": [(False, "list"), (False, "form")] if len(people) > 1 else [(False, "form")],
            "res_id": people.id if len(people) == 1 else False,
        }

    def _aftercare_vals(self):
        """:return: ``dict`` for ``create`` of the aftercare person; the rules for minors go with
        the person"""
        subject = self.subject_id
        private = subject.sudo()
        names = ("name", "gender", "birth_date", "id_type", "address", "registered_address")
        return {
            **{name: subject[name] for name in names},
            "id_number": private.id_number_full,
            "phone": private.phone_full,
            "unit_id": subject.unit_id.id,
            "user_id": subject.user_id.id,
            "company_id": subject.company_id.id,
            "source": "correction",
            "subject_id": subject.id,
            "released_from": subject.company_id.sudo().township_correction_body,
            "release_date": subject.ended_date,
            "offence": subject.offence,
            "offence_date": subject.offence_date,
            "hand_over_way": "corrections",
            "wish": self.wish or "undecided",
            "wish_date": self.wish_date,
            "state": "draft",
            "minor_before": subject.is_minor,
            "joint_file": subject.joint_file,
            "sealed": subject.sealed,
            "sealed_on": subject.sealed_on,
        }
