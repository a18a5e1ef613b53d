"""Drafts, review by a second person, what is drawn meanwhile; on both databases."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from question_bank.reading import read
from question_bank.values import Choice, Kind, Question
from quiz.audit.actors import Actor
from quiz.audit.models import AuditEvent
from quiz.bank import browsing, life, queries, service
from quiz.bank.banks import change_bank
from quiz.bank.errors import CommentInvalid, QuestionChanged, QuestionConflict, StepRefused
from quiz.bank.models import Bank, BankQuestion
from quiz.bank.states import Note
from quiz.core.database import db
from quiz.core.errors import DomainError, NotFound
from tests.support.factories import NOW
from tests.support.parallel import at_once
from tests.support.question_files import csv_file, table
from tests.support.staff import ACTOR, make_staff

AUTHOR, REVIEWER = Actor.staff(11, "Người soạn"), Actor.staff(12, "Người duyệt")


@pytest.fixture
def bank() -> Bank:
    """A bank of three approved questions."""
    found = read(csv_file(), "questions.csv")
    service.import_questions(found, "lich-su", "Lịch sử", approve=True, actor=ACTOR, now=NOW)
    return queries.get_bank("lich-su")


def state(question_id: int) -> str:
    db.session.expire_all()
    return db.session.get_one(BankQuestion, question_id).state


def drawn(bank: Bank) -> set[int]:
    return {item.id for item in queries.pool(bank.id)}


def first(bank: Bank) -> tuple[int, int, Question]:
    """Id, newest revision and value of question 1."""
    row, revision = browsing.get_question(bank.id, 1)
    return row.id, revision.id, queries.as_question(row, revision)


def reworded(
    bank: Bank, text: str = "Đại hội VI họp vào năm nào?", *, submit: bool = True
) -> tuple[int, int]:
    """Question 1 in another wording of the author's: (question, revision)."""
    question_id, seen, value = first(bank)
    made = service.revise(
        question_id, replace(value, text=text), seen_revision=seen, submit=submit, actor=AUTHOR, now=NOW
    )
    return question_id, made.id


def written(text: str = "Câu viết tay?") -> Question:
    return Question("moi", "", Kind.SINGLE, text, (Choice("có"), Choice("không")), (0,), "hand")


def notes(question_id: int) -> list[tuple[str, str | None]]:
    return [(line.kind.value, line.text) for line in reversed(queries.list_notes(question_id))]


def test_a_new_wording_waits_while_the_approved_one_is_drawn(bank: Bank) -> None:
    _id, old, _value = first(bank)
    question_id, new = reworded(bank, submit=False)
    assert state(question_id) == "draft"
    assert old in drawn(bank)
    assert new not in drawn(bank)
    life.submit(question_id, actor=AUTHOR, now=NOW)
    assert state(question_id) == "in_review"
    assert old in drawn(bank)
    assert new not in drawn(bank)
    life.approve(question_id, seen_revision=new, actor=REVIEWER, now=NOW)
    assert state(question_id) == "approved"
    assert new in drawn(bank)
    assert old not in drawn(bank)


def test_every_step_leaves_a_note_and_a_line_in_the_log(bank: Bank) -> None:
    events = select(func.count()).select_from(AuditEvent)
    before = db.session.scalar(events)
    question_id, new = reworded(bank)
    life.send_back(question_id, " Thiếu nguồn. ", seen_revision=new, actor=REVIEWER, now=NOW)
    life.comment(question_id, "Đã tìm thấy nguồn.", actor=AUTHOR, now=NOW)
    life.submit(question_id, actor=AUTHOR, now=NOW)
    life.approve(question_id, seen_revision=new, actor=REVIEWER, now=NOW)
    life.retire(question_id, actor=REVIEWER, now=NOW)
    life.restore(question_id, actor=REVIEWER, now=NOW)
    assert notes(question_id) == [
        ("created", "questions.csv"),
        ("approved", None),
        ("revised", None),
        ("submitted", None),
        ("returned", "Thiếu nguồn."),
        ("comment", "Đã tìm thấy nguồn."),
        ("submitted", None),
        ("approved", None),
        ("retired", None),
        ("restored", None),
    ]
    assert (db.session.scalar(events) or 0) - (before or 0) == 8


def test_notes_name_people(bank: Bank) -> None:
    person = make_staff()
    question_id, _seen, _value = first(bank)
    life.comment(question_id, "Xem lại.", actor=Actor.staff(person.id, person.name), now=NOW)
    newest = queries.list_notes(question_id)[0]
    assert (newest.kind, newest.text, newest.person, newest.revision) == (
        Note.COMMENT,
        "Xem lại.",
        person.name,
        1,
    )
    assert queries.list_notes(question_id)[-1].person == "", "a command has no name"


