from odoo import api, models
from odoo.fields import Domain

BATCH_SIZE = 200
ACTIVITY_TYPE = "township_governance.mail_act_retention_review"


class TownshipRetentionJob(models.AbstractModel):
    """The scheduled actions on retentions, over every model that inherits
    ``township.retention.mixin``: one tells who reviews that something waits, one anonymises what
    was released."""

    _name = "township.retention.job"
    _description = "Anonymising of what is kept no longer"

    @api.model
    def _models(self):
        """:return: ``list`` of empty recordsets of the models with a retention"""
        mixin = self.env.registry["township.retention.mixin"]
        return [
            self.env[name].sudo().with_context(active_test=False)
            for name, cls in sorted(self.env.registry.items())
            if issubclass(cls, mixin) and not cls._abstract
        ]

    @api.model
    def _cron_anonymise(self, batch_size=BATCH_SIZE):
        """:param int batch_size: records anonymised per commit"""
        for model in self._models():
            domain = model._retention_due_domain() & Domain("retention_released_date", "!=", False)
            while True:
                found = model.search(domain, limit=batch_size, order="id")
                if not found:
                    break
                found._anonymise()
                left = model.search_count(domain, limit=1)
                if not self.env["ir.cron"]._commit_progress(len(found), remaining=left):
                    return

    @api.model
    def _cron_review(self):
        """Who reviews is told once how much waits, by an activity without a document: the list
        itself says what it is."""
        for model in self._models():
            waiting = model._retention_due_domain() & Domain("retention_released_date", "=", False)
            rows = model._read_group(waiting, ["company_id"], ["__count"])
            for company, number in rows:
                for user in model._retention_reviewers(company):
                    self._tell(user, model, number)

    @api.model
    def _tell(self, user, model, number):
        model = model.with_context(lang=user.lang)
        summary = model.env._(
            "%(kind)s: %(number)s records are past their retention. Please review them.",
            kind=model.env["ir.model"]._get(model._name).name,
            number=number,
        )
        self.env["township.activity"]._remind(user, ACTIVITY_TYPE, summary)
