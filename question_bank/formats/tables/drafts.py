"""A question as typed, before anybody knows whether it is one; and the checks that make it one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from question_bank import limits
from question_bank.answer_keys import LETTERS, Verdict, is_true, letters, read_key
from question_bank.folding import fold, loose_key
from question_bank.formats.tables.grid import unguard
from question_bank.formats.tables.kinds import kind_of
from question_bank.problems import problem
from question_bank.values import MAX_CHOICES, MIN_CHOICES, Choice, Kind, Problem, Question

LEFT_EMPTY = "(bỏ trống)"
TRUE_AND_FALSE = ("Đúng", "Sai")

_TRUTHS = ("dung", "sai", "true", "false")
_MARK = re.compile(r"^(?:\*+|[✓✔☑]|\[[xX*✓✔]\])\s*(?=\S)")
_MARK_BEHIND = re.compile(r"(?<=\S)\s*(?:\*+|[✓✔☑]|\[[xX*✓✔]\])$")
_LABEL = re.compile(r"^\(?([A-Ha-h])\s*[.):]\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class TypedKey:
    """A key as written somewhere in the file."""

    text: str
    place: str
    letters_only: bool = False


@dataclass(slots=True)
class Draft:
    """What stands in the file. `choices` has an empty text where a cell is empty.

    Choices are as written, with a guarding apostrophe if there is one: it says that what follows is
    neither a mark nor a label.
    """

    number: str
    place: str
    text: str
    text_place: str
    choices: list[str]
    choice_place: Callable[[int], str]
    keys: list[TypedKey]
    key_place: str
    kind: str = ""
    topic: str = ""
    level: str = ""
    source: str = ""
    explanation: str = ""
    pinned: str = ""
    feedback: dict[int, str] = field(default_factory=dict)
    looks: list[frozenset[str]] = field(default_factory=list)
    marked: tuple[int, ...] = ()  # choices that their own row or column says are right
    marked_by: str = "mark"
    ends_early: bool = False  # "(bỏ trống)" says that there are no more choices
    excerpt: str = ""  # the cells as they stand, each with the name of its column
    problems: list[Problem] = field(default_factory=list)

    def note(self, code: str, place: str, **values: object) -> None:
        """Add a problem of this question."""
        self.problems.append(problem(code, place, self.number, **values))


def filled_choices(draft: Draft) -> int:
    """How many choices there are up to the last one that is written."""
    return max((index + 1 for index, text in enumerate(draft.choices) if text), default=0)


def check(draft: Draft) -> Question | None:
    """The question, or None; the reasons are then in `draft.problems`."""
    if any(found.code == "row-too-long" for found in draft.problems):
        return None  # its cells stand under the wrong names: whatever else they say is noise
    _trim(draft)
    if not draft.text:
        draft.note("empty-question", draft.text_place)
    marked_by, marked = _take_marks(draft)
    draft.choices = [unguard(text) for text in draft.choices]
    _check_choices(draft)
    correct, key_from = _find_key(draft, marked, marked_by)
    kind = _kind(draft, correct)
    if any(found.severity == "error" for found in draft.problems) or kind is None:
        return None
    pinned = read_key(draft.pinned, draft.choices, letters_only=True).correct if draft.pinned else ()
    return Question(
        number=draft.number,
        place=draft.place,
        kind=kind,
        text=draft.text,
        choices=tuple(
            Choice(text, pinned=index in pinned, feedback=draft.feedback.get(index) or None)
            for index, text in enumerate(draft.choices)
        ),
        correct=correct,
        key_from=key_from,
        topic=draft.topic or None,
        level=draft.level or None,
        source=draft.source or None,
        explanation=draft.explanation or None,
    )


def _trim(draft: Draft) -> None:
    """Cut empty choices at the end; "A. Huế" in column A is "Huế" if all choices are written that way."""
    draft.choices = draft.choices[: filled_choices(draft)]
    labels = [_LABEL.match(text) for text in draft.choices]
    written = [label[1].upper() if label else "" for label in labels]
    if len(written) > 1 and written == list(LETTERS[: len(written)]):
        draft.choices = [_LABEL.sub("", text) for text in draft.choices]
    if not draft.choices and any(fold(key.text) in _TRUTHS or key.text in ("Đ", "S") for key in draft.keys):
        draft.choices = list(TRUE_AND_FALSE)


def _take_marks(draft: Draft) -> tuple[str, tuple[int, ...]]:
    """Choices marked right by a star or the like, or in their own row, or by how their cells look."""
    if draft.marked:
        return draft.marked_by, draft.marked
    # Behind a choice a star may be a footnote: it counts only where nothing else is said.
    patterns = (_MARK,) if any(key.text for key in draft.keys) else (_MARK, _MARK_BEHIND)
    for pattern in patterns:
        starred = tuple(index for index, text in enumerate(draft.choices) if pattern.search(text))
        if starred and len(starred) < len(draft.choices):
            draft.choices = [pattern.sub("", text) for text in draft.choices]
            return "mark", starred
    return _by_looks(draft)


def _by_looks(draft: Draft) -> tuple[str, tuple[int, ...]]:
    """Bold, colour and so on, where it sets some choices apart from the others."""
    found: dict[tuple[int, ...], str] = {}
    for look in sorted(frozenset().union(*draft.looks)):
        having = tuple(
            index for index, looks in enumerate(draft.looks[: len(draft.choices)]) if look in looks
        )
        if having and len(having) < len(draft.choices):
            found.setdefault(having, look)
    if len(found) > 1:
        readings = "; ".join(f"{letters(having)} ({look})" for having, look in found.items())
        draft.note("two-keys", draft.key_place, readings=readings)
    return next(((look, having) for having, look in found.items()), ("", ()))


def _check_choices(draft: Draft) -> None:
    for index, text in enumerate(draft.choices):
        if not text:
            draft.note("empty-choice", draft.choice_place(index), letter=LETTERS[index])
    count = len(draft.choices)
    if count < MIN_CHOICES:
        draft.note("too-few-choices", draft.choice_place(count), count=count)
    if count > MAX_CHOICES:
        draft.note("too-many-choices", draft.choice_place(MAX_CHOICES), count=count)
    if max((len(text) for text in (draft.text, *draft.choices)), default=0) > limits.MAX_TEXT:
        draft.note("text-too-long", draft.text_place, limit=limits.MAX_TEXT)
    _check_twins(draft)


def _check_twins(draft: Draft) -> None:
    """Two choices that say the same cannot both be offered."""
    first: dict[str, int] = {}
    for index, text in enumerate(draft.choices):
        earlier = first.setdefault(loose_key(text), index) if text else index
        if earlier == index:
            continue
        code = "same-choice-twice" if draft.choices[earlier] == text else "choices-alike"
        names = {"first": _letter(earlier), "second": _letter(index), "text": text[:80]}
        draft.note(code, draft.choice_place(index), **names)


def _letter(index: int) -> str:
    return LETTERS[index] if index < len(LETTERS) else str(index + 1)


def _find_key(draft: Draft, marked: tuple[int, ...], marked_by: str) -> tuple[tuple[int, ...], str]:
    """The key on which all that is written agrees; otherwise a problem and no key."""
    verdicts = [
        (key, read_key(key.text, draft.choices, letters_only=key.letters_only))
        for key in draft.keys
        if key.text
    ]
    troubled = next(((key, verdict) for key, verdict in verdicts if verdict.trouble), None)
    if troubled:
        _note_trouble(draft, *troubled)
        return (), ""
    found = {verdict.correct for _, verdict in verdicts} | ({marked} if marked else set())
    if len(found) > 1:
        draft.note("two-keys", draft.key_place, readings=" ≠ ".join(letters(one) for one in sorted(found)))
        return (), ""
    if not found:
        if not any(earlier.code == "two-keys" for earlier in draft.problems):
            draft.note("no-key", draft.key_place)
        return (), ""
    correct = found.pop()
    if any(index < len(draft.choices) and not draft.choices[index] for index in correct):
        draft.note("unknown-key", draft.key_place, key=letters(correct), choices=_offered(draft.choices))
    return correct, "column" if verdicts else marked_by


def _note_trouble(draft: Draft, key: TypedKey, verdict: Verdict) -> None:
    readings = " ≠ ".join(letters(reading) for reading in verdict.readings)
    draft.note(
        verdict.trouble or "no-key",
        key.place,
        key=key.text[:80],
        choices=_offered(draft.choices),
        readings=readings,
    )


def _offered(choices: Sequence[str]) -> str:
    return (
        letters([index for index, text in enumerate(choices[:MAX_CHOICES]) if text]) or "không phương án nào"
    )


def _kind(draft: Draft, correct: tuple[int, ...]) -> Kind | None:
    """The kind that the file states, if it can be; otherwise the kind that the key implies."""
    truths = sorted(str(is_true(text)) for text in draft.choices)
    stated = kind_of(draft.kind)
    if not isinstance(stated, Kind):
        if len(correct) > 1:
            return Kind.MULTIPLE
        return Kind.TRUE_FALSE if truths == ["False", "True"] else Kind.SINGLE
    fits = len(draft.choices) == 2 if stated is Kind.TRUE_FALSE else True
    if correct and (not fits or (stated is not Kind.MULTIPLE and len(correct) > 1)):
        draft.note("kind-contradicts", draft.place, kind=draft.kind, count=len(correct))
        return None
    return stated
