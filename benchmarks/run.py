"""``./dev bench [parts]``: the figures of this addon against their goals.

Odoo's shell runs this file and gives it ``env``. Every figure is a ratio within one run, so
that it means the same on every machine.
"""

import argparse
import os
import shlex
import sys
import time

from odoo.addons.township_governance.benchmarks import (
    assess,
    cipher,
    correction,
    create,
    cron,
    data,
    ledger,
    letter,
    measure,
    printing,
    read,
    seal,
    signature,
)

PARTS = {
    "create": create.figures,
    "read": read.figures,
    "cron": cron.figures,
    "import": ledger.figures,
    "print": printing.figures,
    "letter": letter.figures,
    "assess": assess.figures,
    "seal": seal.figures,
    "signature": signature.figures,
    "cipher": cipher.figures,
    "correction": correction.figures,
}
# These need the townships and none of their cases.
WITHOUT_CASES = {"cipher", "correction", "signature"}


def arguments():
    """:return: the parsed command line"""
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="part", help=", ".join(PARTS))
    parser.add_argument("--companies", type=int, default=100, help="townships (default 100)")
    parser.add_argument("--cases", type=int, default=10_000, help="cases of each (default 10,000)")
    parser.add_argument(
        "--subjects", type=int, default=50_000, help="of corrections, in all (default 50,000)"
    )
    parsed = parser.parse_args(shlex.split(os.environ.get("TOWNSHIP_BENCH_ARGS", "")))
    unknown = [part for part in parsed.parts if part not in PARTS]
    if unknown:
        parser.error(f"unknown part {unknown[0]!r}; choose from {', '.join(PARTS)}")
    return parsed


def main(env, options):
    """:return: exit code: 1 when a goal is missed"""
    parts = options.parts or PARTS
    cases = options.cases if set(parts) - WITHOUT_CASES else 0
    bench = data.ensure(env, options.companies, cases, options.subjects)
    figures = []
    for part in parts:
        start = time.perf_counter()
        figures += PARTS[part](bench)
        print(f"[bench] {part}: {time.perf_counter() - start:.0f} s", flush=True)
    print(f"\n{bench.size}\n\n{measure.table(figures)}\n", flush=True)
    return int(any(figure.ok is False for figure in figures))


code = main(env, arguments())
if code:
    sys.exit(code)
