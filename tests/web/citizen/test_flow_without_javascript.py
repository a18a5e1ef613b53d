"""The citizen's whole way by plain forms: what the pages offer is all that is sent."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from quiz.core import clock
from tests.support.citizen import open_contest
from tests.support.client import Client
from tests.support.plain_forms import form_to, press

PERSON: dict[str, str | list[str]] = {
    "name": "Lò Thị Hương",
    "birth_day": "15",
    "birth_month": "8",
    "birth_year": "1962",
    "phone": "0912 345 678",
    "unit": "03688",
    "consent": "y",
}
RETURN: dict[str, str | list[str]] = {
    "resume-phone": "+84 912.345.678",
    "resume-birth_day": "15",
    "resume-birth_month": "08",
    "resume-birth_year": "1962",
}
ENTER, READY, START = "/c/dai-hoi/enter", "/c/dai-hoi/rounds/1", "/c/dai-hoi/rounds/1/start"


class Clock:
    """The product's only clock, moved by hand."""

    def __init__(self) -> None:
        self.time = datetime.now(UTC).replace(microsecond=0)

    def now(self) -> datetime:
        """The time on it."""
        return self.time

    def pass_by(self, **span: float) -> None:
        """Let time pass."""
        self.time += timedelta(**span)


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of the whole application in the test's hand."""
    made = Clock()
    monkeypatch.setattr(clock, "now", made.now)
    return made


def text_of(page: TestResponse) -> str:
    """The page as text."""
    return unescape(page.get_data(as_text=True))


def enter_and_start(client: Client) -> TestResponse:
    """From the contest's page to the first question."""
    assert f'href="{ENTER}"' in text_of(client.get("/c/dai-hoi"))
    check = press(client, client.get(ENTER), ENTER, ("step", "check"), PERSON)
    assert check.status_code == 200
    assert "Lò Thị Hương" in text_of(check)
    ready = press(client, check, ENTER, ("step", "save"))
    assert ready.request.path == READY
    return press(client, ready, START)


def paper_of(page: TestResponse) -> list[str]:
    """Questions and choices of the paper in the order shown."""
    html = text_of(page)
    found = re.findall(
        r'<legend class="th-qtext" lang="vi">(.*?)</legend>'
        r'|<span class="k">[A-Z]</span><span lang="vi">(.*?)</span>',
        html,
    )
    return [question or choice for question, choice in found]


def ticked(page: TestResponse) -> dict[str, str]:
    """What is filled in on the page of the running attempt."""
    fields = form_to(page, f"{page.request.path}/answers").fields
    return {name: value for name, value in fields if name not in ("csrf_token", "revision")}


def seconds_left(page: TestResponse) -> float:
    """The remaining time that the page was given."""
    found = re.search(r'"remaining_ms": (\d+)', text_of(page))
    assert found is not None
    return int(found[1]) / 1000


def test_the_whole_way(app: Flask, client: Client) -> None:
    """Enter, check, start, save twice, confirm, hand in, receipt, look the receipt up, the boards."""
    open_contest(app)
    play = enter_and_start(client)
    address = play.request.path
    answers = f"{address}/answers"
    assert len(paper_of(play)) == 6 * 5
    saved = press(client, play, answers, ("then", "stay"), {"q1": "2", "q2": "4", "f3": "1"})
    assert "Đã lưu bài." in text_of(saved)
    assert ticked(saved) == {"q1": "2", "q2": "4", "f3": "1", "prediction": ""}
    rest: dict[str, str | list[str]] = {f"q{place}": "1" for place in (1, 3, 4, 5)}
    confirm = press(client, saved, answers, ("then", "confirm"), rest | {"prediction": "3.195"})
    assert confirm.request.path == f"{address}/confirm"
    assert "5 trong 6 câu" in text_of(confirm)
    result = press(client, confirm, f"{address}/submit")
    assert (result.status_code, result.request.path) == (200, address)
    receipt = re.search(r"TH-[0-9A-Z]{5}-[0-9A-Z]{5}", text_of(result))
    assert receipt is not None
    found = press(client, client.get("/receipts"), "/receipts", values={"code": receipt[0]})
    assert found.status_code == 200
    assert "Cuộc thi dai-hoi" in text_of(found)
    assert "Hương" not in text_of(found)
    board = text_of(client.get("/c/dai-hoi/standings"))
    assert "Lò Thị H•••" in board
    assert "Lò Thị Hương" not in board


