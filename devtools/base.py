"""Paths, messages, locks and child processes that all parts of ``./dev`` share."""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ADDON = "township_governance"
ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("zh_CN", "zh_TW")
UNPACKED = ".complete"


class Failure(Exception):
    """Something is missing or broken; the text tells the user what to do about it."""


def say(text):
    """Tell the user what happens, on standard error so that output stays clean."""
    print(f"[dev] {text}", file=sys.stderr, flush=True)


def in_ci():
    """Whether a continuous integration server runs us."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false", "no")


def is_root():
    """Whether we may install system packages and have to drop rights for PostgreSQL."""
    return os.geteuid() == 0


def cache(*parts):
    """Return a path in the cache folder; its parent exists afterwards."""
    named = os.environ.get("TOWNSHIP_CACHE")
    if named:
        base = Path(named).expanduser().resolve()
    else:
        home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        base = Path(home) / "township-governance"
    path = base.joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def digest(*texts, length=8):
    """Return a short stable hash of the texts."""
    return hashlib.sha256("\0".join(map(str, texts)).encode()).hexdigest()[:length]


def checkout_key():
    """Return the name part that keeps this checkout's databases apart from others'."""
    return digest(ROOT, length=6)


def tree_hash():
    """Return a hash of all files that Odoo loads from the addon."""
    found = hashlib.sha256()
    skipped = {".git", ".ci", "devtools", "tests", "benchmarks", "__pycache__", "docs"}
    for folder, names, files in os.walk(ROOT):
        names[:] = sorted(name for name in names if name not in skipped)
        for name in sorted(files):
            path = Path(folder, name)
            if path.suffix in (".pyc", ".md") or not path.is_file():
                continue
            found.update(str(path.relative_to(ROOT)).encode() + b"\0")
            found.update(path.read_bytes())
    return found.hexdigest()


@contextlib.contextmanager
def lock(name):
    """Let one ``./dev`` at a time prepare the thing called name."""
    path = cache("locks", name)
    with open(path, "w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"waiting for another ./dev that prepares {name}")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def step(text):
    """Announce a step that takes a while and say how long it took."""
    say(f"{text} ...")
    start = time.monotonic()
    yield
    say(f"{text}: done in {time.monotonic() - start:.0f} s")


def run(args, *, hint="", log=None, **options):
    """Run a command; a failure shows the end of its output and the hint."""
    args = [str(arg) for arg in args]
    options.setdefault("stdin", subprocess.DEVNULL)
    try:
        done = subprocess.run(
            args,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
            **options,
        )
    except OSError as error:
        raise Failure(f"{args[0]}: {error.strerror}. {hint}".strip()) from error
    if log:
        Path(log).write_text(done.stdout)
    if done.returncode:
        tail = "\n".join(done.stdout.strip().splitlines()[-25:])
        command = " ".join(args)
        raise Failure(f"`{command[:300]}` failed:\n{tail}\n{hint}".strip())
    return done.stdout


@contextlib.contextmanager
def fresh_folder(target):
    """Fill a folder under a temporary name; it appears as target only when complete."""
    target = Path(target)
    temporary = target.with_name(f".{target.name}.{os.getpid()}")
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    try:
        yield temporary
        shutil.rmtree(target, ignore_errors=True)
        (temporary / UNPACKED).touch()
        temporary.rename(target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def is_complete(folder):
    """Whether fresh_folder() finished the folder."""
    return (Path(folder) / UNPACKED).exists()
