import re
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .unit import GRID_KINDS

CODE_PATTERN_PARAMETER = "township_governance.grid_code_pattern"
# Village code of twelve digits and a serial of three (domain 4.5: local practice, so a setting).
DEFAULT_CODE_PATTERN = r"^\d{15}$"
SERIAL_LENGTH = 3


class TownshipGrid(models.Model):
    """A grid (网格): the smallest area of service, inside exactly one village or community.

    Who works in it (``leader_id``, ``worker_ids``) decides what a reporter sees of the
    cases that happen there: record rules read this small table by a sub-query.
    """

    _name = "township.grid"
    _description = "Grid"
    _order = "code, id"
    _rec_names_search = ["name", "code"]
    _check_company_auto = True

    name = fields.Char(string="Grid name", required=True, index="trigram")
    code = fields.Char(
        string="Grid code",
        compute="_compute_code",
        store=True,
        precompute=True,
        readonly=False,
        copy=False,
        help="Proposed from the unit's code and the next serial number. May be changed.",
    )
    kind = fields.Selection(
        [("general", "General grid"), ("special", "Special grid")],
        string="Grid kind",
        required=True,
        default="general",
        help="Special: an enterprise, a school, a market … that is a grid of its own.",
    )
    unit_id = fields.Many2one(
        "township.unit",
        string="Village or community",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain=[("kind", "in", GRID_KINDS)],
    )
    leader_id = fields.Many2one(
        "res.users", string="Grid leader", index="btree_not_null", check_company=True
    )
    worker_ids = fields.Many2many(
        "res.users",
        "township_grid_worker_rel",
        "grid_id",
        "user_id",
        string="Grid workers",
        check_company=True,
    )
    household_count = fields.Integer(string="Households")
    population = fields.Integer()
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex(
        "(company_id, code) WHERE code IS NOT NULL AND code != ''",
        "This township has a grid with this code already.",
    )
    _name_unique = models.UniqueIndex(
        "(unit_id, name)", "This village or community has a grid of this name already."
    )
    _household_count_positive = models.Constraint(
        "CHECK (household_count >= 0)", "The number of households cannot be negative."
    )
    _population_positive = models.Constraint(
        "CHECK (population >= 0)", "The population cannot be negative."
    )

    @api.depends("unit_id")
    def _compute_code(self):
        """Propose the unit's next code; a code that fits the unit is kept."""
        asking = self.filtered(
            lambda grid: grid.unit_id.code and not (grid.code or "").startswith(grid.unit_id.code)
        )
        serials = self._last_serials(asking.unit_id)
        for grid in self:
            if grid not in asking:
                grid.code = grid.code  # a stored compute must assign; nothing changes
                continue
            serials[grid.unit_id.id] += 1
            grid.code = grid._propose_code(serials[grid.unit_id.id])

    @api.constrains("code")
    def _check_code(self):
        pattern = self._code_pattern()
        for grid in self.filtered("code"):
            if not re.fullmatch(pattern, grid.code):
                raise ValidationError(
                    self.env._(
                        "The code %(code)s of the grid “%(grid)s” has not the right form. "
                        "Please type the 12 digits of the village and 3 digits for the grid, "
                        "or ask the administrator to change the pattern in the settings.",
                        code=grid.code,
                        grid=grid.name,
                    )
                )

    @api.constrains("unit_id")
    def _check_unit_kind(self):
        """GRD-05: never directly under a township, a department or an enterprise."""
        for grid in self:
            if grid.unit_id.kind not in GRID_KINDS:
                raise ValidationError(
                    self.env._(
                        "The grid “%(grid)s” must belong to a village or a community, and "
                        "“%(unit)s” is neither. Please choose its village or community.",
                        grid=grid.name,
                        unit=grid.unit_id.name,
                    )
                )

    @api.model
    def _code_pattern(self):
        """The regular expression of a grid code, from the settings.

        A pattern that cannot be read must not stop every grid: the usual one is taken.
        """
        pattern = self.env["ir.config_parameter"].sudo().get_param(CODE_PATTERN_PARAMETER)
        try:
            re.compile(pattern or "")
        except re.error:
            return DEFAULT_CODE_PATTERN
        return pattern or DEFAULT_CODE_PATTERN

    def _propose_code(self, serial):
        """The code with this serial number, or no proposal where the setting wants another form."""
        code = f"{self.unit_id.code}{serial:0{SERIAL_LENGTH}d}"
        return code if re.fullmatch(self._code_pattern(), code) else False

    @api.model
    def _last_serials(self, units):
        """Highest serial number used in each unit, archived grids included (codes stay taken).

        :return: defaultdict of the unit's id to int
        """
        serials = defaultdict(int)
        if not units:
            return serials
        grids = self.with_context(active_test=False).search_fetch(
            [("unit_id", "in", units.ids), ("code", "!=", False)], ["code", "unit_id"]
        )
        for grid in grids:
            serial = grid.code.removeprefix(grid.unit_id.code or "")
            if serial.isdigit() and len(serial) == SERIAL_LENGTH:
                serials[grid.unit_id.id] = max(serials[grid.unit_id.id], int(serial))
        return serials
