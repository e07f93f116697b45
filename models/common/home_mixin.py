from odoo import models
from odoo.fields import Domain

from .home import DUE_SOON_DAYS


class TownshipDeadlineMixin(models.AbstractModel):
    """What a record with a deadline shows on the home screen; each room refines it."""

    _inherit = "township.deadline.mixin"

    def _home_mine_domain(self):
        """:return: ``Domain`` of the records the current user has to see to"""
        if self._deadline_user_field not in self._fields:
            return Domain.FALSE
        return Domain(self._deadline_user_field, "=", self.env.uid)

    def _home_open_domain(self):
        """:return: ``list``, domain of the records that may have a deadline running, in
        positive terms, so that a partial index serves every count and list"""
        return []

    def _home_tile_domains(self):
        """Conditions of the tiles this model counts for; those not named count nothing.

        :return: ``dict`` tile key -> domain, or ``(domain, False)`` for work that is not given
            to anybody yet, so that everybody who may see it counts it as theirs
        """
        return {}

    def _home_next_step(self):
        """:return: ``str`` what the office does next, e.g. the word on the button"""
        self.ensure_one()
        return self.env._("Handle")

    def _home_next_action(self):
        """:return: ``str`` name of the public method that the button calls, whose action opens
        at once; empty to open the record"""
        self.ensure_one()
        return ""

    def _home_unit(self):
        """:return: the unit that answers for the matter, an empty recordset if there is none"""
        self.ensure_one()
        if self._deadline_unit_field not in self._fields:
            return self.browse()
        return self[self._deadline_unit_field]

    def _home_title(self):
        """:return: ``str`` what the matter is called on the screen"""
        self.ensure_one()
        return self.display_name or ""

    def _home_kind(self):
        """:return: ``str`` the kind of matter, without any personal data: it is copied into
        work groups"""
        self.ensure_one()
        return self.env["ir.model"]._get(self._name).name

    def _home_rows(self, today):
        """Rows of the list on the home screen.

        :param date today: day the remaining days are counted from
        :return: ``list`` of ``dict``; ``days`` is negative when overdue, ``soon`` colours it,
            ``may_handle`` tells who handles it from who only looks
        """
        rows = []
        writable = self._filtered_access("write")
        for record in self:
            deadline = record.deadline_date
            state = record.deadline_state
            counted = deadline and state in ("running", "due_soon", "overdue")
            days = (deadline - today).days if counted else None
            unit = record._home_unit().display_name or ""
            next_action = record._home_next_action()
            rows.append(
                {
                    "model": record._name,
                    "id": record.id,
                    "title": record._home_title(),
                    "number": record["number"] or "" if "number" in record._fields else "",
                    "kind": record._home_kind(),
                    "unit": unit,
                    "deadline": deadline or False,
                    "state": state,
                    "days": days,
                    "soon": days is not None and 0 <= days <= DUE_SOON_DAYS,
                    "next_step": record._home_next_step(),
                    "next_action": next_action,
                    "may_handle": record in writable or bool(next_action),
                }
            )
        return rows
