"""What a person decides about a file, and what follows from it."""

from dataclasses import replace

import pytest

from question_bank.offers import settle
from question_bank.reading import read
from question_bank.values import Report
from quiz.bank.comparing import StoredQuestion, stock
from quiz.bank.decisions import Decisions, Pair, Verdict, apply, loaded
from quiz.bank.planning import ImportPlan, plan_import
from quiz.bank.states import QuestionState
from tests.support.question_files import csv_file, table

LIKE = "Đại hội VI của Đảng họp vào tháng nào vậy?"


def report(rows: list[list[str]] | None = None) -> Report:
    return read(csv_file(rows), "q.csv")


def again(key: str = "A", text: str = "") -> list[list[str]]:
    """The table and its first question once more, as number 9."""
    row = ["9", *table()[1][1:]]
    row[8], row[3] = key, text or row[3]
    return [*table(), row]


def bank() -> list[StoredQuestion]:
    plan = plan_import(report(), stock(()))
    return [
        StoredQuestion(
            place, place, QuestionState.APPROVED, one.fingerprint, one.wording_key, None, one.question
        )
        for place, one in enumerate(plan.new, start=1)
    ]


def planned(rows: list[list[str]], verdicts: dict[Pair, Verdict], *, stored: bool = False) -> ImportPlan:
    return plan_import(report(rows), stock(bank() if stored else ()), verdicts=verdicts)


def new(plan: ImportPlan) -> list[str]:
    return [one.question.number for one in plan.new]


@pytest.mark.parametrize(
    "verdict, taken, undecided",
    [
        (None, ["1", "2", "3"], {"9"}),
        (Verdict.SKIP, ["1", "2", "3"], set()),
        (Verdict.OTHER, ["2", "3", "9"], set()),
        (Verdict.BOTH, ["1", "2", "3", "9"], set()),
        (Verdict.REPLACE, ["1", "2", "3"], {"9"}),
    ],
)
def test_near_duplicates_in_the_file(verdict: Verdict | None, taken: list[str], undecided: set[str]) -> None:
    plan = planned(again(text=LIKE), {("9", "1"): verdict} if verdict else {})
    assert (new(plan), plan.undecided) == (taken, undecided)
    assert [one.pair for one in plan.alike] == [("9", "1")]
    assert plan.pairs == ((("1", "9"),) if verdict is Verdict.BOTH else ())


@pytest.mark.parametrize(
    "verdict, taken, errors",
    [
        (None, ["2", "3"], True),
        (Verdict.SKIP, ["1", "2", "3"], False),
        (Verdict.OTHER, ["2", "3", "9"], False),
        (Verdict.BOTH, ["2", "3"], True),
    ],
)
def test_conflicting_keys_in_the_file(verdict: Verdict | None, taken: list[str], errors: bool) -> None:
    plan = planned(again("B"), {("9", "1"): verdict} if verdict else {})
    assert (new(plan), plan.report.has_errors) == (taken, errors)


@pytest.mark.parametrize(
    "verdict, taken, replaced, undecided",
    [
        (None, [], [], {"1"}),
        (Verdict.SKIP, [], [], set()),
        (Verdict.BOTH, ["1"], [], set()),
        (Verdict.REPLACE, [], [("1", 1)], set()),
    ],
)
def test_near_duplicates_of_the_bank(
    verdict: Verdict | None, taken: list[str], replaced: list[tuple[str, int]], undecided: set[str]
) -> None:
    plan = planned(table(D2=LIKE), {("1", "bank:1"): verdict} if verdict else {}, stored=True)
    assert new(plan) == taken
    assert [(one.new.question.number, one.bank_number) for one in plan.replacements] == replaced
    assert plan.undecided == undecided


@pytest.mark.parametrize(
    "verdict, replaced, errors",
    [(None, [], True), (Verdict.SKIP, [], False), (Verdict.REPLACE, [1], False), (Verdict.BOTH, [], True)],
)
def test_conflicting_keys_with_the_bank(verdict: Verdict | None, replaced: list[int], errors: bool) -> None:
    plan = planned(table(I2="B"), {("1", "bank:1"): verdict} if verdict else {}, stored=True)
    assert [one.bank_number for one in plan.replacements] == replaced
    assert plan.report.has_errors is errors
    assert new(plan) == []


def test_commands_take_near_duplicates_as_they_always_did() -> None:
    assert new(plan_import(report(table(D2=LIKE)), stock(bank()))) == ["1"]


def test_two_questions_cannot_replace_the_same_one() -> None:
    rows = [*table(D2=LIKE), ["9", *table(D2=LIKE.replace("vậy", "nhỉ"))[1][1:]]]
    verdicts = {("1", "bank:1"): Verdict.REPLACE, ("9", "bank:1"): Verdict.REPLACE, ("9", "1"): Verdict.BOTH}
    plan = planned(rows, verdicts, stored=True)
    assert len(plan.replacements) == 1
    assert len(plan.undecided) == 1


def test_mended_and_left_out_questions() -> None:
    broken = report(table(I3="", F4=""))
    draft = next(one for one in broken.drafts if one.number == "2")
    mended = settle(draft, correct=(1,)).question
    assert mended is not None
    decided = Decisions().mend(mended).leave_out("3").accept("1").judge({("9", "bank:1"): Verdict.BOTH})
    assert loaded(decided.as_json()) == decided
    after = apply(broken, decided)
    assert [(one.number, one.correct) for one in after.questions] == [("1", (0,)), ("2", (1,))]
    assert (after.problems, after.drafts) == ((), ())
    assert apply(broken, decided.forget("2").forget("3")) == broken


def test_a_mended_question_is_compared_anew() -> None:
    broken = report(table(I3=""))
    first = broken.questions[0]
    after = apply(broken, Decisions().mend(replace(first, number="2", place="line 3")))
    assert [one.code for one in after.problems] == ["duplicate-question"]
