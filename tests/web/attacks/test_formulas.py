"""A19: nothing that people wrote is calculated by a spreadsheet, in any file that leaves the house."""

import csv
import io

import openpyxl
import pytest
from flask import Flask

from question_bank.values import Choice, Kind, Question
from quiz.accounts.permissions import Role
from quiz.bank import banks, life, service
from quiz.bank.queries import get_bank
from tests.support.client import Client
from tests.support.factories import NOW
from tests.support.staff import ACTOR, signed_in

TRIGGERS = [
    "=1+1",
    "+84912345678",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    '=HYPERLINK("http://e.example")',
    "=cmd|' /C calc'!A0",
]
_STARTS = tuple("=+-@\t\r")


@pytest.fixture(autouse=True)
def bank(app: Flask) -> None:
    """A bank whose every text would be calculated by a careless spreadsheet."""
    with app.app_context():
        banks.create_bank("lich-su", "=1+1", actor=ACTOR, now=NOW)
        bank_id = get_bank("lich-su").id
        for place, words in enumerate(TRIGGERS):
            wording = Question(
                number=str(place + 1),
                place="",
                kind=Kind.SINGLE,
                text=f"{words} câu {place}",
                choices=tuple(Choice(f"{words} {n}") for n in range(4)),
                correct=(0,),
                key_from="editor",
                topic=f"{words} chủ đề",
                level=words.strip(),
                source=words,
                explanation=words,
                tags=(words.strip(),),
            )
            question = service.add_question(bank_id, wording, submit=True, actor=ACTOR, now=NOW)
            life.approve(question.id, seen_revision=question.current_revision_id, actor=ACTOR, now=NOW)


def test_the_bank_as_csv(client: Client) -> None:
    signed_in(client, Role.OWNER)
    reply = client.get("/manage/banks/lich-su/export.csv")
    assert reply.status_code == 200
    rows = list(csv.reader(io.StringIO(reply.get_data().decode("utf-8-sig"))))
    cells = [cell for row in rows[1:] for cell in row]
    assert len(rows) == len(TRIGGERS) + 1
    assert not [cell for cell in cells if cell.startswith(_STARTS)]
    assert [cell for cell in cells if cell.startswith("'=")]


def test_the_bank_as_a_workbook(client: Client) -> None:
    signed_in(client, Role.OWNER)
    reply = client.get("/manage/banks/lich-su/export.xlsx")
    assert reply.status_code == 200
    assert not calculated(reply.get_data())


def calculated(data: bytes) -> list[object]:
    """Cells that a spreadsheet would compute or turn into links."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [
        cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f" or cell.hyperlink is not None
    ]
