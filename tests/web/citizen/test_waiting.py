"""The waiting page and the address that tells a place: whose it is, what it says, how it ends."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask

from quiz.attempts.models import Ticket, WaitingLine
from quiz.contests.models import Round
from quiz.contests.phases import RoundState
from quiz.core import clock
from quiz.core.caches import forget_all
from quiz.core.database import transaction
from quiz.limits.windows import Count, Rate
from tests.support.citizen import enter, open_contest, start
from tests.support.client import Client

WAIT = "/c/dai-hoi/rounds/1/wait"


@pytest.fixture
def slow(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that begins one attempt in ten seconds."""
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], starts_per_second=0.1))


def person(app: Flask, slug: str, number: int) -> Client:
    """Somebody who has entered the contest."""
    client = app.test_client()
    assert isinstance(client, Client)
    enter(client, slug, phone=f"0912 345 {number:03}", name=f"Lò Văn {'ABCDEFGH'[number]}n")
    return client


def let_everybody_in(app: Flask) -> None:
    """As if the time had passed."""
    with app.app_context(), transaction() as session:
        row = session.get(WaitingLine, 1)
        assert row is not None
        row.called_at -= timedelta(hours=1)
    forget_all()


@pytest.fixture
def crowd(app: Flask, slow: None) -> tuple[Client, Client, Client]:
    """One is inside, two wait."""
    slug = open_contest(app)
    people = (person(app, slug, 0), person(app, slug, 1), person(app, slug, 2))
    assert start(people[0], slug).startswith("/attempts/")
    assert [start(one, slug) for one in people[1:]] == [WAIT, WAIT]
    return people


def test_the_page_says_place_and_wait(crowd: tuple[Client, Client, Client]) -> None:
    first, second = (one.get(WAIT) for one in crowd[1:])
    assert first.status_code == second.status_code == 200
    assert "vài giây nữa" in first.text.casefold()
    assert "khoảng 20 giây nữa" in second.text.casefold()
    assert 'data-line="/line/2"' in second.text
    assert 'data-ahead="1"' in second.text
    assert 'http-equiv="refresh"' in second.text
    assert "Cache-Control" in second.headers


def test_a_reload_keeps_the_place(app: Flask, crowd: tuple[Client, Client, Client]) -> None:
    for _ in range(3):
        crowd[1].get(WAIT)
        assert start(crowd[1], "dai-hoi") == WAIT
    with app.app_context(), transaction() as session:
        assert sorted(row.number for row in session.query(Ticket)) == [1, 2]


def test_the_address_of_a_place_is_small_and_sets_no_cookie(
    app: Flask, crowd: tuple[Client, Client, Client]
) -> None:
    reply = app.test_client().get("/line/2")
    assert reply.status_code == 200
    assert reply.json is not None
    assert reply.json["before"] == 1
    assert 0 < reply.json["wait_ms"] <= 20_000
    assert 2_000 <= reply.json["ask_again_ms"] <= 10_000
    assert "Set-Cookie" not in reply.headers
    assert len(reply.data) < 100
    assert app.test_client().get("/line/3").status_code == 404
    assert app.test_client().post("/line/2").status_code == 405


def test_when_it_is_time_the_attempt_begins(app: Flask, crowd: tuple[Client, Client, Client]) -> None:
    let_everybody_in(app)
    reply = app.test_client().get("/line/2")
    assert reply.json == {"before": 0, "wait_ms": 0, "ask_again_ms": 0}
    page = crowd[2].get(WAIT).text
    assert "Đã đến lượt" in page
    assert 'http-equiv="refresh"' not in page
    attempt = start(crowd[2], "dai-hoi")
    assert attempt.startswith("/attempts/")
    assert crowd[2].get(WAIT).location == "/c/dai-hoi/rounds/1"


def test_without_an_entry_or_a_ticket_there_is_nothing_to_wait_for(
    app: Flask, client: Client, slow: None
) -> None:
    slug = open_contest(app)
    assert client.get(WAIT).location == "/c/dai-hoi/enter"
    enter(client, slug)
    assert client.get(WAIT).location == "/c/dai-hoi/rounds/1"
    assert client.get("/c/khong-co/rounds/1/wait").status_code == 404
    assert client.get("/c/dai-hoi/rounds/9/wait").status_code == 404
    assert client.post(WAIT).status_code == 405
    assert client.post(WAIT, csrf=False).status_code in (400, 405)


def test_a_pause_is_said_and_keeps_the_place(app: Flask, crowd: tuple[Client, Client, Client]) -> None:
    with app.app_context(), transaction() as session:
        (round_,) = session.query(Round).all()
        round_.state = RoundState.PAUSED.value
    assert crowd[2].get(WAIT).location == "/c/dai-hoi/rounds/1"
    assert "tạm dừng" in crowd[2].get("/c/dai-hoi/rounds/1").text
    with app.app_context(), transaction() as session:
        assert session.query(Ticket).count() == 2


def test_a_line_longer_than_the_round_is_said(app: Flask, slow: None) -> None:
    slug = open_contest(app, closes_at=clock.now() + timedelta(seconds=8))
    start(person(app, slug, 0), slug)
    late = person(app, slug, 1)
    assert start(late, slug) == WAIT
    assert "có thể trước khi đến lượt" in late.get(WAIT).text


def test_a_spread_opening_tells_everybody_the_own_moment(app: Flask, client: Client) -> None:
    slug = open_contest(app, opens_at=clock.now() - timedelta(milliseconds=1), start_spread_seconds=3600)
    enter(client, slug)
    assert "Giờ vào của đăng ký này" in client.get("/c/dai-hoi/rounds/1").text
    assert start(client, slug) == WAIT
    first, again = client.get(WAIT).text, client.get(WAIT).text
    assert "Giờ vào của đăng ký này" in first
    assert "data-line" not in first
    moment = first.split('class="th-num">')[1][:8]
    assert moment == again.split('class="th-num">')[1][:8]


def test_while_people_wait_the_line_is_the_limit(
    app: Flask, crowd: tuple[Client, Client, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Presses of those who wait are not counted; without a line they are."""
    settings = app.config["SETTINGS"]
    monkeypatch.setitem(
        app.config, "SETTINGS", replace(settings, limits=replace(settings.limits, is_on=True))
    )
    counters, counted = app.extensions["counters"], []
    honest = counters.count

    def count(buckets: Mapping[str, Rate], *, now: datetime) -> dict[str, Count]:
        counted.append(buckets)
        found: dict[str, Count] = honest(buckets, now=now)
        return found

    monkeypatch.setattr(counters, "count", count)
    forget_all()  # a process looks at the line once a second
    assert start(crowd[1], "dai-hoi") == WAIT
    assert counted == []
    let_everybody_in(app)
    assert start(crowd[1], "dai-hoi").startswith("/attempts/")
    assert len(counted) == 1
