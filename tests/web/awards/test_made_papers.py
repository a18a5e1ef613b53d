"""Large reports and keys are made by a job, kept for some days, and given to whoever has the right."""

import io
from datetime import timedelta

import pytest
from docx import Document
from flask import Flask
from openpyxl import load_workbook

from quiz.accounts.permissions import Role
from quiz.audit.models import AuditEvent
from quiz.awards import made_papers, printing
from quiz.awards.models import PaperFile
from quiz.contests.models import Contest, Round
from quiz.core.database import db, transaction
from quiz.jobs.running import run_asked
from tests.support.client import Client
from tests.support.factories import NOW
from tests.support.staff import make_staff, sign_in_as
from tests.web.awards.test_awards import contest
from tests.web.awards.test_papers import BASE, REASON, published, sign_in

__all__ = ["contest", "published"]


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made_papers, "MOST_AT_ONCE", 1)


def _bundle(app: Flask) -> int:
    with app.app_context():
        run_asked()
        rows = db.session.query(PaperFile).order_by(PaperFile.id.desc()).all()
        return rows[0].bundle


def test_a_large_report_is_left_and_fetched_when_it_is_ready(client: Client, published: None) -> None:
    sign_in(client)
    form = {"reason": REASON, "number": "45", "proposals": "Khen thưởng", "format": "docx"}
    asked = client.post(f"{BASE}/report", data=form)
    assert (asked.status_code, "/manage/jobs/" in asked.location) == (303, True)
    bundle = _bundle(client.application)
    job = client.get(asked.location).get_data(as_text=True)
    assert "Lập báo cáo hoặc đáp án thành tệp" in job
    assert BASE in job
    page = client.get(BASE).get_data(as_text=True)
    assert "Tải bao-cao-cuoc-thi-1.docx" in page
    reply = client.post(f"{BASE}/files/{bundle}")
    assert reply.headers["Content-Disposition"] == 'attachment; filename="bao-cao-cuoc-thi-1.docx"'
    words = "\n".join(one.text or "" for one in Document(io.BytesIO(reply.data)).element.body.iter())
    assert all(one in words for one in ("Số: 45/", "Khen thưởng", "Lò Thị Hương 2"))
    assert client.get(f"{BASE}/certificates/{bundle}.zip").status_code == 404  # no certificates are in it
    assert client.post(f"{BASE}/keys/{bundle}").status_code == 404
    assert client.post(f"/manage/c/cuoc-thi/rounds/1/papers/files/{bundle + 1}").status_code == 404
    with client.application.app_context():
        taken = db.session.query(AuditEvent).filter_by(action="data_exported", subject="round 1").all()
        assert [one.detail["people"] for one in taken] == [2]
        assert printing.forget_files(now=NOW + timedelta(days=4000)) == 1
    assert client.post(f"{BASE}/files/{bundle}").status_code == 404


def test_a_report_is_not_handed_out_while_results_are_open_again(client: Client, published: None) -> None:
    sign_in(client)
    client.post(f"{BASE}/report", data={"reason": REASON, "format": "xlsx"})
    bundle = _bundle(client.application)
    book = load_workbook(io.BytesIO(client.post(f"{BASE}/files/{bundle}").data))
    assert {"Người đạt giải", "Xếp hạng cá nhân", "Đáp án"} <= set(book.sheetnames)
    with client.application.app_context(), transaction() as session:
        session.get_one(Round, (1, 1)).state = "closed"
    assert client.post(f"{BASE}/files/{bundle}").status_code == 404
    assert "bao-cao-cuoc-thi" not in client.get(BASE).get_data(as_text=True)


def test_a_large_key_is_for_those_who_may_publish(client: Client, published: None, contest: Contest) -> None:
    sign_in(client)
    assert client.get(f"{BASE}/key.pdf").status_code == 302
    assert client.post(f"{BASE}/key.exe").status_code == 404
    assert client.post(f"{BASE}/key.pdf").status_code == 303
    bundle = _bundle(client.application)
    assert "Tải dap-an-cuoc-thi-1.pdf" in client.get(BASE).get_data(as_text=True)
    assert client.post(f"{BASE}/keys/{bundle}").data.startswith(b"%PDF-")
    assert client.post(f"{BASE}/files/{bundle}").status_code == 404
    assert client.get(f"{BASE}/certificates/{bundle}.zip").status_code == 404
    with client.application.app_context():
        sign_in_as(client, make_staff("bien-soan", Role.EDITOR))
    assert client.post(f"{BASE}/keys/{bundle}").status_code in {403, 404}
