"""The workbook of winners: after the freeze, for organisers, with a reason that everybody in it can read."""

import io

import pytest
from flask import Flask
from openpyxl import load_workbook

from quiz.accounts.permissions import Permission, Role
from quiz.contests.definition import Prize
from quiz.contests.phases import RoundState
from quiz.contests.queries import get_contest, get_round
from quiz.core.database import transaction
from quiz.entries.queries import browse_entries
from quiz.privacy import disclosure
from quiz.privacy.queries import list_disclosures
from tests.support.client import Client
from tests.support.factories import make_entry
from tests.support.ladder import Step, climb
from tests.support.sittings import fixed_contest, sit
from tests.support.staff import signed_in

WINNERS = "/manage/c/cuoc-thi/rounds/1/winners"
REASON = {"reason": "Gọi xác minh trước khi trao giải"}


@pytest.fixture(autouse=True)
def _frozen(app: Flask) -> None:
    """Three people, two prizes, the results frozen."""
    with app.app_context():
        contest = fixed_contest(prizes=(Prize("Giải Nhất"), Prize("Giải Nhì")))
        for number, picks in enumerate([(2, 3, 4, 1), (2, 3, 4, 2), (1, 1, 1, 2)], start=1):
            name = "=HYPERLINK(1)" if number == 2 else f"Lò Thị Hương {number}"
            sit(contest, make_entry(contest, number, name=name).id, picks)
        with transaction():
            get_round(contest, 1).state = RoundState.FROZEN.value


def test_it_is_for_organisers(client: Client) -> None:
    climb(client, Step("GET", WINNERS, Permission.SEE_PERSONAL_DATA, WINNERS.replace("/1/", "/9/")))


def test_without_a_reason_there_is_no_file(client: Client) -> None:
    signed_in(client)
    assert "0900000001" not in client.get(WINNERS).text
    assert client.post(WINNERS, data={"reason": ""}).status_code == 422


def test_the_file_holds_the_winners_as_texts_and_each_is_told(app: Flask, client: Client) -> None:
    signed_in(client)
    reply = client.post(WINNERS, data=REASON)
    rows = list(load_workbook(io.BytesIO(reply.data)).active.iter_rows(values_only=True))
    assert [row[:5] for row in rows[1:]] == [
        ("1", "Giải Nhất", "Lò Thị Hương 1", "15/08/1962", "0900000001"),
        ("2", "Giải Nhì", "=HYPERLINK(1)", "15/08/1962", "0900000002"),
    ]
    cells = load_workbook(io.BytesIO(reply.data)).active
    assert {cell.data_type for row in cells.iter_rows() for cell in row if cell.value} == {"s"}
    with app.app_context():
        contest = get_contest("cuoc-thi")
        told = {
            entry.name: [one.reason for one in list_disclosures(contest.id, entry.id)]
            for entry in browse_entries(contest.id).rows
        }
    assert told["Lò Thị Hương 1"] == [REASON["reason"]]
    assert told["Lò Thị Hương 3"] == []
    assert "Xuất dữ liệu cá nhân" in client.get("/manage/audit").text


def test_the_days_limit_holds(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(disclosure.MOST_A_DAY, disclosure.EXPORT, 1)
    signed_in(client)
    reply = client.post(WINNERS, data=REASON)
    assert reply.status_code == 422
    assert "mức tối đa" in reply.text


def test_before_the_freeze_there_are_no_winners(app: Flask, client: Client) -> None:
    with app.app_context(), transaction():
        get_round(get_contest("cuoc-thi"), 1).state = RoundState.CLOSED.value
    signed_in(client)
    assert client.get(WINNERS).status_code == 404
    assert "Người đạt giải" not in client.get("/manage/c/cuoc-thi/data").text


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.EDITOR])
def test_others_get_no_file(client: Client, role: Role) -> None:
    signed_in(client, role)
    assert client.post(WINNERS, data=REASON).status_code == 403
