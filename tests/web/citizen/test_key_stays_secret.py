"""No response before the round is published contains the key. Every page and JSON reply is walked."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from random import Random

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from quiz.attempts import service
from quiz.attempts.models import Attempt
from quiz.bank.models import BankQuestion, QuestionRevision
from quiz.bank.queries import revisions
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundState
from quiz.core import clock
from quiz.core.database import db, transaction
from tests.support.citizen import enter, open_contest, start
from tests.support.client import Client
from tests.support.databases import KINDS
from tests.support.factories import KEYRING, make_entry
from tests.support.wordings import enrich

pytestmark = pytest.mark.parametrize("app", KINDS, indirect=True)
CANARY = "hoang-yen-7f3a"
SHEET = {"revision": 1, "answers": {str(place): [1] for place in range(1, 7)}, "prediction": "10"}


def walk(client: Client, address: str) -> Iterator[TestResponse]:
    """Everything an entrant can ask for around an attempt."""
    for page in ("/", "/c/dai-hoi", "/c/dai-hoi/rules", "/c/dai-hoi/enter", "/c/dai-hoi/rounds/1"):
        yield client.get(page)
    for page in ("/c/dai-hoi/standings", "/c/dai-hoi/standings/units", "/c/dai-hoi/units/03688"):
        yield client.get(page)
        yield client.get(f"{page}?round=1")
    for page in ("display", "display/scenes", "embed", "share", "rounds/1/winners", "rounds/1/key"):
        yield client.get(f"/c/dai-hoi/{page}")
    yield client.get("/c/dai-hoi/rounds/1/key.pdf")
    for page in ("", "/rounds/1", "/rounds/1/people", "/rounds/1/units"):
        yield client.get(f"/api/v1/contests/dai-hoi{page}")
    yield client.get(address)
    yield client.get(f"{address}?lang=en")
    yield client.get(f"{address}?questions=en")
    yield client.get(f"{address}/sheet?questions=vi")
    switched = {"revision": "0", "then": "language-en"}
    yield client.post(f"{address}/answers", data=switched, follow_redirects=True)
    for picture in sorted(set(re.findall(r'/pictures/[^"]+', text_of(client.get(address))))):
        yield client.get(picture)
    yield client.get(f"{address}/sheet")
    yield client.get(f"{address}/confirm")
    yield client.put(f"{address}/sheet", json=SHEET)
    yield client.put(f"{address}/sheet", json=SHEET | {"revision": 1, "answers": {"1": [2]}})
    yield client.put(f"{address}/sheet", json={"revision": "x"})
    yield client.post(f"{address}/answers", data={"revision": "1", "q1": "2"})
    yield client.post("/c/dai-hoi/rounds/1/start")
    yield client.get("/receipts")
    yield client.get("/receipts?code=TH-00000-00000")
    yield client.get("/unit")
    yield client.get("/manage")
    yield client.get("/login")
    yield client.get("/attempts/1-khongco")
    yield client.delete(address)
    yield client.post(f"{address}/submit", csrf=False)
    yield client.get(f"{address}/khong-co")


def marks(app: Flask) -> list[str]:
    """What must never be seen: the canary, ids of questions and revisions, words of the stored key."""
    with app.app_context():
        ids = [str(row[0]) for row in db.session.query(QuestionRevision.id)]
        ids += [str(row[0]) for row in db.session.query(BankQuestion.id)]
        ids += [str(row[0]) for row in db.session.query(Attempt.seed)]
    return [CANARY, "pinned", '"correct"', "is_correct", *ids]


def text_of(response: TestResponse) -> str:
    """Body and headers."""
    return response.get_data().decode("utf-8", "replace") + str(response.headers)


def found(response: TestResponse, what: list[str]) -> list[str]:
    """The marks that the response contains."""
    text = text_of(response)
    return [mark for mark in what if mark in text]


def another_entrant(app: Flask) -> Client:
    """Somebody else who has entered the same contest."""
    other = app.test_client()
    assert isinstance(other, Client)
    enter(other, "dai-hoi", phone="0987 654 321", name="Cầm Văn Dũng")
    return other


def set_state(app: Flask, state: RoundState) -> None:
    """Put the round into a state, its window as it is."""
    with app.app_context(), transaction() as session:
        round_ = session.query(Round).one()
        round_.state = state.value
        round_.state_since = clock.now()


@pytest.mark.parametrize("state", [RoundState.READY, RoundState.PAUSED, RoundState.CLOSED, RoundState.FROZEN])
def test_no_response_before_publication_contains_the_key(
    app: Flask, client: Client, state: RoundState
) -> None:
    """As the entrant, while running and after handing in, in every state before publication.

    Pictures and translations are on every question; files are named after the key, as people name them.
    """
    open_contest(app, canary=CANARY)
    enrich(app, canary=CANARY)
    enter(client, "dai-hoi")
    address = start(client, "dai-hoi")
    set_state(app, state)
    secret = marks(app)
    for response in walk(client, address):
        assert not found(response, secret), (response.request.path, found(response, secret))
    for other in (app.test_client(), another_entrant(app)):
        for response in walk(other, address):
            assert not found(response, secret), response.request.path
    handed_in = client.post(f"{address}/submit", data={"sheet": ""}, follow_redirects=True)
    assert not found(handed_in, secret)
    for response in walk(client, address):
        assert not found(response, secret), response.request.path


def test_the_search_finds_the_key_once_it_is_published(app: Flask, client: Client) -> None:
    """Negative control: after publication the review shows the source, and the search sees it."""
    open_contest(app, canary=CANARY)
    enter(client, "dai-hoi")
    address = start(client, "dai-hoi")
    client.put(f"{address}/sheet", json=SHEET)
    client.post(f"{address}/submit")
    set_state(app, RoundState.PUBLISHED)
    assert CANARY in found(client.get(address), marks(app))


def test_not_a_word_of_the_paper_before_the_start(app: Flask, client: Client) -> None:
    """A05: no stem and no choice anywhere until the clock runs."""
    open_contest(app)
    enter(client, "dai-hoi")
    for page in ("/", "/c/dai-hoi", "/c/dai-hoi/rules", "/c/dai-hoi/enter", "/c/dai-hoi/rounds/1"):
        text = client.get(page).get_data(as_text=True)
        assert "Câu hỏi số" not in text
        assert "Phương án" not in text


def test_right_and_wrong_choices_look_the_same(app: Flask, client: Client) -> None:
    """Take texts, ids and values away: all choices of the page are made of the same markup."""
    open_contest(app)
    enter(client, "dai-hoi")
    page = client.get(start(client, "dai-hoi")).get_data(as_text=True)
    rows = re.findall(r'<div class="th-optrow">.*?</div>', page, re.DOTALL)
    assert len(rows) == 24
    names = [re.findall(r'name="([^"]*)"|value="([^"]*)"|id="([^"]*)"', row) for row in rows]
    said = ["".join("".join(parts) for parts in name) for name in names]
    assert len(set(said)) == 24
    assert all(re.fullmatch(r"(q[1-6]|q[1-6]-[1-4]|[1-4])+", text) for text in said), said
    plain = {
        re.sub(r"Phương án [0-9.]+", "", re.sub(r'(id|for|value|name)="[^"]*"|>[A-H]<', "", row))
        for row in rows
    }
    assert len(plain) == 1, plain


def test_a_save_answers_right_and_wrong_alike(app: Flask, client: Client) -> None:
    """A03: saving does not mark; replies have the same length and the same fields."""
    open_contest(app)
    enter(client, "dai-hoi")
    address = start(client, "dai-hoi")
    lengths = set()
    for revision in range(1, 5):
        reply = client.put(f"{address}/sheet", json={"revision": revision, "answers": {"1": [revision]}})
        lengths.add(len(re.sub(r"[0-9]+", "0", reply.get_data(as_text=True))))
    assert len(lengths) == 1


def test_the_place_of_the_right_choice_says_nothing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over 150 papers the right choice stands at each of the four places about equally often.

    The seeds of the papers are the same in every run: the bound is one that chance alone misses once in a
    thousand.
    """
    monkeypatch.setattr("quiz.attempts.opening.secrets.randbits", Random(1509).getrandbits)
    open_contest(app)
    with app.app_context():
        contest = db.session.query(Contest).one()
        places: Counter[int] = Counter()
        start_at = clock.now() - timedelta(hours=1)
        for number in range(150):
            entry = make_entry(contest, number)
            attempt = service.start(contest, entry.id, 1, now=start_at, keyring=KEYRING)
            views = revisions([revision for revision, _order in attempt.paper])
            places.update(order.index(views[revision].correct[0]) for revision, order in attempt.paper)
    expected = places.total() / 4
    chi_square = sum((places[place] - expected) ** 2 / expected for place in range(4))
    assert chi_square < 16.27, places  # 3 degrees of freedom
