"""A15: floods by programs. Proof of work in front of entering and starting, only where the pace asks."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from quiz.attempts.models import Attempt
from quiz.core.database import db
from quiz.entries.models import Entry
from quiz.limits.challenges import WAIT, Difficulty, new_challenge
from tests.support.citizen import FORM, enter, open_contest
from tests.support.client import Client
from tests.support.limits import (
    EASY,
    browser,
    field,
    fields,
    is_challenge,
    person,
    post,
    set_limits,
    solution,
)

ENTER = "/c/dai-hoi/enter"
START = "/c/dai-hoi/rounds/1/start"


@pytest.fixture(autouse=True)
def contest(app: Flask) -> None:
    open_contest(app)


def count(app: Flask, model: type[Entry] | type[Attempt]) -> int:
    with app.app_context():
        return db.session.query(model).count()


def test_few_people_are_never_asked(app: Flask) -> None:
    for number in range(3):
        client = browser(app)
        assert client.post(ENTER, data=person(number)).status_code == 303
        assert client.post(START).status_code == 303
    assert (count(app, Entry), count(app, Attempt)) == (3, 3)


def test_a_bot_without_a_solver_starts_nothing(app: Flask) -> None:
    """500 presses, from new browsers and from one, with made-up proofs and without: no entry, no start."""
    honest = browser(app)
    enter(honest, "dai-hoi")
    set_limits(app, challenge="always")
    for number in range(200):
        assert is_challenge(browser(app).post(ENTER, data=person(number)))
    for proof in ("", "x", "e30=", "A" * 5_000):
        assert is_challenge(honest.post(START, data={"altcha": proof}))
    for _ in range(26):
        honest.post(START)
    assert (count(app, Entry), count(app, Attempt)) == (1, 0)


def test_a_browser_with_a_solver_goes_on_with_what_it_sent(app: Flask, client: Client) -> None:
    set_limits(app, challenge="always")
    asked = client.post(ENTER, data=person(1))
    assert asked.status_code == 200
    assert fields(asked)["name"] == person(1)["name"]
    assert client.post(ENTER, data=fields(asked) | {"altcha": solution(asked)}).status_code == 303
    assert count(app, Entry) == 1
    assert post(client, START).status_code == 303
    assert count(app, Attempt) == 1


def test_looking_at_the_form_and_checking_it_asks_for_nothing(app: Flask, client: Client) -> None:
    set_limits(app, challenge="always")
    assert "Kiểm tra lại thông tin" in client.post(ENTER, data=FORM).get_data(as_text=True)
    assert client.post(ENTER, data=FORM | {"name": "", "step": "check"}).status_code == 422


def test_a_proof_is_good_once(app: Flask, client: Client) -> None:
    set_limits(app, challenge="always")
    asked = client.post(ENTER, data=person(1))
    sent = {"altcha": solution(asked)}
    assert client.post(ENTER, data=person(1) | sent).status_code == 303
    assert is_challenge(client.post(ENTER, data=person(2) | sent))
    assert count(app, Entry) == 1


def test_a_proof_is_good_for_nobody_else_and_nothing_else(app: Flask, client: Client) -> None:
    set_limits(app, challenge="always")
    sent = {"altcha": solution(client.post(ENTER, data=person(1)))}
    assert is_challenge(browser(app).post(ENTER, data=person(2) | sent)), "another browser"
    post(client, ENTER, person(1))
    assert is_challenge(client.post(START, data=sent)), "another deed"
    assert count(app, Attempt) == 0


def test_waiting_instead(app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """No script: the same form, a button, and a time that the server keeps."""
    set_limits(app, challenge="always")
    asked = client.post(ENTER, data=person(1))
    assert f"Chờ {WAIT.seconds} giây" in asked.get_data(as_text=True)
    early = client.post(ENTER, data=fields(asked))
    assert is_challenge(early)
    assert field(early, "waited") == field(asked, "waited"), "who presses too soon does not begin anew"
    assert count(app, Entry) == 0
    monkeypatch.setattr("quiz.limits.challenges.WAIT", timedelta(0))
    ready = client.post(ENTER, data=person(1))
    ticket = field(ready, "waited")
    assert client.post(ENTER, data=fields(ready)).status_code == 303
    assert is_challenge(client.post(ENTER, data=person(2) | {"waited": ticket})), "good once"
    assert is_challenge(browser(app).post(ENTER, data=person(2) | {"waited": ticket})), "for one browser"
    assert count(app, Entry) == 1


def test_programs_that_wait_are_few(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting costs a program nothing, so that only 60 a minute of one network may choose it."""
    monkeypatch.setattr("quiz.limits.challenges.WAIT", timedelta(0))
    set_limits(app, challenge="always")
    refused = 0
    for number in range(70):
        bot = browser(app)
        reply = bot.post(ENTER, data=fields(bot.post(ENTER, data=person(number))))
        refused += reply.status_code == 429
    assert count(app, Entry) <= 60
    assert refused >= 10
    late = browser(app)
    assert post(late, ENTER, person(99)).status_code == 303, "who solves is let in all the same"


