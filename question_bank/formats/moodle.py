"""Moodle XML: questions with categories, weights, feedback, tags and pictures inside the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from question_bank import places, safe_xml
from question_bank.encodings import tidy
from question_bank.formats.building import TRUE_AND_FALSE, Collected, Stated, weigh
from question_bank.formats.gift_text import topic_of
from question_bank.formats.lines.markers import level_named
from question_bank.formats.lines.tails import Part, tail
from question_bank.formats.markup import Shown, looks_like_html, shown
from question_bank.formats.picture_files import Lookup, add_choice, collect, from_base64
from question_bank.formats.xml_trees import child, normalise, root_name, text_at
from question_bank.problems import problem
from question_bank.refusals import Refused
from question_bank.source import Source
from question_bank.values import Choice, Findings

EXTENSIONS = ("xml",)

_KINDS = {"match": "matching", "multianswer": "cloze", "ddmatch": "matching", "calculatedmulti": "calculated"}
_FULL = 0.999


def sniff(source: Source) -> bool:
    """XML whose root is `quiz`."""
    return source.text is not None and root_name(source.text) == "quiz"


def read(source: Source) -> Findings:
    """The questions of a Moodle XML file."""
    root = normalise(safe_xml.parse(source.data))
    if root.tag != "quiz":
        raise Refused(problem("corrupt-file", places.FILE))
    reader = _Reader()
    elements = root.findall("question")
    for done, element in enumerate(elements, start=1):
        reader.take(element)
        source.progress(done, len(elements))
    return reader.found.findings()


@dataclass(slots=True)
class _Reader:
    found: Collected = field(default_factory=Collected)
    topic: str | None = None

    def take(self, element: Element) -> None:
        kind = (element.get("type") or "").strip().lower()
        if kind == "category":
            self.topic = topic_of(text_at(element, "category", "text"))
            return
        self.found.count += kind != "description"
        if kind not in ("multichoice", "truefalse"):
            self.found.skipped[_KINDS.get(kind, kind) or "unknown"] += 1
            return
        stated = _stated(element, str(self.found.count), kind)
        stated.topic = stated.topic or self.topic
        self.found.add(stated)


def _stated(element: Element, number: str, kind: str) -> Stated:
    lookup = _files(element)
    wording = _shown(child(element, "questiontext"))
    stated = Stated(number, f"question {number}", wording.text, key_from="fraction")
    collect(stated, wording.pictures, lookup)
    _old_picture(element, stated)
    stated.explanation = _shown(child(element, "generalfeedback")).text or None
    stated.several = kind == "multichoice" and text_at(element, "single").lower() in ("false", "0")
    fractions = [_read_answer(answer, stated, lookup, kind) for answer in element.findall("answer")]
    _weigh(stated, fractions)
    for tag in element.findall("tags/tag"):
        _take_tag(stated, text_at(tag, "text"))
    return stated


def _read_answer(answer: Element, stated: Stated, lookup: Lookup, kind: str) -> float | None:
    """Add one choice and give its fraction; None when that is no number."""
    text = _shown(answer)
    if kind == "truefalse":
        truth = text.text.lower() in ("true", "đúng")
        text = Shown(TRUE_AND_FALSE[0 if truth else 1])
    feedback = _shown(child(answer, "feedback")).text or None
    add_choice(stated, Choice(text.text, feedback=feedback), text.pictures, lookup)
    try:
        return float((answer.get("fraction") or "0").replace(",", ".")) / 100
    except ValueError:
        stated.note("bad-weight")
        return None


def _weigh(stated: Stated, fractions: list[float | None]) -> None:
    """The key from the fractions; they are kept where they say more than right and wrong."""
    shares = [share or 0.0 for share in fractions]
    right = [index for index, share in enumerate(shares) if (share > 0 if stated.several else share > _FULL)]
    stated.correct = right
    weigh(stated, shares)
    if len(right) > 1 and not stated.several:
        stated.note("several-right", count=len(right))


def _shown(element: Element | None) -> Shown:
    """The text of an element as its format says."""
    if element is None:
        return Shown("")
    text = text_at(element, "text") or (element.text or "").strip()
    form = element.get("format") or ""
    if form in ("plain_text", "markdown") or (
        form in ("", "moodle_auto_format") and not looks_like_html(text)
    ):
        return Shown(tidy(text))
    return shown(text)


def _files(element: Element) -> Lookup:
    """The pictures inside a question, by the name that its texts use."""
    files = {(file.get("name") or ""): file for file in element.iter("file")}

    def lookup(src: str) -> bytes | None:
        file = files.get(unquote(src.rsplit("/", 1)[-1]))
        return from_base64(file.text or "") if file is not None and "@@PLUGINFILE@@" in src else None

    return lookup


def _old_picture(element: Element, stated: Stated) -> None:
    """Before Moodle 2 a question had one picture in two elements."""
    content = text_at(element, "image_base64")
    if content:
        name = text_at(element, "image") or "hinh"
        picture = shown(f'<img src="@@PLUGINFILE@@/{name.rsplit("/", 1)[-1]}">').pictures
        collect(stated, picture, lambda _: from_base64(content))


def _take_tag(stated: Stated, tag: str) -> None:
    """Tags such as "Mức độ: Nhận biết" and "Nguồn: …"; a level may also stand alone."""
    found = tail(tag)
    if found and found.part is Part.LEVEL:
        stated.level = level_named(found.rest) or found.rest or None
    elif found and found.part is Part.SOURCE:
        stated.source = found.rest
    elif found and found.part is Part.TOPIC:
        stated.topic = found.rest
    elif stated.level is None:
        stated.level = level_named(tag)
