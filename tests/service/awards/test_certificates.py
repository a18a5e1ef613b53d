"""Certificates: issued once, printed with right names, checked by their code, withdrawn."""

import io
import unicodedata
import zipfile
from datetime import timedelta

import pypdfium2
import pytest
from flask import Flask

from quiz.awards import certifying, printing, service
from quiz.awards.certifying import PARTICIPANT, WINNER
from quiz.awards.errors import AwardInvalid, AwardsRefused
from quiz.contests.models import Contest
from quiz.contests.phases import RoundAction
from quiz.core.errors import NotFound
from quiz.jobs.handlers import unwatched
from quiz.organiser.rounds import move_round
from tests.service.awards.test_awarding import entry_of, frozen
from tests.support.factories import KEYRING, NOW
from tests.support.staff import ACTOR

FOR = {"actor": ACTOR, "now": NOW}


def published() -> Contest:
    contest = frozen((4, 3, 2))
    move_round(contest, 1, RoundAction.PUBLISH, actor=ACTOR, now=NOW + timedelta(days=8), keyring=KEYRING)
    return contest


def issue(contest: Contest, kind: str = WINNER) -> tuple[int, int]:
    return certifying.issue(contest, 1, kind, reason="Trao giải vòng", **FOR)


def test_everybody_gets_one_and_who_loses_the_prize_loses_it() -> None:
    contest = frozen((4, 3, 2))
    with pytest.raises(AwardsRefused):
        issue(contest)
    move_round(contest, 1, RoundAction.PUBLISH, actor=ACTOR, now=NOW + timedelta(days=8), keyring=KEYRING)
    with pytest.raises(AwardInvalid):
        certifying.issue(contest, 1, WINNER, reason=" ", **FOR)
    assert issue(contest) == (2, 2)
    assert issue(contest) == (0, 2)
    assert issue(contest, PARTICIPANT) == (3, 3)
    first, second = certifying.list_valid(contest.id, 1, WINNER)
    assert (first.serial, first.prize) == (1, "Nhất")
    assert len(first.code) > 26
    service.take_out(contest, 1, entry_of(contest, 1), reason="Khai sai", **FOR)
    assert issue(contest) == (2, 2)  # the second one now has another prize, the third is new
    assert first.withdrawn_at is not None
    assert second.withdrawn_at is not None
    assert [(one.serial, one.prize) for one in certifying.list_valid(contest.id, 1, WINNER)] == [
        (6, "Nhất"),
        (7, "Nhì"),
    ]


def test_a_withdrawn_one_stays_and_says_so() -> None:
    contest = published()
    issue(contest)
    one = certifying.list_valid(contest.id, 1, WINNER)[0]
    certifying.withdraw(contest, one.id, reason="In sai tên", **FOR)
    assert certifying.get_certificate(one.code).withdraw_reason == "In sai tên"
    with pytest.raises(NotFound):
        certifying.withdraw(contest, one.id, reason="Lần nữa", **FOR)
    for code in ("", "1-0", one.code[:-1] + "u", f"zz{one.code}"):
        with pytest.raises(NotFound):
            certifying.get_certificate(code)


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_the_job_prints_parts_that_are_sent_as_one_file_and_forgotten(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    del app
    contest = published()
    issue(contest, PARTICIPANT)
    monkeypatch.setattr(printing, "PART", 2)
    told: list[tuple[int, int | None]] = []
    params = {"contest_id": contest.id, "number": 1, "kind": PARTICIPANT, "base": "https://thi.example/c/"}
    printing.run_certificates(params, lambda done, total, _message=None: told.append((done, total)), **FOR)
    assert told == [(0, 3), (2, 3), (3, 3)]
    ((bundle, _made, files),) = printing.list_bundles(contest.id, 1)
    assert files == 2
    with zipfile.ZipFile(io.BytesIO(b"".join(printing.zip_of(contest.id, 1, bundle)))) as archive:
        names = archive.namelist()
        assert names == ["giay-chung-nhan-00001-00002.pdf", "giay-chung-nhan-00003-00003.pdf"]
        pdf = pypdfium2.PdfDocument(archive.read(names[0]))
    text = unicodedata.normalize("NFC", pdf[0].get_textpage().get_text_range())
    for words in (
        "GIẤY CHỨNG NHẬN",
        "Lò Thị Hương 1",
        "đã tham gia Tuần 1",
        "Phường Tô Hiệu",
        "00001/GCN-BTC",
    ):
        assert words in text
    assert not pdf.get_metadata_dict()["Author"]
    with pytest.raises(NotFound):
        printing.zip_of(contest.id, 2, bundle)
    assert printing.forget_files(now=NOW + timedelta(days=6)) == 0
    assert printing.forget_files(now=NOW + timedelta(days=8)) == 2
    assert printing.run_certificates(params | {"kind": WINNER}, unwatched, **FOR)["count"] == 0
