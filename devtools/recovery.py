"""A database server that was killed hard is started again at the first call."""

import os
import shutil
import signal
import subprocess
import time

from . import postgres
from .base import cache

NAME = "a server killed hard starts again at once"


def check():
    """Yield the name of the trial and its problem, empty when it went well.

    On a cluster of its own, which goes afterwards; never on the one that databases live in.
    """
    data = cache("postgres", f"trial-{os.getpid()}", "data")
    sockets = postgres.socket_folder(data)
    psql = [postgres.embedded_programs() / "psql", "-h", sockets, "-U", "postgres", "-Atc"]
    busy = None
    try:
        postgres.start(data, sockets)
        busy = subprocess.Popen(
            [str(part) for part in (*psql, "SELECT pg_sleep(3)", "postgres")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(1)
        os.kill(int((data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        postgres.start(data, sockets)
        yield NAME, "" if postgres.answers(sockets) else "the server does not answer"
    except Exception as error:  # noqa: BLE001 whatever it is, it is the trial's answer
        yield NAME, f"{type(error).__name__}: {error}"
    finally:
        if busy:
            busy.wait(30)
        end(data)


def end(data):
    """Stop the trial's server and remove its cluster."""
    pid_file = data / "postmaster.pid"
    if pid_file.exists():
        os.kill(int(pid_file.read_text().split()[0]), signal.SIGQUIT)
    postgres.wait_for_leftovers(data)
    shutil.rmtree(data.parent, ignore_errors=True)
    shutil.rmtree(postgres.socket_folder(data), ignore_errors=True)
