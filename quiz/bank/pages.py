"""What the pages of an import show: the plan of it, sorted into tabs."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import gettext as _

from question_bank.values import Likeness, Problem, Question, Severity
from quiz.bank.differences import Piece, differences
from quiz.bank.labels import key_words, place_words
from quiz.bank.planning import ImportPlan, Known

PER_PAGE = 40


class Tab(StrEnum):
    """The tabs, with the words of their addresses."""

    GOOD = "hop-le"
    WRONG = "loi"
    KNOWN = "da-co"
    NEAR = "gan-trung"


@dataclass(frozen=True, slots=True)
class GoodLine:
    """A question that will be saved."""

    number: str
    place: str
    question: Question
    key_from: str


@dataclass(frozen=True, slots=True)
class WrongLine:
    """A problem with its place; `question` is there when the question itself could be read."""

    number: str | None
    place: str
    is_error: bool
    message: str
    mend: str
    question: Question | None


@dataclass(frozen=True, slots=True)
class Side:
    """One of two wordings that are much alike."""

    title: str
    note: str
    pieces: tuple[Piece, ...]
    question: Question


@dataclass(frozen=True, slots=True)
class NearLine:
    """Two wordings side by side."""

    likeness: float
    same_key: bool
    left: Side
    right: Side


@dataclass(frozen=True, slots=True)
class ImportPage:
    """One page of one tab, and the counts of all tabs."""

    tab: Tab
    counts: dict[Tab, int]
    lines: Sequence[GoodLine | WrongLine | Known | NearLine]
    page: int
    pages: int


def import_page(
    plan: ImportPlan, bank_questions: dict[int, Question], words: dict[str, str], tab: Tab | None, page: int
) -> ImportPage:
    """Sort the plan into tabs. `words` are the titles "file" and "bank" of the two sides of a comparison."""
    lines: dict[Tab, Sequence[GoodLine | WrongLine | Known | NearLine]] = {
        Tab.WRONG: _wrong(plan),
        Tab.GOOD: _good(plan),
        Tab.KNOWN: plan.known,
        Tab.NEAR: _near(plan, bank_questions, words),
    }
    tab = tab or next((one for one in (Tab.WRONG, Tab.GOOD, Tab.KNOWN) if lines[one]), Tab.WRONG)
    chosen = lines[tab]
    count = max(1, -(-len(chosen) // PER_PAGE))
    page = min(max(1, page), count)
    return ImportPage(
        tab=tab,
        counts={one: len(found) for one, found in lines.items()},
        lines=chosen[(page - 1) * PER_PAGE : page * PER_PAGE],
        page=page,
        pages=count,
    )


def _good(plan: ImportPlan) -> list[GoodLine]:
    return [
        GoodLine(
            one.question.number,
            place_words(one.question.place),
            one.question,
            key_words(one.question.key_from),
        )
        for one in plan.new
    ]


def _wrong(plan: ImportPlan) -> list[WrongLine]:
    """Errors first, then what should be looked at."""
    by_number = {question.number: question for question in plan.report.questions}
    ordered = sorted(plan.report.problems, key=lambda problem: problem.severity is not Severity.ERROR)
    return [_wrong_line(problem, by_number) for problem in ordered]


def _wrong_line(problem: Problem, by_number: dict[str, Question]) -> WrongLine:
    return WrongLine(
        number=problem.number,
        place=place_words(problem.place),
        is_error=problem.severity is Severity.ERROR,
        message=problem.message,
        mend=problem.mend,
        question=by_number.get(problem.number) if problem.number is not None else None,
    )


def _near(plan: ImportPlan, bank_questions: dict[int, Question], words: dict[str, str]) -> list[NearLine]:
    by_number = {question.number: question for question in plan.report.questions}
    lines = [
        _pair(by_number[one.number], bank_questions[one.bank_number], one.likeness, one.same_key, words)
        for one in plan.near
        if one.bank_number in bank_questions
    ]
    inside: Sequence[Likeness] = [pair for pair in plan.report.duplicates if pair.likeness < 1]
    both = {"file": words["file"], "bank": words["file"]}
    lines += [
        _pair(by_number[pair.b], by_number[pair.a], pair.likeness, pair.same_key, both) for pair in inside
    ]
    return sorted(lines, key=lambda line: (line.same_key, -line.likeness))


def _pair(new: Question, other: Question, likeness: float, same_key: bool, words: dict[str, str]) -> NearLine:
    left, right = differences(new.text, other.text)
    return NearLine(
        likeness,
        same_key,
        Side(words["file"], _note(new), left, new),
        Side(words["bank"], _note(other), right, other),
    )


def _note(question: Question) -> str:
    """Where the question stands: in the bank its place is its number."""
    place = place_words(question.place)
    return (
        place if question.key_from == "bank" else f"{place} · {_('câu %(number)s', number=question.number)}"
    )
