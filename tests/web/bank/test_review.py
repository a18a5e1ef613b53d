"""The review queue: who may, one question after another, several at once, what a reviewer is told."""

import re
from dataclasses import replace

import pytest
from flask import Flask

from question_bank.reading import read
from quiz.accounts.permissions import Permission, Role
from quiz.audit.actors import Actor
from quiz.bank import browsing, life, queries, service
from quiz.bank.banks import change_bank
from quiz.bank.models import Bank
from tests.support.client import Client
from tests.support.factories import NOW
from tests.support.ladder import Step, climb, ladder
from tests.support.question_files import csv_file
from tests.support.staff import ACTOR, make_staff, sign_in_as, signed_in

QUEUE = "/manage/banks/review"
REVIEW = Permission.REVIEW_QUESTIONS


@pytest.fixture(autouse=True)
def _bank(app: Flask) -> None:
    """Three questions of an author wait for review."""
    with app.app_context():
        author = make_staff("tac-gia", Role.EDITOR)
        service.import_questions(
            read(csv_file(), "q.csv"),
            "lich-su",
            "Lịch sử",
            actor=Actor.staff(author.id, author.name),
            now=NOW,
        )


def waiting(app: Flask, number: int = 1) -> tuple[str, int, str]:
    """State, newest revision and the address of its buttons."""
    with app.app_context():
        row, revision = browsing.get_question(queries.get_bank("lich-su").id, number)
        return row.state, revision.id, f"{QUEUE}/lich-su/{number}"


def text(client: Client, address: str) -> str:
    return re.sub(r"\s+", " ", client.get(address).get_data(as_text=True))


@ladder(
    Step("GET", QUEUE, REVIEW),
    Step("GET", f"{QUEUE}?view=list", REVIEW),
    Step("POST", f"{QUEUE}/lich-su/1", REVIEW, works=422, unknown=f"{QUEUE}/lich-su/99"),
    Step("POST", f"{QUEUE}/approve", REVIEW, works=303),
)
def test_access(client: Client, step: Step) -> None:
    climb(client, step)


def test_a_reviewer_lands_at_the_queue_and_sees_how_much_waits(client: Client) -> None:
    signed_in(client, Role.REVIEWER)
    assert client.get("/manage").status_code in (303, 403)
    page = text(client, "/manage/banks")
    assert re.search(r'href="/manage/banks/review">.*?đang chờ: </span>3</b>', page)
    assert page.count('aria-current="page"') == 2, "the wide and the narrow menu: one line each"


def test_everything_a_reviewer_needs(client: Client) -> None:
    signed_in(client, Role.REVIEWER)
    page = text(client, QUEUE)
    for words in ("Duyệt câu 1 trong 3", "Người dùng tac-gia soạn", "Đại hội VI họp", "(đáp án)", "q.csv"):
        assert words in page
    assert "Khác bản" not in page
    assert "Chưa rút vào bài nào" in page


def test_approving_goes_on_with_the_next(client: Client, app: Flask) -> None:
    signed_in(client, Role.REVIEWER)
    _state, seen, address = waiting(app)
    reply = client.post(address, data={"step": "approve", "seen_revision": str(seen), "text": "Rõ ràng."})
    assert reply.status_code == 303
    page = text(client, reply.location)
    assert "Đã duyệt câu 1." in page
    assert "Duyệt câu 1 trong 2" in page
    assert waiting(app)[0] == "approved"
    with app.app_context():
        row, _revision = browsing.get_question(queries.get_bank("lich-su").id, 1)
        assert queries.list_notes(row.id)[0].text == "Rõ ràng."


def test_sending_back_needs_words_and_keeps_them(client: Client, app: Flask) -> None:
    signed_in(client, Role.REVIEWER)
    _state, seen, address = waiting(app, 2)
    bare = client.post(address, data={"step": "return", "seen_revision": str(seen)})
    assert bare.status_code == 422
    assert "Lỗi: Chưa viết lời góp ý" in bare.get_data(as_text=True)
    assert "Duyệt câu 2 trong 3" in re.sub(r"\s+", " ", bare.get_data(as_text=True))
    reply = client.post(
        address, data={"step": "return", "seen_revision": str(seen), "text": "Thiếu <b>nguồn</b>."}
    )
    assert reply.status_code == 303
    assert waiting(app, 2)[0] == "draft"
    with app.app_context():
        row, _revision = browsing.get_question(queries.get_bank("lich-su").id, 2)
        life.submit(row.id, actor=ACTOR, now=NOW)
    assert "Thiếu &lt;b&gt;nguồn&lt;/b&gt;." in text(client, f"{QUEUE}?at={seen}")


def test_only_a_comment_stays_on_the_question(client: Client, app: Flask) -> None:
    signed_in(client, Role.REVIEWER)
    _state, seen, address = waiting(app)
    reply = client.post(address, data={"step": "comment", "seen_revision": str(seen), "text": "Hỏi lại."})
    page = text(client, reply.location)
    assert "Hỏi lại." in page
    assert "Duyệt câu 1 trong 3" in page


