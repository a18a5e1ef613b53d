"""Loading documents and their newer editions; finding passages."""

from pathlib import Path

import pytest
from flask import Flask

from quiz.audit.actors import Actor
from quiz.audit.queries import browse_events
from quiz.core.errors import NotFound
from quiz.documents import queries
from quiz.documents.errors import DocumentChanged, DocumentInvalid
from quiz.documents.service import Particulars, change_particulars, load_document, preview_document
from tests.support.documents import TEXT, make_document
from tests.support.factories import NOW

WHO = Actor.system("test")
NEWER = TEXT.replace("13 đại biểu", "mười ba đại biểu").replace(
    "Đại hội họp tại Hà Nội vào tháng 9 năm 1960.", "Nội dung hoàn toàn khác."
)


def marks(slug: str = "lich-su") -> list[int]:
    return [one.mark for one in queries.list_passages(queries.get_document(slug))]


def test_a_document_is_loaded_once(app: Flask) -> None:
    assert make_document(number="12-NQ/TU").is_saved
    document = queries.get_document("lich-su")
    assert (document.title, document.number, document.edition) == ("LỊCH SỬ CÁC KỲ ĐẠI HỘI", "12-NQ/TU", 1)
    assert marks() == [1, 2, 3]
    again = make_document()
    assert again.plan.changes_nothing
    assert queries.get_document("lich-su").edition == 1
    assert [event.action for event in browse_events().rows].count("document_loaded") == 1


def test_a_newer_edition_keeps_marks(app: Flask) -> None:
    make_document()
    shown = preview_document(NEWER.encode(), "x.txt", "lich-su")
    assert (shown.edition, shown.is_saved, len(shown.plan.passages)) == (1, False, 4)
    assert marks() == [1, 2, 3], "a preview saves nothing"
    load_document(NEWER.encode(), "x.txt", "lich-su", seen_edition=1, actor=WHO, now=NOW)
    assert marks() == [1, 2, 4]
    gone = queries.get_passage("lich-su/3")
    assert (gone.is_current, gone.text) == (False, "Đại hội họp tại Hà Nội vào tháng 9 năm 1960.")
    assert "mười ba" in queries.get_passage("lich-su/1").text
    make_document()
    assert marks() == [1, 2, 3], "what comes back has its old mark"
    assert queries.get_document("lich-su").edition == 3


def test_two_people_do_not_overwrite_each_other(app: Flask) -> None:
    make_document()
    load_document(NEWER.encode(), "x.txt", "lich-su", seen_edition=1, actor=WHO, now=NOW)
    with pytest.raises(DocumentChanged):
        load_document(TEXT.encode(), "x.txt", "lich-su", seen_edition=1, actor=WHO, now=NOW)
    assert marks() == [1, 2, 4]


def test_a_refused_file_changes_nothing(app: Flask) -> None:
    make_document()
    refused = load_document(b"", "x.txt", "lich-su", actor=WHO, now=NOW)
    assert (refused.is_saved, refused.reading.refused) == (False, True)
    assert marks() == [1, 2, 3]
    with pytest.raises(DocumentInvalid):
        load_document(TEXT.encode(), "x.txt", "Sai Mã", actor=WHO, now=NOW)


def test_particulars_change_without_the_text(app: Flask) -> None:
    make_document(issuer="Tỉnh ủy")
    change_particulars("lich-su", Particulars("Tên khác", link="https://vi.du/"), actor=WHO, now=NOW)
    document = queries.get_document("lich-su")
    assert (document.title, document.issuer, document.link) == ("Tên khác", "", "https://vi.du/")
    make_document(number="5")
    assert queries.get_document("lich-su").title == "Tên khác"
    with pytest.raises(NotFound):
        change_particulars("khong-co", Particulars("x"), actor=WHO, now=NOW)
    for wrong in (Particulars(), Particulars("Tên", link="javascript:alert(1)")):
        with pytest.raises(DocumentInvalid):
            change_particulars("lich-su", wrong, actor=WHO, now=NOW)
    with pytest.raises(DocumentInvalid, match="document_link"):
        make_document(link="data:text/html,x")


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("tuyen quang", [2]),
        ("TUYÊN  Quang!", [2]),
        ("thu ba", [3]),
        ("dai hoi", [1, 2, 3]),
        ("dai hoi hop tai ha noi", [3]),
        ("đoạn 2", [2]),
        ("3", [3, 1]),
        ("không có gì thế này", []),
        ("%_", [1, 2, 3]),
        ("", [1, 2, 3]),
    ],
)
def test_searching(app: Flask, text: str, wanted: list[int]) -> None:
    make_document()
    assert [one.mark for one in queries.search_passages(text)] == wanted


def test_searching_in_one_document_and_with_a_limit(app: Flask) -> None:
    make_document()
    make_document("khac", title="A")
    assert len(queries.search_passages("dai hoi")) == 6
    assert {one.document_slug for one in queries.search_passages("dai hoi", "khac")} == {"khac"}
    assert len(queries.search_passages("dai hoi", limit=2)) == 2
    assert [row.document.slug for row in queries.list_documents()] == ["khac", "lich-su"]
    asked = queries.list_documents(["lich-su", "x", "khac"])
    assert [row.document.slug for row in asked] == ["lich-su", "khac"]


@pytest.mark.parametrize("address", ["lich-su/9", "x/1", "lich-su", "lich-su/0", "lich-su/1x", "", "/1"])
def test_what_is_no_passage(app: Flask, address: str) -> None:
    make_document()
    assert queries.find_passage(address) is None
    with pytest.raises(NotFound):
        queries.get_passage(address)


def test_the_command(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    runner = app.test_cli_runner()
    done = runner.invoke(args=["document", "load", str(file), "--slug", "lich-su", "--number", "7"])
    assert (done.exit_code, "3 passages (0 same, 0 changed, 3 new, 0 gone)" in done.output) == (0, True)
    assert "3 passages" in runner.invoke(args=["document", "read", str(file)]).output
    assert '"mark": 3' in runner.invoke(args=["document", "read", str(file), "--json"]).output
    file.write_bytes(b"")
    refused = runner.invoke(args=["document", "load", str(file), "--slug", "lich-su"])
    assert (refused.exit_code, "Tệp không có chữ" in refused.output) == (1, True)
    assert runner.invoke(args=["document", "read", str(file)]).exit_code == 2
