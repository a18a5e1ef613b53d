"""A PostgreSQL server that lives as long as the test run.

initdb refuses root, so a root session hands the work to the `postgres` user. The locale is C.UTF-8: with
plain C, upper('đ') stays 'đ' and trigrams lose every Vietnamese letter.
"""

import os
import pwd
import subprocess
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

from quiz.core.settings import ROOT, database_url
from tests.support.run import PREFIX, Unavailable, once, recall

_OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "autovacuum": "off",
}


def server(folder: Path) -> URL:
    """The address of the run's server, started now unless it runs; its database is the maintenance one."""
    return make_url(once(folder, "postgresql", lambda: _find_or_start(folder)))


def stop(folder: Path) -> None:
    """Stop our own server; on a server that was named, only drop the databases of this run."""
    address = recall(folder, "postgresql")
    if address is None:
        return
    if not _data(folder).exists():
        _drop_all(folder, make_url(address))
        return
    found = recall(folder, "postgresql-programs")
    assert found is not None
    run_program([f"{found}/pg_ctl", "stop", "-D", str(_data(folder)), "-m", "immediate", "-w"])


def create(folder: Path, name: str, template: str | None = None) -> URL:
    """A new database of this run, empty or a copy of another one of this run."""
    address = server(folder)
    source: sql.Composable = sql.SQL("TEMPLATE template0 ENCODING 'UTF8'")
    if template is not None:
        source = sql.SQL("TEMPLATE {}").format(sql.Identifier(_full(folder, template)))
    with connect(address) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} {}").format(sql.Identifier(_full(folder, name)), source)
        )
    return address.set(database=_full(folder, name))


def connect(address: URL) -> psycopg.Connection[Any]:
    """A plain connection that commits every statement."""
    plain = address.set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True)


def _full(folder: Path, name: str) -> str:
    return f"timhieu_{folder.name.removeprefix(PREFIX)}_{name}"


def _data(folder: Path) -> Path:
    return folder / "pg" / "data"


def _find_or_start(folder: Path) -> str:
    given = os.environ.get("TEST_DATABASE_URL")
    address = make_url(database_url(given, folder)) if given else _start(folder)
    try:
        with connect(address) as connection:
            row = connection.execute("SELECT upper('đ')").fetchone()
    except psycopg.OperationalError as error:
        raise Unavailable(f"PostgreSQL does not answer: {error}") from error
    if row != ("Đ",):
        raise Unavailable("PostgreSQL has a locale that does not know Vietnamese; it needs C.UTF-8 or ICU")
    return address.render_as_string(hide_password=False)


def _start(folder: Path) -> URL:
    found = once(folder, "postgresql-programs", programs)
    home = folder / "pg"
    home.mkdir(mode=0o700)
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(home, owner.pw_uid, owner.pw_gid)
    data = str(_data(folder))
    make = [f"{found}/initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    run_program([*make, "--locale=C.UTF-8", "--no-sync"])
    options = " ".join(f"-c {name}='{value}'" for name, value in _OPTIONS.items())
    start = [f"{found}/pg_ctl", "start", "-D", data, "-w", "-t", "60", "-l", str(home / "log")]
    run_program([*start, "-o", f"-k {home} {options}"])
    return URL.create("postgresql+psycopg", "postgres", database="postgres", query={"host": str(home)})


def programs() -> str:
    """The folder of initdb and pg_ctl; the script installs them where it can."""
    done = subprocess.run(
        [ROOT / "scripts" / "need-postgresql.sh"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Unavailable(done.stderr.strip()[-600:])
    if os.geteuid() == 0 and "postgres" not in {user.pw_name for user in pwd.getpwall()}:
        raise Unavailable("PostgreSQL does not run as root, and there is no user `postgres` to hand it to")
    return done.stdout.strip()


def run_program(command: list[str]) -> None:
    """Run a server program as a user that may: itself, or `postgres` when we are root."""
    who: dict[str, Any] = {}
    if os.geteuid() == 0:
        who = {"user": "postgres", "group": "postgres", "extra_groups": []}
    # No pipes: the server would inherit them, and reading to their end would wait for it to stop.
    done = subprocess.run(
        command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, **who
    )
    if done.returncode:
        raise Unavailable(f"{Path(command[0]).name} ended with {done.returncode}: {' '.join(command)}")


def _drop_all(folder: Path, address: URL) -> None:
    with connect(address) as connection:
        names = connection.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [_full(folder, "")]
        ).fetchall()
        for (name,) in names:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
