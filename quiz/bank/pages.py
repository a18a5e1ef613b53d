"""What the pages of an import show: the plan of it, sorted into tabs."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from question_bank.answer_keys import letters
from question_bank.marking import spans
from question_bank.offers import Offer, offers
from question_bank.values import Draft, Image, Problem, Question, Report, Severity
from quiz.bank.comparing import NewQuestion
from quiz.bank.decisions import Decisions
from quiz.bank.differences import Piece
from quiz.bank.judging import Alike
from quiz.bank.labels import key_words
from quiz.bank.planning import ImportPlan, Known
from quiz.web.reader_words import place_words

PER_PAGE = 40
_EXCERPT = 800
_OF_PAIRS = frozenset({"conflicting-keys", "conflicts-with-bank"})
_ODD = re.compile(r"[^0-9A-Za-z]+")


class Tab(StrEnum):
    """The tabs, with the words of their addresses."""

    GOOD = "hop-le"
    WRONG = "loi"
    KNOWN = "da-co"
    NEAR = "gan-trung"


class LineState(StrEnum):
    """Whether something is still to be done about a question."""

    OPEN = "open"
    MENDED = "mended"
    LEFT_OUT = "left"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class GoodLine:
    """A question that will be saved; `pictures` are the numbers of its pictures in the file."""

    number: str
    anchor: str
    place: str
    question: Question
    key: str
    key_from: str
    pictures: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class WrongLine:
    """What is wrong with a question, or with the file where `number` is None.

    `excerpt` are the file's own words with what is wrong marked; `mended` the wording that a person chose;
    `can_mend`: there is something to change in place; `is_pair`: it is decided beside the other question.
    """

    number: str | None
    anchor: str
    place: str
    problems: tuple[Problem, ...]
    excerpt: tuple[Piece, ...]
    offers: tuple[Offer, ...]
    state: LineState
    mended: Question | None
    can_mend: bool
    can_accept: bool
    is_pair: bool

    @property
    def is_error(self) -> bool:
        """Whether the question cannot come in like this."""
        return any(one.severity is Severity.ERROR for one in self.problems)


@dataclass(frozen=True, slots=True)
class Side:
    """One of two wordings that are much alike; `number` is that in the bank, where it is from there."""

    title: str
    note: str
    pieces: tuple[Piece, ...]
    question: Question
    number: int | None = None


@dataclass(frozen=True, slots=True)
class NearLine:
    """Two wordings side by side; `same_stem`: the words are the same, the choices are not."""

    alike: Alike
    left: Side
    right: Side
    same_stem: bool


@dataclass(frozen=True, slots=True)
class ImportPage:
    """One page of one tab, and the counts of all tabs; near pairs are shown one by one."""

    tab: Tab
    counts: dict[Tab, int]
    lines: Sequence[GoodLine | WrongLine | Known | Alike]
    page: int
    pages: int


def import_page(
    plan: ImportPlan, report: Report, decisions: Decisions, tab: Tab | None, page: int
) -> ImportPage:
    """Sort the plan into tabs. `report` is the file as it was read, before anything was decided."""
    wrong = wrong_lines(plan, report, decisions)
    saved = [*plan.new, *(one.new for one in plan.replacements)]
    lines: dict[Tab, Sequence[NewQuestion | WrongLine | Known | Alike]] = {
        Tab.WRONG: wrong,
        Tab.GOOD: saved,
        Tab.KNOWN: plan.known,
        Tab.NEAR: plan.alike,
    }
    tab = tab or next((one for one in (Tab.WRONG, Tab.GOOD, Tab.KNOWN) if lines[one]), Tab.WRONG)
    chosen, size = lines[tab], 1 if tab is Tab.NEAR else PER_PAGE
    count = max(1, -(-len(chosen) // size))
    page = min(max(1, page), count)
    return ImportPage(
        tab=tab,
        counts={one: len(found) for one, found in lines.items()}
        | {
            Tab.WRONG: sum(line.state is LineState.OPEN for line in wrong),
            Tab.NEAR: sum(one.verdict is None for one in plan.alike),
        },
        lines=_shown(plan, chosen[(page - 1) * size : page * size]),
        page=page,
        pages=count,
    )


def anchor_of(number: str) -> str:
    """Where a question stands on the page, to come back to it."""
    return f"cau-{_ODD.sub('-', number)}"


def _texts(report: Report) -> tuple[Draft | Question, ...]:
    return (*report.questions, *report.drafts)


def pictures_of(report: Report) -> list[Image]:
    """All pictures of a file in the order by which the page numbers them."""
    return [image for one in _texts(report) for image in one.images]


def given(report: Report, number: str) -> Draft | Question | None:
    """What the file says of a question, or None where there is no such question.

    Of a question that could not be understood at all there is at least its number and place.
    """
    for one in _texts(report):
        if one.number == number:
            return one
    place = next((one.place for one in report.problems if one.number == number), None)
    return Draft(number, place, "", "") if place is not None else None


def wrong_lines(plan: ImportPlan, report: Report, decisions: Decisions) -> list[WrongLine]:
    """Errors first, then what should be looked at; what has been decided stays in its place."""
    named: dict[str, list[Problem]] = {}
    order: dict[str, bool] = {}
    for problem in (*report.problems, *plan.report.problems):
        if problem.number is not None:
            is_error = problem.severity is Severity.ERROR
            order[problem.number] = order.get(problem.number, False) or is_error
    for number in sorted(decisions.left_out | set(decisions.mended)):
        order.setdefault(number, False)
    for problem in plan.report.problems:
        if problem.number is not None:
            named.setdefault(problem.number, []).append(problem)
    texts = {one.number: one for one in _texts(report)}
    lines = [_about_file(problem) for problem in plan.report.problems if problem.number is None]
    lines += [
        line
        for number in sorted(order, key=lambda one: not order[one])
        if (line := _line(number, named.get(number, []), texts.get(number), decisions, report)) is not None
    ]
    return sorted(lines, key=lambda line: line.number is None and not line.is_error)


def _line(
    number: str,
    problems: Sequence[Problem],
    text: Draft | Question | None,
    decisions: Decisions,
    report: Report,
) -> WrongLine | None:
    has_error = any(one.severity is Severity.ERROR for one in problems)
    if number in decisions.left_out:
        state = LineState.LEFT_OUT
    elif number in decisions.mended and not has_error:
        state = LineState.MENDED
    elif number in decisions.accepted and not has_error:
        state = LineState.ACCEPTED
    elif problems:
        state = LineState.OPEN
    else:
        return None  # decided beside the other question
    shown = tuple(problems) or tuple(one for one in report.problems if one.number == number)
    place = text.place if text else next((one.place for one in shown), "")
    ready = offers(text, shown, report.as_typed.get(number)) if text and state is LineState.OPEN else ()
    is_pair = bool(shown) and all(one.code in _OF_PAIRS for one in shown)
    return WrongLine(
        number=number,
        anchor=anchor_of(number),
        place=place_words(shown[0].place if shown else place),
        problems=shown,
        excerpt=excerpt_of(text, shown) if text else (),
        offers=ready,
        state=state,
        mended=decisions.mended.get(number),
        can_mend=text is not None or has_error,
        # "As in the file" would be unclear beside the two readings of an old font.
        can_accept=not has_error and not any(one.code == "converted" for one in ready),
        is_pair=is_pair,
    )


def _about_file(problem: Problem) -> WrongLine:
    return WrongLine(
        None, "", place_words(problem.place), (problem,), (), (), LineState.OPEN, None, False, False, False
    )


def excerpt_of(text: Draft | Question, problems: Sequence[Problem]) -> tuple[Piece, ...]:
    """The beginning of the file's own words in pieces, with what the problems are about marked."""
    words = _excerpt(text)
    if len(words) > _EXCERPT:
        words = f"{words[: _EXCERPT - 1].rstrip()}…"
    pieces, last = [], 0
    for start, end in spans(words, problems):
        pieces += [Piece(words[last:start], differs=False), Piece(words[start:end], differs=True)]
        last = end
    return tuple(one for one in (*pieces, Piece(words[last:], differs=False)) if one.text)


