"""/healthz: the process answers. /readyz: it can reach its database."""

from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, Flask, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from quiz.core.database import db

T = TypeVar("T")
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


def unless_away(read: Callable[[], T], otherwise: T) -> T:
    """What is read, or something else where the database is away: for what stands on every page."""
    try:
        return read()
    except SQLAlchemyError:
        return otherwise


def init_app(app: Flask) -> None:
    """Register the two addresses."""
    app.register_blueprint(bp)