def test_it_begins_with_the_pace_and_only_for_that_network(app: Flask) -> None:
    set_limits(app, challenge_from=5)
    replies = [browser(app).post(ENTER, data=person(number)) for number in range(8)]
    assert [is_challenge(reply) for reply in replies] == [False] * 5 + [True] * 3
    elsewhere = browser(app, "113.160.9.9").post(ENTER, data=person(50))
    assert elsewhere.status_code == 303


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Difficulty]:
    """How hard the challenges were, one after the other."""
    found: list[Difficulty] = []

    def noted(*args: Any, difficulty: Difficulty, **kwargs: Any) -> Mapping[str, object]:
        found.append(difficulty)
        return new_challenge(*args, difficulty=difficulty, **kwargs)

    monkeypatch.setattr("quiz.web.proofs.new_challenge", noted)
    return found


def test_a_rush_makes_it_harder_and_whoever_proves_has_pressed_once(
    app: Flask, asked: list[Difficulty]
) -> None:
    set_limits(app, challenge_harder_from=50)
    for number in range(50):
        assert post(browser(app), ENTER, person(number)).status_code == 303
    assert set(asked) == {EASY}
    assert len(asked) == 30, "from the twenty-first on, and the press with the proof is none of its own"
    late = browser(app).post(ENTER, data=person(50))
    assert asked[-1] == EASY.at(1)
    assert "vài giây là xong" in late.get_data(as_text=True)
    for number in range(51, 72):
        late = browser(app).post(ENTER, data=person(number))
    assert asked[-1] == EASY.at(2)
    assert "có thể mất đến một phút" in late.get_data(as_text=True)
    assert f"Chờ {3 * WAIT.seconds} giây" in late.get_data(as_text=True)
    assert browser(app, "113.160.9.9").post(ENTER, data=person(80)).status_code == 303


def test_who_entered_before_the_rush_meets_the_cheap_step(app: Flask, asked: list[Difficulty]) -> None:
    old, new = browser(app), browser(app)
    enter(old, "dai-hoi")
    enter(new, "dai-hoi", name="Lò Văn Thành", phone="0912 345 679")
    with app.app_context():
        first = db.session.query(Entry).order_by(Entry.id).first()
        assert first is not None
        first.registered_at -= timedelta(hours=2)
        db.session.commit()
    set_limits(app, challenge_harder_from=10)
    for _ in range(60):
        browser(app).post(START)
    assert is_challenge(old.post(START))
    assert is_challenge(new.post(START))
    assert asked[-2:] == [EASY, EASY.at(3)]


def test_many_on_one_device_are_asked_too(app: Flask, client: Client) -> None:
    replies = [client.post(ENTER, data=person(number)) for number in range(8)]
    assert [is_challenge(reply) for reply in replies] == [False] * 6 + [True] * 2
    assert post(client, ENTER, person(9)).status_code == 303


def test_who_has_begun_is_never_asked(app: Flask, client: Client) -> None:
    enter(client, "dai-hoi")
    client.post(START)
    set_limits(app, challenge="always")
    assert client.post(START).status_code == 303, "pressed twice: the running attempt"


def test_off_is_off(app: Flask) -> None:
    set_limits(app, challenge="off", challenge_from=0)
    assert browser(app).post(ENTER, data=person(1)).status_code == 303


def test_scripts_of_others_get_a_problem(app: Flask, client: Client) -> None:
    enter(client, "dai-hoi")
    set_limits(app, challenge="always")
    reply = client.post(START, json={})
    assert (reply.status_code, reply.get_json()["error"]) == (428, "proof_needed")


def test_the_page_keeps_the_policy(app: Flask, client: Client) -> None:
    set_limits(app, challenge="always")
    reply = client.post(ENTER, data=person(1))
    policy = reply.headers["Content-Security-Policy"]
    assert "worker-src 'self'" in policy
    assert "unsafe" not in policy
    assert reply.headers["Cache-Control"] == "no-store"
