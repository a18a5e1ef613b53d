"""Board pages: kept for everybody, without anything of one reader in what others get; one's own place."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event

from quiz.contests.definition import Category, EntryFields, EntryPolicy, ListDefinition, Presence
from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.core.database import db, transaction
from tests.support.boards import CRITERIA, Line, fill_board, slow_ranks
from tests.support.client import Client
from tests.support.factories import make_bank, make_contest, round_definition
from tests.support.lists import add_lists

SLUG = "bang"
BOARD = f"/c/{SLUG}/standings"


@pytest.fixture
def lines(app: Flask) -> Iterator[list[Line]]:
    """A board of 70 people in an open round without a prediction; pages are kept as in production."""
    now = clock.now()
    opens_at, closes_at = now - timedelta(days=1), now + timedelta(days=1)
    policy = EntryPolicy(
        fields=EntryFields(unit=Presence.REQUIRED),
        categories=(Category("a", "Học sinh"), Category("b", "Khác")),
    )
    app.config["KEEPS_PAGES"] = True
    with app.app_context():
        make_bank()
        definition = round_definition(
            ranking=CRITERIA, prediction=None, opens_at=opens_at, closes_at=closes_at
        )
        filled = fill_board(make_contest(SLUG, definition, policy=policy), 70, seed=3)
    yield filled
    app.config["KEEPS_PAGES"] = False


def as_entrant(app: Flask, line: Line) -> Client:
    """A browser that acts for this person."""
    client = app.test_client()
    with app.app_context():
        contest_id = get_contest(SLUG).id
    with client.session_transaction() as session:
        session["entries"] = {str(contest_id): str(line.entry_id)}
    assert isinstance(client, Client)
    return client


@contextmanager
def _statements(app: Flask) -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    seen: list[str] = []
    with app.app_context():
        engine = db.engine

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_a_page_is_drawn_once_and_then_only_confirmed(app: Flask, client: Client, lines: list[Line]) -> None:
    """No statement for the second reader, and 304 for who has the page."""
    first = client.get(BOARD)
    with _statements(app) as seen:
        again = app.test_client().get(BOARD)
        unchanged = app.test_client().get(BOARD, headers={"If-None-Match": first.headers["ETag"]})
        packed = app.test_client().get(BOARD, headers={"Accept-Encoding": "gzip"})
    assert seen == []
    assert again.data == first.data
    assert first.text.count("<li") >= 50
    assert (unchanged.status_code, unchanged.data) == (304, b"")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert {packed.headers["ETag"], unchanged.headers["ETag"]} == {first.headers["ETag"]}
    assert client.get(f"{BOARD}?page=2").headers["ETag"] != first.headers["ETag"]
    assert client.get(f"{BOARD}?lang=en").headers["ETag"] != first.headers["ETag"]


def test_nobody_gets_what_belongs_to_another_reader(app: Flask, client: Client, lines: list[Line]) -> None:
    """Two entrants and a stranger in turn: their own place and line for the two, nothing for the third."""
    place_of = {entry_id: place for place, entry_id in slow_ranks(lines)}
    two = sorted(lines, key=lambda line: (place_of[line.entry_id], line.entry_id))[:2]
    stranger = client.get(BOARD).text
    pages = []
    for line in two:
        reply = as_entrant(app, line).get(BOARD)
        assert reply.headers["Cache-Control"] == "no-store"
        assert reply.text.count('class="th-me"') == 1
        assert reply.text.count('class="th-dock"') == 1
        pages.append(reply.text)
    assert pages[0] != pages[1]
    assert client.get(BOARD).text == stranger
    for page in (stranger, client.get(f"{BOARD}/rows").text):
        assert 'class="th-me"' not in page
        assert 'class="th-dock"' not in page
        assert not any(str(line.entry_id) in page for line in lines)
    other = as_entrant(app, two[0]).get(f"{BOARD}?page=2").text
    assert 'class="th-me"' not in other
    assert 'class="th-dock"' in other


def test_boards_of_units_are_kept_too(app: Flask, client: Client, lines: list[Line]) -> None:
    """The board and a unit's page are drawn once; one's own unit stands at the foot for that reader alone."""
    for address in (f"{BOARD}/units", f"/c/{SLUG}/units/03646"):
        first = client.get(address)
        with _statements(app) as seen:
            again = app.test_client().get(address)
            unchanged = app.test_client().get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert (seen, again.data, unchanged.status_code) == ([], first.data, 304)
        assert client.get(f"{address}?rule=2").status_code == 404
    own = as_entrant(app, lines[0]).get(f"{BOARD}/units")
    assert own.headers["Cache-Control"] == "no-store"
    assert own.text.count('class="th-dock"') == 1
    stranger = client.get(f"{BOARD}/units").text
    assert 'class="th-dock"' not in stranger
    assert '<ol class="th-rank units">' in stranger


def test_the_lines_alone_are_for_proxies_too(client: Client, lines: list[Line]) -> None:
    """No cookie, the language of the address, the same lines as the page."""
    assert lines
    reply = client.get(f"{BOARD}/rows?round=1")
    assert reply.headers["Cache-Control"] == "public, max-age=5"
    assert "Set-Cookie" not in reply.headers
    rows = reply.text.split('<ol class="th-rank people">')[1].split("</ol>")[0]
    assert rows in client.get(f"{BOARD}?round=1").text
    assert f'data-live="{BOARD}/rows?round=1"' in client.get(f"{BOARD}?round=1").text


def test_ones_own_places_over_rounds_and_lists(app: Flask, lines: list[Line]) -> None:
    """Each round and each combined list with the place of now; a stranger is sent to the board."""
    place_of = {entry_id: place for place, entry_id in slow_ranks(lines)}
    with app.app_context():
        add_lists(get_contest(SLUG).id, ListDefinition(1, "Toàn cuộc thi", rounds=(1,)))
    person = next(line for line in lines if line.category == "a")
    page = as_entrant(app, person).get(f"{BOARD}/mine").text
    assert "Tuần 1" in page
    assert f"</span>{place_of[person.entry_id]}</span>" in page
    assert "trong Học sinh" in page
    reply = app.test_client().get(f"{BOARD}/mine")
    assert (reply.status_code, reply.location) == (303, BOARD)
    client = app.test_client()
    assert client.get(f"{BOARD}/units?round=chung-1").location == f"{BOARD}/units?round=1"
    assert client.get(f"{BOARD}/units?round=chung-9").status_code == 404
    with app.app_context(), transaction():
        rules = (
            {"name": "Vòng", "level": "xã, phường"},
            {"name": "Cả cuộc thi", "formula": "attempts", "of_list": 1},
        )
        get_contest(SLUG).collective_data = list(rules)
    led = client.get(f"{BOARD}/units?round=chung-1", follow_redirects=True)
    assert led.request.query_string == b"round=1&rule=2"
    assert "Số lượt thi, tính trên bảng chung “Toàn cuộc thi”" in led.text
    listed = app.test_client().get(f"{BOARD}?round=chung-1").text
    assert "Toàn cuộc thi" in listed
    assert app.test_client().get(f"{BOARD}?round=chung-7").status_code == 404
