"""The key of a QTI 1.2 item, out of its response processing.

Programs say it in three ways: by points that a condition sets, by the name `SCORE.max`, or by showing the
feedback called "correct". Only conditions that give something are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

_MAXIMUM = "score.max"
_CORRECT = ("correct", "correct_fb")
_FEEDBACK = ("incorrect", "general_incorrect_fb", "correct", "correct_fb", "incorrect_fb")


@dataclass(slots=True)
class Scoring:
    """Identifiers of the right choices, and the names of feedback by choice and for everybody."""

    right: list[str] = field(default_factory=list)
    contradicts: list[frozenset[str]] = field(default_factory=list)
    feedback: dict[str, list[str]] = field(default_factory=dict)
    general: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Condition:
    """One condition: which choices have to be picked, which not, and what follows."""

    picked: tuple[str, ...]
    unpicked: tuple[str, ...]
    either: bool
    points: float
    is_maximum: bool
    feedback: tuple[str, ...]


def read_scoring(item: Element, labels: Sequence[str]) -> Scoring:
    """What the conditions of an item say about its choices."""
    scoring = Scoring()
    conditions = [_condition(element) for element in item.iter("respcondition")]
    for condition in conditions:
        _take_feedback(scoring, condition, labels)
    giving = [condition for condition in conditions if condition.picked and condition.points > 0]
    full = [condition for condition in conditions if condition.picked and condition.is_maximum]
    named = [
        condition for condition in conditions
        if condition.picked and any(name.lower() in _CORRECT for name in condition.feedback)
    ]  # fmt: skip
    keys = [frozenset(_right(found)) for found in (giving, full) if found]
    if not keys and named:
        keys = [frozenset(_right(named))]
    if len(set(keys)) > 1:
        scoring.contradicts = sorted(set(keys), key=sorted)
    elif keys:
        order = {label: index for index, label in enumerate(labels)}
        scoring.right = sorted(keys[0], key=lambda label: order.get(label, len(order)))
    return scoring


def _right(conditions: Sequence[_Condition]) -> set[str]:
    """What has to be picked for the most points; a condition for all of them wins over parts of it."""
    best = max(condition.points for condition in conditions)
    whole = [condition for condition in conditions if len(condition.picked) > 1 and not condition.either]
    if whole and max(condition.points for condition in whole) >= best:
        return set(max(whole, key=lambda condition: condition.points).picked)
    return {label for condition in conditions for label in condition.picked}


def _take_feedback(scoring: Scoring, condition: _Condition, labels: Sequence[str]) -> None:
    single = condition.picked[0] if len(condition.picked) == 1 and not condition.unpicked else None
    for name in condition.feedback:
        if name.lower() in _FEEDBACK:
            continue
        if single in labels:
            scoring.feedback.setdefault(single or "", []).append(name)
        elif not condition.picked and name not in scoring.general:
            scoring.general.append(name)


def _condition(element: Element) -> _Condition:
    variables = element.find("conditionvar")
    picked: list[str] = []
    unpicked: list[str] = []
    either = False
    if variables is not None:
        for label, wanted, optional in _equals(variables, wanted=True, optional=False):
            (picked if wanted else unpicked).append(label)
            either = either or optional
    values = [(setvar.text or "").strip().lower() for setvar in element.iter("setvar")]
    feedback = tuple(shown.get("linkrefid") or "" for shown in element.iter("displayfeedback"))
    points = sum(_number(value) for value in values)
    return _Condition(
        tuple(dict.fromkeys(picked)), tuple(unpicked), either, points, _MAXIMUM in values, feedback
    )


def _equals(element: Element, *, wanted: bool, optional: bool) -> Iterator[tuple[str, bool, bool]]:
    """Every `varequal` below, with whether it is wanted (not inside `not`) and only one of several (`or`)."""
    for part in element:
        if part.tag in ("varequal", "varsubset", "varsubstring"):
            yield (part.text or "").strip(), wanted, optional
        elif part.tag == "not":
            yield from _equals(part, wanted=not wanted, optional=optional)
        elif part.tag in ("and", "or"):
            yield from _equals(part, wanted=wanted, optional=optional or part.tag == "or")


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
