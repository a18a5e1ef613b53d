"""What goes out compressed, and what does not."""

import gzip

import brotli
import pytest
from flask import Flask, Response

from quiz.web import compression

_LONG = "Đảng bộ xã Mường La " * 100


@pytest.fixture
def client():
    app = Flask(__name__)
    compression.init_app(app)
    app.add_url_rule("/", "page", lambda: _LONG)
    app.add_url_rule("/short", "short", lambda: "ngắn")
    app.add_url_rule("/manage/c/x", "manage", lambda: _LONG)
    app.add_url_rule("/picture", "picture", lambda: Response(b"x" * 2000, mimetype="image/png"))
    app.add_url_rule("/stream", "stream", lambda: Response(iter([_LONG]), mimetype="text/html"))
    return app.test_client()


@pytest.mark.parametrize(
    "accepted, encoding, unpack",
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip", "gzip", gzip.decompress),
        ("", None, bytes),
        ("identity", None, bytes),
    ],
)
def test_a_page_is_packed_as_the_browser_accepts(client, accepted, encoding, unpack):
    response = client.get("/", headers={"Accept-Encoding": accepted})
    assert response.headers.get("Content-Encoding") == encoding
    assert unpack(response.data).decode() == _LONG
    assert response.content_length == len(response.data)
    assert "Accept-Encoding" in response.headers["Vary"]


@pytest.mark.parametrize("path", ["/short", "/manage/c/x", "/picture", "/stream"])
def test_short_foreign_streamed_and_workspace_responses_stay(client, path):
    response = client.get(path, headers={"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in response.headers
