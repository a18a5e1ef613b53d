"""Our own JSON, which keeps everything; see `formats.lossless` for its form."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from typing import Any

from question_bank.formats.lossless import CITATION_FIELDS, NAME, VERSION
from question_bank.values import Choice, Citation, Image, Question, Translation


def write(questions: Sequence[Question]) -> bytes:
    """All questions as UTF-8, one indented level per nesting so that differences can be read."""
    frame = {"format": NAME, "version": VERSION, "questions": [_question(one) for one in questions]}
    return (json.dumps(frame, ensure_ascii=False, indent=1) + "\n").encode()


def _question(question: Question) -> dict[str, Any]:
    return _without_nothing(
        {
            "number": question.number,
            "kind": question.kind.value,
            "text": question.text,
            "choices": [_choice(choice) for choice in question.choices],
            "correct": list(question.correct),
            "key_from": question.key_from,
            "topic": question.topic,
            "level": question.level,
            "source": question.source,
            "explanation": question.explanation,
            "images": [_image(image) for image in question.images] or None,
            "tags": list(question.tags) or None,
            "citation": _citation(question.citation),
            "translations": [_translation(one) for one in question.translations] or None,
        }
    )


def _choice(choice: Choice) -> dict[str, Any]:
    return _without_nothing(
        {
            "text": choice.text,
            "pinned": choice.pinned or None,
            "feedback": choice.feedback,
            "weight": choice.weight,
        }
    )


def _image(image: Image) -> dict[str, Any]:
    return _without_nothing(
        {
            "name": image.name,
            "media_type": image.media_type,
            "data": base64.b64encode(image.data).decode("ascii"),
            "alt": image.alt or None,
            "choice": image.choice,
        }
    )


def _citation(citation: Citation | None) -> dict[str, Any] | None:
    if citation is None:
        return None
    return _without_nothing({name: getattr(citation, name) for name in CITATION_FIELDS})


def _translation(translation: Translation) -> dict[str, Any]:
    return _without_nothing(
        {
            "language": translation.language,
            "text": translation.text,
            "choices": list(translation.choices),
            "explanation": translation.explanation,
        }
    )


def _without_nothing(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
