"""What the access matrix stands on: the models of the room, read from the registry, and one record
of each that holds a mark which nobody outside may ever get to see."""

from odoo import fields
from odoo.models import MAGIC_COLUMNS

# In every text of every record of the matrix, another for a minor.
MARKS = {"adult": "不得外传之事", "minor": "不得泄露之事"}
# Models of the room that hold nothing about a person, beside its lists of words and numbers
# (``township.correction.list.mixin``); their own tests say who keeps them. All others, new ones
# too, are in the matrix.
NOT_PERSONAL = {
    "township.correction.opening.paper": "papers of the office, recorded by administrators too",
    "township.correction.delegation": "what the county has entrusted to the office",
    "township.correction.term.rule": "numbers of the law",
    "township.correction.leave.rule": "numbers of the law",
    "township.correction.leave.reason": "words",
    "township.correction.paper.kind": "words",
    "township.correction.measure.kind": "words",
    "township.correction.measure.rung": "numbers of the law",
    "township.aftercare.need.kind": "words",
}


def is_of_room(name):
    return name.startswith(("township.correction", "township.aftercare"))


def room_models(registry, transient=False):
    """:return: ``list`` of the names of the room's concrete models about persons"""
    words = registry["township.correction.list.mixin"]
    return sorted(
        name
        for name, model in registry.items()
        if is_of_room(name)
        and not model._abstract
        and model._transient == transient
        and name not in NOT_PERSONAL
        and not issubclass(model, words)
    )


def mark_of(subject):
    return MARKS["minor" if subject.is_minor else "adult"]


def _of_sealing(case, subject):
    mark = mark_of(subject)
    notice = {"decision_body": mark, "decision_number": mark, "decision_date": case.today}
    Sealing = case.env["township.correction.sealing"]
    return _insert(Sealing, {"subject_id": subject.id, **notice})


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


def _of_aftercare(case, subject):
    mark = mark_of(subject)
    Aftercare = case.env["township.aftercare"].sudo()._entering()
    vals = {
        **dict.fromkeys(("name", "offence", "sentence", "released_from", "address"), mark),
        "subject_id": subject.id,
        "minor_before": subject.is_minor,
        "release_date": case.today,
        "unit_id": subject.unit_id.id,
        "user_id": subject.user_id.id,
        "company_id": subject.company_id.id,
    }
    person = Aftercare.create(vals)
    person.action_register()
    return person


def _of_activity(case, subject):
    mark = mark_of(subject)
    vals = dict.fromkeys(("name", "place", "content"), mark)
    vals |= {"minors": subject.is_minor, "user_id": subject.user_id.id}
    return case.env["township.correction.activity"].create(vals)


def _of_transfer(case, subject):
    vals = dict.fromkeys(("decision_body", "decision_number"), mark_of(subject))
    vals |= {"is_minor": subject.is_minor, "company_id": subject.company_id.id}
    return case.env["township.correction.transfer"].create(vals)


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
    "township.correction.sealed.opening": _of_opening,
    "township.aftercare": _of_aftercare,
    "township.correction.activity": _of_activity,
    "township.correction.transfer": _of_transfer,
}


def make(case, name, subject):
    """:return: a record of the model about the subject, made by the system, once"""
    known = case.records["minor" if subject.is_minor else "adult"]
    if name not in known:
        build = FIXTURES.get(name)
        model = case.env[name]
        known[name] = build(case, subject) if build else _find_or_create(case, model, subject)
    return known[name]


def _find_or_create(case, model, subject):
    """Clocks were started by the steps of their owners."""
    if "deadline_rule_id" in model._fields and "township.clock.mixin" in model._inherit:
        owner = make(case, model._fields[model._owner_field].comodel_name, subject)
        if clocks := model.search([(model._owner_field, "=", owner.id)], limit=1):
            return clocks
    return model.create(_values(case, model, subject))


def make_pointing(case, model, field, target, subject):
    """:return: a record of another room that points to one of this room"""
    return model.create({**_values(case, model, subject), field.name: target.id})


def _values(case, model, subject):
    """:return: ``dict`` for ``create``: what is required, and the mark in every text"""
    vals = {}
    for name, field in model._fields.items():
        wanted = field.required or field.type in ("char", "text")
        # of rows of a subject or of an aftercare person, neither is required
        wanted |= name == "subject_id" and is_of_room(model._name)
        if not wanted or not field.store or field.compute or field.related or name in MAGIC_COLUMNS:
            continue
        if field.groups == fields.NO_ACCESS or (
            getattr(field, "guard", None) and not field.required
        ):
            continue
        if field.default and field.type not in ("char", "text"):
            continue
        vals[name] = _value(case, model, field, subject)
    # a row of either a subject or an aftercare person requires neither
    owner = model._fields.get("subject_id")
    if owner and owner.store and not owner.compute:
        vals["subject_id"] = subject.id
    return vals


def _value(case, model, field, subject):
    if field.type == "many2one":
        if field.comodel_name in room_models(case.registry):
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
