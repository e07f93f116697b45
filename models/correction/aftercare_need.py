from odoo import api, fields, models


class TownshipAftercareNeed(models.Model):
    """Need (帮扶需求) of an aftercare person: what was asked, with which department, what was done
    and what came of it."""

    _name = "township.aftercare.need"
    _description = "Need in aftercare"
    _inherit = ["township.aftercare.row.mixin", "township.deadline.mixin"]
    _order = "asked_date desc, id desc"
    _rec_name = "kind_id"
    _check_company_auto = True
    _deadline_owner_field = "aftercare_id"
    _deadline_received_field = "asked_date"

    kind_id = fields.Many2one(
        "township.aftercare.need.kind", required=True, index=True, ondelete="restrict"
    )
    asked_date = fields.Date(
        string="Asked on",
        required=True,
        default=lambda self: self.env["township.calendar.day"]._today(),
    )
    request = fields.Text(string="What is asked", required=True)
    department_id = fields.Many2one(
        "township.unit",
        string="Together with",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The department asked for help. It sees nothing of this.",
    )
    answer_by = fields.Date(help="The day by which the office wants to have an answer.")
    done = fields.Text(string="What was done")
    result = fields.Selection(
        [("met", "Met"), ("partly", "Partly met"), ("unmet", "Not met"), ("withdrawn", "Withdrawn")]
    )
    result_date = fields.Date(string="Result on")
    user_id = fields.Many2one(
        related="aftercare_id.user_id", store=True, index="btree_not_null", string="Handled by"
    )
    deadline_date = fields.Date(compute="_compute_deadline", store=True)
    deadline_remind_date = fields.Date(compute="_compute_deadline", store=True)
    deadline_done_date = fields.Date(compute="_compute_deadline", store=True)

    _result_dated = models.Constraint(
        "CHECK ((result IS NULL) = (result_date IS NULL))",
        "A result has its day, and a day its result.",
    )

    @api.depends("answer_by", "result_date", "company_id")
    def _compute_deadline(self):
        for need in self:
            day = need.answer_by
            vals = need._deadline_date_vals(day, need._deadline_remind_days()) if day else {}
            need.update(
                {
                    "deadline_date": day,
                    "deadline_remind_date": vals.get("deadline_remind_date"),
                    "deadline_done_date": need.result_date,
                }
            )

    def _home_open_domain(self):
        return [("result", "=", False), ("deadline_date", "!=", False)]

    def _home_title(self):
        return self.aftercare_id.display_name
