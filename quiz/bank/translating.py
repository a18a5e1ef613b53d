"""Translations of a question: which there are, and on which wording each was made. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from question_bank.values import Question, Translation


@dataclass(frozen=True, slots=True)
class TranslationState:
    """One language of a question; `basis` is the number of the wording that it was made for."""

    language: str
    basis: int
    is_whole: bool
    is_stale: bool


def find_translation(question: Question, language: str) -> Translation | None:
    """The translation into a language, or None."""
    return next((one for one in question.translations if one.language == language), None)


def with_translation(question: Question, translation: Translation) -> Question:
    """The question with this translation in place of the one of its language; an empty one takes it out."""
    others = [one for one in question.translations if one.language != translation.language]
    is_empty = not (translation.text or any(translation.choices) or translation.explanation)
    kept = others if is_empty else [*others, translation]
    return replace(question, translations=tuple(sorted(kept, key=lambda one: one.language)))


def states_of(wordings: Sequence[tuple[int, Question]]) -> list[TranslationState]:
    """The languages of the newest wording; `wordings` are all of a question, by number, the newest first."""
    if not wordings:
        return []
    newest = wordings[0][1]
    return [_state(one, newest, wordings) for one in newest.translations]


def is_whole(translation: Translation, question: Question) -> bool:
    """Whether readers can be shown it: a text, and words for every choice."""
    return bool(translation.text) and (
        len(translation.choices) == len(question.choices) and all(translation.choices)
    )


def _state(
    translation: Translation, newest: Question, wordings: Sequence[tuple[int, Question]]
) -> TranslationState:
    basis, made_for = wordings[0]
    for number, wording in wordings:
        there = find_translation(wording, translation.language)
        if there is None or not _same(there, translation):
            break
        basis, made_for = number, wording
    return TranslationState(
        translation.language,
        basis,
        is_whole(translation, newest),
        is_stale=_words(made_for) != _words(newest),
    )


def _same(a: Translation, b: Translation) -> bool:
    """Whether nobody worked on it in between: choices may have moved, gone or come without words."""
    if (a.text, a.explanation) != (b.text, b.explanation):
        return False
    ours, theirs = set(filter(None, a.choices)), set(filter(None, b.choices))
    return ours <= theirs or theirs <= ours


def _words(question: Question) -> tuple[str, tuple[str, ...], str | None]:
    """What a translator works from; the order of choices does not matter."""
    return question.text, tuple(sorted(one.text for one in question.choices)), question.explanation
