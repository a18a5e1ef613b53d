"""The statistics pages of a round and of a bank: who gets in, what they show, what leaves the house."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from flask import Flask

from quiz.accounts.permissions import Permission, Role
from quiz.analysis import queries
from quiz.analysis.service import analyse_round
from quiz.contests.queries import get_contest
from quiz.core import clock
from tests.support.client import Client
from tests.support.factories import NOW
from tests.support.ladder import Step, climb, ladder
from tests.support.sittings import RIGHT, fixed_contest, play
from tests.support.staff import signed_in

ITEMS = "/manage/c/cuoc-thi/rounds/1/items"
BANK = "/manage/banks/bank/statistics"
# Question 2's key is wrong: whoever gets the others right picks choice 4 of it. Twelve people.
LINES = [(2, 4, 4, 1)] * 5 + [(2, 4, 4, None)] + [(2, 3, 1, 2), (1, 3, 2, 1), (1, 2, 2, 2)] * 2


@pytest.fixture
def contest_over(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A round that was played and is over by the clock of the pages."""
    _played(app)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=7))


@pytest.fixture
def contest_running(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same while the round is still open."""
    _played(app)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=1))


def _played(app: Flask) -> None:
    with app.app_context():
        contest = fixed_contest()
        play(contest, LINES)
        analyse_round(contest, 1, now=NOW + timedelta(minutes=30))


def revision_of(app: Flask, number: int) -> int:
    with app.app_context():
        rows = queries.list_items(get_contest("cuoc-thi").id, 1)
        return next(row.figures.revision_id for row in rows if row.question.number == number)


def text(client: Client, path: str) -> str:
    reply = client.get(path)
    assert reply.status_code == 200
    return reply.get_data(as_text=True)


@pytest.mark.usefixtures("contest_over")
@ladder(
    Step("GET", ITEMS, Permission.SEE_CONTESTS, "/manage/c/cuoc-thi/rounds/9/items"),
    Step("POST", ITEMS, Permission.RUN_ROUNDS, "/manage/c/cuoc-thi/rounds/9/items", works=303),
    Step("GET", f"{ITEMS}.xlsx", Permission.SEE_CONTESTS, f"{ITEMS}.pdf"),
    Step("GET", f"{ITEMS}.csv", Permission.SEE_CONTESTS, "/manage/c/khac/rounds/1/items.csv"),
    Step("GET", BANK, Permission.SEE_BANKS, "/manage/banks/khac/statistics"),
    Step("GET", f"{BANK}/2", Permission.SEE_BANKS, f"{BANK}/12"),
)
def test_ladder(client: Client, step: Step) -> None:
    climb(client, step)


@pytest.mark.usefixtures("contest_over")
def test_ladder_of_one_question(app: Flask, client: Client) -> None:
    path = f"{ITEMS}/{revision_of(app, 2)}"
    climb(client, Step("GET", path, Permission.SEE_CONTESTS, f"{ITEMS}/4711"))


@pytest.mark.usefixtures("contest_running")
@pytest.mark.parametrize("role, status", [(Role.ORGANISER, 200), (Role.AUDITOR, 403)])
def test_while_it_runs_only_for_those_who_run_it(client: Client, role: Role, status: int) -> None:
    signed_in(client, role)
    assert client.get(ITEMS).status_code == status


@pytest.mark.usefixtures("contest_running")
def test_while_it_runs_nothing_that_may_be_predicted_leaves(client: Client) -> None:
    signed_in(client)
    page = text(client, ITEMS)
    assert "Vòng đang diễn ra" in page
    assert "Số người theo số câu đúng" not in page
    assert "items.xlsx" not in page
    assert client.get(f"{ITEMS}.csv").status_code == 409
    assert "Chưa có vòng nào dùng ngân hàng này kết thúc" in text(client, BANK)
    assert client.get(f"{BANK}/2").status_code == 404


@pytest.mark.usefixtures("contest_over")
def test_the_table_of_a_round(client: Client) -> None:
    signed_in(client)
    page = text(client, ITEMS)
    assert page.count('<tr><td class="num">') == 4
    assert "Nghi sai đáp án" in page
    assert "Cần xem lại (1)" in page
    only = text(client, f"{ITEMS}?show=review")
    assert only.count('<tr><td class="num">') == 1
    assert "Câu hỏi số 2" in only


@pytest.mark.usefixtures("contest_over")
@pytest.mark.parametrize(
    "query, numbers",
    [
        ("", [1, 2, 3, 4]),
        ("?sort=number&dir=desc", [4, 3, 2, 1]),
        ("?sort=facility", [2, 3, 4, 1]),
        ("?sort=facility&dir=desc", [1, 4, 3, 2]),
        ("?sort=nonsense&page=99", [1, 2, 3, 4]),
    ],
)
def test_sorting(client: Client, query: str, numbers: list[int]) -> None:
    signed_in(client)
    page = text(client, ITEMS + query)
    assert sorted(numbers, key=lambda n: page.index(f"Câu hỏi số {n} ")) == numbers


@pytest.mark.usefixtures("contest_over")
def test_one_question_points_at_the_better_key(app: Flask, client: Client) -> None:
    signed_in(client)
    page = text(client, f"{ITEMS}/{revision_of(app, 2)}")
    suspect = page.index("có thể mới là đáp án")
    assert page.index("Phương án 2.3") < suspect < page.index("Bỏ trống")
    assert 'href="/manage/banks/bank/' in page
    assert "<polyline" in page


@pytest.mark.usefixtures("contest_over")
def test_files_carry_the_figures_and_calculate_nothing(app: Flask, client: Client) -> None:
    signed_in(client)
    lines = list(csv.DictReader(io.StringIO(client.get(f"{ITEMS}.csv").data.decode("utf-8-sig"))))
    assert [line["Câu"] for line in lines] == ["1", "2", "3", "4"]
    assert float(lines[0]["Tỷ lệ đúng"]) == pytest.approx(8 / 12)
    assert lines[1]["Nhận xét"].startswith("Nghi sai đáp án")
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{ITEMS}.xlsx").data))
    assert book.sheetnames == ["Câu hỏi", "Phương án"]
    assert book["Câu hỏi"]["G2"].value == pytest.approx(8 / 12)
    assert [cell.value for cell in book["Phương án"]["A"]][1:] == [n for n in (1, 2, 3, 4) for _ in range(4)]
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)


@pytest.mark.usefixtures("contest_over")
def test_a_bank_sums_its_rounds(app: Flask, client: Client) -> None:
    with app.app_context():
        other = fixed_contest("khac", with_bank=False)
        play(other, LINES)
        analyse_round(other, 1, now=NOW + timedelta(minutes=30))
    signed_in(client)
    page = text(client, BANK)
    assert "cộng từ 2 vòng" in page
    assert "8 câu chưa ra lần nào" in page
    one = text(client, f"{BANK}/2")
    assert "Cuộc thi cuoc-thi · Tuần 1" in one
    assert "Cuộc thi khac · Tuần 1" in one


@pytest.mark.usefixtures("contest_over", "jobs_held")
def test_asking_for_it_leads_to_the_job_and_only_one_waits(app: Flask, client: Client) -> None:
    signed_in(client)
    first, again = client.post(ITEMS), client.post(ITEMS)
    assert first.location == again.location
    assert "/manage/jobs/" in first.location
    assert "Đang tính: xem tiến độ" in text(client, ITEMS)


def test_few_attempts_stay_hidden(app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.app_context():
        contest = fixed_contest()
        play(contest, [RIGHT] * 9)
        analyse_round(contest, 1, now=NOW)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=7))
    signed_in(client)
    page = text(client, ITEMS)
    assert page.count("dưới 10 lượt") == 4
    one = text(client, f"{ITEMS}/{revision_of(app, 1)}")
    assert "Mới có 9 lượt" in one
    assert "<polyline" not in one
    rows = list(csv.DictReader(io.StringIO(client.get(f"{ITEMS}.csv").data.decode("utf-8-sig"))))
    assert {row["Tỷ lệ đúng"] for row in rows} == {""}


def test_a_round_that_has_not_begun_has_none(app: Flask, client: Client, monkeypatch) -> None:
    with app.app_context():
        fixed_contest()
    monkeypatch.setattr(clock, "now", lambda: NOW - timedelta(days=2))
    signed_in(client)
    assert client.get(ITEMS).status_code == 404
