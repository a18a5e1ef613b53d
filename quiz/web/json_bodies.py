"""JSON that was sent: what nobody would send in earnest is no JSON, and no error of ours."""

from typing import Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider


class JsonBodies(DefaultJSONProvider):
    """Flask's own; text that is nested too deeply is refused as any other text that is not JSON."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """What the text says. Raises ValueError."""
        try:
            return super().loads(s, **kwargs)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error


def init_app(app: Flask) -> None:
    """Read bodies, and everything else, with it."""
    app.json = JsonBodies(app)
