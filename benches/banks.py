"""Large files of questions: seconds and memory of `flask bank read` and `flask bank import`."""

import itertools
import json
import tempfile
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from benches.frame import Row, Used, run, shortest

_FLASK = ("-m", "flask", "--app", "wsgi")
_IMPORTED, _SIZES, _COMPARED = 10_000, (5_000, 10_000, 20_000), 2_000
_FORMATS = ("xlsx", "csv", "docx", "gift", "aiken", "moodle", "qti", "json")
_EXTENSIONS = {"aiken": "txt", "moodle": "xml", "qti": "zip"}
# Twice the questions may take twice the memory, and a little for the steps in which lists grow; four times
# would be the square.
_GROWTH = 2.5
_SECONDS, _SECONDS_READING = 15, 10


def rows() -> Iterable[Row]:
    """All rows, in a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        yield from _importing(folder)
        yield from _memory(folder)
        yield from _formats(folder)


def _file(folder: Path, form: str, count: int) -> Path:
    path = folder / f"{form}-{count}.{_EXTENSIONS.get(form, form)}"
    if not path.exists():
        run(["-m", "benches.made", form, str(count), str(path)])
    return path


def _read(path: Path) -> Used:
    return run([*_FLASK, "bank", "read", str(path)])


def _importing(folder: Path) -> Iterator[Row]:
    path = _file(folder, "xlsx", _IMPORTED)
    places = (folder / f"var-{number}" for number in itertools.count())
    env: dict[str, str] = {}

    def into_a_new_bank() -> Used:
        place = next(places)
        place.mkdir()
        env.update(QUIZ_VAR=str(place), QUIZ_ENV="development", DATABASE_URL="")
        run([*_FLASK, "db", "upgrade"], env)
        return once_more()

    def once_more() -> Used:
        return run([*_FLASK, "bank", "import", str(path), "--bank", "thu"], env)

    first = shortest(into_a_new_bank, _SECONDS)
    what = f"xlsx, {_IMPORTED:,} questions: import into a new SQLite bank"
    yield Row(what, first.seconds, "s", _SECONDS, note=f"{first.cpu:.1f} s of one core")
    yield Row(f"{what}, peak", first.megabytes, "MB", 400)
    again = shortest(once_more, _SECONDS)
    yield Row("the same file once more", again.seconds, "s", _SECONDS, note=f"{again.cpu:.1f} s of one core")
    yield Row("the same file once more, questions saved", _saved(again), "", 0)
    written = shortest(
        lambda: run([*_FLASK, "bank", "export", "thu", str(folder / "bank.json")], env), _SECONDS
    )
    yield Row("the whole bank written as JSON", written.seconds, "s", _SECONDS)
    kept = json.loads((folder / "bank.json").read_text(encoding="utf-8"))["questions"]
    yield Row("questions in the bank", len(kept), "", _IMPORTED, at_least=True)


def _saved(used: Used) -> int:
    """The number in front of " saved" in what the command said."""
    return int(used.output.rsplit(" saved", 1)[0].rsplit(" ", 1)[1])


def _memory(folder: Path) -> Iterator[Row]:
    peaks = []
    for count in _SIZES:
        used = _read(_file(folder, "xlsx", count))
        peaks.append(used.megabytes)
        yield Row(f"xlsx, {count:,} questions: read, peak", peaks[-1], "MB", note=f"{used.seconds:.1f} s")
    small, middle, large = peaks
    # What the program itself takes is in all three and falls out.
    what = "memory of 10,000 more questions over that of 5,000 more"
    yield Row(what, (large - middle) / (middle - small), "×", _GROWTH)


def _formats(folder: Path) -> Iterator[Row]:
    for form in _FORMATS:
        path = _file(folder, form, _COMPARED)
        used = shortest(partial(_read, path), _SECONDS_READING)
        note = f"{used.cpu:.1f} s of one core, peak {used.megabytes:.0f} MB"
        yield Row(f"{form}, {_COMPARED:,} questions: read", used.seconds, "s", _SECONDS_READING, note=note)
