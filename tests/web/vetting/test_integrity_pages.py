"""The pages of papers that deserve a look: who gets in, what they say, annulling and taking back."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from quiz.accounts.permissions import Permission, Role
from quiz.attempts.models import Attempt
from quiz.attempts.queries import list_attempts
from quiz.contests.definition import AttemptRule
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundState
from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.core.database import db, transaction
from quiz.entries.models import Entry
from quiz.vetting import integrity_queries as queries
from quiz.vetting.integrity_service import review_round
from tests.support.client import Client
from tests.support.factories import NOW, make_entry
from tests.support.ladder import Step, climb, ladder
from tests.support.sittings import RIGHT, fixed_contest, sit
from tests.support.staff import signed_in

ROUND = "/manage/c/cuoc-thi/rounds/1"
CASES, ANNUL = f"{ROUND}/integrity", f"{ROUND}/annul"
AUDIT = "/manage/audit"
WORDS = {"unit": "", "reason": "Cùng một máy", "notice": "Bài này không được tính."}


@pytest.fixture
def case_key(app: Flask, monkeypatch: pytest.MonkeyPatch) -> str:
    """Five people on one device, the first with a fast perfect paper; the round is over. The case's key."""
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=7))
    with app.app_context():
        contest = fixed_contest(attempts=AttemptRule(limit=3))
        for number in range(1, 6):
            entry = make_entry(contest, number)
            _use_device(contest, entry)
            sit(contest, entry.id, RIGHT if number == 1 else (1, 1, 1, number % 4 + 1))
        first = db.session.query(Attempt).filter_by(correct_count=4).one()
        with transaction():
            first.duration_ms = 5_000
        review_round(contest, 1, now=NOW + timedelta(days=7))
        return queries.list_cases(contest.id, 1)[0][0].key


def _use_device(contest: Contest, entry: Entry) -> None:
    with transaction():
        db.session.get_one(Entry, (contest.id, entry.id)).device_key = "một máy"


def people_of(app: Flask, key: str) -> list[int]:
    with app.app_context():
        case = queries.find_case(get_contest("cuoc-thi").id, 1, key)
        assert case is not None
        return list(case.people)


def text(client: Client, path: str) -> str:
    reply = client.get(path)
    assert reply.status_code == 200, reply.text[:2000]
    return reply.text


@pytest.mark.usefixtures("case_key")
@ladder(
    Step("GET", CASES, Permission.SEE_CONTESTS, "/manage/c/cuoc-thi/rounds/9/integrity"),
    Step("POST", CASES, Permission.RUN_ROUNDS, "/manage/c/cuoc-thi/rounds/9/integrity", works=303),
    Step("GET", ANNUL, Permission.SEE_CONTESTS, "/manage/c/khac/rounds/1/annul"),
    Step("POST", ANNUL, Permission.PUBLISH, "/manage/c/khac/rounds/1/annul", works=422),
    Step("POST", f"{ANNUL}/4711", Permission.PUBLISH, "/manage/c/khac/rounds/1/annul/4711", works=422),
    Step("POST", f"{ANNUL}/1/objections/2", Permission.PUBLISH, f"{CASES}/objections/2", works=422),
)
def test_ladder(client: Client, step: Step) -> None:
    climb(client, step)


def test_ladder_of_one_case(client: Client, case_key: str) -> None:
    climb(client, Step("GET", f"{CASES}/{case_key}", Permission.SEE_CONTESTS, f"{CASES}/khong-co"))


def test_ladder_of_setting_aside(client: Client, case_key: str) -> None:
    climb(client, Step("POST", f"{CASES}/{case_key}", Permission.RUN_ROUNDS, f"{CASES}/khong-co", works=422))


def test_the_list_is_calm_and_says_what_it_cannot(client: Client, case_key: str) -> None:
    signed_in(client)
    page = text(client, CASES)
    assert "Không con số nào kết luận ai gian lận" in page
    assert "Từ hai loại bằng chứng (1)" in page
    assert "Lò Thị Hương 1" in page
    assert "Đúng 4/4 câu trong 5,0 giây" in page
    assert "5 người dự thi vòng này trên cùng một thiết bị" in page
    assert "hạng 1 → không còn trong bảng" in page
    assert "4 người khác lên hạng" in page
    assert "Báo nhầm dự kiến" in page
    assert f'href="{CASES}/{case_key}"' in page


