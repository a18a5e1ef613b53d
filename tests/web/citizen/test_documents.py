"""What entrants study: the list, a document with its search, one passage; hidden when so set."""

from datetime import timedelta

import pytest
from flask import Flask

from quiz.contests.definition import Study
from quiz.core import clock
from tests.support.citizen import open_contest
from tests.support.client import Client
from tests.support.documents import TEXT, give_documents, make_document

AT = "/c/dai-hoi/documents"


def text_of(client: Client, address: str) -> str:
    reply = client.get(address)
    assert reply.status_code == 200
    return reply.get_data(as_text=True)


def prepare(app: Flask, study: Study = Study.ALWAYS, text: str = TEXT, **changes: object) -> None:
    open_contest(app, **changes)  # type: ignore[arg-type]  # fields of a round
    with app.app_context():
        make_document(text=text, number="12-NQ/TU", link="https://vi.du/goc")
        make_document("rieng")
        give_documents("dai-hoi", "lich-su", study=study)


def test_the_way_from_the_contest_to_a_passage(app: Flask, client: Client) -> None:
    prepare(app)
    assert f'href="{AT}"' in text_of(client, "/c/dai-hoi")
    listed = text_of(client, AT)
    assert f'href="{AT}/lich-su"' in listed
    assert "12-NQ/TU" in listed
    page = text_of(client, f"{AT}/lich-su")
    assert 'id="doan-2"' in page
    assert f'href="{AT}/lich-su#doan-3"' in page, "the table of contents leads to passages"
    assert 'href="https://vi.du/goc"' in page
    alone = text_of(client, f"{AT}/lich-su/2")
    assert "Tuyên Quang" in alone
    assert "Ma Cao" not in alone
    assert f'href="{AT}/lich-su#doan-2"' in alone


@pytest.mark.parametrize(
    "q, found", [("tuyen quang", [2]), ("MA CAO", [1]), ("dai hoi hop", [1, 2, 3]), ("zzz", [])]
)
def test_searching_without_diacritics_and_without_a_script(
    app: Flask, client: Client, q: str, found: list[int]
) -> None:
    prepare(app)
    page = text_of(client, f"{AT}/lich-su?q={q}")
    assert [mark for mark in range(1, 4) if f'id="doan-{mark}"' in page] == found
    assert ("<mark>" in page) is bool(found)


@pytest.mark.parametrize(
    "address",
    [
        f"{AT}/khong-co",
        f"{AT}/rieng",
        f"{AT}/rieng/1",
        f"{AT}/lich-su/9",
        f"{AT}/lich-su/x",
        "/c/khong-co/documents",
    ],
)
def test_what_is_not_there_for_entrants(app: Flask, client: Client, address: str) -> None:
    prepare(app)
    assert client.get(address).status_code == 404
    assert client.post(AT).status_code == 405


def test_a_contest_without_documents_has_no_such_page(app: Flask, client: Client) -> None:
    open_contest(app)
    assert client.get(AT).status_code == 404
    assert "documents" not in text_of(client, "/c/dai-hoi")


def test_documents_are_hidden_while_a_round_is_open(app: Flask, client: Client) -> None:
    prepare(app, Study.NOT_DURING_ROUNDS)
    page = text_of(client, AT)
    assert "tạm ẩn" in page
    assert f'href="{AT}/lich-su"' not in page
    for address in (f"{AT}/lich-su", f"{AT}/lich-su?q=ma+cao", f"{AT}/lich-su/1"):
        reply = client.get(address)
        assert (reply.status_code, reply.location) == (303, AT)
        assert "Ma Cao" not in reply.get_data(as_text=True)


def test_documents_come_back_after_the_round(app: Flask, client: Client) -> None:
    past = clock.now() - timedelta(hours=1)
    prepare(app, Study.NOT_DURING_ROUNDS, closes_at=past)
    assert "Ma Cao" in text_of(client, f"{AT}/lich-su")


def test_a_former_passage_stays_readable_where_it_is_cited(app: Flask, client: Client) -> None:
    prepare(app)
    with app.app_context():
        make_document(text=TEXT.replace("Đại hội họp tại Hà Nội vào tháng 9 năm 1960.", "Nội dung khác hẳn."))
    assert 'id="doan-3"' not in text_of(client, f"{AT}/lich-su")
    former = text_of(client, f"{AT}/lich-su/3")
    assert "Hà Nội vào tháng 9" in former
    assert "không còn trong bản mới nhất" in former


def test_pages_are_kept_and_asked_about(app: Flask, client: Client) -> None:
    prepare(app)
    for address in (AT, f"{AT}/lich-su", f"{AT}/lich-su/1"):
        first = client.get(address, headers={"Accept-Encoding": "br"})
        assert first.headers["Cache-Control"] == "private, no-cache"
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
    with app.app_context():
        make_document(text=TEXT + "\nThêm một câu.")
    changed = client.get(f"{AT}/lich-su", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_a_long_document_comes_in_pages(app: Flask, client: Client) -> None:
    text = "\n".join(f"Điều {n}. Tên của điều\nNội dung của điều thứ {n}." for n in range(1, 151))
    prepare(app, text=text)
    page = text_of(client, f"{AT}/lich-su")
    assert ('id="doan-60"' in page, 'id="doan-61"' in page, "data-study" in page) == (True, False, False)
    assert f'href="{AT}/lich-su?page=3#doan-150"' in page
    assert 'id="doan-150"' in text_of(client, f"{AT}/lich-su?page=3")
    assert 'id="doan-150"' in text_of(client, f"{AT}/lich-su?page=99")
    assert f'href="{AT}/lich-su?page=2#doan-100"' in text_of(client, f"{AT}/lich-su/100")
    for odd in ("?page=0", "?page=x", "?q=%25_%27%22<script>", "?q=" + "a" * 500):
        assert client.get(f"{AT}/lich-su{odd}").status_code == 200
