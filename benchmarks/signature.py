"""Verifying a chain of signatures in one pass: time per signature, and memory that stays flat."""

import tracemalloc

from odoo.tools import SQL

from ..models.common.signature import canonical, digest
from .measure import Figure, best, undone

SHORT, LONG = 1_000, 10_000
ITEMS = 20


def figures(bench):
    """:return: ``list`` of figures of signatures"""
    Signature = bench.env["township.signature"].sudo()
    found = {}
    with undone(bench.env):
        for count in (SHORT, LONG):
            fill(bench, Signature, count)
            found[count] = measure(bench, Signature)
    (short, short_memory), (long, long_memory) = found[SHORT], found[LONG]
    name = f"signature: chain of {LONG:,} verified, against ten of {SHORT:,}"
    return [
        Figure.at_most(name, long, short * LONG / SHORT, 1.5),
        Figure(
            f"signature: memory to verify {LONG:,}, against {SHORT:,}",
            f"{long_memory / 1024:,.0f} KiB",
            f"{short_memory / 1024:,.0f} KiB",
            long_memory / short_memory,
            "≤ 1.5",
            long_memory <= 1.5 * short_memory,
        ),
    ]


def text(number):
    """:return: ``str`` canonical text of a letter of 20 items"""
    items = [
        {"name": f"指标{item}", "weight": 5, "target": "≥90%", "rule": "按完成比例计分" * 8}
        for item in range(ITEMS)
    ]
    return canonical({"number": f"〔2026〕{number}号", "items": items})


def fill(bench, Signature, length):
    """Make the chain of the bench township that long; rows by SQL, links by the mechanism."""
    have = Signature._chain_length(bench.company)
    texts = [text(number) for number in range(have, length)]
    bench.env.cr.execute(
        SQL(
            """INSERT INTO township_signature
                   (res_model, res_id, company_id, party, capacity, user_id, signer_name,
                    recorded_by_id, signed_on, address, way, text, text_digest)
               SELECT 'township.bench', row.number, %(company)s, 'party_b', '第一责任人', %(user)s,
                      '王伟强', %(user)s, now()::timestamp(0), '127.0.0.1', 'app', row.text,
                      row.digest
                 FROM unnest(%(numbers)s::int[], %(texts)s::text[], %(digests)s::text[])
                   AS row (number, text, digest)""",
            company=bench.company.id,
            user=bench.officer.id,
            numbers=list(range(have, length)),
            texts=texts,
            digests=list(map(digest, texts)),
        )
    )
    Signature.search([("company_id", "=", bench.company.id), ("sequence", "=", False)])._chain()
    bench.env.cr.execute("ANALYZE township_signature")


def measure(bench, Signature):
    """:return: (seconds, bytes at the peak) of verifying the whole chain"""

    def verify():
        assert Signature._verify_chain(bench.company) is None

    seconds, _queries = best(bench.env, verify)
    tracemalloc.start()
    verify()
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return seconds, peak
