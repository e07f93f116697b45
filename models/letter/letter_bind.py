from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

# More letters than this are bound in the background: each file is rendered and sealed.
DIRECT_LETTERS = 20


class TownshipLetterBind(models.Model):
    """Many letters put into force by party A in the background: countersigned by a head who has
    proven identity once, or sealed on one approval. Each letter is a transaction of its own; one
    that cannot be bound is noted and does not stop the rest."""

    _name = "township.letter.bind"
    _description = "Letters bound in the background"
    _inherit = ["township.job.mixin"]

    _job_cron = "township_governance.ir_cron_bind_letters"

    letter_ids = fields.Many2many("township.letter", string="Letters", readonly=True)
    seal_id = fields.Many2one(
        "township.letter.seal", string="Use of the seal", readonly=True, index="btree_not_null"
    )
    # The drawing waits here only until the job has ended.
    image = fields.Binary(attachment=False, groups=fields.NO_ACCESS)
    failed_count = fields.Integer(string="Not bound", readonly=True)
    problems = fields.Text(readonly=True)

    @api.depends("letter_ids", "failed_count")
    def _compute_progress(self):
        return super()._compute_progress()

    def _job_total(self):
        return len(self.letter_ids)

    def _job_finished(self):
        return self.done_count + self.failed_count

    @api.model
    def _bind(self, letters, seal=None, image=None):
        """Bind party A now, or in the background when there are many.

        :param letters: ``township.letter`` that the user may read, signed by party B
        :param seal: ``township.letter.seal``, for binding by seal
        :param image: base64 of the drawing of the user, for countersigning
        :return: action that shows the letters or the job
        :raise UserError: a letter is in another state, the drawing is no signature, or what
            seals a file is missing; nothing is frozen yet
        """
        letters.check_access("read")
        letters._check_can_bind(seal)
        if image:
            letters._sign_image_checked(image)
        if len(letters) <= DIRECT_LETTERS:
            letters._bind_now(seal, image)
            return letters._action_show()
        job = self.sudo().create(
            {
                "name": self.env._("Letters into force"),
                "letter_ids": [Command.set(letters.ids)],
                "seal_id": seal.id if seal else False,
                "image": image,
                "user_id": self.env.uid,
                "company_id": self.env.company.id,
            }
        )
        self._trigger()
        return job.sudo(self.env.su)._action_open()

    # ------------------------------------------------------------------
    # Scheduled action
    # ------------------------------------------------------------------

    @api.model
    def _cron_bind(self):
        """Bind the letters of the waiting jobs, oldest first, until the time is up."""
        cron = self.env["ir.cron"]
        jobs = self._open_jobs()
        cron._commit_progress(remaining=sum(len(job._waiting_letters()) for job in jobs))
        for job in jobs:
            if not job._bind_all():
                return

    def _waiting_letters(self):
        """:return: the letters of this one job still to be bound, in the order given"""
        done = self.done_count + self.failed_count
        return self.letter_ids.sorted("id")[done:]

    def _bind_all(self):
        """:return: ``bool``: ``False`` when the time of the scheduled action is up"""
        self.state = "running"
        for letter in self._waiting_letters():
            self._bind_one(letter)
            time_left = self.env["ir.cron"]._commit_progress(1)
            if not time_left and self._waiting_letters():
                return False
        self.write({"state": "done", "image": False})
        self._tell(
            self._owner_env()._(
                "Letters into force: %(done)s, not possible: %(failed)s",
                done=self.done_count,
                failed=self.failed_count,
            )
        )
        self.env["ir.cron"]._commit_progress()
        return True

    def _bind_one(self, letter):
        """Bind with the rights of whoever asked."""
        own = letter.with_user(self.user_id).with_context(
            lang=self.user_id.lang, allowed_company_ids=self.company_id.ids
        )
        try:
            with self.env.cr.savepoint():
                own._bind_now(self.seal_id.with_env(own.env), self.image)
        except UserError as error:
            self.env.invalidate_all()
            problem = f"{letter.display_name}: {error}"
            self.problems = "\n".join(filter(None, [self.problems, problem]))
            self.failed_count += 1
        else:
            self.done_count += 1
