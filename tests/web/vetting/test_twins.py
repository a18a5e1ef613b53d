"""Suspected twins on pages: who may see and who may decide; previews; the entrant reads and objects."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from flask import Flask

from quiz.accounts.permissions import Permission
from quiz.accounts.queries import find_staff
from quiz.attempts import service
from quiz.attempts.sheets import Sheet
from quiz.contests.definition import AttemptRule, Unique
from quiz.contests.models import Contest, Round
from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.core.database import db, transaction
from quiz.entries.models import Entry
from quiz.standings.queries import list_people
from quiz.vetting.comparing import compare_entries, list_cases
from quiz.vetting.duplicate_queries import list_rulings
from tests.support.client import Client
from tests.support.factories import KEYRING, make_bank, make_contest, make_entry, round_definition
from tests.support.ladder import Step, climb
from tests.support.staff import make_staff, sign_in_as

SLUG, BASE = "nghi-trung", "/manage/c/nghi-trung/vetting"
REASON = "Cùng số căn cước, đã gọi điện"


@dataclass(frozen=True)
class Twins:
    """The two entries of one person, the earlier one first, and the attempt of the second."""

    first: int
    second: int
    code: str

    @property
    def url(self) -> str:
        """The page of the pair."""
        return f"{BASE}/{self.first}-{self.second}"


@pytest.fixture
def twins(app: Flask) -> Twins:
    """Three people who handed in; one of them twice, without diacritics the second time."""
    now = clock.now()
    with app.app_context():
        make_bank(questions=6)
        times = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=1)}
        rules = round_definition(**times, attempts=AttemptRule(limit=1), prediction=None)
        contest = make_contest(SLUG, rules, unique=Unique.PHONE_NAME_BIRTH_DATE)
        born = date(1971, 6, 4)
        people = [
            make_entry(contest, 1, name="Quàng Văn Thủy", birth_date=born),
            make_entry(contest, 2, name="Quang Van Thuy", birth_date=born),
            make_entry(contest, 5, name="Lò Thị Hương", birth_date=date(1988, 2, 9)),
        ]
        codes = []
        for minute, entry in enumerate(people):
            begun = now - timedelta(minutes=60 - minute)
            attempt = service.start(contest, entry.id, 1, now=begun, keyring=KEYRING)
            sheet = Sheet(1, {1: (1,), 2: (1,)}, (), None)
            service.submit(
                attempt.code, sheet, entry_id=entry.id, now=begun + timedelta(minutes=5), keyring=KEYRING
            )
            codes.append(attempt.code)
        compare_entries(contest, keyring=KEYRING, now=now)
        (case,) = list_cases(contest.id)
        assert case.members == (people[0].id, people[1].id)
        return Twins(people[0].id, people[1].id, codes[1])


def judge(client: Client) -> None:
    """Sign in as the organiser who decides, the same one every time."""
    with client.application.app_context():
        sign_in_as(client, find_staff("ha.nguyen") or make_staff("ha.nguyen"))


def contest_of() -> Contest:
    return get_contest(SLUG)


def status(app: Flask, entry_id: int) -> str:
    with app.app_context():
        return db.session.get_one(Entry, (contest_of().id, entry_id)).status


def on_board(app: Flask) -> list[int]:
    with app.app_context():
        return [row.entry_id for row in list_people(contest_of().id, 1, limit=9)]


def act_as(client: Client, app: Flask, entry_id: int) -> None:
    with app.app_context():
        contest_id = contest_of().id
    with client.session_transaction() as session:
        session["entries"] = {str(contest_id): str(entry_id)}


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found is not None
    return found[1]


def ruling_url(app: Flask) -> str:
    with app.app_context():
        return f"{BASE}/rulings/{list_rulings(contest_of().id)[0].id}"


@pytest.mark.parametrize("path", ["", "/dismissed", "/decided"])
def test_who_sees_contests_sees_the_lists(client: Client, twins: Twins, path: str) -> None:
    climb_lists = Step("GET", BASE + path, Permission.SEE_CONTESTS, f"/manage/c/khac/vetting{path}")
    reply = client.open(BASE + path)
    assert reply.status_code == 303
    if path:
        climb(client, climb_lists)


def test_the_list_names_pairs_with_their_signs(client: Client, twins: Twins) -> None:
    judge(client)
    page = client.get(BASE).text
    assert "Quàng Văn Thủy · Quang Van Thuy" in page
    assert "Cùng họ tên" in page
    assert "Cùng ngày sinh" in page
    assert "Máy chỉ xếp danh sách, không loại ai" in page


def test_a_pair_is_seen_by_who_sees_contests_and_holds_no_full_phone(client: Client, twins: Twins) -> None:
    climb(client, Step("GET", twins.url, Permission.SEE_CONTESTS, f"{BASE}/1-2"))
    judge(client)
    page = client.get(twins.url).text
    assert "09•• ••• 001" in page
    assert "00000001" not in page


@pytest.mark.parametrize("kind", ["decide", "compare", "undo", "answer", "disqualify"])
def test_only_who_judges_decides(client: Client, app: Flask, twins: Twins, kind: str) -> None:
    judge(client)
    client.post(f"/manage/c/{SLUG}/entrants/{twins.second}/disqualify", data=_out())
    paths = {
        "decide": (twins.url, f"{BASE}/1-2", 422),
        "undo": (ruling_url(app) + "/undo", f"{BASE}/rulings/1/undo", 422),
        "answer": (ruling_url(app) + "/answer", f"{BASE}/rulings/1/answer", 422),
        "disqualify": (
            f"/manage/c/{SLUG}/entrants/{twins.first}/disqualify",
            f"/manage/c/{SLUG}/entrants/1/disqualify",
            422,
        ),
    }
    client.post("/logout")
    if kind == "compare":
        reply = client.post(BASE)
        assert (reply.status_code, reply.location.split("?")[0]) == (303, "/login")
        return
    path, unknown, works = paths[kind]
    climb(client, Step("POST", path, Permission.JUDGE_ENTRIES, unknown, works))


def _out(**changes: str) -> dict[str, str]:
    return {"category": "second_entry", "reason": REASON} | changes


def test_different_people_leave_the_list(client: Client, app: Flask, twins: Twins) -> None:
    judge(client)
    reply = client.post(twins.url, data={"verdict": "different", "kept": "1", "out": "2", **_out()})
    assert (reply.status_code, reply.location) == (303, BASE)
    assert "Không có cặp nào chờ xem" in client.get(BASE).text
    assert REASON in client.get(f"{BASE}/dismissed").text
    assert "Đã kết luận là hai người khác nhau" in client.get(twins.url).text


def test_a_merge_is_previewed_applied_and_undone(client: Client, app: Flask, twins: Twins) -> None:
    judge(client)
    before = on_board(app)
    form = {"verdict": "merge", "kept": "1", "out": "2", **_out()}
    preview = client.post(twins.url, data=form)
    assert preview.status_code == 200
    assert "Lượt vượt quy định, không tính" in preview.text
    assert on_board(app) == before
    stale = client.post(twins.url, data=form | {"step": "apply", "seen": "0" * 16})
    assert stale.status_code == 422
    assert "Có bài thi mới từ lúc xem trước" in stale.text
    done = client.post(twins.url, data=form | {"step": "apply", "seen": seen(preview.text)})
    assert done.status_code == 303
    assert twins.second not in on_board(app)
    assert status(app, twins.second) == "merged"
    page = client.get(ruling_url(app)).text
    assert "Quang Van Thuy gộp vào Quàng Văn Thủy" in page
    assert client.post(ruling_url(app) + "/undo", data={"undo-reason": "Nhầm"}).status_code == 303
    assert on_board(app) == before
    assert "Đã hoàn tác" in client.get(f"{BASE}/decided").text
    log = client.get(f"/manage/audit?contest={SLUG}").text
    assert "Gộp hai đăng ký" in log
    assert REASON in log


def test_a_disqualification_shows_which_place_becomes_free(client: Client, app: Flask, twins: Twins) -> None:
    judge(client)
    form = {"verdict": "disqualify", "kept": "1", "out": "both", **_out()}
    preview = client.post(twins.url, data=form)
    assert preview.text.count("các hạng sau lên một bậc") == 2
    assert client.post(twins.url, data=form | {"step": "apply"}).status_code == 303
    assert twins.first not in on_board(app)
    assert twins.second not in on_board(app)


def test_what_is_missing_is_said(client: Client, twins: Twins) -> None:
    judge(client)
    reply = client.post(twins.url, data={"kept": "1", "out": "2", "category": "second_entry"})
    assert reply.status_code == 422
    assert "chưa chọn kết luận" in reply.text
    assert "cần ghi lý do" in reply.text


def test_the_entrant_reads_the_category_and_not_the_note_and_objects_once(
    client: Client, app: Flask, twins: Twins
) -> None:
    judge(client)
    client.post(f"/manage/c/{SLUG}/entrants/{twins.second}/disqualify", data=_out())
    client.post("/logout")
    act_as(client, app, twins.second)
    result = client.get(f"/attempts/{twins.code}").text
    assert "Đăng ký này đang ở ngoài xét giải" in result
    assert "Một người đăng ký nhiều lần" in result
    own = client.get(f"/c/{SLUG}/ruling").text
    assert REASON not in own + result
    assert client.post(f"/c/{SLUG}/ruling", data={"words": " "}).status_code == 422
    words = "Chúng tôi là <b>hai</b> anh em"
    assert client.post(f"/c/{SLUG}/ruling", data={"words": words}).status_code == 303
    assert client.post(f"/c/{SLUG}/ruling", data={"words": words}).status_code == 422
    assert "Khiếu nại của bạn đang chờ trả lời" in client.get(f"/attempts/{twins.code}").text
    judge(client)
    assert "1 khiếu nại chờ" in client.get(BASE).text
    page = client.get(ruling_url(app)).text
    assert "&lt;b&gt;hai&lt;/b&gt;" in page
    reply = client.post(ruling_url(app) + "/answer", data={"answer-words": "Đã xem giấy tờ của hai anh"})
    assert reply.status_code == 303
    act_as(client, app, twins.second)
    assert "Đã xem giấy tờ của hai anh" in client.get(f"/c/{SLUG}/ruling").text


def test_who_was_merged_still_reads_the_own_paper_and_cannot_start(
    client: Client, app: Flask, twins: Twins
) -> None:
    judge(client)
    form = {"verdict": "merge", "kept": "1", "out": "2", **_out()}
    page = client.post(twins.url, data=form).text
    client.post(twins.url, data=form | {"step": "apply", "seen": seen(page)})
    client.post("/logout")
    act_as(client, app, twins.second)
    assert "Đăng ký này được tính chung" in client.get(f"/attempts/{twins.code}").text
    refused = client.post(f"/c/{SLUG}/rounds/1/start")
    assert refused.status_code == 409
    assert "tính chung với đăng ký khác của bạn" in refused.text


def test_the_dashboard_tells_what_waits(client: Client, app: Flask, twins: Twins) -> None:
    judge(client)
    assert "1 cặp nghi trùng chờ xem" in client.get(f"/manage/c/{SLUG}/").text
    client.post(f"/manage/c/{SLUG}/entrants/{twins.second}/disqualify", data=_out())
    act_as(client, app, twins.second)
    client.post(f"/c/{SLUG}/ruling", data={"words": "Chúng tôi là hai anh em"})
    page = client.get(f"/manage/c/{SLUG}/").text
    assert "1 khiếu nại chờ trả lời" in page
    assert "nghi trùng chờ xem" not in page


def test_who_was_set_aside_with_a_shared_number_is_told_so(client: Client, app: Flask, twins: Twins) -> None:
    with app.app_context(), transaction() as session:
        session.get_one(Entry, (contest_of().id, twins.second)).status = "disqualified"
    act_as(client, app, twins.second)
    assert "Nhiều người khai cùng một số điện thoại" in client.get(f"/attempts/{twins.code}").text


def test_who_was_set_aside_is_not_asked_to_go_on(client: Client, app: Flask, twins: Twins) -> None:
    with app.app_context(), transaction() as session:
        round_ = session.get_one(Round, (contest_of().id, 1))
        round_.settings_data = round_.settings_data | {
            "attempts": {"limit": 3, "per": "round", "counts": "first"}
        }
    act_as(client, app, twins.second)
    assert "Thi lượt 2" in client.get(f"/attempts/{twins.code}").text
    judge(client)
    client.post(f"/manage/c/{SLUG}/entrants/{twins.second}/disqualify", data=_out())
    act_as(client, app, twins.second)
    page = client.get(f"/attempts/{twins.code}").text
    assert "Thi lượt 2" not in page
    assert "Xem quyết định và khiếu nại" in page
    front = client.get(f"/c/{SLUG}").text
    assert "Đăng ký này đang ở ngoài xét giải" in front
    assert f'href="/c/{SLUG}/mine"' in front
    assert "Xem quyết định và khiếu nại" in client.get(f"/c/{SLUG}/mine", follow_redirects=True).text


def test_without_a_ruling_there_is_no_page(client: Client, app: Flask, twins: Twins) -> None:
    assert client.get(f"/c/{SLUG}/ruling").status_code == 404
    act_as(client, app, twins.first)
    assert client.get(f"/c/{SLUG}/ruling").status_code == 404
    assert client.post(f"/c/{SLUG}/ruling", data={"words": "x"}).status_code == 404


def test_housekeeping_compares_without_being_asked(client: Client, app: Flask, twins: Twins) -> None:
    judge(client)
    reply = client.post(BASE)
    assert reply.status_code == 303
    page = client.get(reply.location)
    assert page.status_code in (200, 303)
    with app.app_context():
        assert len(list_cases(contest_of().id)) == 1
