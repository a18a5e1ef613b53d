"""Pages go out compressed: a phone in the hills waits for bytes.

Workspaces stay as they are: their pages carry a token beside words from the address, and what compresses
together can be guessed (BREACH). Static files have their compressed copies beside them, see `assets`.
"""

import gzip
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]  # ships no types
from flask import Flask, Response, request
from werkzeug.datastructures import Accept

_TYPES = {"text/html", "text/javascript", "application/json", "image/svg+xml"}
_LEAST_BYTES = 700
_WORKSPACES = ("/manage", "/unit", "/login", "/me")


def _with_brotli(data: bytes) -> bytes:
    packed: bytes = brotli.compress(data, quality=5)
    return packed


def _with_gzip(data: bytes) -> bytes:
    return gzip.compress(data, compresslevel=6, mtime=0)


# Best first.
_ENCODINGS: tuple[tuple[str, Callable[[bytes], bytes]], ...] = (("br", _with_brotli), ("gzip", _with_gzip))


def choose_encoding(accepted: Accept) -> tuple[str, Callable[[bytes], bytes]] | None:
    """The best encoding that a browser accepts, with what packs so; None: as it is."""
    return next((encoding for encoding in _ENCODINGS if accepted[encoding[0]] > 0), None)


def init_app(app: Flask) -> None:
    """Compress what the browser accepts compressed. Registered first, so that it meets the whole response."""

    @app.after_request
    def compress(response: Response) -> Response:
        if not _is_fit(response):
            return response
        response.vary.add("Accept-Encoding")
        encoding = choose_encoding(request.accept_encodings)
        if encoding is not None:
            name, pack = encoding
            response.set_data(pack(response.get_data()))
            response.headers["Content-Encoding"] = name
        return response


def _is_fit(response: Response) -> bool:
    return (
        response.mimetype in _TYPES
        and not response.direct_passthrough
        and not response.is_streamed
        and "Content-Encoding" not in response.headers
        and not request.path.startswith(_WORKSPACES)
        and (response.content_length or 0) >= _LEAST_BYTES
    )
