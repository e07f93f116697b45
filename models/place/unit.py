from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

# What stands behind the bare name of a place in official Chinese: people write 东沟,
# 东沟村, 东沟村委会 and 东沟村民委员会 for the same village. Longest first.
NAME_SUFFIXES = (
    "社区居民委员会",
    "村村民委员会",
    "社区居委会",
    "村民委员会",
    "居民委员会",
    "社区",
    "村委会",
    "居委会",
    "村",
)
# The kinds that are divided into grids (GRD-05).
GRID_KINDS = ("village", "community")


class TownshipUnit(models.Model):
    """A unit that answers for something: centre, department, village, community, …

    Villages and communities are divided into grids; every kind may receive referrals
    and sign responsibility letters. Readable by all roles, kept by officers.
    """

    _name = "township.unit"
    _description = "Unit"
    _order = "sequence, code, id"
    _rec_names_search = ["name", "code"]
    _parent_store = True
    _check_company_auto = True

    name = fields.Char(string="Unit name", required=True, index="trigram")
    short_name = fields.Char(
        compute="_compute_short_name",
        store=True,
        readonly=False,
        help="The name as people say it. An imported ledger is matched by it as well.",
    )
    code = fields.Char(
        help="For a village or community the twelve digits of the statistical division code: "
        "the codes of its grids begin with them."
    )
    kind = fields.Selection(
        [
            ("centre", "Governance centre"),
            ("department", "Department"),
            ("village", "Village"),
            ("community", "Community"),
            ("enterprise", "Enterprise"),
            ("school", "School"),
            ("other", "Other"),
        ],
        string="Unit kind",
        required=True,
        default="department",
    )
    parent_id = fields.Many2one(
        "township.unit",
        string="Parent unit",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("township.unit", "parent_id", string="Subordinate units")
    leader_id = fields.Many2one(
        "res.users", string="Person in charge", index="btree_not_null", check_company=True
    )
    user_ids = fields.Many2many(
        "res.users",
        "township_unit_user_rel",
        "unit_id",
        "user_id",
        string="Staff",
        check_company=True,
    )
    grid_ids = fields.One2many("township.grid", "unit_id", string="Grids")
    phone = fields.Char(help="The unit's own telephone, not a person's.")
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    active = fields.Boolean(default=True)

    _name_unique = models.UniqueIndex(
        "(company_id, name)", "This township has a unit of this name already."
    )
    _code_unique = models.UniqueIndex(
        "(company_id, code) WHERE code IS NOT NULL AND code != ''",
        "This township has a unit with this code already.",
    )
    _short_name_idx = models.Index("(company_id, short_name)")

    @api.depends("name")
    def _compute_short_name(self):
        for unit in self:
            unit.short_name = self._strip_suffix(unit.name or "")

    @api.constrains("kind")
    def _check_kind_of_grids(self):
        """GRD-05, seen from the unit: it keeps its kind as long as it has grids."""
        wrong = self.filtered(lambda unit: unit.kind not in GRID_KINDS)
        with_grids = wrong and self.env["township.grid"].with_context(active_test=False).search(
            [("unit_id", "in", wrong.ids)], limit=1
        )
        if with_grids:
            raise ValidationError(
                self.env._(
                    "“%(unit)s” has grids, so it must stay a village or a community. "
                    "Please move its grids first.",
                    unit=with_grids.unit_id.name,
                )
            )

    @api.constrains("leader_id")
    def _check_leader(self):
        """Nobody makes himself head of a unit, to sign and to answer for it; administrators set
        a township up."""
        if self.env.user.has_group("base.group_system"):
            return
        if own := self.filtered(lambda unit: unit.leader_id == self.env.user):
            raise ValidationError(
                self.env._(
                    "Somebody else than you enters you as the person in charge of “%(unit)s”.",
                    unit=own[0].name,
                )
            )

    # ------------------------------------------------------------------
    # Nobody leaves the own unit by the own hand
    # ------------------------------------------------------------------

    def write(self, vals):
        if self.env.su or not {"leader_id", "user_ids"} & vals.keys():
            return super().write(vals)
        own = self.filtered(lambda unit: unit._is_staff())
        result = super().write(vals)
        if not all(unit._is_staff() for unit in own):
            self._refuse_to_leave(own)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_own(self):
        own = self.filtered(lambda unit: unit._is_staff())
        if own and not self.env.su:
            self._refuse_to_leave(own)

    def _is_staff(self):
        """:return: ``bool``, whether the current user belongs to the unit"""
        return self.env.user in self.user_ids | self.leader_id

    def _refuse_to_leave(self, units):
        """What is kept from a unit's staff (an accusation of it) must not open to whoever takes
        the own name off the list; the same answer for every unit tells nobody there is any."""
        raise AccessError(
            self.env._(
                "You belong to “%(unit)s”: please ask a colleague to take you off its staff, or "
                "to delete it.",
                unit=units[0].name,
            )
        )

    @api.model
    def _strip_suffix(self, name):
        """The bare name of a place.

        :param str name: a unit's name as written in a ledger or a letter
        :return: the name without the official ending, at least two characters long
        :rtype: str
        """
        name = "".join(name.split())
        for suffix in NAME_SUFFIXES:
            if name.endswith(suffix) and len(name) - len(suffix) >= 2:
                return name.removesuffix(suffix)
        return name

    @api.model
    def _match_names(self, names, domain=()):
        """Units meant by names as people write them, with one query for all names.

        The exact name or code wins over the short name; a name that fits several units
        fits none, so that nothing is guessed.

        :param names: iterable of str, e.g. ``["东沟", "柳树村委会"]``
        :param domain: further conditions, e.g. on ``company_id`` or ``kind``
        :return: dict of the given name to a record of one unit; missing when not found
        """
        names = {name for name in names if name}
        short = {name: self._strip_suffix(name) for name in names}
        units = self.search_fetch(
            Domain(domain)
            & (
                Domain("name", "in", list(names))
                | Domain("code", "in", list(names))
                | Domain("short_name", "in", list(names | set(short.values())))
            ),
            ["name", "code", "short_name"],
        )
        exact, near = {}, {}
        for unit in units:
            for key in {unit.name, unit.code} - {False, ""}:
                exact[key] = exact.get(key, self.browse()) | unit
            near[unit.short_name] = near.get(unit.short_name, self.browse()) | unit
        found = {
            name: exact.get(name) or near.get(name) or near.get(bare)
            for name, bare in short.items()
        }
        return {name: unit for name, unit in found.items() if unit and len(unit) == 1}
