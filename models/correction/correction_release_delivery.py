from odoo import fields, models

CERTIFICATE, NOTICE = "解除社区矫正证明书", "解除社区矫正通知书"


class TownshipDelivery(models.Model):
    """Certificate and notices that are served on the day of a release."""

    _inherit = "township.delivery"
    _owner_field = "release_id"

    release_id = fields.Many2one(
        "township.correction.release",
        ondelete="restrict",
        index="btree_not_null",
        check_company=True,
    )
    # Community Corrections Law art. 44: the person, and three bodies.
    release_to = fields.Selection(
        [
            ("person", "The person"),
            ("deciding_body", "The deciding body"),
            ("procuratorate", "The procuratorate"),
            ("police", "The police"),
        ],
        string="Served on whom",
    )

    def _release_recipients(self, subject):
        """:param subject: one subject
        :return: ``dict`` key of ``release_to`` -> (paper, recipient)"""
        return {
            "person": (CERTIFICATE, subject.name),
            "deciding_body": (NOTICE, subject.deciding_body or "社区矫正决定机关"),
            "procuratorate": (NOTICE, "人民检察院"),
            "police": (NOTICE, "公安机关"),
        }

    def _missing_of_release(self):
        """:return: ``list`` of ``str``: on whom nothing was served yet"""
        served = set(self.filtered("date_served").mapped("release_to"))
        labels = self._fields["release_to"]._description_selection(self.env)
        return [
            self.env._("served on: %(recipient)s", recipient=label)
            for key, label in labels
            if key not in served
        ]
