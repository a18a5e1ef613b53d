"""What stands between the braces of a GIFT question."""

from __future__ import annotations

import re
from collections.abc import Iterator

from question_bank.formats.building import TRUE_AND_FALSE, Stated, weigh
from question_bank.formats.gift_text import find, html_or_text
from question_bank.values import Choice

_TRUTH = re.compile(r"\s*(TRUE|FALSE|T|F)\s*(?=#|$)", re.IGNORECASE)
_WEIGHT = re.compile(r"\s*%\s*(-?\d+(?:[.,]\d+)?)\s*%")


def kind_of(inside: str) -> str | None:
    """The kind of question, if it is one that cannot be used here."""
    body = inside.strip()
    if not body or body.startswith("####"):
        return "essay"
    if body.startswith("#"):
        return "numerical"
    if _TRUTH.match(body):
        return None
    signs = [sign for sign, _ in _options(body)]
    if not signs:
        return "unknown"
    if "~" in signs:
        return None
    matched = all(find(text, "->") >= 0 for _, text in _options(body))
    return "matching" if matched and len(signs) > 1 else "shortanswer"


def read(stated: Stated, inside: str, markup: str) -> None:
    """Choices, key, feedback and explanation of a question."""
    body, explanation = _split(inside, "####")
    stated.explanation = html_or_text(explanation, markup) or None
    truth = _TRUTH.match(body)
    if truth:
        _read_truth(stated, truth[1].upper().startswith("T"), body[truth.end() :], markup)
        return
    begin = min(position for position in (find(body, "~"), find(body, "=")) if position >= 0)
    if body[:begin].strip():
        stated.note("bad-syntax", why=f"có chữ trước phương án đầu tiên: “{body[:begin].strip()[:40]}”")
    options = list(_options(body))
    # Without a `=` several choices may be ticked, as many as give something.
    stated.several = all(sign == "~" for sign, _ in options)
    weigh(stated, [_read_option(stated, sign, text, markup) for sign, text in options])
    if len(stated.correct) > 1 and not stated.several:
        stated.note("several-right", count=len(stated.correct))


def _read_option(stated: Stated, sign: str, text: str, markup: str) -> float | None:
    """Add a choice and give its share of the mark."""
    weight: float | None = 1.0 if sign == "=" else None
    if found := _WEIGHT.match(text):
        weight, text = float(found[1].replace(",", ".")) / 100, text[found.end() :]
    text, feedback = _split(text, "#")
    if sign == "=" or (stated.several and weight is not None and weight > 0):
        stated.correct.append(len(stated.choices))
    said = html_or_text(feedback, markup) or None
    stated.choices.append(Choice(html_or_text(text, markup), feedback=said))
    return weight


def _read_truth(stated: Stated, truth: bool, rest: str, markup: str) -> None:
    """The first feedback is for those who answered wrongly, the second for those who were right."""
    _, rest = _split(rest, "#")
    wrong, right = (html_or_text(text, markup) or None for text in _split(rest, "#"))
    feedback = (right, wrong) if truth else (wrong, right)
    stated.choices = [
        Choice(text, feedback=said) for text, said in zip(TRUE_AND_FALSE, feedback, strict=True)
    ]
    stated.correct = [0 if truth else 1]


def _options(body: str) -> Iterator[tuple[str, str]]:
    """Each sign `=` or `~` with the text behind it."""
    body = _split(body, "####")[0]
    start, sign = -1, ""
    position = 0
    while position < len(body):
        character = body[position]
        if character == "\\":
            position += 1
        elif character in "=~":
            if sign:
                yield sign, body[start:position]
            start, sign = position + 1, character
        position += 1
    if sign:
        yield sign, body[start:]


def _split(text: str, sign: str) -> tuple[str, str]:
    """The text before and behind the first `sign` that is not escaped."""
    at = find(text, sign)
    return (text[:at], text[at + len(sign) :]) if at >= 0 else (text, "")
