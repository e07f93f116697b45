"""Write down what a database holds: runs in Odoo's shell before and after an upgrade.

Takes models and fields from the registry, so that a new room is in it by itself.
"""

import json
import os

from odoo.tools import SQL

MODULE = "township_governance"
# What people and other modules refer to; views and the like follow the code.
NAMED_MODELS = (
    "ir.actions.act_window",
    "ir.actions.client",
    "ir.actions.report",
    "ir.actions.server",
    "ir.cron",
    "ir.ui.menu",
    "mail.activity.type",
    "res.groups",
    "res.groups.privilege",
)
IGNORED = {"write_date", "write_uid"}
# Rows of core's tables that hang on ours.
HANGING = {
    "ir.attachment": ("res_model", ["res_id", "res_field", "name", "checksum", "file_size"]),
    "mail.activity": ("res_model", ["res_id", "user_id", "date_deadline", "activity_type_id"]),
    "mail.followers": ("res_model", ["res_id", "partner_id"]),
    "mail.message": ("model", ["res_id", "body", "author_id", "date", "message_type"]),
}
VERBS = ("read", "write", "unlink")


def is_ours(name):
    return name.startswith("township.")


def tables():
    """Yield the models that keep rows of ours."""
    for name, model in env.items():
        if model._auto and not model._abstract and not model._transient:
            yield name, model


def stored(name, model):
    """:return: ``dict`` of the stored fields that are ours, by name"""
    return {
        field.name: field
        for field in model._fields.values()
        if field.store
        and field.name not in IGNORED
        and (is_ours(name) or set(field._modules) == {MODULE})
    }


def rows_of(name, model):
    """:return: ``dict`` of the values by id; of core's models only the rows that have some"""
    fields = stored(name, model)
    columns = [field.name for field in fields.values() if field.column_type]
    if not fields:
        return {}
    names = [SQL.identifier(column) for column in dict.fromkeys(["id", *columns])]
    query = SQL("SELECT %s FROM %s", SQL(", ").join(names), SQL.identifier(model._table))
    env.cr.execute(query)
    rows = {row.pop("id"): row for row in env.cr.dictfetchall()}
    for field in fields.values():
        if field.type != "many2many":
            continue
        env.cr.execute(
            SQL(
                "SELECT %(one)s, array_agg(%(two)s ORDER BY %(two)s) FROM %(table)s GROUP BY 1",
                one=SQL.identifier(field.column1),
                two=SQL.identifier(field.column2),
                table=SQL.identifier(field.relation),
            )
        )
        for row_id, others in env.cr.fetchall():
            if row_id in rows:
                rows[row_id][field.name] = others
    if not is_ours(name):
        rows = {row_id: row for row_id, row in rows.items() if any(row.values())}
    return rows


def hanging(name):
    """:return: ``dict`` model -> ``dict`` of the rows of core's model that hang on it"""
    column, columns = HANGING[name]
    selected = SQL(", ").join(SQL.identifier(one) for one in ("id", column, *columns))
    env.cr.execute(
        SQL(
            "SELECT %s FROM %s WHERE %s LIKE 'township.%%'",
            selected,
            SQL.identifier(env[name]._table),
            SQL.identifier(column),
        )
    )
    found = {}
    for row in env.cr.dictfetchall():
        model = row.pop(column)
        if model in env and not env[model]._transient:
            found.setdefault(model, {})[row.pop("id")] = row
    return found


def missing_files():
    """:return: ``list`` of attachments whose file cannot be read"""
    attachments = env["ir.attachment"].search(
        [("res_model", "=like", "township.%"), ("res_field", "in", [False, "data"])]
    )
    return [one.id for one in attachments if one.file_size and not one.raw]


def rights():
    """:return: ``dict`` user -> model -> verb -> ids of the records it is allowed for"""
    found = {}
    for user in env["res.users"].search([("share", "=", False)]):
        own = env(user=user, su=False, context={"allowed_company_ids": user.company_ids.ids})
        for name, model in tables():
            if is_ours(name):
                records = model.sudo().with_context(active_test=False).search([], order="id")
                records = records.with_env(own)
                found.setdefault(user.login, {})[name] = {
                    "create": own[name].has_access("create"),
                    **{verb: records._filtered_access(verb).ids for verb in VERBS},
                }
    return found


def names():
    """:return: ``dict`` XML id -> [model, id]"""
    data = env["ir.model.data"].search([("module", "=", MODULE)])
    return {
        one.name: [one.model, one.res_id]
        for one in data
        if is_ours(one.model) or one.model in NAMED_MODELS
    }


def settings():
    """:return: ``dict`` of what is set: parameters, defaults, scheduled actions"""
    parameters = env["ir.config_parameter"].search([("key", "=like", f"{MODULE}.%")])
    defaults = env["ir.default"].search([("field_id.model", "=like", "township.%")])
    crons = env["ir.cron"].with_context(active_test=False).search([])
    return {
        **{f"parameter {one.key}": one.value for one in parameters},
        **{
            f"default {one.field_id.model}.{one.field_id.name} {one.id}": [
                one.json_value,
                one.user_id.id,
                one.company_id.id,
            ]
            for one in defaults
        },
        **{
            f"cron {xmlid}": [cron.active, cron.interval_number, cron.interval_type]
            for cron, xmlid in zip(crons, map(crons.get_external_id().get, crons.ids), strict=True)
            if xmlid.startswith(f"{MODULE}.")
        },
    }


def group_rights():
    """:return: ``dict`` group -> model -> ``list`` of read, write, create, unlink"""
    found = {}
    for access in env["ir.model.access"].search([("model_id.model", "=like", "township.%")]):
        group = access.group_id.get_external_id().get(access.group_id.id, "everybody")
        verbs = [access[f"perm_{verb}"] for verb in ("read", "write", "create", "unlink")]
        models = found.setdefault(group, {})
        known = models.get(access.model_id.model, [False] * 4)
        models[access.model_id.model] = [a or b for a, b in zip(known, verbs, strict=True)]
    return {
        group: {
            model: verbs
            for model, verbs in models.items()
            if model in env and not env[model]._transient
        }
        for group, models in found.items()
    }


def as_text(value):
    """:return: ``str`` for JSON; the bytes of a binary column, not where they lie in memory"""
    return bytes(value).hex() if isinstance(value, memoryview | bytes) else str(value)


env.flush_all()
snapshot = {
    "rows": {name: rows for name, model in tables() if (rows := rows_of(name, model))},
    "hanging": {name: hanging(name) for name in HANGING},
    "missing_files": missing_files(),
    "names": names(),
    "settings": settings(),
    "groups": group_rights(),
    "rights": rights(),
}
with open(os.environ["TOWNSHIP_SNAPSHOT"], "w", encoding="utf-8") as stream:
    json.dump(snapshot, stream, default=as_text, ensure_ascii=False, sort_keys=True)
