from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..common.mechanism_mixin import ADMINISTRATOR

# The report of an impact assessment is kept three years at least (PIP-11).
KEPT_YEARS = 3
KINDS = [
    ("mandate", "Letter of entrustment of the county"),
    ("agreement", "Agreement on entrusted processing"),
    ("assessment", "Impact assessment on personal information"),
    ("protection", "Protection level of the host"),
]
# What each paper must say before it holds.
NEEDED = {
    "mandate": ("number", "body", "date", "items", "scan_ids"),
    "agreement": (
        *("body", "date", "date_from", "date_to", "purpose", "data_kinds", "safeguards"),
        *("data_end", "scan_ids"),
    ),
    "assessment": ("date", "review_date", "scan_ids"),
    "protection": ("level", "number", "date"),
}


class TownshipCorrectionOpeningPaper(models.Model):
    """A paper with which the corrections room opens (domain 10.12; Community Corrections Law
    art. 9; Personal Information Protection Law arts. 21, 51, 55, 56): what the county has
    delegated, how its data are handled, what was assessed, how the host is protected.

    The newest of each kind counts. Of one that runs out or comes up for review the head of the
    justice office is told.
    """

    _name = "township.correction.opening.paper"
    _description = "Paper of the opening of the corrections room"
    _inherit = [
        "township.secrecy.mixin",
        "township.deadline.mixin",
        "township.scan.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _scan_fields = ("scan_ids",)
    _order = "company_id, kind, date desc, id desc"
    _check_company_auto = True

    _deadline_user_field = None
    _deadline_unit_field = None

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    kind = fields.Selection(KINDS, required=True)
    number = fields.Char(help="Of the paper; of the filing for the protection level.")
    body = fields.Char(string="County body", help="Who entrusts, or signed the agreement.")
    date = fields.Date(string="Dated", tracking=True)
    items = fields.Text(string="Delegated items", help="One item a line, as in the letter.")
    date_from = fields.Date(string="Term from", tracking=True)
    date_to = fields.Date(string="Term to", tracking=True)
    purpose = fields.Text(string="Purpose of processing", help="Purpose and way of the processing.")
    data_kinds = fields.Text(string="Kinds of data")
    safeguards = fields.Text()
    data_end = fields.Selection(
        [("returned", "Returned to the county"), ("deleted", "Deleted"), ("both", "Both")],
        string="Data at the end",
        help="What becomes of the data when the agreement ends.",
    )
    review_date = fields.Date(string="To be reviewed on", tracking=True)
    kept_until = fields.Date(
        compute="_compute_kept_until", help="An assessment is kept three years at least."
    )
    level = fields.Selection(
        [("1", "Level 1"), ("2", "Level 2"), ("3", "Level 3"), ("4", "Level 4")],
        string="Protection level",
    )
    scan_ids = fields.Many2many("ir.attachment", "township_correction_opening_scan_rel")
    missing = fields.Char(string="Still missing", compute="_compute_missing")

    _term_in_order = models.Constraint(
        "CHECK (date_from IS NULL OR date_to IS NULL OR date_from <= date_to)",
        "The term ends before it begins.",
    )

    @api.depends("kind", "number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for paper in self:
            parts = (labels.get(paper.kind), paper.number)
            paper.display_name = " ".join(part for part in parts if part)

    @api.depends("kind", "date")
    def _compute_kept_until(self):
        for paper in self:
            kept = paper.kind == "assessment" and paper.date
            paper.kept_until = kept and kept + relativedelta(years=KEPT_YEARS)

    @api.depends("kind", *sorted({name for names in NEEDED.values() for name in names}))
    def _compute_missing(self):
        for paper in self:
            paper.missing = self.env._(", ").join(paper._missing()) or False

    def _missing(self):
        """:return: ``list`` of the labels of what this paper does not say yet"""
        return self._missing_fields(*NEEDED.get(self.kind, ()))

    def _lapsed(self):
        """:return: whether the term of the paper has not begun or is over"""
        today = self.env["township.calendar.day"]._today()
        return bool(
            (self.date_to and self.date_to < today) or (self.date_from and self.date_from > today)
        )

    @api.model
    def _current(self, company):
        """:return: ``dict`` kind -> paper that counts: of several, one that holds, else the
        newest"""
        papers = self.sudo().search([("company_id", "=", company.id)])
        return {
            kind: next(
                (one for one in group if not one._missing() and not one._lapsed()), group[:1]
            )
            for kind, group in papers.grouped("kind").items()
        }

    # ------------------------------------------------------------------
    # Who records
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        papers = super().create(vals_list)
        papers._check_keeper()
        papers._follow_due_date()
        return papers

    def write(self, vals):
        self._check_keeper()
        result = super().write(vals)
        if {"kind", "date_to", "review_date", "company_id"} & vals.keys():
            self._check_keeper()
            self._follow_due_date()
        return result

    def _check_keeper(self):
        """:raise AccessError: neither the head of the justice office nor an administrator"""
        if self.env.su or self.env.user.has_group(ADMINISTRATOR):
            return
        if any(self.env.user != paper.company_id.township_correction_leader_id for paper in self):
            raise AccessError(
                self.env._(
                    "These papers are recorded by the head of the justice office (see the "
                    "settings) or an administrator."
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept(self):
        """:raise UserError: a complete paper: it proves on what the room stood"""
        for paper in self:
            if not paper._missing():
                raise UserError(
                    self.env._(
                        "%(paper)s is complete and stays: record the new one beside it.",
                        paper=paper.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # The end of a term, the day of a review
    # ------------------------------------------------------------------

    def _follow_due_date(self):
        """A paper is due on its last day; a newer one of its kind ends the clock of the older."""
        today = self.env["township.calendar.day"]._today()
        for paper in self.sudo():
            due = paper.review_date if paper.kind == "assessment" else paper.date_to
            if due and due != paper.deadline_date:
                paper._deadline_give(due)
            older = self.sudo().search(
                [
                    ("company_id", "=", paper.company_id.id),
                    ("kind", "=", paper.kind),
                    ("id", "<", paper.id),
                    ("deadline_date", "!=", False),
                    ("deadline_done_date", "=", False),
                ]
            )
            if due:
                older._deadline_stop(today)

    def _deadline_users(self, level):
        return self.company_id.sudo().township_correction_leader_id.filtered("active")

    def _deadline_label(self):
        return self.display_name

    def _home_mine_domain(self):
        return [("company_id.township_correction_leader_id", "=", self.env.uid)]

    def _home_next_step(self):
        return self.env._("Renew the paper")
