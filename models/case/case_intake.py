import base64
import binascii
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.mimetypes import guess_mimetype

MODES = ("submit", "settle", "draft")
# Petitions and services are taken at the window, never on a phone in the field.
INTAKE_KINDS = ("mediation", "hazard")
DANGERS = ("orange", "red")
TOP_TYPES = 6
MAX_PARTIES = 2
MAX_PHOTOS = 9
# The phone makes them at most 1600 pixels wide: about 0.4 MB each.
MAX_PHOTO_BYTES = 4 * 1024 * 1024
PHOTO_TYPES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
MAX_TEXT = 5000
MAX_TOKEN = 64


class TownshipCase(models.Model):
    """上报登记: the phone form of reporters and mediators, filled in under a minute."""

    _inherit = "township.case"

    # Made by the phone for one filled form: sending it again after a lost answer finds the
    # case that came of it instead of making a second one.
    intake_token = fields.Char(copy=False, readonly=True, export_string_translation=False)

    _intake_token_unique = models.UniqueIndex(
        "(reporter_id, intake_token) WHERE intake_token IS NOT NULL",
        "This report has been received already.",
    )

    @api.model
    @api.readonly
    def intake_form(self):
        """What the phone form offers.

        :return: ``dict``: grids (the user's own first), types (a tree), top (ids of the most
            used), grid (the preset one) and whether the user may report at all
        """
        grids = self._intake_grids()
        types = self._intake_types()
        own = [grid["id"] for grid in grids if grid["mine"]]
        return {
            "may_report": self.has_access("create"),
            "grids": grids,
            "grid": self._preset_grid_id(own),
            "types": [
                {"id": each.id, "name": each.name, "parent": each.parent_id.id} for each in types
            ],
            "top": self._most_used_types(types).ids,
            "max_photos": MAX_PHOTOS,
        }

    @api.model
    def intake(self, values):
        """Create a case from the phone form: all inputs are named here, nothing else is taken.

        :param dict values: ``mode`` (submit, settle, draft), ``token``, ``grid_id``,
            ``type_id``, ``parties`` (``name``, ``phone``), ``summary``, ``danger`` (``False``,
            orange, red), ``photos`` (base64 ``str``), ``settlement``
        :return: ``dict``: id, number, handler, deadline, state, pending
        :raise UserError: something is missing or wrong; the message says what
        """
        if not isinstance(values, dict):
            raise UserError(self.env._("The report has a wrong form. Please open it again."))
        mode = values.get("mode")
        if mode not in MODES:
            raise UserError(self.env._("Please choose what to do with the report."))
        token = self._intake_text(values.get("token"), MAX_TOKEN)
        known = token and self.search(
            [("intake_token", "=", token), ("reporter_id", "=", self.env.uid)], limit=1
        )
        if known:
            return known._intake_answer()
        photos = self._intake_photos(values.get("photos"))
        case = self.create(self._prepare_intake_vals(values, mode, token))
        case._attach_photos(photos)
        if mode == "submit":
            case.action_register()
        elif mode == "settle":
            case.action_settle_on_spot()
        return case._intake_answer()

    # ------------------------------------------------------------------
    # What the form offers
    # ------------------------------------------------------------------

    @api.model
    def _intake_grids(self):
        """:return: ``list`` of ``dict`` id, name, village, mine: the user's own grids first"""
        grids = self.env["township.grid"].search([("company_id", "=", self.env.company.id)])
        user = self.env.user
        rows = [
            {
                "id": grid.id,
                "name": grid.name,
                "village": grid.unit_id.display_name,
                "mine": user in grid.worker_ids or user == grid.leader_id,
            }
            for grid in grids
        ]
        return sorted(rows, key=lambda row: not row["mine"])

    @api.model
    def _preset_grid_id(self, own_ids):
        """:return: ``int`` id of the user's only grid, of several the one reported from last"""
        if len(own_ids) < 2:
            return own_ids[0] if own_ids else False
        last = self.search(
            [("reporter_id", "=", self.env.uid), ("grid_id", "in", own_ids)],
            order="id desc",
            limit=1,
        )
        return last.grid_id.id

    @api.model
    def _intake_types(self):
        return self.env["township.case.type"].search(
            [("kind", "in", list(INTAKE_KINDS))], order="kind desc, sequence, code, id"
        )

    @api.model
    def _most_used_types(self, types):
        """The six types most used in this township in the last year, filled up in the order of
        the types where it has not used six.

        :param types: the types offered
        :return: ``township.case.type`` records
        """
        since = self.env["township.calendar.day"]._today() - timedelta(days=365)
        # sudo: the order of buttons alone; a reporter's own cases say little about the township
        used = self.sudo()._read_group(
            [
                ("company_id", "=", self.env.company.id),
                ("date_received", ">=", since),
                ("kind", "in", list(INTAKE_KINDS)),
                ("type_id", "in", types.ids),
            ],
            ["type_id"],
            ["__count"],
        )
        counts = {case_type.id: count for case_type, count in used}
        ordered = types.filtered(lambda each: each.id in counts).sorted(
            lambda each: -counts[each.id]
        )
        main = types.filtered(lambda each: not each.parent_id)
        mediation = main.filtered(lambda each: each.kind == "mediation")
        return (ordered | mediation | main)[:TOP_TYPES]

    # ------------------------------------------------------------------
    # What it takes
    # ------------------------------------------------------------------

    @api.model
    def _prepare_intake_vals(self, values, mode, token):
        case_type = self._intake_record("township.case.type", values.get("type_id"))
        if case_type and case_type.kind not in INTAKE_KINDS:
            raise UserError(self.env._("Petitions and legal services are taken at the window."))
        if not case_type and mode != "draft":
            raise UserError(self.env._("Please choose the type."))
        grid = self._intake_record("township.grid", values.get("grid_id"))
        if not grid and mode != "draft":
            raise UserError(self.env._("Please choose the grid where it happened."))
        settlement = self._intake_text(values.get("settlement"), MAX_TEXT)
        if mode == "settle" and not settlement:
            raise UserError(self.env._("Please enter what was agreed."))
        danger = values.get("danger") or "green"
        if danger not in ("green", *DANGERS):
            raise UserError(self.env._("Please say whether the matter may get worse."))
        vals = {
            "kind": case_type.kind or "mediation",
            "type_id": case_type.id,
            "grid_id": grid.id,
            "summary": self._intake_text(values.get("summary"), MAX_TEXT),
            "risk": danger,
            "source": "grid",
            "difficulty": "simple" if mode == "settle" else "ordinary",
            "party_ids": [fields.Command.create(party) for party in self._intake_parties(values)],
            "intake_token": token or False,
        }
        if mode == "settle":
            vals["settlement"] = settlement
        return {**vals, **self._intake_mediator_vals(mode)}

    @api.model
    def _intake_mediator_vals(self, mode):
        """Who is a mediator acts for the committee, and leads what he settles himself."""
        # sudo: the user's own entry as a mediator
        mediator = (
            self.env["township.mediator"]
            .sudo()
            .search(
                [("user_id", "=", self.env.uid), ("company_id", "=", self.env.company.id)], limit=1
            )
        )
        if not mediator:
            return {}
        vals = {"source": "active", "committee_id": mediator.committee_id.id}
        if mode == "settle":
            vals["mediator_id"] = mediator.id
        return vals

    @api.model
    def _intake_record(self, model_name, record_id):
        """:return: the record of that id if the user may choose it, else an empty recordset
        :raise UserError: an id that does not exist or belongs to another township"""
        model = self.env[model_name]
        if not record_id:
            return model
        domain = [("id", "=", self._intake_int(record_id))]
        if "company_id" in model._fields:
            domain.append(("company_id", "=", self.env.company.id))
        record = model.search(domain)
        if not record:
            raise UserError(
                self.env._("What you chose is no longer there. Please open the form again.")
            )
        return record

    @api.model
    def _intake_int(self, value):
        try:
            return int(value)
        except (TypeError, ValueError):
            return 0

    @api.model
    def _intake_text(self, value, limit):
        if value and not isinstance(value, str):
            raise UserError(self.env._("The report has a wrong form. Please open it again."))
        text = (value or "").strip()
        if len(text) > limit:
            raise UserError(
                self.env._(
                    "A text has more than %(limit)s characters. Please shorten it.", limit=limit
                )
            )
        return text

    @api.model
    def _intake_parties(self, values):
        """:return: ``list`` of ``dict`` for ``township.case.party``; empty lines are left out"""
        lines = values.get("parties") or []
        if not isinstance(lines, list) or len(lines) > MAX_PARTIES:
            raise UserError(self.env._("The report has a wrong form. Please open it again."))
        parties = []
        if not all(isinstance(line, dict) for line in lines):
            raise UserError(self.env._("The report has a wrong form. Please open it again."))
        for role, line in zip(("applicant", "respondent"), lines, strict=False):
            name = self._intake_text(line.get("name"), 100)
            phone = self._intake_text(line.get("phone"), 100)
            if phone and not name:
                raise UserError(
                    self.env._("There is a phone without a name. Please enter the name.")
                )
            if name:
                parties.append({"role": role, "name": name, "phone": phone})
        return parties

    @api.model
    def _intake_photos(self, photos):
        """:return: ``list`` of (bytes, extension)
        :raise UserError: too many, too big, or no picture"""
        photos = photos or []
        if not isinstance(photos, list) or len(photos) > MAX_PHOTOS:
            raise UserError(
                self.env._("At most %(number)s photos. Please take some away.", number=MAX_PHOTOS)
            )
        checked = []
        for number, photo in enumerate(photos, start=1):
            try:
                content = base64.b64decode(photo, validate=True)
            except (binascii.Error, TypeError, ValueError):
                content = b""
            extension = PHOTO_TYPES.get(guess_mimetype(content))
            if not extension or len(content) > MAX_PHOTO_BYTES:
                raise UserError(
                    self.env._(
                        "Photo %(number)s is no picture or larger than 4 MB. Please take it again.",
                        number=number,
                    )
                )
            checked.append((content, extension))
        return checked

    def _attach_photos(self, photos):
        self.ensure_one()
        self.env["ir.attachment"].create(
            [
                {
                    "name": self.env._("Photo %(number)s", number=number) + f".{extension}",
                    "raw": content,
                    "res_model": self._name,
                    "res_id": self.id,
                }
                for number, (content, extension) in enumerate(photos, start=1)
            ]
        )

    def _intake_answer(self):
        """:return: ``dict`` for the last page: the number, and who takes it on"""
        self.ensure_one()
        case = self.sudo()  # a reporter may be shown who takes on the own report
        handler = case.user_id.name or case.unit_id.name
        if not handler:
            centre = case.env["township.unit"].search(
                [("company_id", "=", case.company_id.id), ("kind", "=", "centre")], limit=1
            )
            handler = centre.name or case.company_id.name
        return {
            "id": case.id,
            "number": case.number or "",
            "handler": handler,
            "deadline": case.deadline_date or False,
            "state": case.state,
            "pending": case.settlement_state == "pending",
        }