def test_a_newer_wording_has_to_be_read_first(client: Client, app: Flask) -> None:
    signed_in(client, Role.REVIEWER)
    _state, seen, address = waiting(app)
    reply = client.post(address, data={"step": "approve", "seen_revision": str(seen - 1), "text": "Được."})
    assert reply.status_code == 409
    assert "Có người vừa sửa câu này" in reply.get_data(as_text=True)
    assert waiting(app)[0] == "in_review"


def test_what_changed_since_the_approved_wording(client: Client, app: Flask) -> None:
    with app.app_context():
        bank = queries.get_bank("lich-su")
        row, revision = browsing.get_question(bank.id, 1)
        life.approve(row.id, seen_revision=revision.id, actor=ACTOR, now=NOW)
        value = queries.as_question(row, revision)
        service.revise(
            row.id,
            replace(value, text=value.text.replace("tháng", "năm"), correct=(2,)),
            seen_revision=revision.id,
            submit=True,
            actor=ACTOR,
            now=NOW,
        )
    signed_in(client, Role.REVIEWER)
    page = text(client, f"{QUEUE}?at={waiting(app)[1]}")
    assert "Khác bản 1 đang dùng" in page
    assert re.search(r"<mark> ?năm</mark>", page)
    assert re.search(r"<dt>Đáp án</dt>", page)


def test_own_work_waits_for_somebody_else(client: Client, app: Flask) -> None:
    with app.app_context():
        owner = make_staff("chu", Role.OWNER)
        sign_in_as(client, owner)
        bank = queries.get_bank("lich-su")
        row, revision = browsing.get_question(bank.id, 3)
        value = queries.as_question(row, revision)
        service.revise(
            row.id,
            replace(value, text="Câu của chính mình?"),
            seen_revision=revision.id,
            submit=True,
            actor=Actor.staff(owner.id, owner.name),
            now=NOW,
        )
    assert "Câu của chính mình?" not in text(client, f"{QUEUE}?view=list")
    page = text(client, f"{QUEUE}?own=y&at={waiting(app, 3)[1]}")
    assert "1 câu của chính mình đang chờ" in page
    assert 'value="approve"' not in page
    _state, seen, address = waiting(app, 3)
    refused = client.post(address, data={"step": "approve", "seen_revision": str(seen)})
    assert "Người soạn không tự duyệt câu của mình" in text(client, refused.location)
    assert waiting(app, 3)[0] == "in_review"
    with app.app_context():
        bank = queries.get_bank("lich-su")
        change_bank(bank.id, title=bank.title, own_approval=True, actor=ACTOR, now=NOW)
    client.post(address, data={"step": "approve", "seen_revision": str(seen)})
    assert waiting(app, 3)[0] == "approved"


def test_several_at_once_after_reading_what_will_happen(client: Client, app: Flask) -> None:
    signed_in(client, Role.REVIEWER)
    chosen = [str(waiting(app, number)[1]) for number in (1, 3)]
    page = client.post(f"{QUEUE}/approve", data={"chosen": chosen})
    assert "Duyệt 2 câu?" in page.get_data(as_text=True)
    assert waiting(app)[0] == "in_review", "nothing before the second click"
    done = client.post(f"{QUEUE}/approve", data={"chosen": [*chosen, "5", "x"], "is_confirmed": "y"})
    assert [waiting(app, number)[0] for number in (1, 2, 3)] == ["approved", "in_review", "approved"]
    told = text(client, done.location)
    assert "Đã duyệt 2 câu." in told
    assert "1 câu đã chọn vừa có người sửa hoặc duyệt" in told


def test_narrowing_the_queue(client: Client, app: Flask) -> None:
    signed_in(client, Role.REVIEWER)
    listed = f"{QUEUE}?view=list"
    assert "3 câu chờ duyệt" in text(client, listed)
    assert "2 câu chờ duyệt" in text(client, f"{listed}&topic=Đại hội VI")
    assert "0 câu chờ duyệt" in text(client, f"{listed}&author=0")
    assert "0 câu chờ duyệt" in text(client, f"{listed}&bank=khac")
    assert "Không có câu nào chờ duyệt theo điều kiện này" in text(client, f"{QUEUE}?bank=khac")


def test_nothing_waits(client: Client, app: Flask) -> None:
    signed_in(client, Role.REVIEWER)
    with app.app_context():
        for number in (1, 2, 3):
            row, _revision = browsing.get_question(queries.get_bank("lich-su").id, number)
            life.retire(row.id, actor=ACTOR, now=NOW)
    assert "Không có câu nào chờ duyệt." in text(client, QUEUE)


def test_no_bank_takes_the_queues_address(client: Client, app: Flask) -> None:
    signed_in(client, Role.OWNER)
    assert client.post("/manage/banks", data={"title": "T", "slug": "review"}).status_code == 422
    with app.app_context():
        assert queries.find_bank("review") is None
        assert isinstance(queries.get_bank("lich-su"), Bank)
