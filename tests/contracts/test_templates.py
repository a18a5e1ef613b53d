"""Templates: they load, they find their parts, and nothing in them needs a hole in the CSP."""

import ast
import re

from jinja2 import StrictUndefined, meta, nodes

from quiz.core.settings import ROOT
from tests.support.sources import for_every_file, python_files, short, templates, tree

_TEMPLATES = ROOT / "templates"
_INLINE = {
    "style block": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"""\sstyle\s*=\s*["'{]""", re.IGNORECASE),
    "event handler": re.compile(r"""\son[a-z]+\s*=\s*["'{]""", re.IGNORECASE),
    "javascript: link": re.compile(r"javascript:", re.IGNORECASE),
    "button without type": re.compile(r"<button\b(?![^>]*\btype=)", re.IGNORECASE),
    "link to a new window without rel": re.compile(
        r"""target=["']_blank["'](?![^>]*\brel=)""", re.IGNORECASE
    ),
    "something from another server": re.compile(
        r"""\b(?:src|srcset)\s*=\s*["'](?:https?:)?//""", re.IGNORECASE
    ),
}
_ICONS = ROOT / "static" / "img" / "icons.svg"
_ICON_NAMES = re.compile(r"""\b(?:icon\(|(?:before|after|symbol)=)"([a-z-]+)""" + '"')
# Scripts come from static/; only data may stand in the page.
_SCRIPT = re.compile(r"<script\b([^>]*)>", re.IGNORECASE)


def _name(path):
    return path.relative_to(_TEMPLATES).as_posix()


@for_every_file(templates())
def test_template_compiles_and_finds_its_parts(path, whole):
    environment = whole.jinja_env
    environment.get_template(_name(path))
    parts = meta.find_referenced_templates(environment.parse(path.read_text(encoding="utf-8")))
    missing = [part for part in parts if part and not (_TEMPLATES / part).is_file()]
    assert not missing


@for_every_file(templates())
def test_template_has_nothing_inline(path):
    text = path.read_text(encoding="utf-8")
    found = [
        f"line {text.count(chr(10), 0, match.start()) + 1}: {what}"
        for what, pattern in _INLINE.items()
        for match in pattern.finditer(text)
    ]
    found += [
        f"line {text.count(chr(10), 0, match.start()) + 1}: inline script"
        for match in _SCRIPT.finditer(text)
        if "src=" not in match.group(1) and 'type="application/json"' not in match.group(1)
    ]
    assert not found


@for_every_file(templates())
def test_template_links_lead_somewhere(path, whole):
    parsed = whole.jinja_env.parse(path.read_text(encoding="utf-8"))
    wrong = []
    for call in parsed.find_all(nodes.Call):
        if (
            not isinstance(call.node, nodes.Name)
            or not call.args
            or not isinstance(call.args[0], nodes.Const)
        ):
            continue
        target = call.args[0].value
        if call.node.name == "url_for" and not target.startswith(".") and target not in whole.view_functions:
            wrong.append(f"line {call.lineno}: no endpoint {target}")
        if call.node.name == "asset" and not (ROOT / "static" / target).is_file():
            wrong.append(f"line {call.lineno}: no file static/{target}")
    assert not wrong


@for_every_file(templates())
def test_template_icons_are_drawn(path):
    drawn = set(re.findall(r'<symbol id="([a-z-]+)"', _ICONS.read_text(encoding="utf-8")))
    assert drawn
    assert not set(_ICON_NAMES.findall(path.read_text(encoding="utf-8"))) - drawn


def test_undefined_names_are_errors(whole):
    assert whole.jinja_env.undefined is StrictUndefined


def test_every_template_is_used(whole):
    used = {
        part
        for path in templates()
        for part in meta.find_referenced_templates(whole.jinja_env.parse(path.read_text(encoding="utf-8")))
    }
    source = "\n".join(path.read_text(encoding="utf-8") for path in python_files("quiz"))
    unused = [
        name
        for name in map(_name, templates())
        if name not in used and f'"{name}"' not in source and not name.startswith("errors/")
    ]
    assert not unused


def test_every_template_that_is_asked_for_exists():
    missing = [
        f"{short(path)}:{node.lineno}: {node.value}"
        for path in python_files("quiz")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"[\w/-]+\.html", node.value)
        if not (_TEMPLATES / node.value).is_file()
    ]
    assert not missing
