"""Questions typed in an old font inside a file that is Unicode otherwise: what was done, and how it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from question_bank import legacy
from question_bank.formats.lines.model import Line, OldText, Piece
from question_bank.formats.lines.questions import Parsed
from question_bank.problems import problem
from question_bank.values import Problem, Question

_SHOWN = 60


def converted_problem(parsed: Parsed, number: str) -> Problem | None:
    """A warning that names the font and shows a line before and after; None if nothing was converted."""
    lines = _lines(parsed.draft.pieces)
    if not (old := [(line, line.old) for line in lines if line.old]):
        return None
    line, before = old[0]
    scripts = ", ".join(sorted({one.script.value for _, one in old}))
    return problem(
        "old-font-question", parsed.draft.place, number, script=scripts, count=len(old),
        before=_shown(before), after=line.text.strip()[:_SHOWN],
    )  # fmt: skip


def as_typed(parsed: Parsed, question: Question) -> Question | None:
    """The question with wording and choices as they were typed; None where that cannot be told."""
    options = [option.pieces for option in parsed.cut.options]
    if not any(line.old for line in _lines(parsed.draft.pieces)) or len(options) != len(question.choices):
        return None
    texts = [question.text, *(choice.text for choice in question.choices)]
    typed = [_typed(text, pieces) for text, pieces in zip(texts, [parsed.cut.stem, *options], strict=True)]
    stem, *choices = typed
    if stem is None or typed == texts:
        return None
    kept = [
        replace(choice, text=text)
        for choice, text in zip(question.choices, choices, strict=True)
        if text is not None
    ]
    return replace(question, text=stem, choices=tuple(kept)) if len(kept) == len(choices) else None


def _typed(text: str, pieces: Sequence[Piece]) -> str | None:
    """A wording or a choice as typed; one that is half in an old font and half not stays undecided."""
    lines = _lines(pieces)
    old = [line.old for line in lines if line.old]
    if not old:
        return text
    if len(old) < len(lines) or len({one.script for one in old}) > 1:
        return None
    words = legacy.words_before("\n".join(one.text for one in old), old[0].script)
    return legacy.as_typed(text, words) if words is not None else None


def _lines(pieces: Sequence[Piece]) -> list[Line]:
    return list({id(piece.line): piece.line for piece in pieces if piece.text.strip()}.values())


def _shown(old: OldText) -> str:
    return old.text.strip()[:_SHOWN]
