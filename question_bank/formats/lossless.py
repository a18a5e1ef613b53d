"""Our own JSON: everything a question has, nothing lost.

    {"format": "tim-hieu-questions", "version": 1, "questions": [
        {"number": "1", "kind": "single", "text": "…", "choices": [{"text": "…", "pinned": true}],
         "correct": [0], "topic": "…", "images": [{"name": "a.png", "media_type": "image/png",
         "data": "<base64>", "alt": "…", "choice": 2}], "tags": ["…"],
         "citation": {"where": "…", "link": "…", "quote": "…", "passage": "slug/12"},
         "translations": [{"language": "en", "text": "…", "choices": ["…", "…"]}]}]}

Fields without a value may be left out.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from question_bank import limits, places
from question_bank.encodings import clean
from question_bank.formats.lossless_drafts import as_draft
from question_bank.numbering import Numbers
from question_bank.problems import problem
from question_bank.refusals import Refused
from question_bank.source import Source
from question_bank.values import (
    MAX_CHOICES,
    MAX_LANGUAGE,
    MIN_CHOICES,
    Choice,
    Citation,
    Draft,
    Findings,
    Image,
    Kind,
    Problem,
    Question,
    Translation,
)

NAME = "tim-hieu-questions"
VERSION = 1
CITATION_FIELDS = ("where", "link", "quote", "passage")
_STEP = 500
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_MEDIA_TYPES = ("image/png", "image/jpeg", "image/gif", "image/webp")


class _Bad(Exception):
    """A field that cannot be used."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(name)
        self.name = name
        self.why = why


def sniff(source: Source) -> bool:
    """Text that begins as a JSON object; under a foreign name only if it says that it is ours."""
    text = source.text
    if text is None or not text.lstrip().startswith("{"):
        return False
    return source.extension == "json" or f'"{NAME}"' in text[:1000]


def read(source: Source) -> Findings:
    """All questions; a bad one is a problem, a bad frame refuses the file."""
    frame = _frame(source.text or "")
    listed = frame.get("questions")
    if not isinstance(listed, list):
        raise Refused(problem("bad-json", places.FILE, why="thiếu danh sách “questions”"))
    if len(listed) > limits.MAX_QUESTIONS:
        raise Refused(problem("too-many-questions", places.FILE, limit=limits.MAX_QUESTIONS))
    questions: list[Question] = []
    problems: list[Problem] = []
    drafts: list[Draft] = []
    numbers = Numbers()
    for place, fields in enumerate(listed, start=1):
        if place % _STEP == 0:
            source.progress(place, len(listed))
        number = numbers.own(_number(fields) or str(place))
        try:
            questions.append(replace(_question(fields, place), number=number))
        except _Bad as bad:
            problems.append(problem("bad-field", f"item {place}", number, name=bad.name, why=bad.why))
            drafts.append(as_draft(fields, f"item {place}", number))
    return Findings(tuple(questions), tuple(problems), drafts=tuple(drafts))


def _number(fields: Any) -> str | None:
    found = fields.get("number") if isinstance(fields, dict) else None
    return clean(found) or None if isinstance(found, str) else None


def _frame(text: str) -> dict[str, Any]:
    try:
        frame = json.loads(text, object_pairs_hook=_without_repetition, parse_constant=_no_constant)
    except RecursionError as error:
        raise Refused(problem("bad-json", places.FILE, why="lồng nhau quá sâu")) from error
    except json.JSONDecodeError as error:
        why = f"dòng {error.lineno}, cột {error.colno}"
        raise Refused(problem("bad-json", places.line(error.lineno), why=why)) from error
    except ValueError as error:
        raise Refused(problem("bad-json", places.FILE, why=str(error))) from error
    if not isinstance(frame, dict) or frame.get("format") != NAME:
        raise Refused(problem("bad-json", places.FILE, why=f"“format” không phải “{NAME}”"))
    version = frame.get("version")
    if not isinstance(version, int) or version < 1:
        raise Refused(problem("bad-json", places.FILE, why="thiếu số phiên bản “version”"))
    if version > VERSION:
        raise Refused(problem("newer-version", places.FILE, version=version, known=VERSION))
    return frame


