"""What a new wording changes of an older one, part by part. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from question_bank.values import Question
from quiz.bank.differences import Piece, differences

_PARTS = ("text", "kind", "topic", "level", "source", "explanation")
_LETTERS = "ABCDEFGH"


@dataclass(frozen=True, slots=True)
class Change:
    """One part that differs. `part` names it: text, choice, key, pinned, feedback, weights, kind, topic,
    level, source, explanation, tags, citation, translations, pictures; `letter` says which choice."""

    part: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    letter: str = ""


def changes(old: Question, new: Question) -> tuple[Change, ...]:
    """Everything that differs, in the order of the page."""
    return tuple(_changes(old, new))


def _changes(old: Question, new: Question) -> Iterator[Change]:
    if old.text != new.text:
        yield _change("text", old.text, new.text)
    for place in range(max(len(old.choices), len(new.choices))):
        before = old.choices[place].text if place < len(old.choices) else ""
        after = new.choices[place].text if place < len(new.choices) else ""
        if before != after:
            yield _change("choice", before, after, _LETTERS[place])
    if old.correct != new.correct:
        yield _whole("key", letters(old), letters(new))
    for part, words in (("pinned", _pinned), ("feedback", _feedback), ("weights", _weights)):
        if words(old) != words(new):
            yield _whole(part, words(old), words(new))
    for part in _PARTS[1:]:
        before, after = getattr(old, part) or "", getattr(new, part) or ""
        if before != after:
            yield _change(part, before, after)
    if old.tags != new.tags:
        yield _whole("tags", ", ".join(old.tags), ", ".join(new.tags))
    if old.citation != new.citation:
        yield _change("citation", _citation(old), _citation(new))
    if old.translations != new.translations:
        yield _change("translations", _translations(old), _translations(new))
    if _pictures(old) != _pictures(new):
        yield _whole("pictures", _picture_words(old), _picture_words(new))


def letters(question: Question) -> str:
    """The key as letters: "A, C"."""
    return ", ".join(_LETTERS[place] for place in question.correct)


def _pinned(question: Question) -> str:
    return ", ".join(letter for letter, one in zip(_LETTERS, question.choices, strict=False) if one.pinned)


def _feedback(question: Question) -> str:
    marked = zip(_LETTERS, question.choices, strict=False)
    return "\n".join(f"{letter}: {one.feedback}" for letter, one in marked if one.feedback)


def _weights(question: Question) -> str:
    marked = zip(_LETTERS, question.choices, strict=False)
    return ", ".join(f"{letter}: {one.weight:.4g}" for letter, one in marked if one.weight is not None)


def _citation(question: Question) -> str:
    cited = question.citation
    parts = (cited.where, cited.quote, cited.link, cited.passage) if cited else ()
    return " · ".join(part for part in parts if part)


def _translations(question: Question) -> str:
    return "\n".join(
        " / ".join(part for part in (one.text, *one.choices, one.explanation) if part)
        for one in question.translations
    )


def _pictures(question: Question) -> list[tuple[int | None, str, str]]:
    return [(one.choice, one.digest or one.name, one.alt) for one in question.images]


def _picture_words(question: Question) -> str:
    return "; ".join(
        (f"{_LETTERS[one.choice]}: " if one.choice is not None else "") + (one.alt or one.name)
        for one in question.images
    )


def _change(part: str, before: str, after: str, letter: str = "") -> Change:
    left, right = differences(before, after)
    return Change(part, left, right, letter)


def _whole(part: str, before: str, after: str) -> Change:
    return Change(part, (Piece(before, True),), (Piece(after, True),))
