"""What an import would save, and why not more. Pure: the report of a file against what the bank has."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from question_bank.duplicates import find_duplicates
from question_bank.fingerprints import fingerprint, wording_key
from question_bank.values import Problem, Question, Report, Severity
from quiz.bank.states import QuestionState

MAX_TOPIC = 300
MAX_LEVEL = 40
_PREFIX = "bank:"


@dataclass(frozen=True, slots=True)
class StoredQuestion:
    """A question of the bank as imports compare with it; `question.number` is its number in the bank."""

    number: int
    state: QuestionState
    fingerprint: str
    wording_key: str
    question: Question


@dataclass(frozen=True, slots=True)
class Known:
    """A question of the file that the bank has already, with the same key."""

    number: str
    bank_number: int
    is_retired: bool


@dataclass(frozen=True, slots=True)
class Near:
    """A question of the file that is much like one of the bank."""

    number: str
    bank_number: int
    likeness: float
    same_key: bool

    def as_json(self) -> dict[str, Any]:
        """The form of the report."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """A question to be saved."""

    question: Question
    fingerprint: str
    wording_key: str


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The report with the bank's own objections among its problems, and what follows for each question."""

    report: Report
    new: tuple[NewQuestion, ...]
    known: tuple[Known, ...]
    held_back: frozenset[str]
    near: tuple[Near, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether everything in the file can be saved or is there already."""
        return not self.report.has_errors and not self.report.refused

    def as_json(self) -> dict[str, Any]:
        """The part of the report that speaks of the bank."""
        return {
            "new": [one.question.number for one in self.new],
            "known": [{"number": one.number, "bank_number": one.bank_number} for one in self.known],
        }


def plan_import(report: Report, stored: Sequence[StoredQuestion]) -> ImportPlan:
    """Compare a report with the bank. Questions with errors and both sides of contradictions wait."""
    by_fingerprint = {one.fingerprint: one for one in stored}
    by_wording = {one.wording_key: one for one in stored if one.state is not QuestionState.RETIRED}
    objections = tuple(_objections(report, by_fingerprint, by_wording))
    report = replace(report, problems=(*report.problems, *objections))
    held_back = _held_back(report)
    new: list[NewQuestion] = []
    known: list[Known] = []
    taken: set[str] = set()
    for question in report.questions:
        mark = fingerprint(question)
        there = by_fingerprint.get(mark)
        if there is not None:
            is_retired = there.state is QuestionState.RETIRED
            known.append(Known(question.number, there.number, is_retired))
        elif question.number not in held_back and mark not in taken:
            taken.add(mark)
            new.append(NewQuestion(question, mark, wording_key(question)))
    return ImportPlan(report, tuple(new), tuple(known), held_back)


def with_near(plan: ImportPlan, stored: Sequence[StoredQuestion]) -> ImportPlan:
    """The plan with what is much like something in the bank: for people to look at, and slow in big banks."""
    new = [one.question for one in plan.new]
    against = [
        replace(one.question, number=f"{_PREFIX}{one.number}")
        for one in stored
        if one.state is not QuestionState.RETIRED
    ]
    near = tuple(
        Near(pair.b, int(pair.a.removeprefix(_PREFIX)), pair.likeness, pair.same_key)
        for pair in find_duplicates(new, against)
        if pair.a.startswith(_PREFIX)
    )
    return replace(plan, near=near)


def _objections(
    report: Report, by_fingerprint: Mapping[str, StoredQuestion], by_wording: Mapping[str, StoredQuestion]
) -> Iterator[Problem]:
    for question in report.questions:
        other = by_wording.get(wording_key(question))
        if other is not None and fingerprint(question) not in by_fingerprint:
            yield Problem(
                Severity.ERROR,
                "conflicts-with-bank",
                question.place,
                question.number,
                f"Câu {question.number} đã có trong ngân hàng (câu {other.number}) với đáp án khác.",
                "Xem lại đáp án. Nếu câu trong ngân hàng sai thì sửa câu đó, rồi nhập lại tệp.",
            )
        if question.images:
            message = f"Câu {question.number} có hình ảnh; ngân hàng chưa lưu được hình."
            mend = "Bỏ câu này khỏi tệp, hoặc viết lại câu không cần hình."
            yield Problem(Severity.ERROR, "pictures-not-kept", question.place, question.number, message, mend)
        for label, words, most in (
            ("Chủ đề", question.topic, MAX_TOPIC),
            ("Mức độ", question.level, MAX_LEVEL),
        ):
            if words is not None and len(words) > most:
                message = f"Câu {question.number}: {label.lower()} dài {len(words)} ký tự."
                mend = f"{label} dài nhiều nhất {most} ký tự. Xem cột có bị lệch không."
                yield Problem(
                    Severity.ERROR, "label-too-long", question.place, question.number, message, mend
                )


def _held_back(report: Report) -> frozenset[str]:
    """Numbers of questions that must not be saved even when the others are."""
    wrong = {
        problem.number
        for problem in report.problems
        if problem.severity is Severity.ERROR and problem.number is not None
    }
    # Which of two contradicting keys is right nobody knows yet. Of two equal questions the first may stay:
    # the second has the error.
    for pair in report.duplicates:
        if not pair.same_key and pair.b in wrong:
            wrong.add(pair.a)
    return frozenset(wrong)
