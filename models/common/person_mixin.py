from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import frozendict

from ...tools import identity

# Between several phones of one person in ``phone_full``.
PHONE_SEPARATOR = ","
MAX_MESSAGES = 10


class TownshipPersonMixin(models.AbstractModel):
    """A person (人员) or an organisation: party, mediator, subject.

    Full ID number and phone live in ``id_number_full`` and ``phone_full``, which nobody reads,
    searches, sorts, groups or exports (``groups=NO_ACCESS``). People see ``id_number`` and
    ``phone``, computed masks; write through them; and find by the exact number only. The full
    value leaves by :meth:`action_reveal` and by prints alone, and both are logged
    (PIP-06, PIP-09). Neither is ever tracked in the chatter.

    Numbers are put into the full fields in the same INSERT (no inverse that would cost an
    UPDATE), so creating thousands costs no further query.

    Search names by ``=`` or by prefix (``=like`` with ``张%``), as ``name_search`` does:
    ``_name_idx`` serves both, while a trigram index cannot serve a name of two characters.
    """

    _name = "township.person.mixin"
    _description = "Person"

    # Exports that touch a model with this attribute are logged; see access_log_export.py.
    _access_logged = True
    # Who may see full values; each model may name its own groups.
    _reveal_groups = ("township_governance.group_officer",)
    # Masked field -> field of the full value
    _reveal_fields = frozendict(id_number="id_number_full", phone="phone_full")

    is_organisation = fields.Boolean(string="Organisation")
    name = fields.Char(required=True)
    gender = fields.Selection([("male", "Male"), ("female", "Female")])
    birth_date = fields.Date()
    age = fields.Integer(
        compute="_compute_age",
        aggregator=None,
        help="Full years on the date of the paper, or today.",
    )
    id_type = fields.Selection(
        [
            ("resident", "Resident identity card"),
            ("hmt_permit", "Residence permit (Hong Kong, Macau, Taiwan)"),
            ("passport", "Passport"),
            ("foreigner", "Foreigner's permanent residence card"),
            ("none", "No paper"),
        ],
        string="ID type",
        default="resident",
    )
    # Masks: readonly=False without inverse, because create() and write() take the values away
    # before the ORM would look for one.
    id_number = fields.Char(
        string="ID number",
        compute="_compute_masks",
        search="_search_id_number",
        compute_sudo=True,
        readonly=False,
        help="Shown masked. Search by the complete number.",
    )
    id_number_full = fields.Char(
        string="ID number (full)",
        groups=fields.NO_ACCESS,
        index="btree_not_null",
        copy=False,
        prefetch=False,
    )
    phone = fields.Char(
        compute="_compute_masks",
        search="_search_phone",
        compute_sudo=True,
        readonly=False,
        help="Shown masked. Several numbers may be separated by commas. "
        "Search by one complete number.",
    )
    phone_full = fields.Char(
        string="Phone (full)",
        groups=fields.NO_ACCESS,
        index="btree_not_null",
        copy=False,
        prefetch=False,
    )
    address = fields.Char()
    occupation = fields.Char(string="Occupation or position")
    representative = fields.Char(string="Legal representative")
    representative_title = fields.Char(string="Representative's position")
    credit_code = fields.Char(string="Unified social credit code")

    # Every concrete model gets its own copy of these (table name as prefix).
    _name_idx = models.Index("(name text_pattern_ops)")
    # Finds the second phone of the few who have one; must match _phone_condition().
    _phones_idx = models.Index(
        "USING gin (string_to_array(phone_full, ',')) WHERE strpos(phone_full, ',') > 0"
    )

    # ------------------------------------------------------------------
    # Masks
    # ------------------------------------------------------------------

    @api.depends("id_number_full", "phone_full")
    def _compute_masks(self):
        self.fetch(["id_number_full", "phone_full"])
        for person in self:
            person.id_number = identity.mask_id(person.id_number_full) or False
            phones = (person.phone_full or "").split(PHONE_SEPARATOR)
            person.phone = "、".join(map(identity.mask_phone, phones)) or False

    @api.depends("birth_date")
    @api.depends_context("age_date")
    def _compute_age(self):
        """Context ``age_date`` (ISO date or ``date``): the date of the paper, else today."""
        day = fields.Date.to_date(self.env.context.get("age_date"))
        day = day or self.env["township.calendar.day"]._today()
        for person in self:
            person.age = identity.age_on(person.birth_date, day) if person.birth_date else 0

    # ------------------------------------------------------------------
    # Constraints and onchange
    # ------------------------------------------------------------------

    @api.constrains("birth_date")
    def _check_birth_date(self):
        today = self.env["township.calendar.day"]._today()
        for person in self:
            if not person.birth_date:
                continue
            if person.birth_date > today:
                raise ValidationError(
                    self.env._(
                        "%(name)s: the birth date %(date)s is in the future.",
                        name=person.name,
                        date=person.birth_date,
                    )
                )
            number = person.sudo().id_number_full
            born = person._has_resident_number() and identity.birth_date_of(number)
            if born and born != person.birth_date:
                raise ValidationError(
                    self.env._(
                        "%(name)s: the birth date %(date)s does not match the ID number. "
                        "Correct the ID number; the birth date follows it.",
                        name=person.name,
                        date=person.birth_date,
                    )
                )

    @api.onchange("id_number")
    def _onchange_id_number(self):
        """Fill birth date and gender while the number is typed, and warn early."""
        if not self.id_number or "*" in self.id_number or not self._has_resident_number():
            return None
        today = self.env["township.calendar.day"]._today()
        number = identity.normalise_id(self.id_number)
        problems = identity.check_id_number(number, today)
        if identity.SOFT_PROBLEMS.issuperset(problems):
            self.birth_date = identity.birth_date_of(number)
            self.gender = identity.gender_of(number)
        if not problems:
            return None
        message = "\n".join(map(self._identity_message, problems))
        return {"warning": {"title": self.env._("ID number"), "message": message}}

    # ------------------------------------------------------------------
    # CRUD: what people type goes into the full fields, normalised
    # ------------------------------------------------------------------

    @api.model
    def _prepare_create_values(self, vals_list):
        # Called by create() after its access check on the fields that the user gave.
        vals_list = super()._prepare_create_values(vals_list)
        today = self.env["township.calendar.day"]._today()
        problems = []
        for vals in vals_list:
            problems += self._prepare_person_values(vals, today)
        self._raise_problems(problems)
        return vals_list

    def write(self, vals):
        if not self or vals.keys().isdisjoint(self._prepared_names()):
            return super().write(vals)
        vals = dict(vals)
        given = vals.keys() & set(self._reveal_fields.values())
        problems = self._prepare_person_values(vals, self.env["township.calendar.day"]._today())
        self._raise_problems(problems)
        names = vals.keys() & set(self._reveal_fields.values()) - given
        if "id_number_full" in names and "birth_date" in vals:
            # The constraint compares the two: they change together.
            names.add("birth_date")
        private = {fname: vals.pop(fname) for fname in names}
        # First what the user may write, which checks the rights on the records ...
        result = super().write(vals)
        # ... then the full values, which nobody may write by name.
        if private:
            super(TownshipPersonMixin, self.sudo()).write(private)
        return result

    @api.model
    def _prepared_names(self):
        """:return: names of the fields that :meth:`_prepare_person_values` handles"""
        return {"name", "credit_code", *self._reveal_fields, *self._reveal_fields.values()}

    def _prepare_person_values(self, vals, today):
        """Normalise and check ``vals`` in place; masked fields become full fields.

        :param dict vals: values of one new person (``self`` empty), or written on ``self``
        :param date today: last possible birth date
        :return: ``list`` of messages for people, empty when all is well
        """
        if vals.get("name"):
            vals["name"] = identity.normalise_name(vals["name"])
        problems = self._prepare_id_number(vals, today)
        problems += self._prepare_phone(vals)
        problems += self._prepare_credit_code(vals)
        return problems

    def _prepare_id_number(self, vals, today):
        if not self._take_typed(vals, "id_number"):
            return []
        number = vals["id_number_full"] = identity.normalise_id(vals["id_number_full"]) or False
        if not number:
            return []
        if vals.get("is_organisation", self[:1].is_organisation):
            return [
                self.env._(
                    "%(name)s is an organisation and has no ID number: "
                    "enter its unified social credit code.",
                    name=self._person_label(vals),
                )
            ]
        kind = vals.get("id_type", self[:1].id_type) or "resident"
        if kind == "none" or (kind == "resident" and number.startswith(identity.PERMIT_PREFIXES)):
            is_permit = number.startswith(identity.PERMIT_PREFIXES)
            kind = vals["id_type"] = "hmt_permit" if is_permit else "resident"
        if kind in ("passport", "foreigner") and not self._is_new_foreigner_card(kind, number):
            return self._identity_problems(vals, identity.check_other_number(number), number)
        problems = identity.check_id_number(number, today)
        problems = [code for code in problems if code not in identity.SOFT_PROBLEMS]
        if not problems:
            vals["birth_date"] = identity.birth_date_of(number)
            vals["gender"] = vals.get("gender") or identity.gender_of(number)
        return self._identity_problems(vals, problems, number)

    @api.model
    def _is_new_foreigner_card(self, kind, number):
        """The card issued since December 2023 has 18 digits like the residents', beginning
        with 9; the one before has 15 characters."""
        return kind == "foreigner" and len(number) == identity.ID_LENGTH

    def _has_resident_number(self):
        """:return: whether the number of this person names the birth date"""
        self.ensure_one()
        return (self.id_type or "resident") in ("resident", "hmt_permit", "none")

    def _prepare_phone(self, vals):
        if not self._take_typed(vals, "phone"):
            return []
        numbers = identity.normalise_phone(vals["phone_full"])
        vals["phone_full"] = PHONE_SEPARATOR.join(numbers) or False
        return [
            self.env._(
                "%(name)s: “%(phone)s” is not a phone number.",
                name=self._person_label(vals),
                phone=identity.mask_phone(number),
            )
            for number in numbers
            if identity.check_phone(number)
        ]

    def _prepare_credit_code(self, vals):
        if not vals.get("credit_code"):
            return []
        code = vals["credit_code"] = identity.normalise_credit_code(vals["credit_code"])
        if not identity.check_credit_code(code):
            return []
        return [
            self.env._(
                "%(name)s: “%(code)s” is not a unified social credit code "
                "(18 characters, the last one is a check character).",
                name=self._person_label(vals),
                code=code,
            )
        ]

    def _take_typed(self, vals, fname):
        """Move what was typed into ``fname`` to its full field. An unchanged mask, as forms and
        re-imported exports send it back, is no change.

        :return: whether ``vals`` now holds a new full value
        """
        full_name = self._reveal_fields[fname]
        if fname in vals:
            typed = vals.pop(fname)
            if self and "*" in str(typed or "") and all(typed == rec[fname] for rec in self):
                return False
            vals[full_name] = typed
        return full_name in vals

    def _person_label(self, vals):
        """:return: whose value is wrong, for messages"""
        return vals.get("name") or self[:1].name or self.env._("(no name)")

    def _identity_problems(self, vals, codes, number):
        """:return: one message per problem code, each naming the person; the number is masked,
        because Odoo writes refusals to the server's log"""
        return [
            self.env._(
                "%(name)s, ID number “%(number)s”: %(problem)s",
                name=self._person_label(vals),
                number=identity.mask_id(number),
                problem=self._identity_message(code),
            )
            for code in codes
        ]

    @api.model
    def _identity_message(self, code):
        """:param str code: a problem code of ``tools/identity.py``
        :return: what is wrong and what to do, in the user's language"""
        return {
            "masked": self.env._("it contains asterisks; type the complete number."),
            "rounded": self.env._(
                "a spreadsheet rounded it and its last digits are lost; format the column as "
                "text and type the number again."
            ),
            "old_15": self.env._(
                "15 digits are a first-generation number, void since 2013; enter the number "
                "of 18 characters."
            ),
            "length": self.env._("wrong length; an identity card has 18 characters."),
            "characters": self.env._("only digits, and X as the last character, are possible."),
            "birth_date": self.env._("it contains no possible birth date; compare digits 7 to 14."),
            "birth_future": self.env._(
                "the birth date in it is in the future; compare digits 7 to 14."
            ),
            "check_digit": self.env._(
                "the check digit is wrong; compare each digit with the card."
            ),
            "area": self.env._("the area code is not known; compare the first 6 digits."),
        }[code]

    @api.model
    def _raise_problems(self, problems):
        """:raise ValidationError: listing the first problems, when there are any"""
        if not problems:
            return
        shown = problems[:MAX_MESSAGES]
        if len(problems) > MAX_MESSAGES:
            shown.append(self.env._("… and %(count)s more.", count=len(problems) - MAX_MESSAGES))
        raise ValidationError("\n".join(shown))

    def _access_log_label(self):
        """:return: what names this record in the access log, without personal data"""
        self.ensure_one()
        return self.env["township.access.log"]._neutral_label_of(self)
