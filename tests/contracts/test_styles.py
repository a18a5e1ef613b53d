"""The sheets as browsers get them: nothing of Bootstrap is lost that a page uses, and it stays small."""

import re

import brotli
import pytest

from quiz.core.settings import ROOT
from quiz.web.bundles import bundle_style
from quiz.web.cutting import classes_of
from quiz.web.framework import DRAWN_BY_US, PARTS, UNUSED, bootstrap
from tests.support.sources import short, templates

_CSS = ROOT / "static" / "css"
# The attempt loads these two; the stricter of the two documents that set budgets allows 10 KB.
_OF_THE_ATTEMPT = ("base.css", "attempt.css")
_MOST_OF_THE_ATTEMPT = 10 * 1024
_CLASS = re.compile(r'\bclass="([^"{}]*)"')
_KIND = re.compile(r'\bkind="([a-z-]+)"')


@pytest.fixture(scope="module")
def sheets():
    """Everything that a page can have loaded, as browsers get it."""
    return {path.name: bundle_style(path) for path in sorted(_CSS.glob("*.css"))}


@pytest.fixture(scope="module")
def known():
    return classes_of(bootstrap())


def test_every_class_of_bootstrap_in_a_template_has_its_rules(sheets, known):
    served = classes_of("".join(sheets.values()))
    lost = {
        (short(path), name)
        for path in templates()
        for value in _CLASS.findall(path.read_text(encoding="utf-8"))
        for name in value.split()
        if name in known and name not in served | DRAWN_BY_US
    }
    assert not lost, "take the name out of UNUSED, or use a class of ours"


def test_every_kind_of_button_and_notice_has_its_rules(sheets, known):
    served = classes_of(sheets["base.css"])
    text = "".join(path.read_text(encoding="utf-8") for path in templates())
    names = {f"{family}-{kind}" for family in ("btn", "alert") for kind in _KIND.findall(text)}
    # A kind is one or the other: "danger" is both, "outline-danger" only a button.
    assert {"btn-primary", "btn-outline-secondary", "alert-danger"} <= names & served
    assert not {name for name in names & UNUSED if name.removeprefix("btn-").startswith("outline")}


@pytest.mark.parametrize(
    "rule",
    [
        ".btn:disabled",
        ".btn:hover",
        ".btn:focus-visible",
        ".form-control:focus",
        ".form-control:disabled",
        ".form-control::placeholder",
        ".form-select:disabled",
        ".is-invalid~.invalid-feedback",
        ".visually-hidden",
        ".visually-hidden-focusable:not(:focus)",
        "[hidden]",
        ".alert-danger",
        ".d-flex",
    ],
)
def test_states_survive_the_cut(sheets, rule):
    assert rule in sheets["base.css"].replace(" ~ ", "~")


def test_nothing_of_bootstrap_keeps_a_colour_of_its_own(sheets):
    """Its components read our tokens; a hex colour in front of our own rules is one that was overlooked."""
    for name, first_of_ours in (("base.css", ":root{color-scheme"), ("board.css", ".nav-tabs{--bs-nav")):
        framework, _ours = sheets[name].split(first_of_ours, 1)
        assert not re.findall(r"#[0-9a-f]{3,6}\b|rgba?\(\s*\d", framework), name


def test_lists_stand_in_their_own_part(sheets):
    assert ".table>" in sheets["board.css"]
    assert ".table>" not in sheets["base.css"]
    assert set(PARTS) == {"bootstrap", "bootstrap/lists"}


def test_the_attempts_sheets_keep_to_their_budget(sheets):
    sizes = {name: len(brotli.compress(sheets[name].encode())) for name in _OF_THE_ATTEMPT}
    assert sum(sizes.values()) <= _MOST_OF_THE_ATTEMPT, sizes


def test_the_cut_is_the_same_every_time(sheets):
    assert bundle_style(_CSS / "base.css") == sheets["base.css"]


# The large screen has one look of its own, on a wall of lamps; the motif is a picture.
_OWN_COLOURS = {"tokens.css", "themes.css", "screen.css", "motif.css"}


def test_colours_have_their_values_in_the_tokens_only():
    found = {
        (path.name, colour)
        for path in sorted(_CSS.glob("*.css"))
        if path.name not in _OWN_COLOURS
        for colour in re.findall(
            r"(?:#[0-9a-fA-F]{3,8}|%23[0-9a-fA-F]{3,8}|(?:rgb|hsl)a?\([^)]*\))(?![\w-])",
            re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL),
        )
    }
    assert not found
