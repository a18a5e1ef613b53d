"""F17: one board. The page, the API, the screen and the embedded board say the same, twice, on two databases.

Many people are equal here, so that an order that the database chooses by itself would show.
"""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from quiz.contests.definition import PublishRule
from quiz.contests.models import Contest
from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.core.caches import forget_all
from quiz.core.database import db
from quiz.scoring.ranking import Criterion
from quiz.simulation.service import simulate
from tests.support.citizen import open_contest
from tests.support.client import Client
from tests.support.copies import copy_on_postgresql
from tests.support.databases import Databases
from tests.support.factories import KEYRING

_API = "/api/v1/contests/dai-hoi/rounds/1"
Lines = list[tuple[int, str, str]]


@pytest.fixture
def two(databases: Databases, app: Flask) -> tuple[Flask, Flask]:
    """120 people, most of them equal to others, on SQLite; and the same rows on PostgreSQL."""
    open_contest(app, ranking=(Criterion.SCORE,), prediction=None, publish=PublishRule())
    with app.app_context():
        contest = get_contest("dai-hoi")
        simulate(contest, 1, entrants=120, attempts=150, seed=2, now=clock.now(), keyring=KEYRING)
    return app, copy_on_postgresql(app, databases)


def _page(client: Client) -> Lines:
    lines: Lines = []
    for page in (1, 2, 3):
        found = client.get(f"/c/dai-hoi/standings?page={page}").get_data(as_text=True)
        pattern = r'</span>(\d+)</span><span class="who"><b>([^<]*?)\s*</b>.*?class="val"><b>([^<]+)</b>'
        lines += _lines(pattern, found)
    return lines


def _api(client: Client) -> Lines:
    lines: Lines = []
    address: str | None = f"{_API}/people?per_page=37"
    while address:
        reply = client.get(address.removeprefix("http://localhost")).get_json()
        lines += [(row["rank"], row["name"], f"{row['correct']}/{row['questions']}") for row in reply["rows"]]
        address = reply["next"]
    return lines


def _screen(client: Client) -> Lines:
    found = client.get("/c/dai-hoi/display/scenes?show=people").get_data(as_text=True)
    pattern = r'</span>(\d+)</span><span class="nm">([^<]*)<small>.*?class="pc">([^<]+)</span>'
    return _lines(pattern, found)


def _units_page(client: Client) -> Lines:
    found = client.get("/c/dai-hoi/standings/units").get_data(as_text=True)
    pattern = r'</span>(\d+)</span><span class="who"><a [^>]*><b>([^<]*)</b>.*?class="val"><b>([^<]+)</b>'
    return _lines(pattern, found)


def _units_api(client: Client) -> Lines:
    reply: dict[str, Any] = client.get(f"{_API}/units").get_json()
    return [(row["rank"], row["name"], row["value"]) for row in reply["rows"]]


def _units_screen(client: Client) -> Lines:
    found = client.get("/c/dai-hoi/display/scenes?show=units").get_data(as_text=True)
    pattern = r'</span>(\d+)</span><span class="nm">([^<]*)</span>.*?class="pc">([^<]+)</span>'
    return _lines(pattern, found)


def _embedded(client: Client) -> Lines:
    found = client.get("/c/dai-hoi/embed").get_data(as_text=True)
    pattern = r'</span>(\d+)</span><span class="nm">([^<]*)</span><span class="fg"><b>([^<]+)</b>'
    return _lines(pattern, found)


def _own_embedded(client: Client) -> Lines:
    """Each unit's own small page."""
    lines: Lines = []
    for code in ("03646", "03688"):
        found = client.get(f"/c/dai-hoi/embed?unit={code}").get_data(as_text=True)
        lines += _lines(r"<h1>()([^<]*)</h1>.*?em-rank.*?<b>(\d+)</b>", found)
    return [(int(rank), name, "") for _none, name, rank in lines]


def _lines(pattern: str, found: str) -> Lines:
    return [
        (int(rank or 0), html.unescape(name), value)
        for rank, name, value in re.findall(pattern, re.sub("<!--.*?-->", "", found), re.DOTALL)
    ]


def _everywhere(app: Flask, read: Callable[[Client], Lines]) -> Lines:
    """What is read, twice: with everything remembered and with everything forgotten."""
    client = app.test_client()
    assert isinstance(client, Client)
    forget_all()
    first = read(client)
    assert read(client) == first
    forget_all()
    assert read(client) == first
    return first


def test_the_same_people_in_the_same_order(two: tuple[Flask, Flask]) -> None:
    boards = [_everywhere(app, read) for app in two for read in (_page, _api, _screen)]
    whole = boards[0]
    assert len(whole) == 120
    assert len({rank for rank, _name, _value in whole}) < 10  # so most are equal to somebody
    assert boards[1] == boards[3] == boards[4] == whole
    assert boards[2] == boards[5] == whole[:16]


def test_the_same_units_in_the_same_order(two: tuple[Flask, Flask]) -> None:
    boards = [
        _everywhere(app, read) for app in two for read in (_units_page, _units_api, _units_screen, _embedded)
    ]
    assert len(boards[0]) == 2
    assert all(board == boards[0] for board in boards)
    own = [(rank, name, "") for rank, name, _value in boards[0]]
    assert all(sorted(_everywhere(app, _own_embedded)) == own for app in two)


def test_a_second_database_is_a_copy(two: tuple[Flask, Flask]) -> None:
    """The test above compares two databases and not one with itself."""
    engines = []
    for app in two:
        with app.app_context():
            engines.append((db.engine.dialect.name, db.session.query(Contest).one().id))
    assert [name for name, _id in engines] == ["sqlite", "postgresql"]
    assert engines[0][1] == engines[1][1]
