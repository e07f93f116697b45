from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

MANNERS = [
    ("direct", "Direct service"),
    ("leaving", "Service by leaving the paper"),
    ("post", "Service by post"),
    ("entrusted", "Entrusted service"),
    ("electronic", "Electronic service (with consent)"),
    ("notice", "Service by public notice"),
]


class TownshipDelivery(models.Model):
    """Service of a document (送达): which paper reached whom, how and when.

    Clocks that the law starts at receipt start at :attr:`date_served`. A room that serves
    papers adds the record they belong to.
    """

    _name = "township.delivery"
    _description = "Service of documents"
    _inherit = ["township.row.mixin", "township.scan.mixin"]
    _scan_fields = ("attachment_ids",)
    _order = "date_served desc, id desc"
    # What happens after the end of a matter goes on: who may read it serves its papers.
    _owner_write = "read"
    _rec_name = "paper"
    _check_company_auto = True

    paper = fields.Char(required=True, help="Title of the paper served, e.g. 受理告知书.")
    paper_number = fields.Char(string="Document number")
    copies = fields.Integer(default=1, aggregator=None)
    recipient = fields.Char(required=True)
    place = fields.Char(string="Place of service")
    manner = fields.Selection(MANNERS, string="Manner of service", required=True, default="direct")
    date_served = fields.Date(string="Served on", index="btree_not_null")
    receiver = fields.Char(
        help="Who signed for it, when not the recipient: an adult of the household, an agent."
    )
    receiver_relation = fields.Char(string="Relation to the recipient")
    refusal_reason = fields.Text(string="Reason of refusal")
    witness = fields.Char(
        help="Whoever saw that the paper was left, with the reason of refusal on the receipt."
    )
    server_id = fields.Many2one("res.users", string="Served by", default=lambda self: self.env.user)
    remarks = fields.Text()
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Scan of signed paper", copy=False, bypass_search_access=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )

    # The receipt names people.
    _access_logged = True
    _purpose = _lt("To prove that a paper reached the person, and when its clock began.")
    _legal_basis = _lt(
        "Statutory duty of service with the matter it belongs to; Personal Information Protection "
        "Law arts. 13(3), 34"
    )

    _copies_positive = models.Constraint("CHECK (copies > 0)", "At least one copy is served.")

    @api.constrains("date_served")
    def _check_date_served(self):
        today = self.env["township.calendar.day"]._today()
        for delivery in self:
            if delivery.date_served and delivery.date_served > today:
                raise ValidationError(
                    self.env._(
                        "%(paper)s: the date of service %(date)s is in the future.",
                        paper=delivery.paper,
                        date=delivery.date_served,
                    )
                )

    @api.constrains("manner", "date_served", "refusal_reason")
    def _check_refusal(self):
        """A paper is left only with somebody who refused it (Civil Procedure Law art. 89)."""
        for delivery in self:
            if (
                delivery.manner == "leaving"
                and delivery.date_served
                and not (delivery.refusal_reason or "").strip()
            ):
                raise ValidationError(
                    self.env._(
                        "%(paper)s was left with %(recipient)s: write down the reason of refusal "
                        "and who saw it.",
                        paper=delivery.paper,
                        recipient=delivery.recipient,
                    )
                )

    def _access_log_label(self):
        """:return: ``str`` without personal data"""
        return f"#{self.id}"

    def action_print_receipt(self):
        """:return: action that prints the service receipt (送达回证)"""
        report = self.env.ref("township_governance.action_report_delivery_receipt")
        return report._township_print(self)
