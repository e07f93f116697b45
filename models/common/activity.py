from collections import Counter

from odoo import api, models

# More open activities of one person slow every page down for him, and nobody reads them.
MAX_NEW_ACTIVITIES = 50


class TownshipActivity(models.AbstractModel):
    """People are told by activities (no township has a mail server): created in one batch,
    never mailed, at most one open activity of a type per record and person."""

    _name = "township.activity"
    _description = "Telling people by activities"

    @api.model
    def _schedule(self, pairs, type_xmlid, summary=None, told=None):
        """Give people an activity on records they answer for. The caller has checked rights.

        :param pairs: iterable of (record, ``res.users``), the records of one model
        :param str type_xmlid: of the ``mail.activity.type``
        :param str summary: instead of the type's own
        :param told: ``Counter`` user id -> activities given in this run; when passed, a person
            gets at most ``MAX_NEW_ACTIVITIES``
        :return: ``Counter`` of ``res.users`` -> activities not given because of that limit
        """
        pairs = list(dict.fromkeys((record, user) for record, user in pairs if user.active))
        over = Counter()
        if not pairs:
            return over
        activity_type = self.env.ref(type_xmlid).sudo()
        known = self._open_pairs([record for record, _user in pairs], activity_type)
        model_id = self.env["ir.model"]._get_id(pairs[0][0]._name)
        today = self.env["township.calendar.day"]._today()
        summaries = self._summaries([user for _record, user in pairs], activity_type, summary)
        vals_list = []
        for record, user in pairs:
            if (record.id, user.id) in known:
                continue
            if told is not None and told[user.id] >= MAX_NEW_ACTIVITIES:
                over[user] += 1
                continue
            if told is not None:
                told[user.id] += 1
            vals_list.append(
                {
                    "res_model_id": model_id,
                    "res_id": record.id,
                    "user_id": user.id,
                    "activity_type_id": activity_type.id,
                    "summary": summaries[user.id],
                    "date_deadline": today,
                    "automated": True,
                }
            )
        self._quiet_activities().create(vals_list)
        return over

    @api.model
    def _notify(self, user, summary):
        """Tell a person something that belongs to no record.

        :param user: one ``res.users``
        :param str summary: in the person's language
        """
        self._quiet_activities().create(
            {
                "user_id": user.id,
                "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
                "summary": summary,
                "date_deadline": self.env["township.calendar.day"]._today(),
                "automated": True,
            }
        )

    @api.model
    def _remind(self, user, type_xmlid, summary):
        """Tell a person something that belongs to no record and may come again: an open reminder
        of that type takes the new words.

        :param user: one ``res.users``
        :param str type_xmlid: of the ``mail.activity.type``
        :param str summary: in the person's language
        """
        activity_type = self.env.ref(type_xmlid)
        activities = self._quiet_activities()
        known = activities.search(
            [
                ("user_id", "=", user.id),
                ("res_model", "=", False),
                ("activity_type_id", "=", activity_type.id),
            ],
            limit=1,
        )
        if known:
            known.summary = summary
            return
        activities.create(
            {
                "user_id": user.id,
                "activity_type_id": activity_type.id,
                "summary": summary,
                "date_deadline": self.env["township.calendar.day"]._today(),
                "automated": True,
            }
        )

    @api.model
    def _forget(self, records):
        """Delete whatever people were told to do with these records of one model."""
        self._quiet_activities().search(
            [("res_model", "=", records._name), ("res_id", "in", records.ids)]
        ).unlink()

    @api.model
    def _end(self, records, type_xmlid):
        """What people were told to do with these records of one model is done."""
        self._quiet_activities().search(
            [
                ("res_model", "=", records._name),
                ("res_id", "in", records.ids),
                ("activity_type_id", "=", self.env.ref(type_xmlid).id),
            ]
        ).unlink()

    @api.model
    def _summaries(self, users, activity_type, summary):
        """:return: ``dict`` user id -> the given summary, or the type's in the user's language"""
        users = self.env["res.users"].sudo().union(*users)
        return {
            user.id: summary or activity_type.with_context(lang=user.lang).summary for user in users
        }

    @api.model
    def _told_today(self, type_xmlid):
        """:return: ``Counter`` user id -> activities of that type given today, so that the limit
        holds for the day when a long run is cut into several"""
        rows = self._quiet_activities()._read_group(
            [
                ("activity_type_id", "=", self.env.ref(type_xmlid).id),
                ("date_deadline", "=", self.env["township.calendar.day"]._today()),
                ("res_model", "!=", False),
            ],
            ["user_id"],
            ["__count"],
        )
        return Counter({user.id: number for user, number in rows})

    @api.model
    def _digest(self, counts, type_xmlid):
        """One activity without a document tells a person how many more there are; the one of
        today is brought up to date rather than repeated.

        :param counts: ``Counter`` of ``res.users`` -> number
        """
        if not counts:
            return
        activity_type = self.env.ref(type_xmlid).sudo()
        today = self.env["township.calendar.day"]._today()
        Activity = self._quiet_activities()
        known = Activity.search(
            [
                ("user_id", "in", [user.id for user in counts]),
                ("res_model", "=", False),
                ("activity_type_id", "=", activity_type.id),
                ("date_deadline", "=", today),
            ]
        ).grouped("user_id")
        vals_list = []
        for user, number in counts.items():
            summary = self.env._("%(number)s further matters: see Today", number=number)
            if user in known:
                known[user].summary = summary
            else:
                vals_list.append(
                    {
                        "user_id": user.id,
                        "activity_type_id": activity_type.id,
                        "summary": summary,
                        "date_deadline": today,
                        "automated": True,
                    }
                )
        Activity.create(vals_list)

    @api.model
    def _quiet_activities(self):
        return self.env["mail.activity"].sudo().with_context(mail_activity_quick_update=True)

    @api.model
    def _open_pairs(self, records, activity_type):
        """:return: ``set`` of (record id, user id) with an open activity of that type"""
        if not records:
            return set()
        rows = self._quiet_activities().search_fetch(
            [
                ("res_model", "=", records[0]._name),
                ("res_id", "in", [record.id for record in records]),
                ("activity_type_id", "=", activity_type.id),
            ],
            ["res_id", "user_id"],
        )
        return {(row.res_id, row.user_id.id) for row in rows}
