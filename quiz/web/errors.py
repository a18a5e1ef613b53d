"""Every error as a page that helps, or as a JSON problem where JSON was asked for."""

import logging
from http import HTTPStatus

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from jinja2 import StrictUndefined
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, SecurityError

from quiz.core.database import db
from quiz.core.errors import DomainError
from quiz.web.labels import domain_message

log = logging.getLogger(__name__)
_RETRY_SECONDS = 20  # as templates/errors/503.html has it
_PAGES = {400, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503}


def wants_json() -> bool:
    """The sheet's protocol and the public API speak JSON."""
    return request.path.endswith("/sheet") or request.path.startswith("/api/") or request.is_json


def problem(status: int, code: str, message: str) -> Response:
    """A JSON problem: code for machines, message for people. The public API speaks RFC 9457."""
    if request.path.startswith("/api/"):
        title = HTTPStatus(status).phrase
        told = {"type": "about:blank", "title": title, "status": status, "detail": message, "code": code}
        response = jsonify(told)
        response.mimetype = "application/problem+json"
    else:
        response = jsonify({"error": code, "message": message})
    response.status_code = status
    return response


def error_page(status: int, message: str | None = None) -> tuple[str, int]:
    """The page of a status; `message` says more where we know more."""
    page = status if status in _PAGES else (500 if status >= 500 else 400)
    return render_template(f"errors/{page}.html", message=message), status


def init_app(app: Flask) -> None:
    """Register the handlers; undefined names in templates are errors."""
    app.jinja_env.undefined = StrictUndefined

    @app.errorhandler(DomainError)
    def domain_error(error: DomainError) -> Response | tuple[str, int]:
        message = domain_message(error)
        if wants_json():
            return problem(error.status, error.code, message)
        return error_page(error.status, message)

    @app.errorhandler(CSRFError)
    def csrf_error(error: CSRFError) -> Response | tuple[str, int]:
        log.warning("refused %s: %s", request.endpoint, error.description)
        message = _(
            "Trang đã mở quá lâu hoặc trình duyệt chặn cookie. Tải lại trang rồi làm lại bước vừa rồi."
        )
        return problem(400, "csrf", message) if wants_json() else error_page(400, message)

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response | tuple[str, int] | HTTPException:
        status = error.code or 500
        if status < 400 or isinstance(error, SecurityError):
            return error  # where the host is not ours no address can be made, so no page of ours either
        if wants_json():
            return problem(status, error.name.lower().replace(" ", "_"), error.description or error.name)
        page = error_page(status)
        return (page[0], status) if error.get_response().status_code < 500 else page

    @app.errorhandler(OperationalError)
    def database_away(error: OperationalError) -> Response:
        log.error("database not reachable: %s", error.orig)
        db.session.rollback()
        if wants_json():
            return problem(
                503, "database", _("Máy chủ đang bận. Câu trả lời đang giữ trên máy này và tự gửi lại.")
            )
        response = make_response(error_page(503))
        response.headers["Retry-After"] = str(_RETRY_SECONDS)
        return response

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response | tuple[str, int]:
        log.exception("unexpected error at %s", request.endpoint, exc_info=error)
        if app.testing and not app.config.get("SHOW_ERROR_PAGES"):
            raise error
        db.session.rollback()  # the page may still ask who answers for the contest
        if wants_json():
            return problem(
                500, "internal", _("Máy chủ gặp lỗi. Câu trả lời đang giữ trên máy này và tự gửi lại.")
            )
        return error_page(500)