def _excerpt(text: Draft | Question) -> str:
    """The file's own words; of a question that was understood, what was understood."""
    if isinstance(text, Draft):
        return text.excerpt or text.text
    choices = (f"{letters((place,))}. {choice.text}" for place, choice in enumerate(text.choices))
    return "\n".join((text.text, *choices))


def _shown(
    plan: ImportPlan, lines: Sequence[NewQuestion | WrongLine | Known | Alike]
) -> list[GoodLine | WrongLine | Known | Alike]:
    """The lines of one page; only they are put into words."""
    numbers = dict(_picture_numbers(plan.report))
    return [_good(one.question, numbers) if isinstance(one, NewQuestion) else one for one in lines]


def _good(question: Question, pictures: Mapping[str, tuple[tuple[int, str], ...]]) -> GoodLine:
    return GoodLine(
        question.number,
        anchor_of(question.number),
        place_words(question.place),
        question,
        letters(question.correct),
        key_words(question.key_from),
        pictures.get(question.number, ()),
    )


def _picture_numbers(report: Report) -> Iterator[tuple[str, tuple[tuple[int, str], ...]]]:
    last = 0
    for one in _texts(report):
        if not one.images:
            continue
        yield one.number, tuple((last + place, image.alt) for place, image in enumerate(one.images))
        last += len(one.images)
