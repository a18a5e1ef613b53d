"""One post: to the address that was judged, no further, and not for ever."""

import socket

import pytest

from quiz.hooks import sending
from quiz.hooks.guard import Target, read_address
from quiz.hooks.sending import post
from tests.support.receiver import receiver

OUTSIDE = Target("tin.example.vn", 443, "/", True)


@pytest.fixture
def lines(monkeypatch):
    """Where a connection was tried to; none is made."""
    tried = []

    def refuse(address, timeout):
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", refuse)
    return tried


def test_a_post_arrives_as_it_was_made():
    with receiver() as there:
        target = read_address(there.url, loopback_ok=True)
        reply = post(target, b'{"a":1}', {"Webhook-Id": "7"})
        assert (reply.status, reply.trouble) == (200, None)
        ((headers, body),) = there.got
        assert (headers["Webhook-Id"], headers["Host"], body) == ("7", there.url.split("/")[2], b'{"a":1}')


def test_a_redirect_is_an_answer_and_nobody_goes_there():
    with receiver() as there, receiver() as elsewhere:
        there.statuses, there.location = [307], elsewhere.url
        reply = post(read_address(there.url, loopback_ok=True), b"{}", {})
        assert (reply.status, reply.trouble) == (307, "redirect")
        assert not elsewhere.got


@pytest.mark.parametrize(
    "found", [[], ["10.0.0.1"], ["1.1.1.1", "127.0.0.1"], ["::1"], ["::ffff:169.254.169.254"]]
)
def test_a_name_with_one_inner_address_is_not_called(lines, found):
    assert post(OUTSIDE, b"{}", {}, resolve=lambda *_: found).trouble == "address_refused"
    assert not lines


def test_a_name_that_changes_after_the_look_gains_nothing(lines):
    """Rebinding: asked once, and the line goes to the address of that one answer, never to the name."""
    answers = [["1.1.1.1"], ["127.0.0.1"]]
    reply = post(OUTSIDE, b"{}", {}, resolve=lambda *_: answers.pop(0))
    assert reply.trouble == "no_connection"
    assert lines == [("1.1.1.1", 443)]
    assert answers == [["127.0.0.1"]]


def test_a_name_of_this_machine_is_nobody_elses_way_in(lines):
    inner = Target("localhost", 9000, "/", False, is_loopback=True)
    assert post(inner, b"{}", {}, resolve=lambda *_: ["10.0.0.7"]).trouble == "address_refused"
    assert not lines


def test_who_drips_is_cut_off(monkeypatch):
    monkeypatch.setattr(sending, "_ALL_SECONDS", 0.4)
    with receiver() as there:
        there.drip = 0.05
        reply = post(read_address(there.url, loopback_ok=True), b"{}", {})
        assert (reply.status, reply.trouble) == (None, "timeout")
        assert reply.took_ms < 5000


def test_who_speaks_no_tls_and_who_is_not_there():
    with receiver() as there:
        plain = read_address(there.url, loopback_ok=True)
        spoken = Target(plain.host, plain.port, "/", True, is_loopback=True)
        assert post(spoken, b"{}", {}).trouble == "tls"
    assert post(plain, b"{}", {}).trouble == "no_connection"
