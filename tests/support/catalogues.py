"""Catalogues against sources: `python -m tests.support.catalogues` says what is missing, `--update` adds it.

The words in the sources are Vietnamese, so English is the catalogue that has to be complete. The Vietnamese
one only holds what other packages say in English (WTForms).
"""

import contextlib
import io
import re
import sys
import tempfile
import unicodedata
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po, write_po

from question_bank import speech
from quiz.core.settings import ROOT
from tests.support.sources import short

TRANSLATIONS = ROOT / "quiz" / "translations"
_FIRST = "vi"
_SECOND = TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.po"
_KEYWORDS = ("_l", "lazy_gettext", "lazy_ngettext:1,2", "lazy_pgettext:1c,2")
_PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[a-z%]|\{\w*\}")
_TAG = re.compile(r"</?[a-z]+[^>]*>")


@cache
def extracted() -> Catalog:
    """Every message of the sources, extracted once."""
    with tempfile.TemporaryDirectory() as folder:
        return _read(_extract(Path(folder) / "messages.pot"))


def problems() -> list[str]:
    """What keeps the catalogues from being complete and right, a line each."""
    source = extracted()
    found = [
        f"not NFC in the sources: {text!r}"
        for message in source
        for text in _texts(message.id)
        if not unicodedata.is_normalized("NFC", text)
    ]
    for path in sorted(TRANSLATIONS.glob("*/LC_MESSAGES/*.po")):
        language = path.parts[-3]
        lines = _first_language(path) if language == _FIRST else _translation(path, source)
        found += [f"{short(path)}: {line}" for line in lines]
    if not _SECOND.exists():
        found.append(f"{short(_SECOND)} is missing; make messages starts it")
    return found


def update() -> None:
    """Bring every catalogue except the first language's up to date; new messages come in empty."""
    with tempfile.TemporaryDirectory() as folder:
        template = _extract(Path(folder) / "messages.pot")
        if not _SECOND.exists():
            _babel("init", "-i", str(template), "-o", str(_SECOND), "-l", "en")
        for path in sorted(TRANSLATIONS.glob("*/LC_MESSAGES/*.po")):
            if path.parts[-3] != _FIRST:
                _babel("update", "-i", str(template), "-o", str(path), "-l", path.parts[-3], *_UPDATE)


_UPDATE = ("--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date", "--width=110")


def _translation(path: Path, source: Catalog) -> list[str]:
    catalogue = _read(path)
    lines = [f"fuzzy: {message.id!r}" for message in catalogue if message.id and message.fuzzy]
    wanted = {_key(message): message for message in source if message.id}
    have = {_key(message): message for message in catalogue if message.id}
    lines += [f"not in the catalogue (make messages): {key[1]!r}" for key in wanted.keys() - have.keys()]
    lines += [f"no longer in the sources (make messages): {key[1]!r}" for key in have.keys() - wanted.keys()]
    complete = path == _SECOND  # other languages may leave words out: they are said in Vietnamese
    for key in sorted(wanted.keys() & have.keys(), key=str):
        if complete or any(_texts(have[key].string)):
            lines += _faults(have[key])
    return lines


def _first_language(path: Path) -> list[str]:
    return [line for message in _read(path) if message.id for line in _faults(message)]


def _faults(message: Message) -> list[str]:
    """What is wrong with one translation."""
    ids, strings = _texts(message.id), _texts(message.string)
    if not all(strings):
        return [f"not translated: {ids[0]!r}"]
    lines = []
    for text in strings:
        if _marks(_PLACEHOLDER, text) not in [_marks(_PLACEHOLDER, one) for one in ids]:
            lines.append(f"other placeholders than the source: {ids[0]!r} -> {text!r}")
        if _marks(_TAG, text) not in [_marks(_TAG, one) for one in ids]:
            lines.append(f"other markup than the source: {ids[0]!r} -> {text!r}")
    return lines


def _marks(pattern: re.Pattern[str], text: str) -> list[str]:
    return sorted(set(pattern.findall(text)))


def _texts(value: str | list[str] | tuple[str, ...] | None) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


def _key(message: Message) -> tuple[str | None, str]:
    return message.context, _texts(message.id)[0]


def _extract(target: Path) -> Path:
    keywords = [part for keyword in _KEYWORDS for part in ("-k", keyword)]
    _babel(
        *("extract", "-F", str(ROOT / "pyproject.toml"), "-o", str(target), *keywords),
        *("--sort-output", "--no-wrap", "--add-location=file", "--no-default-keywords"),
        *("-k", "_", "-k", "gettext", "-k", "ngettext:1,2", "-k", "pgettext:1c,2"),
        *("--project=timhieu", "--copyright-holder=Tìm Hiểu", "--msgid-bugs-address=", "."),
    )
    _add_readers_words(target)
    return target


def _add_readers_words(template: Path) -> None:
    """What pure packages say: they cannot mark their words."""
    catalogue = _read(template)
    for text in speech.sentences():
        catalogue.add(text, locations=[("question_bank/speech.py", 0)])
    for text in speech.words_of_places():
        catalogue.add(text, locations=[("question_bank/places.py", 0)], context="place")
    with template.open("wb") as file:
        write_po(file, catalogue, width=0, sort_output=True, include_lineno=False)


def _babel(*words: str) -> None:
    # pybabel's own command: what a person would run by hand.
    with contextlib.chdir(ROOT):
        CommandLineInterface().run(["pybabel", "--quiet", *words])  # type: ignore[no-untyped-call]  # not typed


def _read(path: Path) -> Catalog:
    return read_po(io.BytesIO(path.read_bytes()), abort_invalid=True)


def main() -> int:
    """Check; or bring up to date and say what is left to translate."""
    updating = "--update" in sys.argv[1:]
    if updating:
        update()
    lines = problems()
    sys.stdout.write("\n".join(lines or ["Catalogues: complete."]) + "\n")
    return 1 if lines and not updating else 0


if __name__ == "__main__":
    sys.exit(main())
