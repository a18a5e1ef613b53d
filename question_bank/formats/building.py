"""From what a quiz file states to a question, or to the problems that keep it from being one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from question_bank.answer_keys import LETTERS, is_true
from question_bank.formats import choice_checks
from question_bank.problems import problem
from question_bank.values import Choice, Draft, Findings, Image, Kind, Problem, Question, Severity

TRUE_AND_FALSE = ("Đúng", "Sai")
# Thirds and sixths are written with few digits.
_ROUNDING = 0.011
_SAME = 0.001
MAX_EXCERPT = 1_000


@dataclass(slots=True)
class Stated:
    """A question as a file states it. `correct` are indexes; `several`: more than one may be ticked.

    `excerpt` are the file's own words where they say more than wording and choices.
    """

    number: str
    place: str
    text: str
    choices: list[Choice] = field(default_factory=list)
    correct: list[int] = field(default_factory=list)
    key_from: str = "mark"
    several: bool = False
    topic: str | None = None
    level: str | None = None
    source: str | None = None
    explanation: str | None = None
    images: list[Image] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    excerpt: str = ""

    def note(self, code: str, **values: object) -> None:
        """Add a problem of this question."""
        self.problems.append(problem(code, self.place, self.number, **values))


def build(stated: Stated) -> Question | None:
    """The question, or None; the reasons are then in `stated.problems`."""
    texts = [choice.text for choice in stated.choices]
    stated.problems += choice_checks.problems(
        stated.number, stated.place, stated.text, texts, has_picture=bool(stated.images)
    )
    _check_weights(stated)
    if not stated.correct and len(texts) > 1 and not _failed(stated):
        stated.note("no-key")
    if _failed(stated):
        return None
    correct = tuple(sorted(set(stated.correct)))
    return Question(
        number=stated.number,
        place=stated.place,
        kind=_kind(texts, correct, several=stated.several),
        text=stated.text,
        choices=tuple(stated.choices),
        correct=correct,
        key_from=stated.key_from,
        topic=stated.topic or None,
        level=stated.level or None,
        source=stated.source or None,
        explanation=stated.explanation or None,
        images=tuple(stated.images),
    )


@dataclass(slots=True)
class Collected:
    """What a reader has found so far; `count` numbers the questions through."""

    questions: list[Question] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    count: int = 0

    def add(self, stated: Stated) -> None:
        """Judge what a file states: it becomes a question or a draft, with its problems."""
        question = build(stated)
        if question is None:
            self.set_aside(stated)
            return
        self.problems += stated.problems
        self.questions.append(question)

    def set_aside(self, stated: Stated) -> None:
        """Keep what is known of something that cannot be a question, with the reasons."""
        self.problems += stated.problems
        self.drafts.append(draft_of(stated))

    def findings(self, about_file: Sequence[Problem] = ()) -> Findings:
        """All of it, behind the problems of the file as a whole."""
        problems = (*about_file, *self.problems)
        return Findings(tuple(self.questions), problems, dict(self.skipped), tuple(self.drafts))


def draft_of(stated: Stated) -> Draft:
    """What is known of a question that `build` refused."""
    lines = [f"{letter}. {choice.text}" for letter, choice in zip(LETTERS, stated.choices, strict=False)]
    return Draft(
        number=stated.number,
        place=stated.place,
        text=stated.text,
        excerpt=(stated.excerpt.strip() or "\n".join([stated.text, *lines]))[:MAX_EXCERPT],
        choices=tuple(stated.choices),
        correct=tuple(sorted(set(stated.correct))),
        topic=stated.topic or None,
        level=stated.level or None,
        source=stated.source or None,
        explanation=stated.explanation or None,
        images=tuple(stated.images),
    )


def set_key(
    stated: Stated, right: Sequence[str], contradicts: Sequence[frozenset[str]], labels: Mapping[str, int]
) -> None:
    """The key of an item that names its choices by identifiers; `labels` says which choice each names."""
    for identity in right:
        if identity in labels:
            stated.correct.append(labels[identity])
        else:
            stated.note("key-points-nowhere", key=identity[:80])
    if contradicts:
        stated.note("two-keys", readings=" ≠ ".join(", ".join(sorted(key)) for key in contradicts))
    if len(stated.correct) > 1 and not stated.several:
        stated.note("several-right", count=len(stated.correct))


def weigh(stated: Stated, shares: Sequence[float | None]) -> None:
    """Keep the shares of the choices where they say more than right and wrong."""
    even = 1 / len(stated.correct) if stated.several and stated.correct else 1.0
    expected = [even if index in stated.correct else 0.0 for index in range(len(shares))]
    said = [share or 0.0 for share in shares]
    if any(abs(share - usual) > _SAME for share, usual in zip(said, expected, strict=True)):
        pairs = zip(stated.choices, said, strict=True)
        stated.choices = [replace(choice, weight=round(share, 6)) for choice, share in pairs]


def _failed(stated: Stated) -> bool:
    return any(found.severity is Severity.ERROR for found in stated.problems)


def _kind(texts: list[str], correct: tuple[int, ...], *, several: bool) -> Kind:
    if several or len(correct) > 1:
        return Kind.MULTIPLE
    truths = sorted(str(is_true(text)) for text in texts if len(text) > 1)
    return Kind.TRUE_FALSE if len(texts) == 2 and truths == ["False", "True"] else Kind.SINGLE


def _check_weights(stated: Stated) -> None:
    """Shares lie between -1 and 1; the best that can be ticked makes a whole."""
    weights = [choice.weight for choice in stated.choices if choice.weight is not None]
    if any(not -1 <= weight <= 1 for weight in weights):
        stated.note("bad-weight")
        return
    earning = [weight for weight in weights if weight > 0]
    earned = sum(earning) if stated.several else max(earning, default=0)
    if earned and abs(earned - 1) > _ROUNDING:
        stated.note("weights-odd", sum=f"{earned * 100:.0f}")
