import logging
from datetime import timedelta

from psycopg2.errors import ReadOnlySqlTransaction

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import SQL, groupby
from odoo.tools.constants import GC_UNLINK_LIMIT

_logger = logging.getLogger(__name__)

RETENTION_PARAMETER = "township_governance.access_log_days"
# Assessment reports on personal information are kept for 3 years (PIP-11): the log that proves
# what they say is kept as long, and never less than the 6 months of the Cybersecurity Law art. 21.
DEFAULT_RETENTION_DAYS = 3 * 366
MINIMUM_RETENTION_DAYS = 184
LABELS_SHOWN = 20


class TownshipAccessLog(models.Model):
    """Access log (查阅留痕记录): who saw, printed or exported personal data, when and why
    (PIP-09, PIP-10).

    Append-only: rows come from :meth:`_log` alone; nobody changes, copies or deletes one, the
    superuser included. Only the retention job removes what is older than the setting. Read by
    ``group_auditor`` alone. A row holds no personal data itself: records are named by number
    or id.
    """

    _name = "township.access.log"
    _description = "Access log"
    _order = "id desc"
    _rec_name = "record_labels"
    _allow_sudo_commands = False

    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now, index=True)
    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", string="Township", required=True, readonly=True, index=True
    )
    action = fields.Selection(
        [
            ("reveal", "Show in full"),
            ("view", "View"),
            ("print", "Print"),
            ("export", "Export"),
            ("import", "Import"),
            ("anonymise", "Anonymise"),
        ],
        required=True,
        readonly=True,
    )
    res_model = fields.Char(string="Model", required=True, readonly=True)
    res_ids = fields.Json(string="Record IDs", readonly=True)
    record_count = fields.Integer(string="Number of records", readonly=True)
    record_labels = fields.Char(string="Records", readonly=True)
    field_names = fields.Char(string="Field names", readonly=True)
    model_label = fields.Char(string="Kind of record", compute="_compute_labels")
    field_labels = fields.Char(string="Fields", compute="_compute_labels")
    reason = fields.Char(string="Purpose of viewing", readonly=True)
    detail = fields.Char(readonly=True)
    remote_address = fields.Char(string="Network address", readonly=True)

    @api.depends("res_model", "field_names")
    @api.depends_context("lang")
    def _compute_labels(self):
        """In words an auditor reads; what is gone by now keeps its technical name."""
        for log in self:
            log.model_label = self.env["ir.model"].sudo()._get(log.res_model).name or log.res_model
            log.field_labels = ", ".join(map(log._field_label, (log.field_names or "").split(", ")))

    def _field_label(self, path):
        """:param str path: field name, or names joined by ``/`` or ``.`` as in an export
        :return: ``str``"""
        model, labels = self.env.get(self.res_model), []
        for name in path.replace(".", "/").split("/"):
            field = model._fields.get(name) if model is not None else None
            labels.append(field._description_string(self.env) if field else name)
            comodel = field.comodel_name if field and field.relational else None
            model = self.env[comodel] if comodel else None
        return "/".join(labels)

    # ------------------------------------------------------------------
    # The one way in
    # ------------------------------------------------------------------

    @api.model
    def _log(self, action, records, reason=None, fields=None, detail=None):
        """Write down that the current user has got personal data of ``records``.

        Call it after the check of rights, in the transaction that hands the data out.

        :param str action: reveal, view, print, export, import or anonymise
        :param records: recordset of any model and size
        :param str reason: purpose of viewing, when one was asked for
        :param fields: iterable of names or paths of the fields concerned
        :param str detail: anything else worth knowing, without personal data
        :return: the new rows: one, or one per company when the records belong to several
        :raise ReadOnlySqlTransaction: the route or method is marked read-only. Odoo then runs the
            request again with a writable cursor, but the developer should mark it rightly.
        """
        if self.env.cr.readonly:
            raise ReadOnlySqlTransaction(
                f"The access log cannot be written in a read-only transaction ({action} of "
                f"{records._name}): declare the route readonly=False, or take @api.readonly "
                "off the method"
            )
        common = {
            "user_id": self.env.uid,
            "action": action,
            "res_model": records._name,
            "field_names": ", ".join(fields or ()) or False,
            "reason": reason or False,
            "detail": detail or False,
            "remote_address": request.httprequest.remote_addr if request else False,
        }
        vals_list = [
            {
                **common,
                "company_id": company_id,
                "res_ids": part.ids,
                "record_count": len(part),
                "record_labels": self._labels(part),
            }
            for company_id, part in self._by_company(records)
        ]
        # Past create() below, which refuses everybody.
        # pylint: disable=super-method-mismatch
        return super(TownshipAccessLog, self.sudo()).create(vals_list).sudo(self.env.su)

    @api.model
    def _by_company(self, records):
        """Each township's auditor reads about the township's own data, whoever saw it.

        :return: ``list`` of (company id, recordset)
        """
        here = self.env.company.id
        if "company_id" not in records._fields or not records:
            return [(here, records)]

        def company_of(record):
            return record.company_id.id or here

        return [
            (company_id, records.browse(record.id for record in part))
            for company_id, part in groupby(records.sudo(), company_of)
        ]

    @api.model
    def _labels(self, records):
        """:return: names of the first records without personal data, as one ``str``"""
        shown = records[:LABELS_SHOWN].sudo()
        label = getattr(type(shown), "_access_log_label", type(self)._neutral_label_of)
        text = ", ".join(label(record) for record in shown)
        return text + ", …" if len(records) > LABELS_SHOWN else text

    @staticmethod
    def _neutral_label_of(record):
        """Number of the record where it has one, else its id.

        A model gives a better label by a method ``_access_log_label(self)``.

        :return: ``str``
        """
        number = record._fields.get("number")
        number = record["number"] if number is not None and number.type == "char" else None
        return number or f"#{record.id}"

    # ------------------------------------------------------------------
    # No other way in, none out
    # ------------------------------------------------------------------
    # pylint: disable=method-required-super

    @api.model_create_multi
    def create(self, vals_list):
        raise UserError(self.env._("The access log is written by the system only."))

    def write(self, vals):
        raise UserError(self.env._("The access log cannot be changed."))

    def copy(self, default=None):
        raise UserError(self.env._("The access log is written by the system only."))

    @api.ondelete(at_uninstall=True)
    def _unlink_never(self):
        raise UserError(self.env._("The access log cannot be deleted."))

    @api.autovacuum
    def _gc_access_log(self):
        """Remove rows older than the retention setting (``township_governance.access_log_days``,
        0 = keep for ever), in batches."""
        value = self.env["ir.config_parameter"].sudo().get_param(RETENTION_PARAMETER)
        days = int(value) if (value or "").isdigit() else DEFAULT_RETENTION_DAYS
        if not days:
            return 0, 0
        limit = fields.Datetime.now() - timedelta(days=max(days, MINIMUM_RETENTION_DAYS))
        self.env.cr.execute(
            SQL(
                "DELETE FROM township_access_log WHERE id IN"
                " (SELECT id FROM township_access_log WHERE date < %s ORDER BY date LIMIT %s)",
                limit,
                GC_UNLINK_LIMIT,
            )
        )
        done = self.env.cr.rowcount
        if done:
            self.invalidate_model()
            _logger.info("%d rows of the access log were past retention", done)
        return done, int(done == GC_UNLINK_LIMIT)
