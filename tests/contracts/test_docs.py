"""What the documents name exists: files, make targets, commands."""

import re

from quiz.core.settings import ROOT
from tests.support.sources import for_every_file, tracked

_DOCS = [path for path in tracked() if path.suffix == ".md"]
_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)\s#]+)")
_MAKE = re.compile(r"\bmake ([a-z][a-z-]+)\b")
_FLASK = re.compile(r"\bflask (?:--app wsgi )?([a-z]+(?: [a-z-]+)?)")


def _code(text: str) -> str:
    """Only what is set as code: prose says «make sure»."""
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL))


@for_every_file(_DOCS)
def test_links_lead_to_files(path):
    missing = [
        link for link in _LINK.findall(path.read_text(encoding="utf-8")) if not (path.parent / link).exists()
    ]
    assert not missing


def test_every_page_of_the_handbook_is_reached_from_its_first():
    handbook = ROOT / "docs" / "organiser"
    first = handbook / "README.md"
    seen, waiting = {first}, [first]
    while waiting:
        page = waiting.pop()
        for link in _LINK.findall(page.read_text(encoding="utf-8")):
            found = (page.parent / link).resolve()
            if found.suffix == ".md" and found.parent == handbook and found not in seen:
                seen.add(found)
                waiting.append(found)
    assert set(handbook.glob("*.md")) - seen == set()


@for_every_file(_DOCS)
def test_make_targets_exist(path):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(_MAKE.findall(_code(path.read_text(encoding="utf-8")))) <= targets


@for_every_file(_DOCS)
def test_commands_exist(path, whole):
    unknown = []
    for words in _FLASK.findall(_code(path.read_text(encoding="utf-8"))):
        first, *rest = words.split()
        group = whole.cli.commands.get(first)
        inner = getattr(group, "commands", None)
        if first not in ("db", "routes", "run", "shell") and (
            group is None or (inner and rest and rest[0] not in inner)
        ):
            unknown.append(words)
    assert not unknown


def test_pictures_are_few_small_shown_and_made_by_the_script():
    """`scripts/screenshots.py` takes them all, so none can stay behind and age."""
    pictures = {path.name: path for path in (ROOT / "docs" / "img").glob("*.png")}
    script = (ROOT / "scripts" / "screenshots.py").read_text(encoding="utf-8")
    texts = [path.read_text(encoding="utf-8") for path in _DOCS]
    taken = re.findall(r'Picture\("([^"]+)"', script)
    shown = {name for text in texts for name in re.findall(r"img/([a-z-]+\.png)\)", text)}
    assert sorted(pictures) == sorted(taken) == sorted(shown)
    assert len(pictures) <= 12
    assert [name for name, path in pictures.items() if path.stat().st_size > 80_000] == []
