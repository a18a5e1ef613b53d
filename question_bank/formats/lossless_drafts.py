"""What can be understood of an entry of our own JSON that is no question, so that a person can mend it."""

from __future__ import annotations

import json
from typing import Any

from question_bank import limits
from question_bank.encodings import clean
from question_bank.formats.building import MAX_EXCERPT
from question_bank.values import MAX_CHOICES, Choice, Draft


def as_draft(fields: Any, place: str, number: str) -> Draft:
    """The fields that are what they should be; the others are only in the excerpt."""
    known: dict[str, Any] = fields if isinstance(fields, dict) else {}
    listed = known.get("choices")
    choices = tuple(_choice(value) for value in listed[:MAX_CHOICES]) if isinstance(listed, list) else ()
    return Draft(
        number=number,
        place=place,
        text=_text(known, "text"),
        excerpt=_excerpt(fields),
        choices=choices,
        correct=_correct(known.get("correct"), len(choices)),
        topic=_text(known, "topic") or None,
        level=_text(known, "level") or None,
        source=_text(known, "source") or None,
        explanation=_text(known, "explanation") or None,
    )


def _text(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    return clean(value)[: limits.MAX_TEXT] if isinstance(value, str) else ""


def _choice(value: Any) -> Choice:
    known: dict[str, Any] = value if isinstance(value, dict) else {"text": value}
    return Choice(_text(known, "text"), feedback=_text(known, "feedback") or None)


def _correct(value: Any, count: int) -> tuple[int, ...]:
    """The key only where all of it can be meant."""
    if not isinstance(value, list) or not all(type(index) is int and 0 <= index < count for index in value):
        return ()
    return tuple(sorted(set(value)))


def _excerpt(fields: Any) -> str:
    """The entry as it stands, without what is too long to be looked at (the bytes of pictures)."""
    if not isinstance(fields, dict):
        return json.dumps(fields, ensure_ascii=False)[:MAX_EXCERPT]
    lines = (
        f"{name}: {json.dumps(value, ensure_ascii=False)[:MAX_EXCERPT]}"
        for name, value in fields.items()
        if name != "images"
    )
    return clean("\n".join(lines))[:MAX_EXCERPT]
