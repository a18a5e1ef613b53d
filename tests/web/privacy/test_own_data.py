"""/me/data: what is kept about the people of this browser, masked until they prove who they are."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from quiz.contests.definition import Presence
from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.core.database import transaction
from quiz.entries.queries import browse_entries
from quiz.privacy.erasure import erase
from quiz.privacy.queries import list_requests_of
from tests.support.citizen import enter, open_contest, start
from tests.support.client import Client

OWN = "/me/data"
DEEDS = ("clear", "publication", "erasure", "objection")


@pytest.fixture
def slug(app: Flask, client: Client) -> str:
    """An open contest that the client has entered and started."""
    found = open_contest(app)
    enter(client, found, may_publish="y")
    start(client, found)
    return found


def entry_id(app: Flask, slug: str) -> int:
    with app.app_context():
        return int(browse_entries(get_contest(slug).id).rows[0].id)


def requests(app: Flask, slug: str) -> list[tuple[str, str]]:
    with app.app_context():
        contest = get_contest(slug)
        rows = list_requests_of(contest.id, browse_entries(contest.id, "huong").rows[0].id)
        return [(row.kind, row.state) for row in rows]


def test_a_browser_that_entered_nothing_is_shown_the_way(client: Client) -> None:
    page = client.get(OWN)
    assert page.status_code == 200
    assert "Máy này chưa đăng ký cuộc thi nào" in page.text


def test_without_proof_numbers_are_masked(client: Client, slug: str) -> None:
    page = client.get(OWN).text
    assert "Lò Thị Hương" in page
    assert "09•• ••• 678" in page
    assert "••/••/1962" in page
    assert not re.search(r"912.?345.?678|15/08/1962", page)


@pytest.mark.parametrize("typed", ["15/8/1962", "15/08/1962", "15-8-1962", " 15 8 1962 "])
def test_the_birth_date_shows_everything(client: Client, slug: str, typed: str) -> None:
    assert client.post(f"{OWN}/{slug}/clear", data={"proof": typed}).status_code == 303
    page = client.get(OWN).text
    assert "0912 345 678" in page
    assert "15/08/1962" in page


def test_guessing_is_slowed(client: Client, slug: str) -> None:
    for day in range(1, 7):
        reply = client.post(f"{OWN}/{slug}/clear", data={"proof": f"{day}/8/1962"})
        assert reply.status_code == 422
        assert "không khớp" in reply.text
    reply = client.post(f"{OWN}/{slug}/clear", data={"proof": "15/8/1962"})
    assert reply.status_code == 422
    assert "quá nhiều lần" in reply.text
    assert "0912 345 678" not in client.get(OWN).text


def test_proof_holds_ten_minutes(client: Client, slug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    client.post(f"{OWN}/{slug}/clear", data={"proof": "15/8/1962"})
    now = __import__("time").time()
    monkeypatch.setattr("quiz.privacy.views.time.time", lambda: now + 601)
    assert "0912 345 678" not in client.get(OWN).text


def test_the_file_holds_what_is_kept_and_no_key(app: Flask, client: Client, slug: str) -> None:
    assert client.get(f"{OWN}/{slug}/data.json").status_code == 303
    client.post(f"{OWN}/{slug}/clear", data={"proof": "15/8/1962"})
    reply = client.get(f"{OWN}/{slug}/data.json")
    assert reply.headers["Content-Disposition"] == f'attachment; filename="du-lieu-{slug}.json"'
    assert reply.headers["Cache-Control"] == "no-store"
    data = json.loads(reply.text)
    assert data["person"] == {
        "name": "Lò Thị Hương",
        "birth_date": "1962-08-15",
        "phone": "0912345678",
        "national_id": None,
        "unit": "Xã Mường Chiên",
        "category": None,
    }
    assert data["consent"]["may_publish"] is True
    assert [(one["number"], one["correct"]) for one in data["attempts"]] == [(1, None)]


def test_withdrawing_publication_needs_one_click(app: Flask, client: Client, slug: str) -> None:
    assert client.post(f"{OWN}/{slug}/publication").location == OWN
    assert "Rút đồng ý công bố</span></button>" not in client.get(OWN).text
    assert requests(app, slug) == [("withdraw", "done")]


def test_being_erased_is_asked_with_a_tick_that_is_not_ticked(app: Flask, client: Client, slug: str) -> None:
    page = client.get(f"{OWN}/{slug}/erasure").text
    assert re.search(r'<input[^>]*type="checkbox"', page)
    assert not re.search(r'<input[^>]*type="checkbox"[^>]*checked', page)
    assert client.post(f"{OWN}/{slug}/erasure", data={}).status_code == 422
    assert requests(app, slug) == []
    assert client.post(f"{OWN}/{slug}/erasure", data={"sure": "y"}).location == OWN
    assert requests(app, slug) == [("erase", "waiting")]
    back = re.search(r'action="(/me/data/[^"]*/back)"', client.get(OWN).text)
    assert back is not None
    assert client.post(back[1]).status_code == 303
    assert requests(app, slug) == [("erase", "taken_back")]


def test_an_objection_needs_words(app: Flask, client: Client, slug: str) -> None:
    assert client.get(f"{OWN}/{slug}/objection").status_code == 200
    assert client.post(f"{OWN}/{slug}/objection", data={"words": " "}).status_code == 422
    client.post(f"{OWN}/{slug}/objection", data={"words": "Đừng gọi điện"})
    assert requests(app, slug) == [("object", "waiting")]


@pytest.mark.parametrize("deed", DEEDS)
def test_others_have_nothing_here(app: Flask, slug: str, deed: str) -> None:
    stranger = app.test_client()
    assert stranger.post(f"{OWN}/{slug}/{deed}").status_code == 404
    assert stranger.post(f"{OWN}/khong-co/{deed}").status_code == 404
    assert stranger.get(f"{OWN}/{slug}/data.json").status_code == 404


def test_somebody_elses_request_is_404(app: Flask, client: Client, slug: str) -> None:
    client.post(f"{OWN}/{slug}/erasure", data={"sure": "y"})
    back = re.search(r'action="(/me/data/[^"]*/back)"', client.get(OWN).text)
    assert back is not None
    other = app.test_client()
    assert isinstance(other, Client)
    enter(other, slug, phone="0987 654 321", name="Cầm Văn Dũng")
    assert other.post(back[1]).status_code == 404
    assert requests(app, slug) != []


def test_after_being_erased_the_page_says_so(app: Flask, client: Client, slug: str) -> None:
    wanted = entry_id(app, slug)
    with app.app_context():
        erase(get_contest(slug).id, [wanted], now=clock.now() + timedelta(seconds=1))
    page = client.get(OWN)
    assert page.status_code == 200
    assert "đã được xóa" in page.text
    assert client.get(f"{OWN}/{slug}/erasure").status_code == 404


def test_a_shared_phone_forgets_and_the_entry_stays(app: Flask, client: Client, slug: str) -> None:
    """A29: nothing of the person before, by Back or by address."""
    client.post(f"{OWN}/{slug}/clear", data={"proof": "15/8/1962"})
    reply = client.post("/me/forget")
    assert reply.location == "/"
    assert reply.headers["Clear-Site-Data"] == '"storage"'
    assert "Lò Thị Hương" not in client.get(OWN).text
    assert "Lò Thị Hương" not in client.get(f"/c/{slug}/enter").text
    assert entry_id(app, slug)


def test_footers_lead_here_and_to_the_data_map(client: Client, slug: str) -> None:
    for address in ("/", f"/c/{slug}", f"/c/{slug}/enter", f"/c/{slug}/standings", "/receipts", "/privacy"):
        page = client.get(address).text
        assert 'href="/me/data"' in page, address
        assert 'href="/privacy"' in page, address
        assert "không thu phí, không gọi điện hay nhắn tin hỏi mật khẩu, mã OTP, ảnh giấy tờ" in page, address


def test_the_data_map_names_every_contests_term(client: Client, slug: str) -> None:
    page = client.get("/privacy").text
    assert "12 tháng sau khi công bố kết quả" in page
    assert page.count("<h3") >= 10


def test_a_correction_waits_for_approval_while_the_round_is_open(
    app: Flask, client: Client, slug: str
) -> None:
    page = f"{OWN}/{slug}/correction"
    assert client.get(page).location == OWN  # without proof
    client.post(f"{OWN}/{slug}/clear", data={"proof": "15/8/1962"})
    assert "duyệt rồi mới sửa" in client.get(page).text
    assert client.post(page, data={}).status_code == 422
    wrong = client.post(page, data={"phone": "0912", "birth_date": "31/2/1962"})
    assert wrong.status_code == 422
    assert "Số di động có 10 chữ số" in wrong.text
    assert client.post(page, data={"birth_date": "16/8/1962", "phone": "0987 111 222"}).location == OWN
    assert requests(app, slug) == [("correct", "waiting")]


def test_what_else_the_contest_asks_for_is_shown_and_corrected(app: Flask, client: Client) -> None:
    slug = open_contest(app)
    with app.app_context(), transaction():
        contest = get_contest(slug)
        fields = replace(contest.entry.fields, gender=Presence.OPTIONAL, email=Presence.OPTIONAL)
        contest.entry_data = replace(contest.entry, fields=fields).as_dict()
    enter(client, slug, gender="female", email="huong@example.com")
    client.post(f"{OWN}/{slug}/clear", data={"proof": "15/8/1962"})
    shown = client.get(OWN).text
    assert "huong@example.com" in shown
    assert ">Nữ<" in shown
    page = f"{OWN}/{slug}/correction"
    form = client.get(page).text
    assert all(f'name="{name}"' in form for name in ("gender", "email"))
    assert not any(f'name="{name}"' in form for name in ("address", "workplace"))
    wrong = client.post(page, data={"email": "huong.example.com"})
    assert wrong.status_code == 422
    assert client.post(page, data={"gender": "unknown"}).status_code == 422
    assert client.post(page, data={"gender": "", "email": "moi@example.com"}).location == OWN
    assert requests(app, slug) == [("correct", "waiting")]