def test_own_work_needs_another_person_or_a_bank_that_allows_it(bank: Bank) -> None:
    question_id, new = reworded(bank)
    with pytest.raises(StepRefused, match="question_own_work"):
        life.approve(question_id, seen_revision=new, actor=AUTHOR, now=NOW)
    assert state(question_id) == "in_review"
    change_bank(bank.id, title=bank.title, own_approval=True, actor=ACTOR, now=NOW)
    life.approve(question_id, seen_revision=new, actor=AUTHOR, now=NOW)
    assert state(question_id) == "approved"


def test_a_wording_that_nobody_looked_at_is_not_approved(bank: Bank) -> None:
    """Approving and revising at once: whoever comes second is told."""
    question_id, seen = reworded(bank)
    _id, newer = reworded(bank, "Đại hội VI của Đảng khai mạc ngày nào?")
    with pytest.raises(QuestionChanged):
        life.approve(question_id, seen_revision=seen, actor=REVIEWER, now=NOW)
    with pytest.raises(QuestionChanged):
        life.send_back(question_id, "Sai.", seen_revision=seen, actor=REVIEWER, now=NOW)
    assert newer not in drawn(bank)


@pytest.mark.parametrize("text, code", [("  \n", "comment_empty"), ("x" * 2001, "comment_too_long")])
def test_sending_back_needs_words(bank: Bank, text: str, code: str) -> None:
    question_id, new = reworded(bank)
    with pytest.raises(CommentInvalid, match=code):
        life.send_back(question_id, text, seen_revision=new, actor=REVIEWER, now=NOW)
    assert state(question_id) == "in_review"


def test_second_clicks_change_nothing(bank: Bank) -> None:
    question_id, new = reworded(bank)
    for _ in range(2):
        life.submit(question_id, actor=AUTHOR, now=NOW)
        life.comment(question_id, "Hay.", actor=REVIEWER, now=NOW)
    for _ in range(2):
        life.send_back(question_id, "Sửa lại.", seen_revision=new, actor=REVIEWER, now=NOW)
    life.submit(question_id, actor=AUTHOR, now=NOW)
    for _ in range(2):
        life.approve(question_id, seen_revision=new, actor=REVIEWER, now=NOW)
    kinds = [kind for kind, _text in notes(question_id)][2:]
    assert kinds == ["revised", "submitted", "comment", "returned", "submitted", "approved"]
    with pytest.raises(StepRefused, match="question_not_in_review"):
        life.send_back(question_id, "Muộn rồi.", seen_revision=new, actor=REVIEWER, now=NOW)


def test_several_people_approve_at_once(bank: Bank, app: Flask) -> None:
    question_id, new = reworded(bank)
    people = iter([Actor.staff(100 + number, "") for number in range(6)])

    def act() -> None:
        life.approve(question_id, seen_revision=new, actor=next(people), now=NOW)

    at_once(app, 6, act)
    assert state(question_id) == "approved"
    assert [kind for kind, _text in notes(question_id)].count("approved") == 2, "the file's, and one person's"


def test_approving_and_revising_at_once_never_lets_an_unread_wording_through(bank: Bank, app: Flask) -> None:
    question_id, seen = reworded(bank)
    _id, _seen, value = first(bank)
    acts = iter(range(6))

    def act() -> str:
        number = next(acts)
        try:
            if number % 2:
                life.approve(question_id, seen_revision=seen, actor=REVIEWER, now=NOW)
            else:
                service.revise(
                    question_id,
                    replace(value, text=f"Bản khác {number}?"),
                    seen_revision=seen,
                    submit=True,
                    actor=AUTHOR,
                    now=NOW,
                )
        except DomainError as refused:
            return refused.code
        return "done"

    at_once(app, 6, act)
    row = db.session.get_one(BankQuestion, question_id, populate_existing=True)
    assert row.state == "in_review"
    assert row.current_revision_id != row.approved_revision_id
    assert row.approved_revision_id in {seen, *drawn(bank)}


def test_retired_questions_are_neither_drawn_nor_changed(bank: Bank) -> None:
    _id, old, _value = first(bank)
    question_id, new = reworded(bank)
    life.retire(question_id, actor=REVIEWER, now=NOW)
    assert not {old, new} & drawn(bank)
    with pytest.raises(StepRefused, match="question_is_retired"):
        life.approve(question_id, seen_revision=new, actor=REVIEWER, now=NOW)
    with pytest.raises(StepRefused, match="question_is_retired"):
        reworded(bank, "Bản khác?")
    life.restore(question_id, actor=REVIEWER, now=NOW)
    assert state(question_id) == "draft", "what was not approved before is not approved by coming back"
    assert old in drawn(bank)
    assert new not in drawn(bank)


