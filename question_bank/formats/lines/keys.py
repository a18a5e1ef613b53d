"""Which choice is right. All signs have to agree; where they do not, the organiser is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from question_bank.answer_keys import LETTERS, Verdict, letters, read_key
from question_bank.folding import fold, loose_key
from question_bank.formats.lines.choices import Option
from question_bank.formats.lines.endings import Answer
from question_bank.formats.lines.key_tables import Entry
from question_bank.formats.lines.signs import HOW, looks
from question_bank.problems import problem
from question_bank.values import Problem

_SEVERAL = re.compile(
    r"chọn\s+(?:ra\s+)?(?:các|những|nhiều|hai|ba|bốn|[2-7])\s+(?:đáp án|phương án|ý|câu)"
    r"|(?:có|nhiều|hai|ba|bốn|[2-7])\s+(?:đáp án|phương án|lựa chọn)\s+đúng|nhiều\s+(?:đáp án|lựa chọn)"
    r"|những\s+(?:đáp án|phương án|ý|câu)\s+nào|select all|choose (?:all|two|three)",
    re.IGNORECASE,
)
_KEY_AND_TEXT = re.compile(
    r"[(\[]?(?P<key>[A-HĐ](?:\s*(?:[,;&/+]|và)\s*[A-HĐ])*)(?![^\W_])[)\]]?\s*[.:;,)–—-]*\s*(?P<text>\S.*)$",
    re.DOTALL,
)
# "A hoặc B", "A (B cũng đúng)": somebody was not sure.
_OTHER_KEY = re.compile(
    r"(?:^(?:hoặc|hay|or|và|and|với|,|;|/)\s*[(\[]?|(?<![^\W_])(?=[A-HĐ]\s+cũng\b))(?P<key>[A-HĐ])(?![^\W_])"
)
_LIKE = 85


@dataclass(slots=True)
class Found:
    """The key with where it came from, or problems instead; `explanation` stood behind the letter."""

    correct: tuple[int, ...] = ()
    key_from: str = ""
    explanation: str = ""
    source: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        return any(entry.severity == "error" for entry in self.problems)


@dataclass(slots=True)
class Question:
    """What the search for a key needs to know of a question."""

    number: str
    place: str
    stem: str
    options: Sequence[Option]
    texts: Sequence[str]
    ticked: tuple[int, ...]
    answers: Sequence[Answer]
    entries: Sequence[Entry]


def allows_several(stem: str) -> bool:
    """Whether the wording itself asks for more than one choice."""
    return _SEVERAL.search(stem) is not None


def find_key(question: Question) -> Found:
    """The key on which every sign in the file agrees."""
    found = Found()
    written = _written(question, found)
    if found.failed:
        return found
    if question.ticked:
        written.append(("mark", question.ticked))
    if len({correct for _, correct in written}) > 1:
        _note_two_keys(question, found, [correct for _, correct in written])
        return found
    if written:
        found.key_from, found.correct = written[0]
        _check_looks(question, found)
        only_ticked = not question.answers and not question.entries
        if only_ticked and len(found.correct) > 1 and not allows_several(question.stem):
            readings = letters(found.correct)
            _note(question, found, "several-ticked", count=len(found.correct), readings=readings)
    else:
        _by_looks(question, found)
    return found


def _written(question: Question, found: Found) -> list[tuple[str, tuple[int, ...]]]:
    """What answer lines and answer tables say."""
    keys: list[tuple[str, tuple[int, ...]]] = []
    signs = [(answer.key_from, answer.text, answer.place, answer.sure) for answer in question.answers]
    signs += [("table", entry.letters, entry.place, True) for entry in question.entries if entry.letters]
    for key_from, text, place, sure in signs:
        if correct := _read(question, found, text, place, sure=sure):
            keys.append((key_from, correct))
    explanations = (entry.explanation for entry in question.entries)
    found.explanation = "\n".join(filter(None, (found.explanation, *explanations)))
    found.source = tuple(entry.source for entry in question.entries if entry.source)
    return keys


def _read(question: Question, found: Found, text: str, place: str, *, sure: bool) -> tuple[int, ...]:
    key = _with_standard_letters(text.strip(), question.options)
    verdict = read_key(key.rstrip(" ."), question.texts)
    if verdict.trouble == "unknown-key":
        verdict = _with_text_behind(key, question, found)
    if verdict.correct:
        return verdict.correct
    if sure:
        readings = " ≠ ".join(letters(reading) for reading in verdict.readings)
        offered = letters(range(len(question.texts)))
        code = verdict.trouble or "unknown-key"
        found.problems.append(
            problem(code, place, question.number, key=text[:80], choices=offered, readings=readings)
        )
    return ()


def _with_standard_letters(text: str, options: Sequence[Option]) -> str:
    """In a list a, b, c, d, đ, e the letters behind d mean one choice further."""
    labels = [option.label for option in options]
    if "Đ" not in labels or not re.fullmatch(r"[\W_]*[A-HĐa-hđ](?:[\W_]+[A-HĐa-hđ])*[\W_]*", text):
        return text
    table = {label: LETTERS[index] for index, label in enumerate(labels)}
    return "".join(table.get(character.upper(), character) for character in text)


def _with_text_behind(text: str, question: Question, found: Found) -> Verdict:
    """`C. Vì …`: the letter is the key, the text either repeats the choice or explains it."""
    match = _KEY_AND_TEXT.match(text)
    if match is None:
        return Verdict(trouble="unknown-key")
    verdict = read_key(match["key"], question.texts, letters_only=True)
    if not verdict.correct:
        return verdict
    behind = match["text"].strip()
    if other := _OTHER_KEY.search(behind):
        named = read_key(other["key"], question.texts, letters_only=True).correct
        return Verdict(trouble="two-keys", readings=(verdict.correct, named) if named else (verdict.correct,))
    likeness = [fuzz.ratio(loose_key(behind), loose_key(text)) for text in question.texts]
    best = max(range(len(likeness)), key=lambda index: likeness[index])
    if (
        likeness[best] >= _LIKE
        and best not in verdict.correct
        and max(likeness[i] for i in verdict.correct) < likeness[best]
    ):
        return Verdict(trouble="two-keys", readings=(verdict.correct, (best,)))
    if all(likeness[index] < _LIKE for index in verdict.correct) and not _repeats(
        behind, question, verdict.correct
    ):
        found.explanation = behind
    return verdict


def _repeats(text: str, question: Question, correct: tuple[int, ...]) -> bool:
    """Whether the text behind the letter begins with the choice and only goes on a little."""
    return any(
        fold(text).startswith(fold(question.texts[index])) and len(text) < len(question.texts[index]) + 20
        for index in correct
    )


def _by_looks(question: Question, found: Found) -> None:
    signs = looks(question.options)
    if not signs:
        _note(question, found, "no-key")
        return
    if len({sign.choices for sign in signs}) > 1:
        readings = "; ".join(f"{letters(sign.choices)} ({HOW[sign.attribute]})" for sign in signs)
        found.problems.append(problem("two-keys", question.place, question.number, readings=readings))
        return
    sign = signs[0]
    if len(sign.choices) > 1 and not (
        allows_several(question.stem) and len(sign.choices) < len(question.texts)
    ):
        how = HOW[sign.attribute]
        _note(
            question,
            found,
            "several-marked",
            count=len(sign.choices),
            how=how,
            readings=letters(sign.choices),
        )
        return
    found.correct, found.key_from = sign.choices, sign.attribute


def _check_looks(question: Question, found: Found) -> None:
    """Emphasis that contradicts a written key; slanted text is often only a title or a foreign word."""
    for sign in looks(question.options):
        if set(sign.choices) == set(found.correct):
            continue
        if sign.attribute != "italic" and not set(found.correct) & set(sign.choices):
            _note_two_keys(question, found, [found.correct, sign.choices])
            return
        _note(question, found, "looks-differ", readings=letters(sign.choices), how=HOW[sign.attribute],
              key=letters(found.correct))  # fmt: skip


def _note(question: Question, found: Found, code: str, **values: object) -> None:
    found.problems.append(problem(code, question.place, question.number, **values))


def _note_two_keys(question: Question, found: Found, keys: Sequence[tuple[int, ...]]) -> None:
    found.correct = ()
    readings = " ≠ ".join(letters(key) for key in dict.fromkeys(keys))
    _note(question, found, "two-keys", readings=readings)
