"""``./dev run``: serve a database in Chinese with the demo township."""

import json
import os
import secrets
import socket
import subprocess
import threading
import time
import unicodedata
import urllib.error
import urllib.request

from . import databases, odoo, postgres
from .base import ADDON, Failure, cache, checkout_key, digest, say, step, tree_hash
from .python import patched_wkhtmltopdf

CHINA = """
china = env.ref('base.cn')
china.currency_id.active = True
env['res.company'].search([]).write({'country_id': china.id, 'currency_id': china.currency_id.id})
env.ref('base.user_admin').password = %r
env.cr.commit()
"""
DEMO_USERS = """
SELECT DISTINCT ON (roles) login, name, roles
  FROM (SELECT users.login, partner.name, data.name AS xml_name,
               (SELECT string_agg(coalesce(g.name->>'zh_CN', g.name->>'en_US'), '、' ORDER BY g.id)
                  FROM res_groups_users_rel rel
                  JOIN res_groups g ON g.id = rel.gid
                  JOIN ir_model_data gd
                    ON gd.model = 'res.groups' AND gd.res_id = g.id AND gd.module = data.module
                 WHERE rel.uid = users.id) AS roles
          FROM ir_model_data data
          JOIN res_users users ON users.id = data.res_id AND users.active
          JOIN res_partner partner ON partner.id = users.partner_id
         WHERE data.module = %s AND data.model = 'res.users'
           AND starts_with(data.name, 'demo_user_')) found
 ORDER BY roles, xml_name
"""


def main(arguments):
    """Prepare the database, print the logins and serve until Ctrl-C."""
    database = arguments.database or databases.own_name("demo")
    state_file = cache("checkouts", checkout_key(), f"run-{digest(database)}.json")
    state = json.loads(state_file.read_text()) if state_file.exists() else {}
    tree = tree_hash()
    if not postgres.exists(database):
        state = {"password": secrets.token_urlsafe(9)}
        setup = databases.CHINESE + CHINA % state["password"]
        databases.ensure(database, demo=True, setup=setup)
    elif state.get("tree") != tree:
        with step(f"the addon has changed: updating {database}"):
            change = "-u" if databases.is_installed(database) else "-i"
            log = odoo.once(database, change, ADDON)
            if "password" in state and not databases.check_demo(database):
                say(f"WARNING, the demo data does not load:\n{databases.demo_problem(log)}")
                databases.retry_demo(database)
    state["tree"] = tree
    state_file.write_text(json.dumps(state))
    state_file.chmod(0o600)
    port = usable_port(arguments.port)
    addresses = {
        "web.base.url": f"http://localhost:{port}",
        # wkhtmltopdf fetches styles and images from here.
        "report.url": f"http://127.0.0.1:{port}",
    }
    databases.set_parameters(database, addresses)
    return serve(database, port, state.get("password"))


def usable_port(wanted):
    """Return the wanted port or the next one that nobody uses."""
    for port in range(wanted, wanted + 50):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        if port != wanted:
            say(f"port {wanted} is taken by another program, using {port}")
        return port
    raise Failure(f"No free port from {wanted} on: choose one with --port.")


def serve(database, port, password):
    """Run the server in the foreground."""
    patched_wkhtmltopdf()
    log = cache("log", f"{database}-run.log")
    config = odoo.config_file()
    reader, writer = os.pipe()
    line = odoo.command(
        "server",
        *odoo.options(database, config),
        f"--db-filter=^{database}$",
        f"--http-port={port}",
        "--max-cron-threads=1",
        f"--logfile={log}",
        events=writer,
    )
    process = subprocess.Popen(
        line,
        env=odoo.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=[writer],
    )
    os.close(writer)
    threading.Thread(target=show_warnings, args=[reader], daemon=True).start()
    try:
        wait_until_ready(process, port, log)
        print_logins(database, port, password)
        say(f"log: {log}; stop with Ctrl-C, the data stays")
        return process.wait()
    except KeyboardInterrupt:
        say("stopping")
        return 0
    finally:
        stop(process)
        config.unlink(missing_ok=True)


def stop(process):
    """End the server, which a Ctrl-C in the terminal has reached already."""
    for end in (lambda: None, process.terminate, process.kill):
        end()
        try:
            process.wait(5)
            return
        except subprocess.TimeoutExpired:
            continue


def show_warnings(reader):
    """Print what the server warns about."""
    with open(reader, encoding="utf-8") as events:
        for text in events:
            event = json.loads(text)
            say(f"{event['level']} {event['logger']}: {event['text']}")


def wait_until_ready(process, port, log):
    """Wait until the login page answers."""
    start = time.monotonic()
    while time.monotonic() - start < 180:
        if process.poll() is not None:
            raise Failure(f"Odoo stopped:\n{odoo.problem(log.read_text(errors='replace'))}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/web/login", timeout=60):
                return
        except urllib.error.HTTPError as error:
            raise Failure(f"/web/login answers {error.code}, see {log}") from error
        except OSError:
            time.sleep(0.2)
    raise Failure(f"Odoo does not answer on port {port}, see {log}")


def print_logins(database, port, password):
    """Print the address and one login per role."""
    rows = [("login", "password", "name", "role")]
    if password:
        rows.append(("admin", password, "Administrator", "system"))
    for login, name, roles in postgres.sql(database, DEMO_USERS, [ADDON]):
        rows.append((login, login, name, roles or ""))
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    print(f"\nhttp://localhost:{port}\n")
    for row in rows:
        cells = (cell + " " * (size - width(cell)) for cell, size in zip(row, widths, strict=True))
        print("  " + "  ".join(cells).rstrip())
    print(
        "\nThe demo users' passwords are their logins; use them on this machine only.", flush=True
    )


def width(text):
    """Return how many columns of a terminal the text takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
