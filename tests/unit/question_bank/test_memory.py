"""Comparing with a memory finds what comparing everything finds; questions come, go and change."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank import duplicates
from question_bank.duplicates import find_duplicates
from question_bank.memory import Memory
from question_bank.reading import compare
from question_bank.values import Question, Report
from tests.support.questions import make_question

# So few words that many questions are twins, relatives or contradict each other.
WORDS = ("Đại hội", "VI", "VII", "họp", "ở đâu", "lúc nào")
OFFERED = (("Hà Nội", "Huế"), ("Huế", "Hà Nội"), ("Hà Nội", "Vinh"), ("Đúng", "Sai"))
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
wordings = st.tuples(texts, st.sampled_from(OFFERED), st.sampled_from([(0,), (1,)]))


def numbered(found: list[tuple[str, tuple[str, ...], tuple[int, ...]]], prefix: str = "") -> list[Question]:
    return [make_question(*one, number=f"{prefix}{place}") for place, one in enumerate(found)]


@given(st.lists(wordings, max_size=9), st.lists(wordings, max_size=9), st.data())
@pytest.mark.parametrize("all_pairs", [48, 2])
def test_a_memory_changes_nothing(
    all_pairs: int,
    new: list[tuple[str, tuple[str, ...], tuple[int, ...]]],
    old: list[tuple[str, tuple[str, ...], tuple[int, ...]]],
    data: st.DataObject,
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duplicates, "_ALL_PAIRS_UP_TO", all_pairs)
        memory, bank, questions = Memory(), tuple(numbered(old, "bank ")), numbered(new)
        for _ in range(3):
            assert find_duplicates(questions, bank, memory=memory) == find_duplicates(questions, bank)
            kept = data.draw(st.sets(st.sampled_from(questions)) if questions else st.just(set()))
            changed = data.draw(wordings)
            questions = [one for one in questions if one not in kept]
            if questions:
                questions[0] = make_question(*changed, number=questions[0].number)


@given(st.lists(wordings, min_size=1, max_size=9), st.data())
def test_a_report_is_compared_anew_with_a_memory(
    found: list[tuple[str, tuple[str, ...], tuple[int, ...]]], data: st.DataObject
) -> None:
    memory, report = Memory(), Report("x.txt", "text", questions=tuple(numbered(found)))
    for _ in range(3):
        assert compare(report, memory=memory) == compare(report)
        gone = data.draw(st.integers(0, len(found)))
        left = tuple(one for one in report.questions if one.number != str(gone))
        report = replace(report, questions=left)


def test_what_is_gone_is_forgotten() -> None:
    memory = Memory()
    first, second = make_question("Một?"), make_question("Hai?")
    asked: list[str] = []

    def note(question: Question) -> str:
        asked.append(question.text)
        return question.text

    assert memory.of_questions("text", [first, second], note) == ["Một?", "Hai?"]
    assert memory.of_questions("text", [second], note) == ["Hai?"]
    assert memory.of_questions("text", [first, second], note) == ["Một?", "Hai?"]
    assert asked == ["Một?", "Hai?", "Một?"]
