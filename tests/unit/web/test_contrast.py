"""Contrast of every look, computed from the tokens; docs/contrast.md lists the same numbers."""

import re

import pytest

from quiz.core.settings import ROOT

_CSS = ROOT / "static" / "css"
_TEXT, _SIGN = 4.5, 3.0
# Foreground, ground, what WCAG asks for: 4.5 for words, 3 for borders and focus rings.
_PAIRS = (
    ("ink", "paper", _TEXT),
    ("ink", "surface", _TEXT),
    ("ink", "sunken", _TEXT),
    ("ink", "cham-tint", _TEXT),
    ("ink", "gold-tint", _TEXT),
    ("ink", "ok-tint", _TEXT),
    ("ink", "warn-tint", _TEXT),
    ("ink", "err-tint", _TEXT),
    ("ink", "err-field", _TEXT),
    ("ink-2", "paper", _TEXT),
    ("ink-2", "surface", _TEXT),
    ("ink-2", "sunken", _TEXT),
    ("on-fill", "red", _TEXT),
    ("on-fill", "seal", _TEXT),
    ("on-fill", "cham", _TEXT),
    ("red", "paper", _TEXT),
    ("red", "surface", _TEXT),
    ("red-deep", "paper", _TEXT),
    ("cham", "paper", _TEXT),
    ("cham", "surface", _TEXT),
    ("cham", "cham-tint", _TEXT),
    ("gold-ink", "paper", _TEXT),
    ("gold-ink", "gold-tint", _TEXT),
    ("ok", "surface", _TEXT),
    ("ok", "ok-tint", _TEXT),
    ("warn", "warn-tint", _TEXT),
    ("err", "surface", _TEXT),
    ("err", "err-tint", _TEXT),
    ("err", "err-field", _TEXT),
    ("on-dark", "cham-deep", _TEXT),
    ("on-dark", "cham-lift", _TEXT),
    ("on-dark-2", "cham-deep", _TEXT),
    ("gold-on-dark", "cham-deep", _TEXT),
    ("line-strong", "paper", _SIGN),
    ("line-strong", "surface", _SIGN),
    ("warn-line", "warn-tint", _SIGN),
    ("focus", "paper", _SIGN),
    ("focus", "surface", _SIGN),
)
_VALUE = re.compile(r"--th-([a-z0-9-]+): (#[0-9a-f]{6});")
_BLOCK = re.compile(r"(@media[^{]+)\{\s*([^{]+)\{(.*?)\}", re.DOTALL)
_PLAIN = dict(_VALUE.findall((_CSS / "tokens.css").read_text(encoding="utf-8")))


def _looks():
    """Every look with all its colours: what it changes on top of the plain one."""
    found = {"light": _PLAIN}
    text = re.sub(r"/\*.*?\*/", "", (_CSS / "themes.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    names = {
        ("dark", False): "dark",
        ("", False): "chosen",
        ("light", True): "more contrast",
        ("dark", True): "dark, more contrast",
    }
    for media, selector, body in _BLOCK.findall(text):
        if "print" in media:
            continue
        scheme = next(iter(re.findall(r"prefers-color-scheme: (\w+)", media)), "")
        name = names[scheme, "prefers-contrast" in media]
        if name == "chosen":
            name = f"chosen {selector.split(chr(34))[1]}"
        under = found["dark"] if name == "dark, more contrast" else _PLAIN
        found[name] = under | dict(_VALUE.findall(body))
    return found


_LOOKS = _looks()


def _light(colour):
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """The ratio of WCAG 2.2, from 1 to 21."""
    darker, lighter = sorted((_light(one), _light(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_there_are_all_looks():
    assert set(_LOOKS) == {
        *("light", "dark", "more contrast", "dark, more contrast"),
        *("chosen dark", "chosen contrast"),
    }


def test_a_chosen_look_is_that_of_the_device():
    assert _LOOKS["chosen dark"] == _LOOKS["dark"]
    assert _LOOKS["chosen contrast"] == _LOOKS["more contrast"]


@pytest.mark.parametrize("look", sorted(_LOOKS))
def test_every_pair_reaches_what_it_needs(look):
    tokens = _LOOKS[look]
    found = {(a, b): contrast(tokens[a], tokens[b]) for a, b, _least in _PAIRS}
    low = {pair: round(found[pair], 2) for *pair_, least in _PAIRS if found[pair := tuple(pair_)] < least}
    assert not low


def test_more_contrast_is_more():
    for a, b, _least in _PAIRS[:2] + _PAIRS[9:11]:
        assert contrast(_LOOKS["more contrast"][a], _LOOKS["more contrast"][b]) > contrast(
            _PLAIN[a], _PLAIN[b]
        )


def test_the_document_lists_these_numbers():
    text = (ROOT / "docs" / "contrast.md").read_text(encoding="utf-8")
    shown = ("light", "dark", "more contrast")
    missing = []
    for a, b, least in _PAIRS:
        numbers = " | ".join(f"{contrast(_LOOKS[look][a], _LOOKS[look][b]):.1f}" for look in shown)
        line = f"| {a} | {b} | {least:g} | {numbers} |"
        if line not in text:
            missing.append(line)
    assert not missing, "\n".join(missing)
