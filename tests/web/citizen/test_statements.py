"""What the citizen's way costs in statements, page by page, while others are on the same way."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from quiz.attempts import crowd, queries
from quiz.contests.definition import PredictionRule
from quiz.core import clock
from quiz.core.database import db
from quiz.scoring.prediction import Target
from tests.support.citizen import enter, open_contest
from tests.support.client import Client
from tests.support.databases import KINDS
from tests.support.statements import counted

CONTEST = "/c/dai-hoi"
SHEET = {"revision": 1, "answers": {"1": [2]}, "flags": [], "prediction": "5"}


@pytest.fixture
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process keeps for seconds is kept to the end, however slow the machine is."""
    moment: datetime = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)
    monkeypatch.setattr(crowd, "_KNOWN_SECONDS", 1e9)
    monkeypatch.setattr(queries, "_NOTICE_SECONDS", 1e9)


@pytest.mark.usefixtures("standing_clock")
@pytest.mark.parametrize("target", [Target.PEOPLE_ALL_CORRECT, Target.ATTEMPTS])
@pytest.mark.parametrize("app", KINDS, indirect=True)
def test_seven_steps_take_twenty_statements(app: Flask, target: Target) -> None:
    """Contest, start, paper, save, hand in, result, review: 20, with one more where the place may be told."""
    open_contest(app, prediction=PredictionRule(target))
    _way(app, "0912 345 678")
    costs = _way(app, "0912 345 679")
    place = 0 if target is Target.PEOPLE_ALL_CORRECT else 1
    limits = {"contest": 2, "start": 4, "paper": 1, "save": 1, "hand in": 4, "result": 4 + place}
    assert {step: len(sent) for step, sent in costs.items() if len(sent) > limits[step]} == {}, costs
    assert sum(limits.values()) + limits["result"] - 2 * place == 20
    assert [one for sent in costs.values() for one in sent if _crosses(one)] == []


@pytest.mark.usefixtures("standing_clock")
@pytest.mark.parametrize("app", KINDS, indirect=True)
def test_boards_take_two_statements(app: Flask) -> None:
    """Contest with its rounds, and the lines; units have their sums in place of lines."""
    open_contest(app)
    _way(app, "0912 345 678")
    client = app.test_client()
    for page in (f"{CONTEST}/standings", f"{CONTEST}/standings/units", f"{CONTEST}/units/03688"):
        client.get(page)
        sent = _sent(app, partial(client.get, page))
        assert len(sent) <= 2, sent


def _crosses(statement: str) -> bool:
    """Whether it changes rows of people without naming their contest: such a write would join contests."""
    words = statement.split()
    changes = words[0] in ("UPDATE", "DELETE") and not {"waiting_line", "rate_windows"} & set(words[:3])
    return changes and "contest_id = " not in statement.partition(" WHERE ")[2]


def _way(app: Flask, phone: str) -> dict[str, list[str]]:
    """The statements of each step of a new person."""
    client = app.test_client()
    assert isinstance(client, Client)
    assert enter(client, "dai-hoi", phone=phone).status_code == 303
    code: list[str] = []

    def start() -> TestResponse:
        reply = client.post(f"{CONTEST}/rounds/1/start")
        code.append(str(reply.location))
        return reply

    return {
        "contest": _sent(app, lambda: client.get(CONTEST)),
        "start": _sent(app, start),
        "paper": _sent(app, lambda: client.get(code[0])),
        "save": _sent(app, lambda: client.put(f"{code[0]}/sheet", json=SHEET)),
        "hand in": _sent(app, lambda: client.post(f"{code[0]}/submit")),
        "result": _sent(app, lambda: client.get(code[0])),
    }


def _sent(app: Flask, act: Callable[[], TestResponse]) -> list[str]:
    with app.app_context():
        engine = db.engine
    with counted(engine) as sent:
        reply = act()
    assert reply.status_code in (200, 303), reply.status_code
    return sent
