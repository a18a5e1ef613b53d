"""Questions in a bank: new wordings, retiring, drawing, searching; on both databases."""

from dataclasses import dataclass, replace

import pytest
from sqlalchemy import select

from question_bank.reading import read
from question_bank.values import Choice, Kind, Question
from quiz.bank import browsing, life, queries, service
from quiz.bank.browsing import Search
from quiz.bank.errors import QuestionChanged, QuestionConflict, QuestionInvalid
from quiz.bank.models import Bank, QuestionRevision
from quiz.bank.states import QuestionState
from quiz.core.caches import forget_all
from quiz.core.database import db, transaction
from quiz.core.errors import NotFound
from tests.support.factories import NOW
from tests.support.question_files import csv_file, table
from tests.support.staff import ACTOR


@pytest.fixture
def bank() -> Bank:
    """A bank of three questions."""
    service.import_questions(
        read(csv_file(), "questions.csv"), "lich-su", "Lịch sử", approve=True, actor=ACTOR, now=NOW
    )
    return queries.get_bank("lich-su")


@dataclass(frozen=True)
class PaperRule:
    """What a round says of its paper."""

    bank: str = "lich-su"
    fixed: tuple[str, ...] = ()


def current(bank: Bank, number: int = 1) -> tuple[int, QuestionRevision, Question]:
    row, revision = browsing.get_question(bank.id, number)
    return row.id, revision, queries.as_question(row, revision)


def revised(bank: Bank, number: int = 1, **changes: object) -> QuestionRevision:
    question_id, revision, value = current(bank, number)
    made = service.revise(
        question_id,
        replace(value, **changes),  # type: ignore[arg-type]  # the caller names real fields
        seen_revision=revision.id,
        submit=True,
        actor=ACTOR,
        now=NOW,
    )
    life.approve(question_id, seen_revision=made.id, actor=ACTOR, now=NOW)
    return made


def test_a_new_wording_is_a_new_revision_and_the_old_one_stays(bank: Bank) -> None:
    question_id, old, _value = current(bank)
    before = queries.revisions([old.id])[old.id]
    new = revised(bank, text="Đại hội VI họp khi nào?", correct=(1,))
    assert (new.number, new.question_id) == (2, question_id)
    forget_all()
    assert queries.revisions([old.id])[old.id] == before
    assert queries.revisions([new.id])[new.id].correct == (1,)
    assert current(bank)[1].id == new.id
    assert [row.number for row in browsing.list_revisions(question_id)] == [2, 1]


def test_saving_what_is_there_changes_nothing(bank: Bank) -> None:
    version = bank.version
    assert revised(bank).number == 1
    assert queries.get_bank("lich-su").version == version


def test_two_people_at_once(bank: Bank) -> None:
    question_id, seen, value = current(bank)
    revised(bank, text="Người thứ nhất sửa?")
    with pytest.raises(QuestionChanged):
        service.revise(
            question_id,
            replace(value, text="Người thứ hai sửa?"),
            seen_revision=seen.id,
            submit=False,
            actor=ACTOR,
            now=NOW,
        )
    assert current(bank)[2].text == "Người thứ nhất sửa?"


def test_twins_and_contradictions_are_refused(bank: Bank) -> None:
    first = current(bank, 1)[2]
    with pytest.raises(QuestionConflict) as same:
        revised(bank, 2, text=first.text, choices=first.choices, correct=first.correct)
    assert (same.value.code, same.value.params["number"]) == ("same_question", 1)
    with pytest.raises(QuestionConflict) as contrary:
        revised(bank, 2, text=first.text, choices=first.choices, correct=(1,))
    assert contrary.value.code == "same_wording"
    assert current(bank, 2)[1].number == 1


