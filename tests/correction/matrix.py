"""What the access matrix stands on: the models of the room, read from the registry, and one record
of each that holds a mark which nobody outside may ever get to see."""

from odoo import fields
from odoo.models import MAGIC_COLUMNS

# In every text of every record of the matrix, another for a minor.
MARKS = {"adult": "不得外传之事", "minor": "不得泄露之事"}
# Models of the room that hold nothing about a person; their own tests say who keeps them.
NOT_PERSONAL = {
    "township.correction.opening.paper": "papers of the office, recorded by administrators too",
}


def is_of_room(name):
    return name.startswith(("township.correction", "township.aftercare"))


def room_models(registry, transient=False):
    """:return: ``list`` of the names of the room's concrete models"""
    return sorted(
        name
        for name, model in registry.items()
        if is_of_room(name)
        and not model._abstract
        and model._transient == transient
        and name not in NOT_PERSONAL
    )


def mark_of(subject):
    return MARKS["minor" if subject.is_minor else "adult"]


def _of_sealing(case, subject):
    mark = mark_of(subject)
    notice = {"decision_body": mark, "decision_number": mark, "decision_date": case.today}
    Sealing = case.env["township.correction.sealing"]
    return _insert(Sealing, {"subject_id": subject.id, **notice})


def _of_fact(case, subject):
    Fact = case.env["township.correction.fact"]
    return _insert(Fact, {"subject_id": subject.id, "reason": mark_of(subject)})


def _of_opening(case, subject):
    return case.env["township.correction.sealed.opening"].create(
        {
            "subject_id": subject.id,
            "user_id": case.minor_officer.id,
            "purpose": "query",
            "reason": mark_of(subject),
            "expires_on": fields.Datetime.now(),
        }
    )


def _insert(model, vals):
    """Past ``create`` of models on whose making something follows."""
    subject = model.env["township.correction.subject"].browse(vals["subject_id"])
    columns = {"create_uid": 1, "write_uid": 1, "company_id": subject.company_id.id, **vals}
    names = ", ".join(f'"{name}"' for name in columns)
    places = ", ".join(["%s"] * len(columns))
    model.env.cr.execute(
        f'INSERT INTO "{model._table}" ({names}) VALUES ({places}) RETURNING id',
        list(columns.values()),
    )
    return model.browse(model.env.cr.fetchone()[0])


# Models that the general way below cannot make: name -> function(test case, subject) -> record.
FIXTURES = {
    "township.correction.subject": lambda case, subject: subject,
    "township.correction.sealing": _of_sealing,
    "township.correction.fact": _of_fact,
    "township.correction.sealed.opening": _of_opening,
}


def make(case, name, subject):
    """:return: a record of the model about the subject, made by the system"""
    if name in FIXTURES:
        return FIXTURES[name](case, subject)
    existing = case.env[name].search(
        [("subject_id", "=", subject.id)] if "subject_id" in case.env[name]._fields else [],
        limit=1,
    )
    return existing or case.env[name].create(_values(case, case.env[name], subject))


def _values(case, model, subject):
    """:return: ``dict`` for ``create``: what is required, and the mark in every text"""
    vals = {}
    for name, field in model._fields.items():
        wanted = field.required or field.type in ("char", "text")
        if not wanted or not field.store or field.compute or field.related or name in MAGIC_COLUMNS:
            continue
        if getattr(field, "guard", None) or (field.default and field.type not in ("char", "text")):
            continue
        vals[name] = _value(case, model, field, subject)
    return vals


def _value(case, model, field, subject):
    if field.type == "many2one":
        if field.comodel_name == subject._name:
            return subject.id
        if is_of_room(field.comodel_name):
            return make(case, field.comodel_name, subject).id
        known = {"res.company": subject.company_id, "res.users": subject.user_id}
        return known.get(field.comodel_name, case.env[field.comodel_name].search([], limit=1)).id
    if field.type == "selection":
        return field.get_values(case.env)[0]
    mark = mark_of(subject)
    return {
        "char": mark,
        "text": mark,
        "html": mark,
        "date": case.today,
        "datetime": fields.Datetime.now(),
    }.get(field.type, 1)
