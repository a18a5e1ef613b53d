"""Each request has an id, is counted and timed by its route, and leaves one line in the log.

The id comes from the proxy where one is in front, goes out as X-Request-ID, and stands on the error page, so
that a person can read it out and somebody finds the line.
"""

import logging
import re
import secrets
from ipaddress import ip_address
from time import perf_counter
from typing import Any, Protocol

from flask import Flask, Response, request

from quiz.core import metrics, seen
from quiz.core.database import db
from quiz.core.seen import Seen
from quiz.core.settings import Settings
from quiz.core.statements import set_threshold, watch_pool

log = logging.getLogger(__name__)
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
    """The counters of one route, method and class of status: looked up once, not for each request."""

    def __init__(self, route: str, method: str, status: str) -> None:
        self.requests: _Counts = metrics.REQUESTS.labels(route, method, status)
        self.seconds = metrics.SECONDS.labels(route, method)
        self.statements: _Counts = metrics.STATEMENTS.labels(route)
        self.database_seconds: _Counts = metrics.DATABASE_SECONDS.labels(route)


_meters: dict[tuple[str, str, int], _Meters] = {}


def incident() -> str | None:
    """What a person reads out so that the line of this request is found; None outside of requests."""
    work = seen.current()
    return f"{work.id[: _READ_OUT // 2]} {work.id[_READ_OUT // 2 : _READ_OUT]}" if work is not None else None


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
    writes = settings.seeing.log_requests

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
            _count(work, response.status_code, took)
            if writes:
                _write(work, response, took)
        return response

    @app.teardown_request
    def end(_error: BaseException | None) -> None:
        if seen.current() is not None:
            metrics.UNDER_WAY.dec()
            seen.end()


def _count(work: Seen, status: int, took: float) -> None:
    method = request.method if request.method in _METHODS else "OTHER"
    key = (work.route, method, status // 100)
    meters = _meters.get(key)
    if meters is None:
        meters = _meters[key] = _Meters(work.route, method, f"{status // 100}xx")
    meters.requests.inc()
    meters.seconds.observe(took)
    if work.statements:
        meters.statements.inc(work.statements)
        meters.database_seconds.inc(work.database_seconds)


def _write(work: Seen, response: Response, took: float) -> None:
    """One line: what was asked by its route, never by its address; from which network, never by whom."""
    fields: dict[str, Any] = {
        "method": request.method if request.method in _METHODS else "OTHER",
        "status": response.status_code,
        "ms": round(took * 1000, 1),
        "statements": work.statements,
        "db_ms": round(work.database_seconds * 1000, 1),
        "bytes": response.content_length,
        "network": shortened(request.remote_addr),
    }
    text = "%s %s %d in %.1f ms"
    log.info(text, fields["method"], work.route, response.status_code, fields["ms"], extra={"fields": fields})