def test_approving_many_passes_over_what_may_not_be(bank: Bank) -> None:
    ids = []
    for number, author in enumerate((AUTHOR, REVIEWER, AUTHOR)):
        row = service.add_question(
            bank.id,
            written(f"Câu {['một', 'hai', 'ba'][number]} viết tay?"),
            submit=number != 2,
            actor=author,
            now=NOW,
        )
        ids.append((row.id, row.current_revision_id))
    stale = (first(bank)[0], 5)
    outcome = life.approve_many([*ids, stale, (99, 99)], actor=REVIEWER, now=NOW)
    told = {question_id: refused.code if refused else "" for question_id, refused in outcome.items()}
    assert told == {
        ids[0][0]: "",
        ids[1][0]: "question_own_work",
        ids[2][0]: "question_not_in_review",
        stale[0]: "question_changed",
    }
    assert ids[0][1] in drawn(bank)


def test_a_question_by_hand(bank: Bank) -> None:
    version = bank.version
    made = service.add_question(bank.id, written(), submit=False, actor=AUTHOR, now=NOW)
    assert (made.number, made.state, made.approved_revision_id) == (4, "draft", None)
    assert notes(made.id) == [("created", None)]
    assert made.current_revision_id not in drawn(bank)
    assert queries.get_bank("lich-su").version != version
    with pytest.raises(QuestionConflict, match="same_question"):
        service.add_question(bank.id, written(), submit=True, actor=AUTHOR, now=NOW)
    with pytest.raises(QuestionConflict, match="same_wording"):
        service.add_question(bank.id, replace(written(), correct=(1,)), submit=True, actor=AUTHOR, now=NOW)
    with pytest.raises(NotFound):
        service.add_question(77, written(), submit=True, actor=AUTHOR, now=NOW)


def test_saving_a_draft_again_with_submit_submits_it(bank: Bank) -> None:
    question_id, new = reworded(bank, submit=False)
    again = reworded(bank, submit=True)
    assert again == (question_id, new)
    assert state(question_id) == "in_review"


def test_what_people_import_waits_for_review(bank: Bank) -> None:
    more = [table()[0], ["1", *table()[1][1:3], "Câu không giống câu nào?", "x", "y", "z", "t", "A", "nguồn"]]
    found = read(csv_file(more), "more.csv")
    with pytest.raises(StepRefused, match="question_own_work"):
        service.import_questions(found, "lich-su", approve=True, actor=AUTHOR, now=NOW)
    service.import_questions(found, "lich-su", actor=AUTHOR, now=NOW)
    row, revision = browsing.get_question(bank.id, 4)
    assert (row.state, row.approved_revision_id, revision.created_by) == ("in_review", None, AUTHOR.id)
    assert notes(row.id) == [("created", "more.csv"), ("submitted", None)]
    life.approve(row.id, seen_revision=revision.id, actor=REVIEWER, now=NOW)
    assert revision.id in drawn(bank)


def test_a_wording_that_is_still_drawn_cannot_come_in_again(bank: Bank) -> None:
    _id, _seen, value = first(bank)
    reworded(bank, "Một câu đã viết lại hẳn?")
    assert (
        service.import_questions(
            read(csv_file(), "questions.csv"), "lich-su", approve=True, actor=ACTOR, now=NOW
        ).saved
        == 0
    )
    contrary = read(csv_file(table(I2="B")), "contrary.csv")
    problems = service.preview_import(contrary, "lich-su").report.problems
    assert [problem.code for problem in problems] == ["conflicts-with-bank"]
    with pytest.raises(QuestionConflict, match="same_wording"):
        service.add_question(bank.id, replace(value, correct=(3,)), submit=False, actor=AUTHOR, now=NOW)


def test_relatives_of_the_wording_that_is_drawn_stay_relatives(bank: Bank) -> None:
    _id, old, value = first(bank)
    near = replace(value, text="Đại hội VI của Đảng họp vào tháng nào?")
    made = service.add_question(bank.id, near, submit=True, actor=AUTHOR, now=NOW)
    life.approve(made.id, seen_revision=made.current_revision_id, actor=REVIEWER, now=NOW)
    question_id, new = reworded(bank, "Một câu đã viết lại hẳn, không giống câu nào?")
    groups = {item.id: item.group for item in queries.pool(bank.id)}
    assert groups[made.current_revision_id] == groups[old] is not None
    life.approve(question_id, seen_revision=new, actor=REVIEWER, now=NOW)
    groups = {item.id: item.group for item in queries.pool(bank.id)}
    assert groups[new] is None, "like none of them any more"
