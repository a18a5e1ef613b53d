"""The organisers' papers of a round and what the public sees of them."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from docx import Document
from flask import Flask
from openpyxl import load_workbook

from quiz.accounts.permissions import Permission, Role
from quiz.analysis.service import run_round
from quiz.attempts.models import Result
from quiz.awards import certifying, service
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundAction
from quiz.contests.queries import get_contest, get_round
from quiz.core import clock
from quiz.core.database import db, transaction
from quiz.jobs.handlers import unwatched
from quiz.jobs.running import run_asked
from quiz.organiser.rounds import move_round
from quiz.privacy.models import Disclosure
from quiz.standings.prizes import list_awards
from tests.support.client import Client
from tests.support.factories import KEYRING, NOW, round_definition
from tests.support.ladder import Step, climb, ladder
from tests.support.staff import ACTOR, make_staff, sign_in_as
from tests.web.awards.test_awards import contest

__all__ = ["contest"]
BASE = "/manage/c/cuoc-thi/rounds/1/papers"
REASON = "Trình ký báo cáo kết quả"


@pytest.fixture
def published(app: Flask, contest: Contest) -> None:
    with app.app_context():
        found = get_contest("cuoc-thi")
        run_round({"contest_id": found.id, "slug": found.slug, "number": 1}, unwatched, ACTOR, NOW)
        move_round(found, 1, RoundAction.PUBLISH, actor=ACTOR, now=NOW, keyring=KEYRING)
        certifying.issue(found, 1, certifying.WINNER, reason="Trao giải", actor=ACTOR, now=NOW)


def sign_in(client: Client) -> None:
    with client.application.app_context():
        sign_in_as(client, make_staff("btc", Role.ORGANISER))


@ladder(Step("GET", BASE, Permission.SEE_PERSONAL_DATA, "/manage/c/khac/rounds/1/papers"))
def test_access(client: Client, contest: Contest, step: Step) -> None:
    climb(client, step)


def test_the_report_asks_why_and_comes_in_three_forms(client: Client, published: None) -> None:
    sign_in(client)
    assert client.post(f"{BASE}/report", data={"format": "pdf"}).status_code == 422
    heading = {"style": "party", "body": "BAN TUYÊN GIÁO", "report_mark": "BC/BTG", "recipients": "Lưu: VT."}
    assert client.post(f"{BASE}/heading", data=heading).status_code == 303
    form = {"number": "45", "reason": REASON, "proposals": "=1+1"}
    pdf = client.post(f"{BASE}/report", data=form | {"format": "pdf"})
    assert pdf.data.startswith(b"%PDF-")
    assert pdf.headers["Content-Disposition"] == 'attachment; filename="bao-cao-cuoc-thi-1.pdf"'
    document = Document(io.BytesIO(client.post(f"{BASE}/report", data=form | {"format": "docx"}).data))
    blocks = document.element.body.iter()
    text = "\n".join(one.text for one in blocks if one.tag.endswith("}t") and one.text)
    for words in ("ĐẢNG CỘNG SẢN VIỆT NAM", "Số 45-BC/BTG", "Có 3 người với 3 lượt dự thi", "Lò Thị Hương 2"):
        assert words in text
    assert "CỘNG HÒA XÃ HỘI" not in text
    book = load_workbook(io.BytesIO(client.post(f"{BASE}/report", data=form | {"format": "xlsx"}).data))
    assert {"Người đạt giải", "Xếp hạng cá nhân", "Đáp án"} <= set(book.sheetnames)
    assert all(cell.data_type in "sn" for sheet in book for row in sheet.iter_rows() for cell in row)
    people = book["Xếp hạng cá nhân"]
    assert people["B2"].value == "Lò Thị Hương 1"
    assert people["B3"].value != "Lò Thị Hương 2"  # only winners who agreed are named on boards
    with client.application.app_context():
        assert db.session.query(Disclosure).filter_by(reason=REASON).count() == 6  # two winners, three files


def test_the_key_is_public_after_publication(client: Client, published: None) -> None:
    board = client.get("/c/cuoc-thi/standings?round=1").get_data(as_text=True)
    assert '/c/cuoc-thi/rounds/1/winners"' in board
    assert '/c/cuoc-thi/rounds/1/key"' in client.get("/c/cuoc-thi/rounds/1/winners").get_data(as_text=True)
    page = client.get("/c/cuoc-thi/rounds/1/key").get_data(as_text=True)
    assert "Câu hỏi số 1 của ngân hàng?" in page
    assert "B. Phương án 1.1" in page
    assert client.get("/c/cuoc-thi/rounds/1/key.pdf").data.startswith(b"%PDF-")
    sign_in(client)
    for form in ("pdf", "docx", "xlsx"):
        assert client.get(f"{BASE}/key.{form}").status_code == 200
    assert client.get(f"{BASE}/key.exe").status_code == 404


def test_the_key_waits_for_rounds_of_the_same_bank(client: Client, published: None) -> None:
    """Showing it while another round draws from the bank would give its paper away."""
    with client.application.app_context(), transaction() as session:
        times = {"opens_at": clock.now(), "closes_at": clock.now() + timedelta(days=3)}
        definition = round_definition(2, name="Tuần sau", **times)
        session.add(
            Round(
                contest_id=1,
                number=2,
                state="ready",
                settings_data=definition.as_dict(),
                state_since=clock.now(),
                **times,
            )
        )
    page = client.get("/c/cuoc-thi/rounds/1/key").get_data(as_text=True)
    assert "Đáp án hiện sau khi Tuần sau đóng" in page
    assert "Câu hỏi số 1 của ngân hàng?" not in page
    assert client.get("/c/cuoc-thi/rounds/1/key.pdf").status_code == 404


def test_no_key_before_publication(client: Client, contest: Contest) -> None:
    assert client.get("/c/cuoc-thi/rounds/1/key").status_code == 404
    assert client.get("/c/cuoc-thi/rounds/1/key.pdf").status_code == 404


def test_a_certificate_is_checked_by_its_code_and_withdrawn(client: Client, published: None) -> None:
    with client.application.app_context():
        one = certifying.list_valid(1, 1, certifying.WINNER)[0]
        address = f"/certificates/{one.code}"
    page = client.get(address).get_data(as_text=True)
    assert "Giấy thật" in page
    assert "Lò Thị Hương 1" in page
    assert not re.search(r"849\d{8}|1962|Phường Tô Hiệu", page)
    assert client.get("/certificates/1-00000000000000000000000000").status_code == 404
    sign_in(client)
    assert client.post(f"{BASE}/withdraw", data={"serial": "9", "reason": REASON}).status_code == 422
    assert client.post(f"{BASE}/withdraw", data={"serial": "1", "reason": REASON}).status_code == 303
    assert "đã bị thu hồi" in client.get(address).get_data(as_text=True)


def test_printed_certificates_come_as_one_file(client: Client, published: None) -> None:
    sign_in(client)
    client.post(f"{BASE}/certificates/winner", data={"reason": REASON})
    assert client.post(f"{BASE}/certificates/winner/print").status_code == 303
    with client.application.app_context():
        run_asked()
    found = re.search(rf"{BASE}/certificates/\d+\.zip", client.get(BASE).get_data(as_text=True))
    assert found is not None
    reply = client.get(found[0])
    assert reply.status_code == 200
    with zipfile.ZipFile(io.BytesIO(reply.data)) as archive:
        assert archive.namelist() == ["giay-chung-nhan-00001-00002.pdf"]
        assert archive.read(archive.namelist()[0]).startswith(b"%PDF-")


def test_after_publication_another_person_decides(client: Client, published: None) -> None:
    sign_in(client)
    page = client.get("/manage/c/cuoc-thi/rounds/1/awards").get_data(as_text=True)
    found = re.search(r'action="(/manage/c/cuoc-thi/rounds/1/awards/\d+/refuse)"', page)
    assert found is not None
    asked = client.post(found[1], data={"reason": "Khai sai đơn vị"})
    assert (asked.status_code, "/approvals/" in asked.location) == (303, True)
    own = client.get(asked.location).get_data(as_text=True)
    assert "Bạn là người đề nghị" in own
    assert "Lò Thị Hương 1" in client.get("/c/cuoc-thi/rounds/1/winners").get_data(as_text=True)
    with client.application.app_context():
        sign_in_as(client, make_staff("nguoi-hai"))
    shown = client.get(asked.location).get_data(as_text=True)
    assert all(words in shown for words in ("Không trao giải", "Lò Thị Hương 1", "Khai sai đơn vị"))
    assert client.post(f"{asked.location}/approve").status_code == 303
    assert "Lò Thị Hương 1" not in client.get("/c/cuoc-thi/rounds/1/winners").get_data(as_text=True)


def test_after_publication_another_person_approves_the_order_of_equal_people(
    client: Client, published: None
) -> None:
    sign_in(client)
    with client.application.app_context():
        with transaction() as session:
            for row in session.query(Result).filter_by(contest_id=1, round_number=1):
                row.rank, row.rank_key = 1, b"\x00"
        service.list_prizes(get_contest("cuoc-thi"), 1, actor=ACTOR, now=NOW)
        (tie,) = service.worked_out(get_round(get_contest("cuoc-thi"), 1)).ties
    form = {"seen": " ".join(map(str, tie.keys)), "reason": "Bốc thăm"}
    form |= {f"place-{key}": str(place) for place, key in enumerate(reversed(tie.keys), start=1)}
    asked = client.post("/manage/c/cuoc-thi/rounds/1/awards/ties", data=form)
    assert (asked.status_code, "/approvals/" in asked.location) == (303, True)
    with client.application.app_context():
        sign_in_as(client, make_staff("nguoi-hai"))
    shown = client.get(asked.location).get_data(as_text=True)
    assert all(words in shown for words in ("Thứ tự nhóm bằng hạng", "Lò Thị Hương 1", "Bốc thăm"))
    assert client.post(f"{asked.location}/approve").status_code == 303
    with client.application.app_context():
        order = [one.entry_id for one in list_awards(1, 1)]
    assert order == [*reversed(tie.keys)][:2]
