"""For machines: /healthz (the process answers), /readyz (people may be sent here), /metrics."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from flask import Blueprint, Flask, Response, current_app, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from quiz.core import clock, metrics
from quiz.core.settings import Settings
from quiz.observing.asking import asker_of, may_read
from quiz.observing.gauges import GAUGES, read_gauges
from quiz.observing.readiness import what_is_missing
from quiz.web.guards import starts_per_second

bp = Blueprint("observing", __name__)
_FOR_MACHINES = {"/healthz", "/readyz", "/metrics"}
_ASKED_HOST = "timhieu.host"


@bp.get("/healthz")
def healthz() -> Response:
    """The process is alive; the database is not asked."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
def readyz() -> Response:
    """The database answers, has this release's tables and takes writes; else 503 and the word for it."""
    missing = what_is_missing()
    if missing is not None:
        return Response(f"{missing.value}\n", status=503, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")


@bp.get("/metrics")
def metrics_page() -> Response:
    """What Prometheus reads; for everybody who may not read it there is no such page."""
    if not _may_read():
        return Response("not found\n", status=404, mimetype="text/plain")
    gauges = CollectorRegistry()
    var = current_app.config["SETTINGS"].var
    gauges.register(_Gauges(read_gauges(var, clock.now(), starts_per_second())))
    return Response(generate_latest(_counted()) + generate_latest(gauges), content_type=CONTENT_TYPE_LATEST)


def init_app(app: Flask) -> None:
    """Let machines ask by whatever address they reach the server under: these replies name no host."""
    settings: Settings = app.config["SETTINGS"]
    if not settings.hosts:
        return
    inner: Callable[..., Iterable[bytes]] = app.wsgi_app

    def answered_under_any_name(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ.get("PATH_INFO") in _FOR_MACHINES:
            environ[_ASKED_HOST] = environ.get("HTTP_HOST", "")
            environ["HTTP_HOST"] = settings.hosts[0]
        return inner(environ, start_response)

    app.wsgi_app = answered_under_any_name  # type: ignore[method-assign]  # Flask documents this assignment


class _Gauges:
    """Values that were just read, in Prometheus' form."""

    def __init__(self, found: dict[str, float]) -> None:
        self._found = found

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """A family for each figure that could be read."""
        return [GaugeMetricFamily(name, GAUGES[name], value=value) for name, value in self._found.items()]


def _counted() -> CollectorRegistry:
    """What all workers have counted; outside of gunicorn what this process has."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return metrics.REGISTRY
    added_up = CollectorRegistry()
    MultiProcessCollector(added_up)  # type: ignore[no-untyped-call]  # ships half of its types
    return added_up


def _may_read() -> bool:
    environ = request.environ
    before: dict[str, str] = environ.get("werkzeug.proxy_fix.orig", {})
    peer = before.get("REMOTE_ADDR") or environ.get("REMOTE_ADDR") or ""
    host = environ.get(_ASKED_HOST) or environ.get("HTTP_HOST", "")
    asker = asker_of(environ, peer, host, request.remote_addr or "")
    seeing = current_app.config["SETTINGS"].seeing
    return may_read(asker, seeing.metrics_token, seeing.metrics_from)
