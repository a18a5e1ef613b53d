"""QTI 1.2 as Canvas, Respondus, Blackboard and Common Cartridge write it: one XML file of `item`s."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from question_bank import places, safe_xml
from question_bank.encodings import tidy
from question_bank.formats.building import Collected, Stated, set_key
from question_bank.formats.markup import Shown, looks_like_html, shown
from question_bank.formats.picture_files import Lookup, add_choice, collect
from question_bank.formats.qti12_scoring import Scoring, read_scoring
from question_bank.formats.xml_trees import child, normalise, root_name, text_at
from question_bank.problems import problem
from question_bank.refusals import Refused
from question_bank.source import Source
from question_bank.values import Choice, Findings

EXTENSIONS = ("xml", "qti")

_KIND_FIELDS = ("question_type", "cc_profile", "bbmd_questiontype", "qmd_itemtype")
_SUPPORTED = (
    "multiple_choice", "multiple_answer", "multiple_response", "true_false", "multiple choice",
    "multiple answer", "true/false", "either/or", "multiplechoice", "truefalse", "logical identifier",
)  # fmt: skip
_NAMES = (
    ("essay", "essay"),
    ("short answer", "essay"),
    ("short_answer", "shortanswer"),
    ("fill", "fillblank"),
    ("fib", "fillblank"),
    ("pattern_match", "fillblank"),
    ("match", "matching"),
    ("order", "ordering"),
    ("numeric", "numerical"),
    ("calculated", "calculated"),
    ("dropdown", "dropdowns"),
    ("upload", "upload"),
    ("hot", "hotspot"),
    ("jumbled", "ordering"),
    ("text_only", "description"),
)


def sniff(source: Source) -> bool:
    """XML whose root is `questestinterop`."""
    return source.text is not None and root_name(source.text) == "questestinterop"


def read(source: Source) -> Findings:
    """The questions of one QTI 1.2 file."""
    root = normalise(safe_xml.parse(source.data))
    if root.tag != "questestinterop":
        raise Refused(problem("corrupt-file", places.FILE))
    reader = ItemReader()
    reader.read(root, lambda _: None)
    return reader.findings()


class ItemReader(Collected):
    """Reads the items of one or more trees, numbering them through."""

    def read(self, root: Element, lookup: Lookup, topic: str | None = None) -> None:
        """Read every item below `root`; `lookup` finds pictures, `topic` is the file's."""
        for item in root.iter("item"):
            kind = _unsupported(item)
            if kind != "description":
                self.count += 1
            if kind is not None:
                self.skipped[kind] += 1
                continue
            stated = _stated(item, self.count, lookup)
            stated.topic = topic
            self.add(stated)


def _unsupported(item: Element) -> str | None:
    """The kind of an item, if it is one that cannot be used here."""
    stated = _stated_kind(item)
    if stated and not any(name in stated for name in _SUPPORTED):
        return next((kind for word, kind in _NAMES if word in stated), stated[:40])
    responses = list(item.iter("response_lid"))
    if len(responses) == 1 and child(responses[0], "render_choice") is not None:
        return None
    if len(responses) > 1 or child(item.find(".//response_grp")) is not None:
        return "matching"
    if item.find(".//response_num") is not None:
        return "numerical"
    if item.find(".//response_str") is not None:
        return "essay" if item.find(".//varequal") is None else "fillblank"
    return "description" if item.find(".//presentation") is not None else "unknown"


def _stated_kind(item: Element) -> str:
    """What the metadata of an item calls it, in any of the four dialects."""
    for entry in item.iter("qtimetadatafield"):
        if text_at(entry, "fieldlabel").lower() in _KIND_FIELDS:
            return text_at(entry, "fieldentry").lower()
    for name in _KIND_FIELDS[2:]:
        found = next(item.iter(name), None)
        if found is not None and (found.text or "").strip():
            return (found.text or "").strip().lower()
    return ""


def _stated(item: Element, number: int, lookup: Lookup) -> Stated:
    presentation = next(item.iter("presentation"), item)
    response = next(item.iter("response_lid"))
    wording = _wording(presentation)
    stated = Stated(str(number), place_of(item, number), wording.text, key_from="scoring")
    collect(stated, wording.pictures, lookup)
    labels: dict[str, int] = {}
    scoring = read_scoring(item, [label.get("ident") or "" for label in response.iter("response_label")])
    texts = {entry.get("ident") or "": _material(entry).text for entry in item.iter("itemfeedback")}
    for label in response.iter("response_label"):
        identity = label.get("ident") or ""
        labels.setdefault(identity, len(stated.choices))
        text = _material(label)
        feedback = "\n".join(
            filter(None, (texts.get(name, "") for name in scoring.feedback.get(identity, ())))
        )
        add_choice(stated, Choice(text.text, feedback=feedback or None), text.pictures, lookup)
    stated.explanation = "\n".join(filter(None, (texts.get(name, "") for name in scoring.general))) or None
    _set_key(stated, scoring, labels, (response.get("rcardinality") or "Single").lower() == "multiple")
    return stated


def place_of(item: Element, number: int) -> str:
    """An item by its number and its title."""
    name = (item.get("title") or item.get("ident") or item.get("identifier") or "").strip()
    return f"item {number} “{name[:80]}”" if name else f"item {number}"


def _set_key(stated: Stated, scoring: Scoring, labels: dict[str, int], several: bool) -> None:
    stated.several = several
    set_key(stated, scoring.right, scoring.contradicts, labels)


def _wording(presentation: Element) -> Shown:
    """All material that is not part of a choice."""
    inside = {
        id(material) for label in presentation.iter("response_label") for material in label.iter("material")
    }
    parts = [_material_text(part) for part in presentation.iter("material") if id(part) not in inside]
    return _joined(parts)


def _material(element: Element) -> Shown:
    return _joined([_material_text(part) for part in element.iter("material")])


def _joined(parts: list[Shown]) -> Shown:
    text = "\n".join(part.text for part in parts if part.text)
    return Shown(text, tuple(picture for part in parts for picture in part.pictures))


def _material_text(material: Element) -> Shown:
    """Plain text as it stands, HTML as people see it; without a statement the tags decide."""
    parts: list[Shown] = []
    for element in material.iter():
        text = "".join(element.itertext())
        if element.tag == "mattext":
            form = (element.get("texttype") or "").lower()
            is_html = "html" in form or (form != "text/plain" and looks_like_html(text))
            parts.append(shown(text) if is_html else Shown(tidy(text)))
        elif element.tag == "mat_formattedtext":
            parts.append(shown(text) if looks_like_html(text) else Shown(tidy(text)))
        elif element.tag == "matimage" and element.get("uri"):
            parts.append(shown(f'<img src="{(element.get("uri") or "").replace(chr(34), "")}">'))
    return _joined(parts)