def test_while_the_round_runs_only_for_those_who_run_it(
    client: Client, case_key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=1))
    signed_in(client, Role.AUDITOR)
    for path in (CASES, f"{CASES}/{case_key}", ANNUL):
        assert client.get(path).status_code == 403


def test_nobody_has_looked_yet(app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    with app.app_context():
        fixed_contest()
    signed_in(client)
    assert "Chưa xem xét bài của vòng này" in text(client, CASES)
    assert client.post(CASES).status_code == 303
    assert "Không có trường hợp nào" in text(client, CASES)


def test_a_case_is_set_aside_with_a_reason(client: Client, case_key: str) -> None:
    signed_in(client)
    path = f"{CASES}/{case_key}"
    assert "cần ghi lý do" in client.post(path, data={"reason": " "}).text
    assert client.post(path, data={"reason": "Đã gọi điện hỏi"}).status_code == 303
    assert "Đã bỏ qua (1)" in text(client, CASES)
    assert "Đã gọi điện hỏi" in text(client, f"{CASES}?show=aside")
    assert "Bỏ qua một trường hợp cần xem" in text(client, AUDIT)


def test_two_people_stand_side_by_side(app: Flask, client: Client) -> None:
    """A case of the device alone: answers of any two of its people."""
    with app.app_context():
        contest = fixed_contest(attempts=AttemptRule(limit=3))
        for number in range(1, 6):
            entry = make_entry(contest, number)
            _use_device(contest, entry)
            sit(contest, entry.id, (1, 1, 1, number % 4 + 1))
        review_round(contest, 1, now=NOW)
        case = queries.list_cases(contest.id, 1)[0][0]
        key, people = case.key, list(case.people)
    signed_in(client)
    page = text(client, f"{CASES}/{key}?a={people[1]}&b={people[4]}")
    assert "có 4 câu chung, giống nhau 3 câu" in page
    assert page.count("giống, cùng sai") == 3
    assert "chỉ có một loại bằng chứng" in page


def test_annulling_from_a_case_and_back(app: Flask, client: Client, case_key: str) -> None:
    signed_in(client)
    (person,) = people_of(app, case_key)
    path = f"{ANNUL}?case={case_key}"
    assert "Lò Thị Hương 1" in text(client, path)
    form = WORDS | {"people": str(person), "only_named": "y"}
    shown = client.post(path, data=form | {"step": "preview"})
    assert shown.status_code == 200
    assert "Điều sẽ xảy ra" in shown.text
    assert "không còn trong bảng" in shown.text
    assert "Phường Tô Hiệu" in shown.text
    assert "5 → 4" in shown.text
    seen = re.search(r'name="seen" value="(\w+)"', shown.text)
    assert seen is not None
    moved = client.post(path, data=form | {"step": "apply", "seen": "khác"})
    assert moved.status_code == 409
    assert "vừa thay đổi" in moved.text
    assert client.post(path, data=form | {"step": "apply", "seen": seen[1]}).status_code == 303
    assert "1 bài của vòng này đang bị hủy" in text(client, CASES)
    assert "Hủy bài" in text(client, AUDIT)
    listed = text(client, ANNUL)
    undo = re.search(rf'action="({ANNUL}/\d+)"', listed)
    assert undo is not None
    assert client.post(undo[1], data={"reason": ""}).status_code == 422
    assert client.post(undo[1], data={"reason": "Đã giải thích"}).status_code == 303
    assert "Đã khôi phục" in text(client, ANNUL)
    with app.app_context():
        rows = list_attempts(get_contest("cuoc-thi").id, person, 1)
        assert all(row.voided_at is None for row in rows)


@pytest.mark.parametrize(
    "form, words",
    [
        ({}, "Chọn ít nhất một điều kiện"),
        ({"seconds": "nhanh"}, "cần một số, ví dụ 2,5"),
        ({"percent": "120"}, "phần trăm từ 0 đến 100"),
        ({"seconds": "0,1", "step": "apply"}, "Không có bài nào khớp"),
        ({"seconds": "2,5", "notice": ""}, "cần có thông báo"),
    ],
)
@pytest.mark.usefixtures("case_key")
def test_what_is_wrong_is_said(client: Client, form: dict[str, str], words: str) -> None:
    signed_in(client)
    reply = client.post(ANNUL, data=WORDS | form)
    assert reply.status_code == 422
    assert words in reply.text


def annulled(app: Flask, client: Client, key: str) -> tuple[int, str]:
    """The first person's attempt is annulled by an organiser; contest and code of the attempt."""
    (person,) = people_of(app, key)
    form = WORDS | {"people": str(person), "step": "preview"}
    seen = re.search(r'name="seen" value="(\w+)"', client.post(f"{ANNUL}?case={key}", data=form).text)
    assert seen is not None
    client.post(f"{ANNUL}?case={key}", data=form | {"step": "apply", "seen": seen[1]})
    with app.app_context():
        contest = get_contest("cuoc-thi")
        return contest.id, list_attempts(contest.id, person, 1)[0].code


def become(client: Client, contest_id: int, person: int) -> None:
    with client.session_transaction() as session:
        session.clear()
        session["entries"] = {str(contest_id): str(person)}


def test_the_entrant_reads_a_plain_message_and_objects(app: Flask, client: Client, case_key: str) -> None:
    signed_in(client)
    contest_id, code = annulled(app, client, case_key)
    (person,) = people_of(app, case_key)
    become(client, contest_id, person)
    page = client.get(f"/attempts/{code}").text
    assert "Ban Tổ chức đã hủy kết quả lượt này" in page
    assert "Bài này không được tính." in page
    assert "Cùng một máy" not in page, "the reason is the organisers'"
    own = f"/attempts/{code}/objection"
    assert f'href="{own}"' in page
    assert "Cùng một máy" not in text(client, own)
    assert "chưa viết gì" in client.post(own, data={"words": " "}).text
    assert client.post(own, data={"words": "Em thi cùng chị."}).status_code == 303
    assert "Ban Tổ chức đã nhận" in text(client, own)
    assert client.post(own, data={"words": "Lần nữa"}).status_code == 422


def test_organisers_answer_an_objection(app: Flask, client: Client, case_key: str) -> None:
    signed_in(client)
    contest_id, code = annulled(app, client, case_key)
    (person,) = people_of(app, case_key)
    become(client, contest_id, person)
    client.post(f"/attempts/{code}/objection", data={"words": "Em thi cùng chị."})
    signed_in(client, Role.OWNER)
    assert "1 ý kiến về việc hủy bài chưa được trả lời" in text(client, CASES)
    assert "1 ý kiến về việc hủy bài ở Tuần 1" in text(client, "/manage/c/cuoc-thi/")
    listed = text(client, ANNUL)
    assert "Em thi cùng chị." in listed
    found = re.search(rf'action="({ANNUL}/\d+/objections/{person})"', listed)
    assert found is not None
    assert client.post(found[1], data={"words": ""}).status_code == 422
    assert client.post(found[1], data={"words": "Đã xem lại."}).status_code == 303
    become(client, contest_id, person)
    assert "Đã xem lại." in text(client, f"/attempts/{code}/objection")


def test_nobody_else_sees_an_objection(app: Flask, client: Client, case_key: str) -> None:
    signed_in(client)
    contest_id, code = annulled(app, client, case_key)
    own = f"/attempts/{code}/objection"
    with client.session_transaction() as session:
        session.clear()
    for method in ("GET", "POST"):
        assert client.open(own, method=method).status_code == 404
    become(client, contest_id, 4711)
    for method in ("GET", "POST"):
        assert client.open(own, method=method).status_code == 404
    assert client.get("/attempts/khong-co/objection").status_code == 404
    assert client.delete(own).status_code == 405


def test_before_publication_cases_are_to_do(client: Client, case_key: str) -> None:
    del case_key
    signed_in(client)
    assert "1 trường hợp cần xem ở Tuần 1" in text(client, "/manage/c/cuoc-thi/")


def test_after_publication_the_form_is_gone(app: Flask, client: Client, case_key: str) -> None:
    with app.app_context(), transaction():
        db.session.get_one(Round, (get_contest("cuoc-thi").id, 1)).state = RoundState.PUBLISHED.value
    signed_in(client)
    page = text(client, ANNUL)
    assert "không hủy hay khôi phục bài được nữa" in page
    assert "Xem trước" not in page
    assert "Hủy bài của những người này" not in text(client, f"{CASES}/{case_key}")