@pytest.mark.parametrize(
    "changes, code",
    [
        ({"text": "  "}, "question_no_text"),
        ({"choices": (Choice("một"),), "correct": (0,)}, "question_too_few_choices"),
        ({"choices": tuple(Choice(f"c{n}") for n in range(9))}, "question_too_many_choices"),
        ({"choices": (Choice("một"), Choice(""))}, "question_empty_choice"),
        ({"choices": (Choice("Hòa"), Choice("hoà"))}, "question_same_choices"),
        ({"correct": ()}, "question_no_key"),
        ({"correct": (7,)}, "question_no_key"),
        ({"correct": (0, 1)}, "question_several_keys"),
        ({"text": "x" * 20_001}, "question_too_long"),
    ],
)
def test_questions_that_are_not_whole(bank: Bank, changes: dict[str, object], code: str) -> None:
    with pytest.raises(QuestionInvalid) as refused:
        revised(bank, **changes)
    assert refused.value.code == code
    assert current(bank)[1].number == 1


def test_several_right_answers_need_the_kind_for_it(bank: Bank) -> None:
    assert revised(bank, kind=Kind.MULTIPLE, correct=(0, 1)).correct == [0, 1]


def test_revisions_cannot_be_changed_or_deleted(bank: Bank) -> None:
    revision_id = current(bank)[1].id
    with pytest.raises(RuntimeError, match="never changes"), transaction() as session:
        session.get_one(QuestionRevision, revision_id).text = "Sửa trực tiếp"
    with pytest.raises(RuntimeError, match="never changes"), transaction() as session:
        session.delete(session.get_one(QuestionRevision, revision_id))


def test_retired_questions_are_not_drawn_but_stay_readable(bank: Bank) -> None:
    question_id, revision, _value = current(bank)
    assert revision.id in {item.id for item in queries.pool(bank.id)}
    life.retire(question_id, actor=ACTOR, now=NOW)
    life.retire(question_id, actor=ACTOR, now=NOW)
    assert revision.id not in {item.id for item in queries.pool(bank.id)}
    assert queries.revisions([revision.id])
    assert [one.number for one in queries.list_exported(bank.id)] == ["2", "3"]
    life.restore(question_id, actor=ACTOR, now=NOW)
    assert revision.id in {item.id for item in queries.pool(bank.id)}


def test_a_restored_question_may_not_contradict(bank: Bank) -> None:
    question_id, _revision, value = current(bank)
    life.retire(question_id, actor=ACTOR, now=NOW)
    revised(bank, 2, text=value.text, choices=value.choices, correct=(2,))
    with pytest.raises(QuestionConflict, match="same_wording"):
        life.restore(question_id, actor=ACTOR, now=NOW)
    assert browsing.get_question(bank.id, 1)[0].state == "retired"


def test_the_pool_follows_every_change(bank: Bank) -> None:
    before = queries.pool(bank.id)
    assert queries.pool(bank.id) is before, "kept while nothing changes"
    new = revised(bank, text="Đại hội VI họp khi nào?")
    assert [item.id for item in queries.pool(bank.id)] == [new.id, *(item.id for item in before[1:])]


def test_pool_items_say_what_the_draw_needs(bank: Bank) -> None:
    items = queries.pool(bank.id)
    assert [(item.topic, item.level, item.choices) for item in items] == [
        ("Đại hội VI", "Nhận biết", 4),
        ("Đại hội VI", "Thông hiểu", 4),
        ("Đại hội VII", "Nhận biết", 4),
    ]
    assert [item.pinned for item in items] == [(), (), (3,)], "“Tất cả đều sai” stays last"
    assert [item.group for item in items] == [None, None, None]


def families(bank: Bank) -> list[int | None]:
    return [item.group for item in queries.pool(bank.id)]


def test_near_duplicates_share_a_group(bank: Bank) -> None:
    value = current(bank, 1)[2]
    revised(bank, 2, text="Đại hội VI của Đảng họp vào tháng nào?", choices=value.choices, correct=(0,))
    first, second, third = families(bank)
    assert first == second is not None
    assert third is None
    revised(bank, 2, text="Một câu khác hẳn?", choices=(Choice("có"), Choice("không")))
    assert families(bank)[1] is None, "what is no longer alike leaves the family"


