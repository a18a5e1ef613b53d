"""Deciding about a file before it is imported: mends, leaving out, near-duplicates, conflicting keys."""

import re
from dataclasses import replace
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from question_bank.reading import read
from question_bank.values import Image
from question_bank.writers import json as lossless
from quiz.accounts.permissions import Permission, Role
from quiz.bank import browsing, queries
from quiz.bank.banks import change_bank, create_bank
from quiz.bank.models import BankQuestion, QuestionRevision
from quiz.bank.usage import record_usage
from quiz.bank.values import RoundUsage
from quiz.core.database import db
from tests.support.client import Client
from tests.support.factories import NOW
from tests.support.ladder import Step, climb
from tests.support.pictures import png
from tests.support.question_files import csv_file, table
from tests.support.staff import ACTOR, signed_in
from tests.web.bank.test_import import send

LIKE = "Đại hội VI của Đảng họp vào tháng nào vậy?"


@pytest.fixture(autouse=True)
def bank(app: Flask) -> None:
    """An empty bank."""
    with app.app_context():
        create_bank("lich-su", "Lịch sử", actor=ACTOR, now=NOW)


def decide(client: Client, address: str, number: str, act: str) -> TestResponse:
    return client.post(f"{address}/decide", data={"number": number, "act": act, "tab": "loi"})


def shown(client: Client, address: str, tab: str = "loi") -> str:
    return unescape(client.get(f"{address}?tab={tab}").get_data(as_text=True))


def stored(app: Flask) -> list[tuple[str, list[int], str]]:
    with app.app_context():
        found = db.session.execute(
            select(QuestionRevision.text, QuestionRevision.correct, BankQuestion.state)
            .join(BankQuestion, BankQuestion.current_revision_id == QuestionRevision.id)
            .order_by(BankQuestion.number)
        )
        return [(text, correct, state) for text, correct, state in found]


def test_a_missing_key_is_chosen_with_one_click_and_taken_back(client: Client, app: Flask) -> None:
    signed_in(client, Role.EDITOR)
    address = send(client, csv_file(table(I3=""))).location
    page = shown(client, address)
    assert "Bao cấp" in page, "the excerpt of the file"
    assert page.count('value="offer:key-') == 4
    back = decide(client, address, "2", "offer:key-C")
    assert (back.status_code, back.location) == (303, f"{address}?tab=loi#cau-2")
    page = shown(client, address)
    assert "Đã sửa, sẽ được nhập" in page
    assert "Nhập 3 câu<" in page
    decide(client, address, "2", "undo")
    assert "Nhập 2 câu hợp lệ" in shown(client, address)
    decide(client, address, "2", "offer:key-B")
    assert stored(app) == []
    client.post(address)
    assert [correct for _, correct, _ in stored(app)] == [[0], [1], [0]]


def test_what_is_wrong_is_marked_in_the_excerpt(client: Client) -> None:
    signed_in(client, Role.EDITOR)
    text = (
        "Câu 1. Khi <b>nào</b>?\nA. 1930\nB. 1935\nC. 1945\nC. 1951\nĐáp án: A\n\n"
        "Câu 2. Ở đâu?\nA. Huế (sửa <i>lại</i> 23/6)\nB. Vinh\nĐáp án: A\n"
    )
    address = send(client, text.encode(), "a.txt").location
    page = client.get(f"{address}?tab=loi").get_data(as_text=True)
    assert "C. 1945\n<mark>C.</mark> 1951" in page
    assert "<mark>(sửa &lt;i&gt;lại&lt;/i&gt; 23/6)</mark>" in page
    assert "&lt;b&gt;nào" in page
    assert "<b>nào" not in page
    mend = client.get(f"{address}/mend?number=1").get_data(as_text=True)
    assert "<mark>C.</mark>" in mend


def test_the_pair_tells_in_how_many_rounds_the_question_was_used(client: Client, app: Flask) -> None:
    signed_in(client, Role.EDITOR)
    client.post(send(client, csv_file(table())).location)
    with app.app_context():
        [row] = db.session.scalars(select(BankQuestion).where(BankQuestion.number == 1))
        record_usage(
            [RoundUsage(row.id, 7, number, "thi", f"Tuần {number}", 9, 3) for number in (1, 2, 3)], NOW
        )
    address = send(client, csv_file([table(D2=LIKE)[0], table(D2=LIKE)[1]])).location
    assert "câu 1, chờ duyệt, dùng 3 vòng" in shown(client, address, "gan-trung")


