"""Moodle XML: categories for topics, tags for level and source, pictures inside the file."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from urllib.parse import quote
from xml.etree.ElementTree import Element

from question_bank.formats.building import TRUE_AND_FALSE
from question_bank.values import Choice, Image, Kind, Question
from question_bank.writers.markup import add, as_html, category_path, document


def write(questions: Sequence[Question]) -> bytes:
    """All questions in one `quiz`, with a category wherever the topic changes."""
    root = Element("quiz")
    topic: str | None = None
    for question in questions:
        if question.topic != topic:
            topic = question.topic
            _category(root, topic)
        _question(root, question)
    return document(root)


def _category(root: Element, topic: str | None) -> None:
    add(add(add(root, "question", type="category"), "category"), "text", category_path(topic))


def _question(root: Element, question: Question) -> None:
    truth = _is_truth(question)
    element = add(root, "question", type="truefalse" if truth else "multichoice")
    add(add(element, "name"), "text", f"Câu {question.number}")
    _text(
        element, "questiontext", question.text, [image for image in question.images if image.choice is None]
    )
    _text(element, "generalfeedback", question.explanation or "")
    add(element, "defaultgrade", "1")
    if not truth:
        add(element, "single", "false" if question.kind is Kind.MULTIPLE else "true")
        add(element, "shuffleanswers", "true")
        add(element, "answernumbering", "ABCD")
    for index, choice in enumerate(question.choices):
        _answer(
            element, question, index, choice, "true" if truth and index == 0 else "false" if truth else None
        )
    _tags(element, question)


def _is_truth(question: Question) -> bool:
    """Moodle's own true/false questions have fixed texts."""
    return (
        question.kind is Kind.TRUE_FALSE
        and tuple(choice.text for choice in question.choices) == TRUE_AND_FALSE
    )


def _answer(parent: Element, question: Question, index: int, choice: Choice, fixed: str | None) -> None:
    images = [image for image in question.images if image.choice == index]
    share = _share(question, index, choice)
    if fixed is not None:
        element = add(parent, "answer", fraction=share, format="moodle_auto_format")
        add(element, "text", fixed)
    else:
        element = _text(parent, "answer", choice.text, images, fraction=share)
    _text(element, "feedback", choice.feedback or "")


def _share(question: Question, index: int, choice: Choice) -> str:
    """The fraction in percent, as Moodle writes it."""
    even = 1 / len(question.correct) if question.kind is Kind.MULTIPLE else 1.0
    share = choice.weight if choice.weight is not None else (even if index in question.correct else 0.0)
    return f"{share * 100:.5f}".rstrip("0").rstrip(".")


def _text(parent: Element, name: str, text: str, images: Sequence[Image] = (), **attributes: str) -> Element:
    element = add(parent, name, format="html", **attributes)
    pictures = "".join(_picture(image, number) for number, image in enumerate(images))
    add(element, "text", (as_html(text) if text else "") + pictures)
    for number, image in enumerate(images):
        content = base64.b64encode(image.data).decode("ascii")
        add(element, "file", content, name=_file_name(image, number), path="/", encoding="base64")
    return element


def _picture(image: Image, number: int) -> str:
    alt = as_html(image.alt)[3:-4]
    return f'<img src="@@PLUGINFILE@@/{quote(_file_name(image, number))}" alt="{alt}"/>'


def _file_name(image: Image, number: int) -> str:
    """Pictures of one question may have the same name, and readers look them up in the whole of it."""
    name = image.name.replace("/", "_")
    part = "" if image.choice is None else f"{image.choice + 1}."
    return f"{part}{number}-{name}" if part or number else name


def _tags(element: Element, question: Question) -> None:
    said = [("Mức độ", question.level), ("Nguồn", question.source)]
    if any(text for _, text in said):
        tags = add(element, "tags")
        for label, text in said:
            if text:
                add(add(tags, "tag"), "text", f"{label}: {text}")
