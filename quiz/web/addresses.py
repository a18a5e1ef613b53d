"""Addresses with numbers and characters that no database holds: not found, and no error of ours."""

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter, ValidationError

MOST = 2**63 - 1  # of a column


class ColumnConverter(IntegerConverter):
    """<int:…> in an address: a number that a column can hold."""

    def to_python(self, value: str) -> int:
        """The number. Raises ValidationError, which means that there is no such address."""
        if len(value) > len(str(MOST)):
            raise ValidationError
        number: int = super().to_python(value)
        if number > MOST:
            raise ValidationError
        return number


def init_app(app: Flask) -> None:
    """Replace werkzeug's converter before any address is registered; refuse NUL, which PostgreSQL refuses."""
    app.url_map.converters = {**app.url_map.converters, "int": ColumnConverter}

    @app.before_request
    def refuse_nul() -> None:
        words = (word for words in request.args.listvalues() for word in words)
        if "\0" in request.path or any("\0" in word for word in words):
            abort(404)