def test_the_same_words_with_other_choices_are_no_near_duplicate(client: Client) -> None:
    signed_in(client, Role.EDITOR)
    first = "Câu 1. Khi nào?\nA. 1930\nB. 1935\nĐáp án: A\n"
    client.post(send(client, first.encode(), "a.txt").location)
    text = "Câu 1. Khi nào?\nA. 1930\nB. 1945\nĐáp án: A\n"
    page = shown(client, send(client, text.encode(), "b.txt").location, "gan-trung")
    assert "Cùng câu dẫn, phương án khác" in page
    assert "Giống " not in page.split("<h2")[1].split("</h2>")[0]


def test_the_same_file_again_after_decisions_makes_no_duplicates(client: Client, app: Flask) -> None:
    signed_in(client)
    for _ in range(2):
        address = send(client, csv_file(table(I3=""))).location
        decide(client, address, "2", "offer:key-B")
        client.post(address)
    assert len(stored(app)) == 3


def test_leaving_out_and_taking_back(client: Client, app: Flask) -> None:
    signed_in(client)
    address = send(client, csv_file(table(F4=""))).location
    decide(client, address, "3", "leave")
    left = client.post(f"{address}/decide", data={"number": "1", "act": "leave", "tab": "hop-le"})
    assert left.location.endswith("?tab=hop-le#cau-2"), "go on where the question stood"
    assert "Đã bỏ, không được nhập" in shown(client, address)
    decide(client, address, "1", "undo")
    client.post(address)
    assert [text for text, _, _ in stored(app)] == [row[3] for row in table()[1:3]]


def test_mending_in_place(client: Client, app: Flask) -> None:
    signed_in(client)
    address = send(client, csv_file(table(F4=""))).location
    page = client.get(f"{address}/mend?number=3").get_data(as_text=True)
    names = dict(re.findall(r'name="(choices-\d-text)"[^>]*value="([^"]*)"', page))
    assert [unescape(one) for one in names.values()][:4] == ["Hà Nội", "", "Hải Phòng", "Tất cả đều sai"]
    typed = {"number": "3", "text": "Đại hội VII họp ở đâu?", "topic": "Đại hội VII", "level": "Dễ"}
    typed |= {"choices-0-text": "Hà Nội", "choices-0-right": "y", "choices-1-text": "Hà Nội"}
    refused = client.post(f"{address}/mend", data=typed)
    assert refused.status_code == 422
    assert "giống hệt nhau" in refused.get_data(as_text=True)
    back = client.post(f"{address}/mend", data=typed | {"choices-1-text": "Huế"})
    assert (back.status_code, back.location) == (303, f"{address}?tab=loi#cau-3")
    client.post(address)
    with app.app_context():
        _, revision = browsing.get_question(queries.get_bank("lich-su").id, 3)
        assert [one["text"] for one in revision.choices] == ["Hà Nội", "Huế"]
        assert (revision.level, revision.source) == ("Dễ", "Văn kiện, trang A")


@pytest.mark.parametrize(
    "verdict, texts",
    [
        ("skip", [table()[1][3]]),
        ("both", [table()[1][3], LIKE]),
        ("replace", [LIKE]),
    ],
)
def test_a_near_duplicate_of_the_bank(client: Client, app: Flask, verdict: str, texts: list[str]) -> None:
    signed_in(client)
    client.post(send(client, csv_file(table()[:2])).location)
    address = send(client, csv_file(table(D2=LIKE)[:2])).location
    page = shown(client, address, "gan-trung")
    assert "câu 1, chờ duyệt" in page
    pair = {"number": "1", "other": "bank:1"}
    judged = client.post(f"{address}/pairs", data=pair | {"verdict": verdict})
    assert judged.status_code == 303
    assert "Đã chọn" in shown(client, address, "gan-trung")
    client.post(address)
    assert [text for text, _, _ in stored(app)] == texts
    assert {state for _, _, state in stored(app)} == {"in_review"}


def test_conflicting_keys_are_decided(client: Client, app: Flask) -> None:
    signed_in(client)
    client.post(send(client, csv_file()).location)
    address = send(client, csv_file(table(I2="B"))).location
    assert "Đáp án mâu thuẫn" in shown(client, address, "gan-trung")
    pair = {"number": "1", "other": "bank:1"}
    assert client.post(f"{address}/pairs", data=pair | {"verdict": "both"}).status_code == 400
    client.post(f"{address}/pairs", data=pair | {"verdict": "replace"})
    client.post(address)
    assert [correct for _, correct, _ in stored(app)] == [[1], [0], [0]]
    with app.app_context():
        row, revision = browsing.get_question(queries.get_bank("lich-su").id, 1)
        notes = [note.kind.value for note in queries.list_notes(row.id)]
        assert (revision.number, notes[:2]) == (2, ["submitted", "revised"])


