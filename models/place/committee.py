from odoo import api, fields, models


class TownshipCommittee(models.Model):
    """A people's mediation committee (人民调解委员会).

    Its short name stands in the numbers of its files (（2026）槐荫人调字第0001号), so two
    committees of one township never share it.
    """

    _name = "township.committee"
    _description = "People's mediation committee"
    _order = "sequence, id"
    _rec_names_search = ["name", "short_name"]
    _check_company_auto = True

    name = fields.Char(string="Committee name", required=True, index="trigram")
    short_name = fields.Char(help="Stands in the numbers of the committee's files, e.g. 槐荫.")
    kind = fields.Selection(
        [
            ("village", "Village committee"),
            ("resident", "Residents' or community committee"),
            ("town", "Township committee"),
            ("street", "Sub-district committee"),
            ("enterprise", "Enterprise or institution committee"),
            ("region", "Area committee (market, park, business quarter)"),
            ("ind_traffic", "Industry: road traffic accidents"),
            ("ind_medical", "Industry: medical disputes"),
            ("ind_labour", "Industry: labour disputes"),
            ("ind_property", "Industry: property service"),
            ("ind_consumer", "Industry: consumer disputes"),
            ("ind_other", "Other industry or profession"),
            ("social", "Social group or other organisation"),
        ],
        string="Committee kind",
        required=True,
        default="village",
    )
    unit_id = fields.Many2one(
        "township.unit",
        string="Set up by",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The village, community, enterprise … that set the committee up.",
    )
    mediator_ids = fields.One2many("township.mediator", "committee_id", string="Mediators")
    mediator_count = fields.Integer(compute="_compute_mediator_count")
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    active = fields.Boolean(default=True)

    _name_unique = models.UniqueIndex(
        "(company_id, name)", "This township has a mediation committee of this name already."
    )
    _short_name_unique = models.UniqueIndex(
        "(company_id, short_name) WHERE short_name IS NOT NULL AND short_name != ''",
        "Another committee of this township has this short name already. It stands in file "
        "numbers, so each committee needs its own.",
    )

    @api.depends("mediator_ids")
    def _compute_mediator_count(self):
        counts = dict(
            self.env["township.mediator"]._read_group(
                [("committee_id", "in", self.ids)], ["committee_id"], ["__count"]
            )
        )
        for committee in self:
            committee.mediator_count = counts.get(committee, 0)

    def action_open_mediators(self):
        """The mediators of this committee, as a list."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "township_governance.township_mediator_action"
        )
        return {
            **action,
            "domain": [("committee_id", "=", self.id)],
            "context": {"default_committee_id": self.id},
        }