def test_what_is_wrong_stands_beside_what_was_typed(app: Flask, client: Client) -> None:
    """A wrong phone: 422, the words of the error, and nothing has to be typed twice."""
    open_contest(app)
    page = press(client, client.get(ENTER), ENTER, ("step", "check"), PERSON | {"phone": "091234567"})
    assert page.status_code == 422
    assert "Lỗi:" in text_of(page)
    kept = dict(form_to(page, ENTER).fields)
    assert {name: kept[name] for name in PERSON} == PERSON | {"phone": "091234567"}


def test_editing_after_the_check_keeps_what_was_typed(app: Flask, client: Client) -> None:
    """One step back is no loss."""
    open_contest(app)
    check = press(client, client.get(ENTER), ENTER, ("step", "check"), PERSON)
    form = press(client, check, ENTER, ("step", "edit"))
    kept = dict(form_to(form, ENTER).fields)
    assert kept["name"] == PERSON["name"]
    assert kept["unit"] == PERSON["unit"]


def test_another_browser_resumes_the_same_paper(app: Flask, client: Client, hand: Clock) -> None:
    """By phone and birth date: same order, saved answers, honest time; and it goes on from there."""
    open_contest(app)
    play = enter_and_start(client)
    address = play.request.path
    assert seconds_left(play) == 15 * 60
    hand.pass_by(minutes=4)
    press(client, play, f"{address}/answers", ("then", "stay"), {"q1": "3", "q4": "2", "prediction": "12"})
    hand.pass_by(minutes=3, seconds=30)
    other = app.test_client()
    assert isinstance(other, Client)
    ready = press(other, other.get(ENTER), "/c/dai-hoi/resume", values=RETURN)
    assert ready.request.path == READY
    assert "07:30" in text_of(ready)
    assert f'href="{address}"' in text_of(ready)
    resumed = other.get(address)
    assert paper_of(resumed) == paper_of(play)
    assert ticked(resumed) == {"q1": "3", "q4": "2", "prediction": "12"}
    assert seconds_left(resumed) == 7.5 * 60
    confirm = press(other, resumed, f"{address}/answers", ("then", "confirm"), {"q2": "1"})
    assert "3 trong 6 câu" in text_of(confirm)


def test_the_older_page_does_not_overwrite_the_newer(app: Flask, client: Client) -> None:
    """F7: a page left open on the first phone is told so; the answers of the second stay."""
    open_contest(app)
    play = enter_and_start(client)
    answers = f"{play.request.path}/answers"
    press(client, play, answers, ("then", "stay"), {"q1": "3"})
    late = press(client, play, answers, ("then", "stay"), {"q1": "1"})
    assert "Trang đã hiện bản mới nhất." in text_of(late)
    assert ticked(late)["q1"] == "3"


def test_after_time_the_saved_answers_count_and_later_ones_do_not(
    app: Flask, client: Client, hand: Clock
) -> None:
    """F5: every way back leads to the result, with a receipt, and nothing late is taken."""
    open_contest(app)
    play = enter_and_start(client)
    address = play.request.path
    saved = press(client, play, f"{address}/answers", ("then", "stay"), {"q1": "3", "prediction": "12"})
    hand.pass_by(minutes=16)
    late = press(client, saved, f"{address}/answers", ("then", "confirm"), {"q2": "1"})
    for page in (late, client.get(address), client.get(f"{address}/confirm", follow_redirects=True)):
        assert page.request.path == address
        assert "Hết giờ: bài tự nộp với những câu đã lưu." in text_of(page)
    stored = client.get(f"{address}/sheet").get_json()
    assert stored["answers"] == {"1": [3]}
    assert stored["remaining_ms"] == 0
