"""A zipped package of QTI 2.1 items with a manifest, as learning platforms import it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from question_bank.values import Choice, Image, Kind, Question
from question_bank.writers.markup import add, add_lines, document, indented, plain

_QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
_LOM = "http://www.imsglobal.org/xsd/imsmd_v1p2"
_TEMPLATE = "http://www.imsglobal.org/question/qti_v2p1/rptemplates"
# Zip files of the same questions are the same bytes.
_WRITTEN_AT = (1980, 1, 1, 0, 0, 0)


def write(questions: Sequence[Question]) -> bytes:
    """The package: `imsmanifest.xml`, one file per question, the pictures."""
    out = io.BytesIO()
    manifest = Element("manifest", {"xmlns": _PACKAGE, "xmlns:imsmd": _LOM, "identifier": "MANIFEST"})
    add(add(manifest, "metadata"), "schema", "QTIv2.1 Package")
    add(manifest, "organizations")
    resources = add(manifest, "resources")
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, question in enumerate(questions, start=1):
            files = _pictures(question, number)
            _write(archive, f"items/q{number}.xml", document(_item(question, number, files)))
            for name, image in files:
                _write(archive, name, image.data)
            _resource(resources, question, number, files)
        _write(archive, "imsmanifest.xml", indented(manifest))
    return out.getvalue()


def _write(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    member = zipfile.ZipInfo(name, _WRITTEN_AT)
    member.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(member, content)


def _pictures(question: Question, number: int) -> list[tuple[str, Image]]:
    """The pictures of a question under names that no other has."""
    extensions = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
    return [
        (f"images/q{number}-{place}.{extensions.get(image.media_type, 'bin')}", image)
        for place, image in enumerate(question.images, start=1)
    ]


def _resource(
    resources: Element, question: Question, number: int, files: Sequence[tuple[str, Image]]
) -> None:
    href = f"items/q{number}.xml"
    resource = add(resources, "resource", identifier=f"R{number}", type="imsqti_item_xmlv2p1", href=href)
    said = (("Chủ đề", question.topic), ("Mức độ", question.level), ("Nguồn", question.source))
    if any(text for _, text in said):
        general = add(add(add(resource, "metadata"), "imsmd:lom"), "imsmd:general")
        for label, text in said:
            if text:
                add(add(general, "imsmd:keyword"), "imsmd:langstring", f"{label}: {text}")
    add(resource, "file", href=href)
    for name, _ in files:
        add(resource, "file", href=name)


def _item(question: Question, number: int, files: Sequence[tuple[str, Image]]) -> Element:
    item = Element(
        "assessmentItem",
        {
            "xmlns": _QTI, "identifier": f"q{number}", "title": f"Câu {plain(question.number)}",
            "adaptive": "false", "timeDependent": "false", "xml:lang": "vi",
        },
    )  # fmt: skip
    _declare(item, question)
    body = add(item, "itemBody")
    add_lines(body, "p", question.text)
    for name, image in files:
        if image.choice is None:
            add(add(body, "p"), "img", src=f"../{name}", alt=plain(image.alt))
    several = question.kind is Kind.MULTIPLE
    interaction = add(
        body,
        "choiceInteraction",
        responseIdentifier="RESPONSE",
        shuffle="true",
        maxChoices="0" if several else "1",
    )
    for index, choice in enumerate(question.choices):
        _choice(interaction, index, choice, [(name, image) for name, image in files if image.choice == index])
    weighted = any(choice.weight is not None for choice in question.choices)
    add(item, "responseProcessing", template=f"{_TEMPLATE}/{'map_response' if weighted else 'match_correct'}")
    if question.explanation:
        add_lines(
            item, "modalFeedback", question.explanation,
            identifier="explanation", outcomeIdentifier="FEEDBACK", showHide="show",
        )  # fmt: skip
    return item


def _declare(item: Element, question: Question) -> None:
    """The key, the shares of choices if there are any, and the outcomes."""
    cardinality = "multiple" if question.kind is Kind.MULTIPLE else "single"
    response = add(
        item, "responseDeclaration", identifier="RESPONSE", cardinality=cardinality, baseType="identifier"
    )
    key = add(response, "correctResponse")
    for index in question.correct:
        add(key, "value", _identity(index))
    if any(choice.weight is not None for choice in question.choices):
        mapping = add(response, "mapping", defaultValue="0")
        for index, choice in enumerate(question.choices):
            if choice.weight is not None:
                add(mapping, "mapEntry", mapKey=_identity(index), mappedValue=f"{choice.weight:.6f}")
    add(item, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float")
    if question.explanation:
        add(item, "outcomeDeclaration", identifier="FEEDBACK", cardinality="single", baseType="identifier")


def _choice(interaction: Element, index: int, choice: Choice, files: Sequence[tuple[str, Image]]) -> None:
    fixed = {"fixed": "true"} if choice.pinned else {}
    element = add_lines(interaction, "simpleChoice", choice.text, identifier=_identity(index), **fixed)
    for name, image in files:
        add(element, "img", src=f"../{name}", alt=plain(image.alt))
    if choice.feedback:
        add_lines(
            element, "feedbackInline", choice.feedback,
            identifier=_identity(index), outcomeIdentifier="RESPONSE", showHide="show",
        )  # fmt: skip


def _identity(index: int) -> str:
    return f"choice_{index + 1}"
