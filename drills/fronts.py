"""What stands before and behind several application servers: nginx, and PgBouncer in transaction mode."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.engine import URL, make_url

from drills.fleet import Server
from drills.stage import Stage
from tests.support.live import free_port
from tests.support.run import Unavailable

POOLED = "pooled"  # whom the pooler signs in as, so that its connections can be counted
_READY_SECONDS = 10.0
# A server that does not answer is left out for two seconds; what it was doing is asked of the other one only
# where asking twice does no harm (nginx does not send a POST again that it has sent).
_NGINX = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx-error.log warn;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  client_body_temp_path {folder}/nginx-body;
  proxy_temp_path {folder}/nginx-proxy;
  fastcgi_temp_path {folder}/nginx-fastcgi;
  uwsgi_temp_path {folder}/nginx-uwsgi;
  scgi_temp_path {folder}/nginx-scgi;
  upstream quiz {{
    {servers}
    keepalive 32;
  }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://quiz;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host 127.0.0.1;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Proto http;
      proxy_set_header X-Forwarded-Host 127.0.0.1;
      proxy_connect_timeout 2s;
      proxy_next_upstream error timeout;
    }}
  }}
}}
"""
_PGBOUNCER = """
[databases]
* = host={host} port=5432 user={user}
[pgbouncer]
listen_addr =
listen_port = {port}
unix_socket_dir = {folder}
auth_type = any
pool_mode = transaction
default_pool_size = {size}
max_client_conn = 400
server_check_delay = 5
logfile = {folder}/pgbouncer.log
pidfile = {folder}/pgbouncer.pid
"""


class _Beside:
    """A program in the foreground that ends with the block."""

    def __init__(self, command: Sequence[str], path: Path | tuple[str, int], **who: Any) -> None:
        self._command, self._path, self._who = command, path, who

    def __enter__(self) -> "_Beside":
        self._process = subprocess.Popen(
            self._command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/", **self._who
        )
        end = time.monotonic() + _READY_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > end:
                assert self._process.stderr is not None
                self._process.kill()
                raise Unavailable(self._process.stderr.read().decode()[-400:])
            time.sleep(0.05)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(10)
        assert self._process.stderr is not None
        self._process.stderr.close()

    def _answers(self) -> bool:
        family = socket.AF_UNIX if isinstance(self._path, Path) else socket.AF_INET
        with socket.socket(family) as line:
            address = str(self._path) if isinstance(self._path, Path) else self._path
            return line.connect_ex(address) == 0


class Nginx(_Beside):
    """One address for several servers."""

    def __init__(self, stage: Stage, servers: Sequence[Server]) -> None:
        self.port = free_port()
        lines = " ".join(f"server {one.host}:{one.port} max_fails=1 fail_timeout=2s;" for one in servers)
        file = stage.folder / "nginx.conf"
        file.write_text(_NGINX.format(folder=stage.folder, servers=lines, port=self.port))
        words = [_program("nginx"), "-c", str(file), "-p", str(stage.folder), "-e", "stderr"]
        super().__init__(
            [*words, *(["-g", "user root;"] if os.geteuid() == 0 else [])], ("127.0.0.1", self.port)
        )


class Pooler(_Beside):
    """Many connections of the application on a few of the database, each for one transaction."""

    def __init__(self, stage: Stage, size: int) -> None:
        direct = make_url(stage.environment["DATABASE_URL"])
        host = str(direct.query["host"])
        plain = direct.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(f"CREATE ROLE {POOLED} SUPERUSER LOGIN")
        folder, port = stage.folder / "pooler", 6432
        folder.mkdir()
        file = folder / "pgbouncer.ini"
        file.write_text(_PGBOUNCER.format(host=host, port=port, folder=folder, size=size, user=POOLED))
        who: dict[str, Any] = {}
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(folder, owner.pw_uid, owner.pw_gid)
            who = {"user": "postgres", "group": "postgres", "extra_groups": []}
        self.address = URL.create(
            "postgresql+psycopg", "postgres", database="postgres", port=port, query={"host": str(folder)}
        ).render_as_string(hide_password=False)
        super().__init__([_program("pgbouncer"), str(file)], folder / f".s.PGSQL.{port}", **who)


def _program(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    if found is None:
        raise Unavailable(f"{name} is not installed; on Debian: apt-get install {name}")
    return found