def test_a_file_brings_relatives_of_what_is_there(bank: Bank) -> None:
    first = table()[1]
    more = [
        table()[0],
        ["1", *first[1:3], "Đại hội VI của Đảng họp vào tháng nào vậy?", *first[4:]],
        ["2", *first[1:3], "Đại hội VI họp vào tháng nào của năm?", *first[4:]],
        ["3", *first[1:3], "Câu không giống câu nào?", "x", "y", "z", "t", "A", "nguồn"],
    ]
    plan = service.preview_import(read(csv_file(more), "more.csv"), "lich-su")
    assert {one.bank_number for one in plan.near} == {1}
    service.import_questions(read(csv_file(more), "more.csv"), "lich-su", approve=True, actor=ACTOR, now=NOW)
    one, two, three, four, five, six = families(bank)
    assert one == four == five is not None
    assert (two, three, six) == (None, None, None)


def test_a_round_draws_from_its_bank_or_a_fixed_list(bank: Bank) -> None:
    everything = queries.pool(bank.id)
    assert list(queries.pool_for(PaperRule())) == list(everything)
    fixed = queries.pool_for(PaperRule(fixed=("3", "1", "77", "x")))
    assert [item.id for item in fixed] == [everything[2].id, everything[0].id]
    with pytest.raises(NotFound):
        queries.pool_for(PaperRule(bank="no-such-bank"))


def test_unknown_revisions_are_not_found(bank: Bank) -> None:
    known = current(bank)[1].id
    assert set(queries.revisions([known, known])) == {known}
    with pytest.raises(NotFound):
        queries.revisions([known, 1])
    assert queries.revisions([]) == {}


def test_a_revision_is_asked_for_once(bank: Bank) -> None:
    known = current(bank)[1].id
    first = queries.revisions([known])[known]
    assert queries.revisions([known])[known] is first


@pytest.mark.parametrize(
    "search, numbers",
    [
        (Search(), [1, 2, 3]),
        (Search("dai hoi vi"), [1, 2, 3]),  # vi is in vii, too
        (Search("ĐỔI MỚI"), [2]),
        (Search("doi moi"), [2]),
        (Search("hue"), [3]),
        (Search("thang nao hop"), [1]),
        (Search("2"), [1, 2]),  # question 2, and 12/1986 in question 1
        (Search("khong co gi"), []),
        (Search("100%"), []),
        (Search(topic="Đại hội VI"), [1, 2]),
        (Search(topic="Đại hội VI", level="Nhận biết"), [1]),
        (Search(topic="đại hội vi"), [1, 2]),
        (Search(topic="Đại hội"), []),
        (Search(lacks_source=True), []),
        (Search(has_twins=True), []),
        (Search(tag="nhãn"), []),
        (Search(state=QuestionState.APPROVED), [1, 2, 3]),
        (Search(state=QuestionState.RETIRED), []),
    ],
)
def test_searching(bank: Bank, search: Search, numbers: list[int]) -> None:
    found = browsing.list_questions(bank.id, search)
    assert [row.number for row, _revision in found.rows] == numbers
    assert found.total == len(numbers)


def test_counts_by_topic_and_level(bank: Bank) -> None:
    matrix = browsing.matrix(bank.id)
    assert matrix.topics == ("Đại hội VI", "Đại hội VII")
    assert matrix.levels == ("Nhận biết", "Thông hiểu")
    assert [matrix.count(topic, level) for topic in matrix.topics for level in matrix.levels] == [1, 1, 1, 0]
    assert (matrix.of_topic("Đại hội VI"), matrix.of_level("Nhận biết"), matrix.total) == (2, 2, 3)
    [summary] = browsing.list_banks()
    assert (summary.bank.title, summary.approved, summary.retired) == ("Lịch sử", 3, 0)


def test_feedback_and_weights_survive(bank: Bank) -> None:
    kept = (Choice("một", feedback="gần đúng", weight=0.5), Choice("hai", pinned=True), Choice("ba"))
    revised(bank, choices=kept, correct=(1,))
    assert current(bank)[2].choices == kept
    stored = db.session.scalars(select(QuestionRevision).where(QuestionRevision.number == 2)).one()
    assert stored.choices == [
        {"text": "một", "feedback": "gần đúng", "weight": 0.5},
        {"text": "hai", "pinned": True},
        {"text": "ba"},
    ]
