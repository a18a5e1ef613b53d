"""A framework's sheet cut down to the rules that our pages can meet. Pure.

Bootstrap whole weighs more than twice what a page of the attempt may. What stays of it: selectors whose every
class and element occurs in a template or script, declarations that our own sheet does not set again for the
same selector, and variables that something still reads. States (:disabled, :checked, .is-invalid …) stay with
their element.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import tinycss2  # type: ignore[import-untyped]  # ships no types

Node = Any

_READS = re.compile(r"var\(\s*(--[\w-]+)")
_AROUND_SIGN = re.compile(r"\s*([>+~])\s*")
_NEVER_WRITTEN = {"html", "body"}  # every page has them, whether a template is read or not
_SHORT = ("padding", "margin", "background", "border-radius", "transition", "font", "border", "outline")
# A shorthand does not set these, though their names begin like it.
_APART = {"border-radius", "border-collapse", "border-spacing", "background-clip", "outline-offset"}


@dataclass(frozen=True)
class Usage:
    """What occurs in the templates and scripts that a sheet is for."""

    classes: frozenset[str]
    elements: frozenset[str]
    attributes: frozenset[str]


@dataclass(frozen=True)
class Part:
    """A share of the framework: selectors with one of the classes `only`, if any, and none of `without`."""

    only: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()

    def has(self, classes: frozenset[str]) -> bool:
        return (not self.only or bool(classes & self.only)) and not classes & self.without


@dataclass
class _Rule:
    """One rule: the at-rules around it, its selectors with what they need, its declarations."""

    around: tuple[str, ...]
    selectors: dict[str, Usage]
    content: list[Node]
    declarations: list[Node] = field(default_factory=list)


def narrow(framework: str, usage: Usage, never: frozenset[str] = frozenset()) -> str:
    """What can match on a page at all, without a look at any other sheet.

    `never` are parts of selectors, as they are written, that no page has.
    """
    rules = list(_matching(framework, lambda needs: _meets(usage, needs)))
    for rule in rules:
        kept = {text: needs for text, needs in rule.selectors.items() if not any(n in text for n in never)}
        rule.selectors = kept
    return _written(rule for rule in rules if rule.selectors)


def cut(framework: str, own: str, part: Part, readers: str = "") -> str:
    """What a part of `framework` adds in front of `own`; deterministic, in the same order.

    `readers` are sheets that stand elsewhere and may read variables that this part sets.
    """
    rules = list(_matching(framework, lambda needs: part.has(needs.classes)))
    _drop_what_is_set_again(rules, _settings(own))
    _drop_unread_variables(rules, own + readers)
    return _written(rules)


def classes_of(sheet: str) -> frozenset[str]:
    """Every class that a selector of the sheet names."""
    return frozenset(
        name for rule in _rules(sheet) for needs in rule.selectors.values() for name in needs.classes
    )


def _meets(usage: Usage, needs: Usage) -> bool:
    return (
        needs.classes <= usage.classes
        and needs.elements <= usage.elements | _NEVER_WRITTEN
        and needs.attributes <= usage.attributes
    )


def _matching(sheet: str, matches: Callable[[Usage], bool]) -> Iterator[_Rule]:
    """Rules with those of their selectors that match, if any does."""
    for rule in _rules(sheet):
        rule.selectors = {text: needs for text, needs in rule.selectors.items() if matches(needs)}
        if rule.selectors:
            parsed = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            rule.declarations = [node for node in parsed if node.type == "declaration"]
            yield rule


def _rules(sheet: str) -> Iterator[_Rule]:
    """Rules in order; @keyframes and @font-face are left out, since nothing of ours moves or loads fonts."""
    yield from _rules_among(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True), ())


def _rules_among(nodes: Iterable[Node], around: tuple[str, ...]) -> Iterator[_Rule]:
    for node in nodes:
        if node.type == "qualified-rule":
            yield _Rule(around, _selectors(node.prelude), node.content)
        elif node.type == "at-rule" and node.lower_at_keyword in ("media", "supports"):
            head = f"@{node.lower_at_keyword} {tinycss2.serialize(node.prelude).strip()}"
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            yield from _rules_among(inner, (*around, head))


def _selectors(prelude: Sequence[Node]) -> dict[str, Usage]:
    """The selectors between the commas, written in one way, each with what it needs."""
    parts: list[list[Node]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return {_AROUND_SIGN.sub(r"\1", tinycss2.serialize(part)).strip(): _needs(part) for part in parts}


def _needs(tokens: Sequence[Node]) -> Usage:
    """What must be on the page for a selector to match; what stands inside :not() need not be there."""
    classes: set[str] = set()
    elements: set[str] = set()
    attributes: set[str] = set()
    before = ""
    for token in tokens:
        if token.type == "ident" and before == ".":
            classes.add(token.value)
        elif token.type == "ident" and before != ":":
            elements.add(token.lower_value)
        elif token.type == "[] block":
            attributes |= {part.lower_value for part in token.content[:1] if part.type == "ident"}
        before = token.value if token.type == "literal" else ""
    return Usage(frozenset(classes), frozenset(elements), frozenset(attributes))


def _settings(own: str) -> dict[str, dict[str, bool]]:
    """By selector, the properties that our own sheet sets on every medium, and whether as important."""
    found: dict[str, dict[str, bool]] = {}
    for rule in _matching(own, lambda _needs: True):
        if not rule.around:
            for selector in rule.selectors:
                found.setdefault(selector, {}).update({d.name: d.important for d in rule.declarations})
    return found


def _drop_what_is_set_again(rules: Iterable[_Rule], own: dict[str, dict[str, bool]]) -> None:
    """Ours comes later and would win anyway."""
    for rule in rules:
        again = [own.get(selector, {}) for selector in rule.selectors]
        rule.declarations = [one for one in rule.declarations if not all(_sets(ours, one) for ours in again)]


def _sets(ours: dict[str, bool], declaration: Node) -> bool:
    names = [declaration.name]
    if declaration.name not in _APART:
        names += [short for short in _SHORT if declaration.name.startswith(f"{short}-")]
    return any(name in ours and ours[name] >= declaration.important for name in names)


def _drop_unread_variables(rules: Sequence[_Rule], others: str) -> None:
    """Variables that only feed unread variables go too, so this is done until nothing changes."""
    read_by_others = set(_READS.findall(others))
    are_left = True
    while are_left:
        values = (tinycss2.serialize(one.value) for rule in rules for one in rule.declarations)
        read = read_by_others.union(*(_READS.findall(value) for value in values))
        are_left = False
        for rule in rules:
            kept = [one for one in rule.declarations if not one.name.startswith("--") or one.name in read]
            are_left = are_left or len(kept) < len(rule.declarations)
            rule.declarations = kept


def _written(rules: Iterable[_Rule]) -> str:
    parts: list[str] = []
    opened: tuple[str, ...] = ()
    for rule in rules:
        if not rule.declarations:
            continue
        if rule.around != opened:
            parts += ["}" * len(opened), *(f"{head}{{" for head in rule.around)]
            opened = rule.around
        body = ";".join(_declaration(one) for one in rule.declarations)
        parts.append(f"{','.join(rule.selectors)}{{{body}}}")
    return "".join([*parts, "}" * len(opened)])


def _declaration(node: Node) -> str:
    mark = "!important" if node.important else ""
    return f"{node.name}:{tinycss2.serialize(node.value).strip()}{mark}"
