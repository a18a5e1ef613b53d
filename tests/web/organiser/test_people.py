"""Looking for entrants, and the log."""

import re
from datetime import timedelta

import pytest

from quiz.contests.queries import get_contest
from quiz.core import clock
from tests.support.factories import make_bank, make_contest, make_entry, round_definition
from tests.support.staff import signed_in

ENTRANTS = "/manage/c/cuoc-thi/entrants"


@pytest.fixture(autouse=True)
def _people(app, client):
    with app.app_context():
        make_bank()
        make_contest()
        contest = get_contest("cuoc-thi")
        make_entry(contest, 1, name="Lò Thị Hương")
        make_entry(contest, 2, name="Nguyễn Văn Đức")
        make_entry(contest, 3, name="Cầm Văn 100%")
    signed_in(client)


def _names(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a [^>]*>([^<]*)</a></th>', page)


@pytest.mark.parametrize(
    "q, names",
    [
        ("", 3),
        ("huong", ["Lò Thị Hương"]),
        ("ĐỨC", ["Nguyễn Văn Đức"]),
        ("van", 2),
        ("002", ["Nguyễn Văn Đức"]),
        ("100%", ["Cầm Văn 100%"]),
        ("%", []),
        ("_", []),
        ("không ai", []),
    ],
)
def test_search_by_name_without_marks_or_by_the_end_of_the_phone(q, names, client):
    found = _names(client.get(ENTRANTS, query_string={"q": q}).text)
    assert len(found) == names if isinstance(names, int) else found == names


def test_phones_are_masked(client):
    page = client.get(ENTRANTS).text
    assert "09•• ••• 001" in page
    shown = re.sub(r'href="[^"]*"', "", page)  # numbers of entries are longer, and made of anything
    assert not re.search(r"\+?849\d{8}|09\d{8}", shown)


@pytest.mark.parametrize("page", ["0", "-1", "99999", "x"])
def test_pages_beyond_the_end_show_the_nearest(page, client):
    assert len(_names(client.get(f"{ENTRANTS}?page={page}").text)) == 3


def test_the_log_names_who_did_what(app, client):
    now = clock.now()
    with app.app_context():
        make_contest("mo", round_definition(opens_at=now - timedelta(1), closes_at=now + timedelta(1)))
    client.post("/manage/c/mo/rounds/1/pause")
    every, one, other = (
        client.get(f"/manage/audit{rest}").text for rest in ("", "?contest=mo", "?contest=cuoc-thi")
    )
    assert "Tạm dừng vòng" in every
    assert "Tạm dừng vòng" in one
    assert "vòng 1" in one
    assert "trước đó: đang mở" in one
    assert "Tạm dừng vòng" not in other
