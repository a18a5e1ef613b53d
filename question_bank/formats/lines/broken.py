"""What was understood of lines that are no question yet, so that a person can mend them."""

from __future__ import annotations

import re

from question_bank.formats.building import MAX_EXCERPT
from question_bank.formats.lines.questions import Parsed, pictures_of
from question_bank.formats.picture_files import kept
from question_bank.values import MAX_CHOICES, Choice, Draft

# A letter of a choice at the beginning of a line, or after two spaces or a tab.
_MARK = re.compile(r"(?:^|\n|\t|[ ]{2,})[*\[(]{0,2}([A-H])[.)/:]\s*(?=\S)")


def as_draft(parsed: Parsed, number: str) -> Draft:
    """The lines as a draft. A key is not guessed from letters that are in doubt."""
    lines = "\n".join(dict.fromkeys(piece.line.text for piece in parsed.draft.pieces))
    text, choices = parsed.stem, tuple(parsed.texts)
    if parsed.cut.trouble is not None:
        text, choices = _by_letters("\n".join(piece.text for piece in parsed.draft.pieces))
    return Draft(
        number=number,
        place=parsed.draft.place,
        text=text.strip(),
        excerpt=lines.strip()[:MAX_EXCERPT],
        choices=tuple(Choice(one) for one in choices[:MAX_CHOICES]),
        topic=parsed.ending.topic or parsed.draft.topic,
        level=parsed.ending.level or parsed.draft.level,
        source="\n".join(parsed.ending.source) or None,
        explanation="\n".join(parsed.ending.explanation) or None,
        images=kept(pictures_of(parsed)),
    )


def _by_letters(body: str) -> tuple[str, tuple[str, ...]]:
    """Wording and choices by whatever letters there are, in the order in which they stand."""
    marks = list(_MARK.finditer(body))
    if not marks:
        return body, ()
    ends = [mark.start() for mark in marks[1:]] + [len(body)]
    texts = (body[mark.end() : end] for mark, end in zip(marks, ends, strict=True))
    first_lines = (" ".join(text.split("\nĐáp án")[0].split()) for text in texts)
    return body[: marks[0].start()], tuple(first_lines)
