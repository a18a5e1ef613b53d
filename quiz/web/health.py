"""/healthz: the process answers. /readyz: it can reach its database."""

import time
from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, Flask, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from quiz.core import clock
from quiz.core.database import db

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def healthz() -> Response:
    """The process is alive."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
def readyz() -> Response:
    """The database answers; 503 while it does not."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return Response("database\n", status=503, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")


@dataclass(frozen=True, slots=True)
class DatabaseSigns:
    """How long the database took to answer, and how far its clock is ahead; None: it has no clock."""

    seconds: float
    ahead: timedelta | None


def measure_database() -> DatabaseSigns:
    """Ask the database for the time. SQLite has no clock of its own."""
    has_clock = db.engine.dialect.name != "sqlite"
    began = time.perf_counter()
    moment = db.session.execute(text("SELECT clock_timestamp()" if has_clock else "SELECT 1")).scalar_one()
    seconds = time.perf_counter() - began
    return DatabaseSigns(seconds, moment - clock.now() if has_clock else None)


def init_app(app: Flask) -> None:
    """Register the two addresses."""
    app.register_blueprint(bp)
