"""A practice round on the pages: said to be one, without a board, and set by a tick."""

from html import unescape

import pytest
from flask import Flask

from quiz.contests import queries
from quiz.contests.definition import AttemptRule, ContestDefinition, ContestSettings
from quiz.contests.service import apply_definition, definition_of
from quiz.core import clock
from quiz.core.database import db
from tests.support.citizen import enter, open_contest, revision_of, start
from tests.support.client import Client
from tests.support.factories import make_bank, round_definition
from tests.support.plain_forms import press
from tests.support.staff import ACTOR, signed_in

SAID = "thi thử"


def test_people_are_told_before_and_after(app: Flask, client: Client) -> None:
    open_contest(app, practice=True, prediction=None, attempts=AttemptRule(None))
    assert SAID in unescape(client.get("/c/dai-hoi").text)
    enter(client, "dai-hoi")
    assert SAID in unescape(client.get("/c/dai-hoi/rounds/1").text)
    address = start(client, "dai-hoi")
    revision = revision_of(client.get(address).text)
    client.post(f"{address}/answers", data={"revision": revision, "q1": "1", "then": "stay"})
    result = client.post(f"{address}/submit", follow_redirects=True)
    page = unescape(result.text)
    assert result.status_code == 200
    assert "Đây là vòng thi thử" in page
    assert "/c/dai-hoi/standings" not in page


def test_it_has_no_board(app: Flask, client: Client) -> None:
    open_contest(app, practice=True, prediction=None)
    for address in ("standings", "standings/units", "units/03646"):
        assert client.get(f"/c/dai-hoi/{address}").status_code == 404
        assert client.get(f"/c/dai-hoi/{address}?round=1").status_code == 404


@pytest.mark.parametrize("practice,links", [(True, 0), (False, 2)])
def test_the_menu_leads_to_boards_where_there_are_some(
    app: Flask, client: Client, practice: bool, links: int
) -> None:
    """Once in the line of links, once in the menu of phones."""
    open_contest(app, practice=practice, prediction=None)
    page = client.get("/c/dai-hoi").text
    assert page.count('<a class="nav-link" href="/c/dai-hoi/standings">') == links


def test_a_tick_makes_a_round_one(app: Flask, client: Client) -> None:
    now = clock.now()
    edit = "/manage/c/nho/rounds/1/edit"
    with app.app_context():
        make_bank()
        round_ = round_definition(
            prediction=None, opens_at=now.replace(year=2031), closes_at=now.replace(year=2032)
        )
        apply_definition(
            ContestDefinition("nho", ContestSettings("Nhỏ"), rounds=(round_,)), actor=ACTOR, now=now
        )
    signed_in(client)
    saved = press(client, client.get(edit), edit, values={"practice": "y"})
    assert saved.status_code == 200
    with app.app_context():
        db.session.rollback()
        assert definition_of(queries.get_contest("nho")).rounds[0].practice
