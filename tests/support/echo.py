"""A small application that says what arrived, for tests of the server itself."""

import time
from collections.abc import Callable, Iterable
from typing import Any

_answered: list[bytes] = []


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Method, path and the length of the body; as ?n the place in the order of answering. /slow is slow."""
    body = environ["wsgi.input"].read()
    if environ["PATH_INFO"] == "/slow":
        time.sleep(0.3)
    words = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']} {len(body)}".encode()
    if environ["QUERY_STRING"] == "n":
        _answered.append(words)
        words = b"%d" % len(_answered)
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(words)))])
    return [words]
