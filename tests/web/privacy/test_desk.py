"""/manage/c/<slug>/data: who may see and do what."""

import pytest
from flask import Flask

from quiz.accounts.permissions import Permission, Role
from quiz.contests.queries import get_contest
from quiz.entries.queries import get_entry
from quiz.privacy import queries, service
from quiz.privacy.kinds import Kind
from tests.support.client import Client
from tests.support.factories import KEYRING, NOW, make_bank, make_contest, make_entry
from tests.support.ladder import Step, climb
from tests.support.staff import signed_in

DATA = "/manage/c/cuoc-thi/data"
REASON = {"reason": "Gọi xác minh người đạt giải"}


@pytest.fixture
def ids(app: Flask) -> tuple[int, int]:
    """A person, and their request to be erased."""
    with app.app_context():
        make_bank()
        contest = make_contest()
        entry = make_entry(contest, 7)
        asked = service.ask(contest, entry.id, Kind.ERASE, now=NOW, keyring=KEYRING)
        return entry.id, asked.id


def test_the_queue_is_for_who_sees_contests(client: Client, ids: tuple[int, int]) -> None:
    climb(client, Step("GET", DATA, Permission.SEE_CONTESTS, "/manage/c/khong-co/data"))


def test_a_request_and_a_persons_data_are_for_organisers(client: Client, ids: tuple[int, int]) -> None:
    request_id = ids[1]
    climb(client, Step("GET", f"{DATA}/{request_id}", Permission.SEE_PERSONAL_DATA, f"{DATA}/1"))


def test_the_page_of_clear_data_is_for_organisers(client: Client, ids: tuple[int, int]) -> None:
    entrants = "/manage/c/cuoc-thi/entrants"
    climb(
        client, Step("GET", f"{entrants}/{ids[0]}/data", Permission.SEE_PERSONAL_DATA, f"{entrants}/1/data")
    )


@pytest.mark.parametrize("deed", ["answer", "fulfil", "refuse"])
def test_auditors_decide_nothing(app: Flask, client: Client, ids: tuple[int, int], deed: str) -> None:
    signed_in(client, Role.AUDITOR)
    assert client.post(f"{DATA}/{ids[1]}/{deed}", data={"words": "x"}).status_code == 403
    with app.app_context():
        assert len(queries.list_waiting(get_contest("cuoc-thi").id)) == 1


def test_the_queue_marks_what_is_overdue(client: Client, ids: tuple[int, int]) -> None:
    """NOW lies long before today: both dates have passed, or will have when the clock gets there."""
    signed_in(client)
    page = client.get(DATA).text
    assert "Xóa dữ liệu" in page
    assert "đang chờ" in page
    assert "1 yêu cầu về dữ liệu cá nhân" in client.get("/manage/c/cuoc-thi/").text


def test_nothing_is_shown_before_a_reason_is_stated(client: Client, ids: tuple[int, int]) -> None:
    signed_in(client)
    address = f"/manage/c/cuoc-thi/entrants/{ids[0]}/data"
    assert "0900 000 007" not in client.get(address).text
    refused = client.post(address, data={"reason": "xem"})
    assert refused.status_code == 422
    assert "0900 000 007" not in refused.text
    shown = client.post(address, data=REASON)
    assert shown.status_code == 200
    assert "0900 000 007" in shown.text
    assert "Gọi xác minh" in client.get(address).text
    assert "Xem dữ liệu cá nhân đầy đủ" in client.get("/manage/audit").text


def test_erasing_from_the_request(app: Flask, client: Client, ids: tuple[int, int]) -> None:
    signed_in(client)
    page = client.get(f"{DATA}/{ids[1]}").text
    assert "Không làm ngược lại được" in page
    assert client.post(f"{DATA}/{ids[1]}/refuse", data={"words": ""}).status_code == 422
    assert client.post(f"{DATA}/{ids[1]}/fulfil", data={"words": "Đã xóa."}).location == DATA
    with app.app_context():
        assert get_entry(get_contest("cuoc-thi").id, ids[0]).status == "erased"
    assert client.post(f"{DATA}/{ids[1]}/fulfil").status_code == 409
    assert client.get(f"/manage/c/cuoc-thi/entrants/{ids[0]}/data").status_code == 404
    assert client.get(f"/manage/c/cuoc-thi/entrants/{ids[0]}").status_code == 200


def test_a_correction_is_compared_with_masks_and_made(
    app: Flask, client: Client, ids: tuple[int, int]
) -> None:
    with app.app_context():
        contest = get_contest("cuoc-thi")
        asked = service.ask(
            contest,
            ids[0],
            Kind.CORRECT,
            wish={
                "name": "Lò Thị Hường",
                "phone": "+84912345678",
                "gender": "other",
                "email": "moi@example.com",
                "words": "gõ nhầm",
            },
            now=NOW,
            keyring=KEYRING,
        ).id
    signed_in(client)
    page = client.get(f"{DATA}/{asked}").text
    assert "Lò Thị Hường" in page
    assert "09•• ••• 678" in page
    assert "gõ nhầm" in page
    assert "m•••@example.com" in page
    assert "Khác" in page
    assert client.post(f"{DATA}/{asked}/fulfil", data={"words": ""}).location == DATA
    with app.app_context():
        entry = get_entry(get_contest("cuoc-thi").id, ids[0])
        assert (entry.name, entry.phone_tail) == ("Lò Thị Hường", "678")
