"""Villages and communities that a ledger names and the township does not know yet."""

# The ending of a place's name tells its kind; without one the kind would be a guess.
_KINDS = {
    "村村民委员会": ("村", "village"),
    "村民委员会": ("村", "village"),
    "村委会": ("村", "village"),
    "村": ("村", "village"),
    "社区居民委员会": ("社区", "community"),
    "社区居委会": ("社区", "community"),
    "居民委员会": ("居委会", "community"),
    "居委会": ("居委会", "community"),
    "社区": ("社区", "community"),
}


def village_vals(text, company):
    """:param str text: a name as written in a ledger
    :param company: ``res.company`` of the township
    :return: ``dict`` for the village or community, or ``None`` when the name does not tell"""
    for ending, (kept, kind) in _KINDS.items():
        bare = text.removesuffix(ending)
        if bare != text and bare:
            return {"name": bare + kept, "kind": kind, "company_id": company.id}
    return None