def _without_repetition(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Two keys of one name (two values of "correct") would make the last one win unseen."""
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"trường “{twice[:40]}” xuất hiện hai lần")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"giá trị {name} không hợp lệ")


def _question(fields: Any, place: int) -> Question:
    if not isinstance(fields, dict):
        raise _Bad("questions", "không phải một đối tượng")
    choices = tuple(_choice(choice) for choice in _list(fields, "choices"))
    if not MIN_CHOICES <= len(choices) <= MAX_CHOICES:
        raise _Bad("choices", f"phải có từ {MIN_CHOICES} đến {MAX_CHOICES} phương án")
    images = tuple(_image(image, len(choices)) for image in _list(fields, "images", optional=True))
    text = _text(fields, "text")
    if not text and not any(image.choice is None for image in images):
        raise _Bad("text", "để trống")
    for index, choice in enumerate(choices):
        if not choice.text and not any(image.choice == index for image in images):
            raise _Bad("choices", f"có phương án thứ {index + 1} để trống")
    kind = _kind(fields.get("kind"))
    return Question(
        number=_optional(fields, "number") or str(place),
        place=f"item {place}",
        kind=kind,
        text=text,
        choices=choices,
        correct=_correct(fields, kind, len(choices)),
        key_from=_optional(fields, "key_from") or "file",
        topic=_optional(fields, "topic"),
        level=_optional(fields, "level"),
        source=_optional(fields, "source"),
        explanation=_optional(fields, "explanation"),
        images=images,
        tags=tuple(_word(tag, "tags") for tag in _list(fields, "tags", optional=True)),
        citation=_citation(fields.get("citation")),
        translations=_translations(_list(fields, "translations", optional=True), len(choices)),
    )


def _citation(value: Any) -> Citation | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise _Bad("citation", "không phải một đối tượng")
    found = Citation(**{name: _optional(value, name) for name in CITATION_FIELDS})
    return None if found == Citation() else found


def _translations(values: Sequence[Any], choices: int) -> tuple[Translation, ...]:
    made = tuple(_translation(value, choices) for value in values)
    if len({one.language for one in made}) < len(made):
        raise _Bad("translations", "có ngôn ngữ lặp lại")
    return made


def _translation(value: Any, choices: int) -> Translation:
    if not isinstance(value, dict):
        raise _Bad("translations", "có phần tử không phải đối tượng")
    language = _text(value, "language")
    if not _LANGUAGE.fullmatch(language) or len(language) > MAX_LANGUAGE:
        raise _Bad("language", "không phải mã ngôn ngữ như “en”")
    texts = tuple(_word(text, "choices") for text in _list(value, "choices"))
    if len(texts) != choices:
        raise _Bad("translations", f"phải có đủ {choices} phương án")
    return Translation(language, _text(value, "text"), texts, _optional(value, "explanation"))


def _word(value: Any, name: str) -> str:
    return _text({name: value}, name)


def _kind(value: Any) -> Kind:
    try:
        return Kind(value)
    except ValueError as error:
        raise _Bad("kind", f"phải là một trong: {', '.join(Kind)}") from error


def _correct(fields: Mapping[str, Any], kind: Kind, count: int) -> tuple[int, ...]:
    correct = _list(fields, "correct")
    if not all(type(index) is int and 0 <= index < count for index in correct):
        raise _Bad("correct", f"phải là các số từ 0 đến {count - 1}")
    if not correct or len(set(correct)) != len(correct):
        raise _Bad("correct", "trống hoặc lặp lại")
    if kind is not Kind.MULTIPLE and len(correct) > 1:
        raise _Bad("correct", f"có nhiều đáp án nhưng loại câu là “{kind}”")
    return tuple(sorted(correct))


def _choice(value: Any) -> Choice:
    if not isinstance(value, dict):
        raise _Bad("choices", "có phần tử không phải đối tượng")
    if not isinstance(value.get("pinned", False), bool):
        raise _Bad("pinned", "phải là true hoặc false")
    return Choice(
        text=_text(value, "text"),
        pinned=value.get("pinned", False),
        feedback=_optional(value, "feedback"),
        weight=_weight(value.get("weight")),
    )


def _weight(value: Any) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not -1 <= value <= 1:
        raise _Bad("weight", "phải là số từ -1 đến 1")
    return float(value)


def _image(value: Any, choices: int) -> Image:
    if not isinstance(value, dict):
        raise _Bad("images", "có phần tử không phải đối tượng")
    choice = value.get("choice")
    if choice is not None and not (type(choice) is int and 0 <= choice < choices):
        raise _Bad("choice", "không chỉ vào phương án nào")
    if value.get("media_type") not in _MEDIA_TYPES:
        raise _Bad("media_type", f"phải là một trong: {', '.join(_MEDIA_TYPES)}")
    try:
        data = base64.b64decode(_text(value, "data"), validate=True)
    except ValueError as error:  # binascii.Error is one, and so is a letter that no base64 has
        raise _Bad("data", "không phải base64") from error
    return Image(_text(value, "name"), value["media_type"], data, _optional(value, "alt") or "", choice)


def _list(fields: Mapping[str, Any], name: str, *, optional: bool = False) -> list[Any]:
    value = fields.get(name, [] if optional else None)
    if not isinstance(value, list):
        raise _Bad(name, "không phải danh sách")
    return value


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str):
        raise _Bad(name, "không phải chuỗi ký tự")
    if name != "data" and len(value) > limits.MAX_TEXT:
        raise _Bad(name, f"dài quá {limits.MAX_TEXT} ký tự")
    return clean(value)


def _optional(fields: Mapping[str, Any], name: str) -> str | None:
    return None if fields.get(name) is None else _text(fields, name) or None
