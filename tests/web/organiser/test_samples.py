"""Files to start from: each page of importing offers one, and what it offers is taken without a word."""

from datetime import date

import pytest
from flask import Flask

from question_bank.reading import read
from quiz.accounts.permissions import Permission
from quiz.bank.samples import QUESTIONS, sample_writers
from quiz.collective.fact_reading import read_facts
from quiz.entries.barred_reading import read_barred
from quiz.entries.roster_reading import read_roster
from quiz.units.reading import read_units
from tests.support.client import Client
from tests.support.factories import make_bank, make_contest
from tests.support.ladder import Step, climb, ladder
from tests.support.staff import signed_in

_TODAY = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def contest(app: Flask) -> None:
    with app.app_context():
        make_bank()
        make_contest()


@ladder(
    Step("GET", "/manage/banks/samples/gift", Permission.SEE_BANKS, "/manage/banks/samples/khong-co"),
    Step("GET", "/manage/units/sample.csv", Permission.EDIT_UNITS),
    Step(
        "GET",
        "/manage/c/cuoc-thi/barred/sample.csv",
        Permission.EDIT_CONTESTS,
        "/manage/c/khong-co/barred/sample.csv",
    ),
)
def test_who_may_have_them(client: Client, step: Step) -> None:
    climb(client, step)


def test_questions_in_every_format_read_back_whole(client: Client) -> None:
    signed_in(client)
    names = [writer.name for writer in sample_writers()]
    assert {"xlsx", "docx", "csv", "gift", "aiken", "moodle", "json"} <= set(names)
    for name in names:
        reply = client.get(f"/manage/banks/samples/{name}")
        report = read(reply.data, reply.headers["Content-Disposition"].rpartition("=")[2])
        assert not report.problems, name
        assert [(one.text, one.correct) for one in report.questions] == [
            (one.text, one.correct) for one in QUESTIONS
        ]


def test_lists_are_taken_without_a_word(client: Client) -> None:
    signed_in(client)
    here = "/manage/c/cuoc-thi"
    units = read_units(client.get("/manage/units/sample.csv").data, "mau.csv")
    assert (len(units.rows), units.problems) == (4, ())
    barred = read_barred(client.get(f"{here}/barred/sample.csv").data, _TODAY)
    assert (len(barred.rows), barred.problems) == (2, ())
    for reading in (
        read_roster(client.get(f"{here}/roster/template.xlsx").data, _TODAY),
        read_facts(client.get(f"{here}/unit-numbers/template.xlsx").data, {}, {}),
    ):
        assert not [one for one in reading.problems if "cột" in one.message.casefold()]
