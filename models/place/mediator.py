from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# People's Mediation Law, art. 14 (MED-12): an adult citizen.
ADULT_YEARS = 18


class TownshipMediator(models.Model):
    """A people's mediator (人民调解员): committee member or engaged by the committee.

    The number of the identity card and the phone are masked as for every person
    (``township.person.mixin``). Figures of cases are not stored here: they are counted.
    """

    _name = "township.mediator"
    _description = "People's mediator"
    _inherit = ["township.person.mixin"]
    _order = "committee_id, id"
    _rec_names_search = ["name"]
    _check_company_auto = True
    _purpose = _lt("To keep the roll of mediators, their appointment and their training.")
    _legal_basis = _lt(
        "Statutory duty: People's Mediation Law arts. 13-16; Personal Information Protection Law "
        "arts. 13(3), 34"
    )

    user_id = fields.Many2one(
        "res.users", string="Account", index="btree_not_null", check_company=True, copy=False
    )
    committee_id = fields.Many2one(
        "township.committee",
        string="People's mediation committee",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    employment = fields.Selection(
        [("full_time", "Full-time"), ("part_time", "Part-time"), ("invited", "Invited")],
        required=True,
        default="part_time",
    )
    grade = fields.Selection(
        [("1", "Grade 1"), ("2", "Grade 2"), ("3", "Grade 3"), ("4", "Grade 4")],
        string="Mediator grade",
        help="Grade 1 is the highest.",
    )
    specialty_ids = fields.Many2many("township.mediator.specialty", string="Specialties")
    appointed_from = fields.Date(string="Appointed from")
    appointed_to = fields.Date(string="Appointed to")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    active = fields.Boolean(default=True)

    _user_unique = models.UniqueIndex(
        "(company_id, user_id) WHERE user_id IS NOT NULL",
        "This account belongs to another mediator of the township already.",
    )
    _appointment_order = models.Constraint(
        "CHECK (appointed_from IS NULL OR appointed_to IS NULL OR appointed_from <= appointed_to)",
        "The appointment ends before it begins. Please correct one of the two dates.",
    )

    @api.constrains("birth_date", "appointed_from")
    def _check_adult(self):
        """MED-12. Asked only where the birth date is known."""
        today = self.env["township.calendar.day"]._today()
        for mediator in self.filtered("birth_date"):
            begins = mediator.appointed_from or today
            if mediator.birth_date + relativedelta(years=ADULT_YEARS) > begins:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” is not yet 18 on %(date)s. A people's mediator must be an "
                        "adult: please check the birth date and the date of appointment.",
                        name=mediator.name,
                        date=fields.Date.to_string(begins),
                    )
                )

    @api.constrains("is_organisation")
    def _check_person(self):
        if self.filtered("is_organisation"):
            raise ValidationError(
                self.env._("A people's mediator is a person. An organisation cannot be entered.")
            )
