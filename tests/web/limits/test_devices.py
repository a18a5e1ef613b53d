"""The browser's mark: random, out of reach of scripts, hashed before it is stored; and the network's name."""

from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from flask import Flask
from sqlalchemy import select

from quiz.core import clock
from quiz.core.database import db
from quiz.entries.models import Entry
from quiz.web.devices import device
from quiz.web.entrants import network
from tests.support.citizen import enter, open_contest
from tests.support.client import Client
from tests.support.factories import make_contest, round_definition


def _keys(app: Flask) -> list[tuple[str | None, str | None]]:
    with app.app_context():
        rows = db.session.execute(select(Entry.device_key, Entry.network_key).order_by(Entry.id))
        return [(one, two) for one, two in rows]


def test_looking_around_sets_no_mark(client: Client, app: Flask) -> None:
    slug = open_contest(app)
    for address in ("/", f"/c/{slug}", f"/c/{slug}/enter"):
        client.get(address)
    assert client.get_cookie("device") is None


def test_entering_sets_it_out_of_reach_of_scripts(client: Client, app: Flask) -> None:
    reply = enter(client, open_contest(app))
    sent = SimpleCookie(next(one for one in reply.headers.getlist("Set-Cookie") if one.startswith("device=")))
    mark = sent["device"]
    assert len(mark.value) == 22, "128 bits"
    assert mark["httponly"]
    assert (mark["samesite"], mark["path"]) == ("Lax", "/")


def test_people_on_one_device_share_its_hash_and_others_do_not(client: Client, app: Flask) -> None:
    slug = open_contest(app)
    enter(client, slug)
    enter(client, slug, name="Lò Văn Thành", phone="0912 345 679")
    stranger = app.test_client()
    assert isinstance(stranger, Client)
    enter(stranger, slug, name="Quàng Văn Pánh", phone="0912 345 670")
    (first, net), (second, _), (other, same_net) = _keys(app)
    assert first == second != other
    assert net == same_net is not None
    mark = client.get_cookie("device")
    assert mark is not None
    assert first is not None
    assert mark.value not in first


def test_contests_cannot_be_linked_by_it(client: Client, app: Flask) -> None:
    enter(client, open_contest(app))
    with app.app_context():
        now = clock.now()
        times = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=6)}
        make_contest("cuoc-thi-khac", round_definition(**times))
    enter(client, "cuoc-thi-khac")
    keys = [one for one, _ in _keys(app)]
    assert len(set(keys)) == 2


@pytest.mark.parametrize("sent", ["", "x", "a" * 21, "a" * 23, "a" * 21 + "=", "<script>alert(1)</script>"])
def test_what_we_did_not_make_is_replaced(client: Client, app: Flask, sent: str) -> None:
    client.set_cookie("device", sent)
    enter(client, open_contest(app))
    mark = client.get_cookie("device")
    assert mark is not None
    assert mark.value != sent
    assert len(mark.value) == 22


def test_within_a_request_there_is_one(app: Flask) -> None:
    with app.test_request_context("/"):
        assert device() == device()


NETWORKS = [
    # address of the client              network
    ("113.160.1.2", "113.160.1.2"),
    ("::ffff:113.160.1.2", "113.160.1.2"),
    ("2405:4802:1:2:3:4:5:6", "2405480200010002/64"),
    ("2405:4802:1:2:ffff::1", "2405480200010002/64"),
    ("2405:4802:1:3::1", "2405480200010003/64"),
    ("not an address", "unknown"),
]


@pytest.mark.parametrize("address, name", NETWORKS)
def test_network(app: Flask, address: str, name: str) -> None:
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": address}):
        assert network() == name
