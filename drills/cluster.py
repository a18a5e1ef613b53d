"""A PostgreSQL server as in production (fsync on) that a drill may kill and start again."""

import os
import pwd
import signal
import time
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, make_url

from tests.support.postgresql import programs, run_program
from tests.support.run import Unavailable

_START_SECONDS = 30


class Cluster:
    """One server in a folder of its own, reached by a Unix socket."""

    def __init__(self, folder: Path) -> None:
        self._programs = programs()
        self._home = folder / "pg"
        self._home.mkdir(mode=0o700)
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self._home, owner.pw_uid, owner.pw_gid)
        self._data = self._home / "data"
        make = [f"{self._programs}/initdb", "-D", str(self._data), "-U", "postgres", "-A", "trust"]
        run_program([*make, "-E", "UTF8", "--locale=C.UTF-8"])
        self.start()

    @property
    def address(self) -> str:
        """Where the application finds it."""
        url = URL.create(
            "postgresql+psycopg", "postgres", database="postgres", query={"host": str(self._home)}
        )
        return url.render_as_string(hide_password=False)

    def new_database(self, name: str) -> str:
        """The address of a further, empty database."""
        engine = create_engine(self.address, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return make_url(self.address).set(database=name).render_as_string(hide_password=False)

    def start(self) -> None:
        """Start, and go on trying: after a kill the first start may meet the dead server's lock file."""
        options = f"-k {self._home} -c listen_addresses='' -c max_connections=100"
        command = [f"{self._programs}/pg_ctl", "start", "-D", str(self._data), "-w", "-t", "20"]
        end = time.monotonic() + _START_SECONDS
        while True:
            try:
                run_program([*command, "-l", str(self._home / "log"), "-o", options])
                return
            except Unavailable:
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)

    def kill(self) -> None:
        """End the server without a word, with everything that it was doing."""
        os.kill(self._pid(), signal.SIGKILL)

    def freeze(self) -> None:
        """Stop the postmaster and its backends where they stand."""
        self._signal_all(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let them go on."""
        self._signal_all(signal.SIGCONT)

    def stop(self) -> None:
        """The end of the drill; a server that is dead already is fine."""
        command = [f"{self._programs}/pg_ctl", "stop", "-D", str(self._data), "-m", "immediate"]
        try:
            run_program(command)
        except Unavailable:
            return

    @property
    def data(self) -> Path:
        """The folder of its files."""
        return self._data

    def _pid(self) -> int:
        return int((self._data / "postmaster.pid").read_text().split()[0])

    def _signal_all(self, what: signal.Signals) -> None:
        head = self._pid()
        children = Path(f"/proc/{head}/task/{head}/children").read_text().split()
        for pid in (head, *map(int, children)):
            os.kill(pid, what)
