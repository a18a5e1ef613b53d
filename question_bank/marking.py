"""Where in a question's own words a problem is, for the eye: what the problem quotes, or a letter twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from question_bank.formats.lines.tails import Part, tail
from question_bank.values import Problem

Span = tuple[int, int]
# Readers quote at most this much of a long passage.
_QUOTED = 80


def spans(excerpt: str, problems: Iterable[Problem]) -> tuple[Span, ...]:
    """The parts of an excerpt that are wrong, as (start, end), in order and apart from each other."""
    found = sorted(
        span
        for problem in problems
        if (find := _FINDERS.get(problem.code)) is not None
        for span in find(excerpt, dict(problem.values))
    )
    apart: list[Span] = []
    for start, end in found:
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return tuple(apart)


def _quoted(excerpt: str, values: dict[str, str]) -> Iterator[Span]:
    """Everywhere the problem's own quotation stands; a cut one goes on to the end of its line."""
    text = values.get("text", "")
    if not text:
        return
    rest = "[^\n]*" if len(text) >= _QUOTED else ""
    # Readers tidy spaces, excerpts keep them.
    pattern = r"\s+".join(map(re.escape, text.split()))
    yield from (found.span() for found in re.finditer(pattern + rest, excerpt))


def _labels(excerpt: str, letter: str) -> Sequence[Span]:
    """Where the letter stands in front of a choice: `C.`, `(c)`, `C:`."""
    if not letter:
        return ()
    label = re.compile(rf"(?:^|(?<=\s))[(\[]?{re.escape(letter)}\s?[.):\]/-]+", re.IGNORECASE | re.MULTILINE)
    return [found.span() for found in label.finditer(excerpt)]


def _second_letter(excerpt: str, values: dict[str, str]) -> Sequence[Span]:
    return _labels(excerpt, values.get("letter", ""))[1:2]


def _second_start(excerpt: str, _values: dict[str, str]) -> Sequence[Span]:
    return _labels(excerpt, "A")[1:2]


def _odd_letter(excerpt: str, values: dict[str, str]) -> Sequence[Span]:
    return _labels(excerpt, values.get("found", ""))[:1]


def _own_letter(excerpt: str, values: dict[str, str]) -> Sequence[Span]:
    return _labels(excerpt, values.get("letter", ""))[:1]


def _both_letters(excerpt: str, values: dict[str, str]) -> Sequence[Span]:
    return [span for name in ("first", "second") for span in _labels(excerpt, values.get(name, ""))[:1]]


def _answers(excerpt: str, _values: dict[str, str]) -> Iterator[Span]:
    """What stands behind "Đáp án:"."""
    start = 0
    for line in excerpt.split("\n"):
        found = tail(line)
        if found and found.part is Part.ANSWER and (said := found.rest.strip()):
            place = start + line.rindex(said)
            yield place, place + len(said)
        start += len(line) + 1


_FINDERS: dict[str, Callable[[str, dict[str, str]], Iterable[Span]]] = {
    "same-letter": _second_letter,
    "letters-restart": _second_start,
    "letter-gap": _odd_letter,
    "empty-choice": _own_letter,
    "same-choice-twice": _both_letters,
    "choices-alike": _both_letters,
    "editing-note": _quoted,
    "broken-word": _quoted,
    "watermark": _quoted,
    "choice-goes-on": _quoted,
    "unknown-key": _answers,
    "ambiguous-key": _answers,
    "two-keys": _answers,
}
