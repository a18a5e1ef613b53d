"""QTI 2.1, 2.2 and 3: one `assessmentItem` per file. QTI 3 differs only in how its names are written."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from question_bank import places, safe_xml
from question_bank.formats.building import Collected, Stated, set_key
from question_bank.formats.markup import Shown, shown
from question_bank.formats.picture_files import Lookup, add_choice, collect
from question_bank.formats.qti2_keys import Key, read_key
from question_bank.formats.qti12 import place_of
from question_bank.formats.xml_trees import inner_html, normalise, root_name
from question_bank.problems import problem
from question_bank.refusals import Refused
from question_bank.source import Source
from question_bank.values import Choice, Findings

EXTENSIONS = ("xml", "qti")

_KINDS = {
    "extendedTextInteraction": "essay",
    "textEntryInteraction": "fillblank",
    "inlineChoiceInteraction": "dropdowns",
    "matchInteraction": "matching",
    "associateInteraction": "matching",
    "gapMatchInteraction": "matching",
    "graphicGapMatchInteraction": "matching",
    "orderInteraction": "ordering",
    "graphicOrderInteraction": "ordering",
    "hottextInteraction": "hottext",
    "hotspotInteraction": "hotspot",
    "sliderInteraction": "numerical",
    "uploadInteraction": "upload",
}
_FEEDBACK = ("feedbackInline", "feedbackBlock")
_HIDDEN = (
    "rubricBlock",
    "feedbackBlock",
    "feedbackInline",
    "stylesheet",
    "templateBlock",
    "choiceInteraction",
)


def sniff(source: Source) -> bool:
    """XML whose root is an item of QTI 2 or 3."""
    return source.text is not None and root_name(source.text) == "assessmentItem"


def read(source: Source) -> Findings:
    """The question of one item file."""
    root = normalise(safe_xml.parse(source.data))
    if root.tag != "assessmentItem":
        raise Refused(problem("corrupt-file", places.FILE))
    reader = AssessmentReader()
    reader.read(root, lambda _: None)
    return reader.findings()


@dataclass(frozen=True, slots=True)
class About:
    """What a package says about an item outside of it."""

    topic: str | None = None
    level: str | None = None
    source: str | None = None


class AssessmentReader(Collected):
    """Reads items one after the other, numbering them through."""

    def read(self, item: Element, lookup: Lookup, about: About | None = None) -> None:
        """Read one item; `lookup` finds its pictures."""
        kind = _unsupported(item)
        self.count += kind != "description"
        if kind is not None:
            self.skipped[kind] += 1
            return
        stated = _stated(item, self.count, lookup)
        if about:
            stated.topic, stated.level, stated.source = about.topic, about.level, about.source
        self.add(stated)


def _unsupported(item: Element) -> str | None:
    """The kind of an item, if it is one that cannot be used here."""
    if item.get("adaptive") in ("true", "1"):
        return "adaptive"
    found = [element.tag for element in item.iter() if element.tag.endswith("Interaction")]
    if found == ["choiceInteraction"]:
        return None
    if len(found) > 1:
        return "composite"
    return _KINDS.get(found[0], found[0].removesuffix("Interaction")) if found else "description"


def _stated(item: Element, number: int, lookup: Lookup) -> Stated:
    interaction = next(item.iter("choiceInteraction"))
    wording = _wording(item, interaction)
    stated = Stated(str(number), place_of(item, number), wording.text)
    collect(stated, wording.pictures, lookup)
    labels: dict[str, int] = {}
    key = read_key(item, interaction.get("responseIdentifier") or "RESPONSE")
    for choice in interaction.iter("simpleChoice"):
        identity = choice.get("identifier") or ""
        labels.setdefault(identity, len(stated.choices))
        text = shown(inner_html(choice, *_FEEDBACK))
        made = Choice(
            text.text,
            pinned=choice.get("fixed") in ("true", "1"),
            feedback=_feedback(item, choice, identity),
            weight=key.weights.get(identity),
        )
        add_choice(stated, made, text.pictures, lookup)
    stated.explanation = _explanation(item, labels)
    _set_key(stated, key, labels, interaction)
    return stated


def _wording(item: Element, interaction: Element) -> Shown:
    """The body without the choices, and the prompt that stands with them."""
    body = next(item.iter("itemBody"), item)
    prompt = interaction.find("prompt")
    parts = [shown(inner_html(body, *_HIDDEN))]
    if prompt is not None:
        parts.append(shown(inner_html(prompt, *_FEEDBACK)))
    return Shown(
        "\n".join(part.text for part in parts if part.text),
        tuple(picture for part in parts for picture in part.pictures),
    )


def _feedback(item: Element, choice: Element, identity: str) -> str | None:
    """Inside the choice, or shown by its identifier."""
    found = [shown(inner_html(part)).text for part in choice.iter() if part.tag in _FEEDBACK]
    found += [
        shown(inner_html(part)).text
        for part in item.iter("modalFeedback")
        if part.get("identifier") == identity
    ]
    return "\n".join(filter(None, found)) or None


def _explanation(item: Element, labels: dict[str, int]) -> str | None:
    """Feedback on the whole item that does not depend on a choice."""
    found = [
        shown(inner_html(part)).text
        for part in item.iter("modalFeedback")
        if part.get("identifier") not in labels
    ]
    return "\n".join(filter(None, dict.fromkeys(found))) or None


def _set_key(stated: Stated, key: Key, labels: dict[str, int], interaction: Element) -> None:
    stated.key_from = key.key_from
    stated.several = key.several or _max_choices(interaction) != 1
    set_key(stated, key.right, key.contradicts, labels)


def _max_choices(interaction: Element) -> int:
    """How many choices may be ticked; 0 is any number, and 1 where nothing is said."""
    text = interaction.get("maxChoices") or "1"
    return int(text) if text.isdecimal() else 1
