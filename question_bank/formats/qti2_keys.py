"""The key of a QTI 2 or 3 item: stated as the correct response, by a mapping, or only in the processing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

_CONDITIONS = ("responseIf", "responseElseIf")
_SAME = 0.001


@dataclass(slots=True)
class Key:
    """Identifiers of the right choices; `contradicts` holds the keys that do not agree."""

    right: list[str] = field(default_factory=list)
    key_from: str = "correct response"
    several: bool = False
    weights: dict[str, float] = field(default_factory=dict)
    contradicts: list[frozenset[str]] = field(default_factory=list)


def read_key(item: Element, identifier: str) -> Key:
    """The key for the response with this identifier."""
    declaration = next(
        (found for found in item.iter("responseDeclaration") if found.get("identifier") == identifier), None
    )
    key = Key()
    if declaration is not None:
        key.several = declaration.get("cardinality") in ("multiple", "ordered")
        key.right = [_text(value) for value in declaration.findall("correctResponse/value")]
        _read_mapping(declaration, key)
    if not key.right and not key.contradicts:
        key.right, key.key_from = list(dict.fromkeys(_processed(item, identifier))), "response processing"
    return key


def _read_mapping(declaration: Element, key: Key) -> None:
    """Points by choice: the key if nothing else states it, and weights if they say more than that."""
    points = {
        entry.get("mapKey") or "": _number(entry.get("mappedValue"))
        for entry in declaration.findall("mapping/mapEntry")
    }
    earning = {identity: value for identity, value in points.items() if value > 0}
    if not earning:
        return
    most = max(earning.values())
    best = set(earning) if key.several else {name for name, value in earning.items() if value > most - _SAME}
    if not key.right:
        key.right, key.key_from = [name for name in points if name in best], "mapping"
    elif set(key.right) != best:
        key.contradicts = sorted({frozenset(key.right), frozenset(best)}, key=sorted)
        return
    whole = sum(earning.values()) if key.several else most
    shares = {identity: value / whole for identity, value in points.items()}
    even = 1 / len(best)
    expected = dict.fromkeys(best, even if key.several else 1.0)
    if any(abs(share - expected.get(identity, 0)) > _SAME for identity, share in shares.items()):
        key.weights = {identity: round(share, 6) for identity, share in shares.items()}


def _processed(item: Element, identifier: str) -> Iterator[str]:
    """Choices that a condition compares the response with and rewards."""
    for condition in item.iter():
        if condition.tag not in _CONDITIONS or not _rewards(condition):
            continue
        for test in condition.iter():
            if test.tag in ("match", "member", "equal") and _is_about(test, identifier):
                yield from (_text(value) for value in test.iter("baseValue"))


def _is_about(test: Element, identifier: str) -> bool:
    return any(variable.get("identifier") == identifier for variable in test.iter("variable"))


def _rewards(condition: Element) -> bool:
    """Whether a condition sets a score above zero."""
    for outcome in condition.findall("setOutcomeValue"):
        value = outcome.find("baseValue")
        if (outcome.get("identifier") or "").upper().endswith("SCORE") and value is not None:
            return _number(value.text) > 0
    return False


def _text(element: Element) -> str:
    return "".join(element.itertext()).strip()


def _number(text: str | None) -> float:
    try:
        return float(text or "0")
    except ValueError:
        return 0.0
