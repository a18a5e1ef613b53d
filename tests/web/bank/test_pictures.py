"""The addresses of pictures: the same for everybody, for ever, and harmless."""

import pytest
from flask import Flask

from question_bank.values import Image
from quiz.bank import pictures
from quiz.bank.queries import get_bank
from quiz.core.database import transaction
from tests.support import pictures as made
from tests.support.client import Client
from tests.support.factories import NOW, make_bank


@pytest.fixture
def address(app: Flask) -> str:
    with app.app_context():
        make_bank()
        with transaction() as session:
            image = Image("dap-an-dung.png", "image/png", made.png(), "hình")
            [ref] = pictures.store(session, get_bank("bank").id, [image], now=NOW)
    return f"/pictures/{ref.digest}.{ref.extension}"


def test_a_picture_is_for_everybody_and_for_ever(client: Client, address: str) -> None:
    reply = client.get(f"{address}?lang=en")
    assert (reply.status_code, reply.data, reply.content_type) == (200, made.png(), "image/png")
    assert reply.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert reply.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "Set-Cookie" not in reply.headers
    assert "Cookie" not in reply.headers.get("Vary", "")
    assert "dap-an" not in str(reply.headers)


def test_who_has_it_already_gets_nothing_again(client: Client, address: str) -> None:
    etag = client.get(address).headers["ETag"]
    again = client.get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    assert "Set-Cookie" not in again.headers


@pytest.mark.parametrize(
    "change", [("png", "jpg"), ("png", "svg"), (".png", ".png.html"), ("/pictures/", "/pictures/A")]
)
def test_any_other_address_is_unknown(client: Client, address: str, change: tuple[str, str]) -> None:
    reply = client.get(address.replace(*change))
    assert reply.status_code == 404
    assert reply.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("tail", ["0" * 64 + ".png", "..%2f..%2fetc.png", "x.png"])
def test_unknown_digests(client: Client, tail: str) -> None:
    assert client.get(f"/pictures/{tail}").status_code == 404


def test_pictures_are_only_read(client: Client, address: str) -> None:
    assert client.delete(address).status_code in {400, 405}
    assert client.head(address).status_code == 200
