"""One record for each form of the room, filled as an office would fill it or hardly at all."""

from ast import literal_eval
from datetime import date

from . import matrix

# By the end of a field's name: what an office writes there.
WORDS = (
    ("number", "槐矫〔2026〕7号"),
    ("body", "槐荫县社区矫正管理局"),
    ("phone", "13800138000"),
    ("_by", "赵明"),
    ("presider", "赵明"),
    ("name", "孙梅"),
    ("guardian_present", "李建军"),
    ("address", "槐荫县槐荫镇东沟村四组"),
    ("place", "槐荫镇司法所"),
    ("destination", "邻省云州市东区柳林街道"),
    ("recipient", "槐荫县人民法院"),
    ("addressee", "槐荫县公安局"),
    ("relation", "父亲"),
)
SHORT = "经查，该社区矫正对象能够遵守法律法规和监督管理规定，按时报告情况，参加教育学习和公益活动。"
LONG = "\n".join([SHORT * 11] * 4)[:2000]
# Rows that end something are never filled in: a member who left, a device taken off.
KEPT_EMPTY = {"date_to", "ended_date", "create_date", "write_date", "company_registry"}


def reports(env):
    """:return: the ``ir.actions.report`` of the room, from the registry"""
    every = env["ir.actions.report"].search([("report_name", "like", "township_governance.")])
    return every.filtered(lambda report: matrix.is_of_room(report.model))


def make(case, report, subject, text=None):
    """:param str text: put in each long text; without it the record is left as empty as can be
    :return: a record about the subject that the report is a paper for, seen by the system"""
    record = _make(case, report.model, subject)
    if text:
        fill(record, text)
        for field in record._fields.values():
            if field.type == "one2many" and matrix.is_of_room(field.comodel_name):
                fill(record[field.name], text)
    _satisfy(record, literal_eval(report.domain or "[]"))
    return record


def _make(case, name, subject):
    if name == "township.correction.statistics":
        table = case.env[name].with_user(subject.user_id).create({})
        table.action_count()
        return table
    # what was made for another form is filled in already
    case.records = {"adult": words(case), "minor": words(case)}
    return matrix.make(case, name, subject).sudo()


def words(case):
    """:return: ``dict`` model -> the first of the room's own words: kinds, classes, reasons"""
    names = [
        name
        for name, model in case.registry.items()
        if matrix.is_of_room(name)
        and not (model._abstract or model._transient)
        and "subject_id" not in model._fields
        and name not in matrix.FIXTURES
    ]
    firsts = {name: case.env[name].search([], limit=1) for name in names}
    return {name: first for name, first in firsts.items() if first}


def fill(records, text=SHORT, day=date(2026, 6, 3)):
    """Fill what is still empty, past all guards: the form is asked, not the workflow."""
    if not records or records._transient:
        return
    records.env.flush_all()
    for name, field in records._fields.items():
        plain = field.store and field.column_type and not (field.compute or field.related)
        if not plain or field.groups or field.translate or name in KEPT_EMPTY:
            continue
        words = next((word for end, word in WORDS if name.endswith(end)), "槐荫镇东沟村")
        value = {"date": day, "text": text, "char": words}.get(field.type)
        if value:
            _set(records, name, value, f'("{name}" IS NULL OR "{name}"::text IN %s)')
    records.env.invalidate_all()


def _set(records, name, value, where="%s IS NOT NULL"):
    records.env.cr.execute(
        f'UPDATE "{records._table}" SET "{name}" = %s WHERE id IN %s AND {where}',
        [value, tuple(records.ids), tuple(matrix.MARKS.values())],
    )


def _satisfy(record, domain):
    """Make it a record that the report is offered for."""
    record.env.flush_all()
    for path, operator, value in domain:
        *way, name = path.split(".")
        owner = record.mapped(".".join(way)) if way else record
        if owner._fields[name].type == "boolean":
            _set(owner, name, value)
            continue
        values = owner._fields[name].get_values(record.env)
        wanted = [value] if operator in ("=", "!=") else value
        wanted = [one for one in values if (one in wanted) == (operator in ("=", "in"))]
        if owner[name] not in wanted:
            _set(owner, name, wanted[0])
    record.env.invalidate_all()
