"""The OpenAPI document: made from the views and their schemas, so that it cannot say something else."""

from typing import Any

from flask import current_app
from flask.blueprints import BlueprintSetupState
from flask_smorest import Api

from quiz.api.schemas import Problem

_VERSION = "1.0.0"
_WORDS = """Public figures of quiz contests. Reads only; no key, no cookie; any site may ask (CORS `*`).

Every figure follows the publication rules of its contest: what a prediction keeps secret, what is frozen or
not yet shown is null or absent here as on every page. Ask again with `If-None-Match`; a reply may be ten
seconds old. Errors are `application/problem+json` (RFC 9457). Within version 1 fields are added, never
renamed."""


class _Described(Api):
    """Only the describing: pages and problems of the application stay as they are."""

    ERROR_SCHEMA = Problem
    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """Ours answer already: quiz.web.errors."""

    def _register_doc_blueprint(self) -> None:
        """The document is served by quiz.api.views."""


def describe(state: BlueprintSetupState) -> None:
    """Once an application has the addresses of the API: make the document of it."""
    app = state.app
    api = _Described(
        app,
        spec_kwargs={
            "title": "Tìm Hiểu API",
            "version": _VERSION,
            "openapi_version": "3.1.0",
            "info": {"description": _WORDS},
        },
    )
    blueprint: Any = state.blueprint
    blueprint.register_views_in_doc(api, app, api.spec, name=blueprint.name, parameters=None)
    api.spec.tag({"name": blueprint.name, "description": blueprint.description})
    document = api.spec.to_dict()
    for path in ("/api/v1/openapi.json", "/api/v1/"):
        document["paths"].pop(path, None)
    app.extensions["openapi"] = document


def description() -> dict[str, Any]:
    """The document of this application."""
    document: dict[str, Any] = current_app.extensions["openapi"]
    return document
