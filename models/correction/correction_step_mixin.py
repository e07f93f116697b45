from odoo import models


class TownshipCorrectionStepMixin(models.AbstractModel):
    """What people act on about a subject: a row of it with steps of its own, of which nobody
    outside learns."""

    _name = "township.correction.step.mixin"
    _description = "Row of a subject with steps"
    _inherit = [
        "township.correction.row.mixin",
        "township.workflow.mixin",
        "township.secrecy.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]

    def _deadline_users(self, level):
        """The subject's own people are told, where it has a clock."""
        return self.subject_id._deadline_users(level)

    def _applied_late(self, code, name):
        """Which of these were applied for later than the township's rule says.

        :param str code: of the rule on the time before
        :param str name: of the field with the day that is applied for
        :return: those records; a late application is warned of, never refused
        """
        late = self.browse()
        Rule = self.env["township.deadline.rule"]
        for company, records in self.grouped("company_id").items():
            rule = Rule._own_first([("code", "=", code)], company)
            for record in records if rule else ():
                day = record.application_date
                if day and record[name] and day > record[name] - rule._length():
                    late += record
        return late
