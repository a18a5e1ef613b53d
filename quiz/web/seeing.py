"""Each request has an id, is counted and timed by its route, and leaves one line in the log.

The id comes from the proxy where one is in front, goes out as X-Request-ID, and stands on the error page, so
that a person can read it out and somebody finds the line.
"""

import json
import re
import secrets
from datetime import UTC, datetime
from functools import lru_cache
from ipaddress import ip_address
from time import perf_counter
from typing import Protocol

from flask import Flask, Response, request

from quiz.core import metrics, seen
from quiz.core.database import db
from quiz.core.seen import Seen
from quiz.core.settings import Settings
from quiz.core.statements import set_threshold, watch_pool
from quiz.web.logs import write_line

HEADER = "X-Request-ID"
NO_ROUTE = "(none)"
# As proxies and libraries make them; words, names and telephone numbers do not pass.
_WELL_FORMED = re.compile(r"[0-9A-Fa-f]{16,64}|[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_METHODS = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"}
_READ_OUT = 8  # letters of the id that a person reads out: one in four thousand million
_IPV4_BITS, _IPV6_BITS = 24, 48


class _Counts(Protocol):
    def inc(self, amount: float = 1) -> None: ...


class _Meters:
    """What is the same for all requests of one route, method and status: looked up once."""

    def __init__(self, route: str, method: str, status: int) -> None:
        told = {"level": "info", "logger": __name__, "message": "request"}
        told |= {"route": route, "method": method}
        self.words = json.dumps(told, separators=(",", ":"))[1:-1] + f',"status":{status},'
        self.requests: _Counts = metrics.REQUESTS.labels(route, method, f"{status // 100}xx")
        # From 0 on: Prometheus sees no rise in a series that begins with its first error.
        metrics.REQUESTS.labels(route, method, "5xx")
        self.seconds = metrics.SECONDS.labels(route, method)
        self.statements: _Counts = metrics.STATEMENTS.labels(route)
        self.database_seconds: _Counts = metrics.DATABASE_SECONDS.labels(route)


_meters: dict[tuple[str, str, int], _Meters] = {}


def incident() -> str | None:
    """What a person reads out so that the line of this request is found; None outside of requests."""
    work = seen.current()
    return f"{work.id[: _READ_OUT // 2]} {work.id[_READ_OUT // 2 : _READ_OUT]}" if work is not None else None


@lru_cache(maxsize=4096)
def shortened(address: str | None) -> str:
    """The part of an address that many share: a village or a provider, never a phone."""
    try:
        known = ip_address(address or "")
    except ValueError:
        return "unknown"
    mapped = getattr(known, "ipv4_mapped", None)
    known = mapped or known
    bits = _IPV4_BITS if known.version == 4 else _IPV6_BITS
    spare = known.max_prefixlen - bits
    return f"{type(known)(int(known) >> spare << spare)}/{bits}"


def request_id(given: str | None) -> str:
    """The proxy's id if it is one, else a new one: a letter first, so that none looks like a telephone."""
    if given is not None and _WELL_FORMED.fullmatch(given):
        return given
    return secrets.choice("abcdef") + secrets.token_hex(8)[1:]


def init_app(app: Flask) -> None:
    """Begin before anything else looks at a request, end after everything else has."""
    settings: Settings = app.config["SETTINGS"]
    set_threshold(settings.seeing.slow_ms)
    with app.app_context():
        watch_pool(db.engine)
    app.jinja_env.globals["incident"] = incident
    believes = settings.proxies > 0
    write = None
    if settings.seeing.log_requests:
        write = _write if settings.seeing.log_form == "json" else _write_for_people

    @app.before_request
    def begin() -> None:
        rule = request.url_rule
        given = request.headers.get(HEADER) if believes else None
        seen.begin(Seen(request_id(given), rule.rule if rule is not None else NO_ROUTE, perf_counter()))
        metrics.UNDER_WAY.inc()

    @app.after_request
    def tell(response: Response) -> Response:
        work = seen.current()
        if work is not None:
            response.headers[HEADER] = work.id
            took = perf_counter() - work.began
            meters = _meters_of(work, response.status_code)
            _count(work, meters, took)
            if write is not None:
                write(work, meters, response, took)
        return response

    @app.teardown_request
    def end(_error: BaseException | None) -> None:
        if seen.current() is not None:
            metrics.UNDER_WAY.dec()
            seen.end()


def _count(work: Seen, meters: _Meters, took: float) -> None:
    meters.requests.inc()
    meters.seconds.observe(took)
    if work.statements:
        meters.statements.inc(work.statements)
        meters.database_seconds.inc(work.database_seconds)


def _meters_of(work: Seen, status: int) -> _Meters:
    method = request.method if request.method in _METHODS else "OTHER"
    key = (work.route, method, status)
    meters = _meters.get(key)
    if meters is None:
        meters = _meters[key] = _Meters(work.route, method, status)
    return meters


def _write(work: Seen, meters: _Meters, response: Response, took: float) -> None:
    """One line: what was asked by its route, never by its address; from which network, never by whom.

    Put together by hand: a record of the logging library and its search for personal numbers took longer than
    a kept page. Nothing in it was typed by anybody.
    """
    size = response.headers.get("Content-Length", "null")
    write_line(
        f'{{"time":"{datetime.now(UTC).isoformat(timespec="milliseconds")}",{meters.words}'
        f'"request_id":"{work.id}","ms":{took * 1000:.1f},"statements":{work.statements},'
        f'"db_ms":{work.database_seconds * 1000:.1f},"bytes":{size},'
        f'"network":"{shortened(request.remote_addr)}"}}'
    )


def _write_for_people(work: Seen, _meters: _Meters, response: Response, took: float) -> None:
    what = f"{request.method if request.method in _METHODS else 'OTHER'} {work.route} {response.status_code}"
    write_line(f"{work.id[:_READ_OUT]} {what}: {took * 1000:.1f} ms, {work.statements} statements")
