"""Importing questions on both databases: everything or nothing, and never the same question twice."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from question_bank.limits import MAX_FILE_BYTES
from question_bank.reading import read
from question_bank.values import Report
from quiz.audit.models import AuditEvent
from quiz.bank import browsing, life, queries, service
from quiz.bank.banks import create_bank
from quiz.bank.errors import BankInvalid
from quiz.bank.models import Bank, BankQuestion, QuestionRevision
from quiz.core.database import db
from quiz.core.settings import ROOT
from tests.support.factories import NOW
from tests.support.parallel import at_once
from tests.support.question_files import csv_file, table, xlsx_file
from tests.support.staff import ACTOR

BANK = "lich-su"


def report(rows: list[list[str]] | None = None, name: str = "questions.csv") -> Report:
    return read(csv_file(rows), name)


def imported(found: Report, **options: object) -> service.ImportOutcome:
    answered: dict[str, object] = {"approve": True, "actor": ACTOR, "now": NOW}
    return service.import_questions(found, BANK, "Lịch sử", **(answered | options))  # type: ignore[arg-type]


def rows() -> int:
    tables = (Bank, BankQuestion, QuestionRevision, AuditEvent)
    return sum(db.session.scalar(select(func.count()).select_from(one)) or 0 for one in tables)


def numbers() -> list[int]:
    return list(db.session.scalars(select(BankQuestion.number).order_by(BankQuestion.number)))


@pytest.mark.parametrize(
    "file, count", [("lich-su-dai-hoi.xlsx", 64), ("van-ban-son-la.csv", 28), ("lich-su-dai-hoi.docx", 36)]
)
def test_the_demo_files_come_in_whole(file: str, count: int) -> None:
    found = read((ROOT / "demo" / "banks" / file).read_bytes(), file)
    outcome = imported(found)
    assert (outcome.is_saved, outcome.saved) == (True, count)
    assert numbers() == list(range(1, count + 1))
    bank = queries.get_bank(BANK)
    stored = queries.list_exported(bank.id)
    assert [(one.text, one.correct) for one in stored] == [(one.text, one.correct) for one in found.questions]
    assert all(one.source for one in stored) or file.endswith("docx")
    assert len(queries.pool(bank.id)) == count


def _no_key() -> list[list[str]]:
    return table(I3="")


def _unknown_letter() -> list[list[str]]:
    return table(I3="E")


def _empty_choice() -> list[list[str]]:
    return table(F4="")


def _repeated() -> list[list[str]]:
    return [*table(), ["9", *table()[2][1:]]]


def _other_key() -> list[list[str]]:
    again = ["9", *table()[2][1:]]
    again[8] = "B"
    return [*table(), again]


def _wrong_column() -> list[list[str]]:
    return table(I1="Đáp số chấm")


@pytest.mark.parametrize(
    "make, code, in_csv, in_xlsx",
    [
        (_no_key, "no-key", "line 3, column “Đáp án”", "cell I3"),
        (_unknown_letter, "unknown-key", "line 3, column “Đáp án”", "cell I3"),
        (_empty_choice, "empty-choice", "line 4, column “B”", "cell F4"),
        (_repeated, "duplicate-question", "line 5", "row 5"),
        (_other_key, "conflicting-keys", "line 5", "row 5"),
        (_wrong_column, "missing-column", "line 1", "row 1"),
    ],
)
def test_one_defect_refuses_the_whole_file(
    make: Callable[[], list[list[str]]], code: str, in_csv: str, in_xlsx: str
) -> None:
    """Named with line, column, what is wrong and how to mend it; the database is as before."""
    good = [table()[0], ["7", "C", "N", "Câu có sẵn?", "a", "b", "c", "d", "A", "x"]]
    assert imported(report(good)).saved == 1
    before = rows()
    for found, place in ((report(make()), in_csv), (read(xlsx_file(make()), "questions.xlsx"), in_xlsx)):
        problem = next(one for one in found.problems if one.code == code)
        assert place in problem.place
        assert problem.message
        assert problem.mend
        outcome = imported(found)
        assert (outcome.is_saved, outcome.saved) == (False, 0)
        assert rows() == before


def test_a_wrong_column_name_is_quoted_beside_the_one_that_is_missing() -> None:
    problem = next(one for one in report(_wrong_column()).problems if one.code == "missing-column")
    assert "Đáp án" in problem.message
    assert "Đáp số chấm" in problem.message


@pytest.mark.parametrize(
    "data, name, code",
    [
        (b"", "questions.xlsx", "empty-file"),
        (b"", "questions.csv", "empty-file"),
        (b"  \r\n\t ", "questions.csv", "empty-file"),
        (b"%PDF-1.7 not a workbook", "questions.xlsx", "save-as-docx"),
        (csv_file(), "questions.xlsx", "not-what-it-says"),
        (csv_file(), "questions.docx", "not-what-it-says"),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "questions.csv", "not-what-it-says"),
        (bytes(50 * 1024 * 1024), "questions.xlsx", "too-large"),
        (b"x" * (MAX_FILE_BYTES + 1), "questions.csv", "too-large"),
    ],
    ids=[
        "empty xlsx",
        "empty csv",
        "blank",
        "pdf",
        "csv as xlsx",
        "csv as docx",
        "png",
        "50 MB",
        "20 MB and 1",
    ],
)
def test_files_that_cannot_be_read_are_refused_in_words(data: bytes, name: str, code: str) -> None:
    found = read(data, name)
    assert found.refused
    assert [problem.code for problem in found.problems] == [code]
    assert found.problems[0].mend
    assert not imported(found, accept_partial=True).is_saved
    assert rows() == 0


def test_the_good_questions_alone_where_somebody_says_so() -> None:
    outcome = imported(report(_empty_choice()), accept_partial=True)
    assert (outcome.is_saved, outcome.saved) == (True, 2)
    assert outcome.plan.held_back == {"3"}
    assert imported(report()).saved == 1, "the mended file brings what was missing"
    assert numbers() == [1, 2, 3]


def test_of_contradicting_keys_none_is_saved() -> None:
    """Which of them is right somebody has to decide; of equal questions the first one comes in."""
    assert imported(report(_other_key()), accept_partial=True).saved == 2
    assert imported(report(_repeated()), accept_partial=True).saved == 1


def test_the_same_file_again_saves_nothing_and_is_no_error() -> None:
    imported(report())
    before, version = rows(), queries.get_bank(BANK).version
    outcome = imported(report(name="again.csv"))
    assert (outcome.is_saved, outcome.saved, len(outcome.plan.known)) == (True, 0, 3)
    assert outcome.plan.is_clean
    assert rows() == before + 1, "only the log has grown"
    assert queries.get_bank(BANK).version == version


def test_other_ways_of_typing_are_the_same_question() -> None:
    imported(report())
    outcome = imported(
        report(table(D2="ĐẠI HỘI VI  họp vào tháng nào ?", E2="12/1976", F2="12/1986", I2="B"))
    )
    assert (outcome.saved, len(outcome.plan.known)) == (0, 3)


def test_the_same_wording_with_another_key_is_a_problem() -> None:
    imported(report())
    before = rows()
    outcome = imported(report(table(I2="B")))
    assert not outcome.is_saved
    assert [problem.code for problem in outcome.plan.report.problems] == ["conflicts-with-bank"]
    assert "câu 1" in outcome.plan.report.problems[0].message
    assert rows() == before


def test_against_a_retired_question_another_key_is_fine() -> None:
    imported(report())
    bank = queries.get_bank(BANK)
    life.retire(browsing.get_question(bank.id, 1)[0].id, actor=ACTOR, now=NOW)
    assert imported(report(table(I2="B"))).saved == 1
    assert imported(report()).saved == 0, "the retired one is known still"


def test_what_is_much_like_the_bank_is_shown_before() -> None:
    imported(report())
    changed = [table()[0], ["1", *table()[1][1:]]]
    changed[1][3] = "Đại hội VI của Đảng họp vào tháng nào vậy?"
    plan = service.preview_import(report(changed), BANK)
    assert [(one.number, one.bank_number, one.same_key) for one in plan.near] == [("1", 1, True)]
    assert 0.4 <= plan.near[0].likeness < 1
    assert len(plan.new) == 1


def test_a_preview_saves_nothing() -> None:
    assert len(service.preview_import(report(), BANK).new) == 3
    assert rows() == 0


def test_labels_that_are_too_long_for_their_columns() -> None:
    found = report(table(B2="x" * 301, C3="y" * 41))
    outcome = imported(found)
    assert [problem.code for problem in outcome.plan.report.problems] == ["topic-too-long", "level-too-long"]
    assert rows() == 0


@pytest.mark.parametrize(
    "slug, title", [("", "T"), ("Lịch", "T"), ("a b", "T"), ("a" * 41, "T"), ("ok", " "), ("ok", "x" * 301)]
)
def test_names_of_banks(slug: str, title: str) -> None:
    with pytest.raises(BankInvalid):
        service.import_questions(report(), slug, title, actor=ACTOR, now=NOW)
    assert rows() == 0


def test_a_bank_cannot_be_made_twice() -> None:
    create_bank(BANK, "Lịch sử", actor=ACTOR, now=NOW)
    with pytest.raises(BankInvalid, match="bank_taken"):
        create_bank(BANK, "Khác", actor=ACTOR, now=NOW)


def test_parallel_imports_of_one_file_save_it_once(app: Flask) -> None:
    create_bank(BANK, "Lịch sử", actor=ACTOR, now=NOW)
    saved = at_once(app, 6, lambda: imported(report()).saved)
    assert sorted(saved) == [0] * 5 + [3]
    assert numbers() == [1, 2, 3]