def test_all_pairs_at_once(client: Client, app: Flask) -> None:
    signed_in(client)
    rows = [*table(), *(["9", *row[1:3], f"{row[3]} (nhắc lại)", *row[4:]] for row in table()[1:])]
    for place, row in enumerate(rows[1:], start=1):
        row[0] = str(place)
    address = send(client, csv_file(rows)).location
    assert "Nhập 3 câu hợp lệ" in shown(client, address)
    client.post(f"{address}/pairs", data={"verdict_all": "both", "at_least": "99"})
    assert "Nhập 3 câu hợp lệ" in shown(client, address)
    client.post(f"{address}/pairs", data={"verdict_all": "both", "at_least": "50"})
    assert "Nhập 6 câu<" in shown(client, address)
    client.post(f"{address}/pairs", data={"number": "4", "other": "1", "undo": "y"})
    assert "Nhập 5 câu hợp lệ" in shown(client, address)


def test_nonsense_is_refused_and_changes_nothing(client: Client) -> None:
    signed_in(client)
    address = send(client, csv_file(table(I3=""))).location
    assert decide(client, address, "2", "explode").status_code == 400
    assert decide(client, address, "2", "offer:key-H").status_code == 404
    assert decide(client, address, "77", "leave").status_code == 404
    assert client.get(f"{address}/mend?number=77").status_code == 404
    for data in ({}, {"verdict": "x"}, {"number": "1", "other": "2", "verdict": "both"}):
        assert client.post(f"{address}/pairs", data=data).status_code == 400
    assert "Nhập 2 câu hợp lệ" in shown(client, address)


def test_a_large_import_is_a_job(client: Client, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quiz.bank.import_views._MOST_AT_ONCE", 2)
    signed_in(client)
    reply = client.post(send(client, csv_file()).location)
    assert (reply.status_code, reply.location.startswith("/manage/jobs/")) == (303, True)
    page = client.get(reply.location).get_data(as_text=True)
    assert "/manage/banks/lich-su" in page
    assert len(stored(app)) == 3


GONE = f"/manage/banks/lich-su/import/{'x' * 32}"


@pytest.mark.parametrize("action", ["decide", "pairs", "mend", "pictures/0"])
def test_who_may_decide(client: Client, action: str) -> None:
    """Somebody else's file, or one that is gone, is not there for anybody."""
    method = "GET" if "/" in action else "POST"
    climb(client, Step(method, f"{GONE}/{action}", Permission.EDIT_BANKS, works=404))


def test_pictures_of_the_file_are_shown_before_anything_is_stored(client: Client) -> None:
    signed_in(client)
    shown_one = Image("a.png", "image/png", png(), "Bản đồ")
    hostile = Image("b.png", "image/png", b"<svg onload=alert(1)>", "")
    questions = read(csv_file(), "q.csv").questions
    rich = [replace(questions[0], images=(shown_one,)), replace(questions[1], images=(hostile,))]
    address = send(client, lossless.write(rich), "q.json").location
    page = client.get(f"{address}?tab=hop-le").get_data(as_text=True)
    assert f'src="{address}/pictures/0" alt="Bản đồ"' in page
    picture = client.get(f"{address}/pictures/0")
    assert (picture.status_code, picture.mimetype) == (200, "image/png")
    assert "sandbox" in picture.headers["Content-Security-Policy"]
    assert client.get(f"{address}/pictures/1").status_code == 404, "no picture, whatever it is called"
    assert client.get(f"{address}/pictures/2").status_code == 404


def test_what_a_bank_that_trusts_its_people_approves_at_once(client: Client, app: Flask) -> None:
    with app.app_context():
        bank_id = queries.get_bank("lich-su").id
        change_bank(bank_id, title="Lịch sử", own_approval=True, actor=ACTOR, now=NOW)
    signed_in(client)
    address = send(client, csv_file()).location
    assert "Duyệt luôn" in shown(client, address)
    client.post(address, data={"approve": "y"})
    assert {state for _, _, state in stored(app)} == {"approved"}


def test_nobody_approves_at_once_elsewhere(client: Client, app: Flask) -> None:
    signed_in(client)
    address = send(client, csv_file()).location
    assert "Duyệt luôn" not in shown(client, address)
    client.post(address, data={"approve": "y"})
    assert {state for _, _, state in stored(app)} == {"in_review"}
