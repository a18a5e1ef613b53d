"""Boards of 200,000 people, 1,000,000 attempts and 5,000 units on both databases, and finishing their round.

python -m benches.boards --people 20000        a smaller one
"""

import argparse
import gc
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import text

from benches import board_pages
from benches.board_rows import SLUG, fill
from benches.frame import Row, print_table, run
from quiz.app import create_app
from quiz.awards.key_paper import key_paper
from quiz.awards.paper_docx import paper_docx
from quiz.awards.paper_pdf import paper_pdf
from quiz.awards.paper_sheets import workbook
from quiz.awards.report import Asked, people_table, report_paper
from quiz.contests.models import Round
from quiz.contests.phases import RoundState
from quiz.contests.queries import get_contest, get_round
from quiz.core import clock
from quiz.core.database import db, transaction
from quiz.standings.service import freeze_round
from tests.support import postgresql
from tests.support.factories import KEYRING
from tests.support.run import Unavailable, make_folder

PEOPLE, ATTEMPTS_EACH, UNITS = 200_000, 5, 5_000
_P99, _FINISHED, _MEGABYTES = 50, 120, 1_000  # milliseconds, seconds
_KEYS = {
    "QUIZ_ENV": "development", "QUIZ_DATA_KEY": "data key of the tests, 9876543210", "QUIZ_LIMITS": "0",
}  # fmt: skip


def rows(people: int = PEOPLE) -> Iterator[Row]:
    """The bounds of `make bench`; the rows of a database as soon as it is done."""
    found = {}
    cluster = make_folder()
    try:
        address = postgresql.create(cluster, "boards").render_as_string(hide_password=False)
        found["PostgreSQL"] = _both(people, {"QUIZ_VAR": str(cluster / "var"), "DATABASE_URL": address})
        yield from _table("PostgreSQL", found["PostgreSQL"], people)
    except Unavailable as error:
        yield Row(f"PostgreSQL: not here ({str(error)[:60]})", 0, "")
    finally:
        postgresql.stop(cluster)
    with tempfile.TemporaryDirectory() as folder:
        found["SQLite"] = _both(people, {"QUIZ_VAR": folder, "DATABASE_URL": ""})
    yield from _table("SQLite", found["SQLite"], people)
    if len(found) == 2:
        yield from _ratios(found["SQLite"], found["PostgreSQL"])


def _table(name: str, seen: dict[str, Any], people: int) -> Iterator[Row]:
    attempts = people * ATTEMPTS_EACH
    yield Row(f"{name}: {people:,} people, {attempts:,} attempts, loaded in", seen["loaded"], "s")
    for page, figures in seen["pages"].items():
        note = f"median {figures['p50']:.1f} ms, with nothing remembered {figures['cold']:.0f} ms"
        yield Row(f"{name}: {page}, drawn anew, p99", round(figures["p99"], 1), "ms", _P99, note=note)
        yield Row(f"{name}: {page}, statements", figures["statements"], "")
        yield Row(f"{name}: {page}, most statements less fewest", figures["spread"], "", 0)
    kept, herd = seen["kept"], seen["herd"]
    yield Row(f"{name}: first page as it is kept", round(kept["whole"], 2), "ms")
    yield Row(f"{name}: first page for who has it", round(kept["unchanged"], 2), "ms")
    yield Row(f"{name}: of these answered with 304", kept["unchanged 304"], "", 1, at_least=True)
    sent = kept["whole statements"] + kept["unchanged statements"]
    yield Row(f"{name}: statements of all these", sent, "", 0)
    yield Row(f"{name}: cold board, one reader", round(herd["one"]), "ms")
    many = board_pages.READERS
    yield Row(f"{name}: cold board, {many} at once: statements beyond those of one", herd["more"], "", 0)
    # A small board is made so quickly that the readers' own requests are what is measured.
    bound = 2 if people >= PEOPLE else None
    yield Row(
        f"{name}: cold board, {many} at once: the last one in times of one",
        round(herd["times"], 2),
        "",
        bound,
    )
    yield from _finishing(name, seen["finish"])


def _finishing(name: str, seen: dict[str, float]) -> Iterator[Row]:
    for what in ("number, places", "report as PDF", "report as docx", "all people as xlsx"):
        yield Row(f"{name}: finishing: {what}", round(seen[what], 1), "s")
    yield Row(f"{name}: finishing, all together", round(sum(seen.values()) - seen["peak"], 1), "s", _FINISHED)
    yield Row(f"{name}: finishing, peak of memory", round(seen["peak"]), "MB", _MEGABYTES)


def _ratios(sqlite: dict[str, Any], postgres: dict[str, Any]) -> Iterator[Row]:
    for page, figures in sqlite["pages"].items():
        ratio = figures["p50"] / postgres["pages"][page]["p50"]
        yield Row(f"SQLite in times of PostgreSQL: {page}, median", round(ratio, 2), "", 3)
    ratio = sqlite["finish"]["number, places"] / postgres["finish"]["number, places"]
    yield Row("SQLite in times of PostgreSQL: number, places", round(ratio, 2), "", 3)


def _both(people: int, surroundings: dict[str, str]) -> dict[str, Any]:
    """Reading in one process, finishing in another, whose memory is told; then reading what is official."""
    found = _part("--load", people, surroundings)
    finished, peak = _run("--finish", people, surroundings)
    found["finish"] = finished | {"peak": peak}
    found["pages"] |= _part("--official", people, surroundings)["pages"]
    return found


def _part(part: str, people: int, surroundings: dict[str, str]) -> dict[str, Any]:
    return _run(part, people, surroundings)[0]


def _run(part: str, people: int, surroundings: dict[str, str]) -> tuple[dict[str, Any], float]:
    command = ["-m", "benches.boards", "--people", str(people), part]
    used = run(command, {**_KEYS, **surroundings}, shows_progress=True)
    found: dict[str, Any] = json.loads(used.output.splitlines()[-1])
    return found, used.megabytes


def load(people: int) -> dict[str, Any]:
    """Fill the database and read each page many times while the number is not fixed."""
    app = create_app()
    app.config["KEEPS_PAGES"] = False
    with app.app_context():
        began = time.monotonic()
        upgrade()
        fill(people, ATTEMPTS_EACH, UNITS)
        _tidy()
        loaded = time.monotonic() - began
    gc.collect()
    gc.freeze()  # as a worker of the server does before its first request
    _say("loaded", loaded)
    found: dict[str, Any] = {"loaded": round(loaded), "pages": {}}
    for name, page in board_pages.pages(people, UNITS).items():
        found["pages"][name] = board_pages.measured(app, page)
        _say(name, found["pages"][name]["p99"])
    found["kept"], found["herd"] = board_pages.kept(app), board_pages.herd(app)
    _say("many at once", found["herd"]["one"])
    return found


def finish(_people: int) -> dict[str, Any]:
    """Fix the number and the places, and write the files about the round."""
    with create_app().test_request_context(), transaction() as session:
        contest, now = get_contest(SLUG), clock.now()
        found = {"number, places": _timed(partial(freeze_round, contest, 1, now=now, keyring=KEYRING))}
        session.get_one(Round, (contest.id, 1)).state = RoundState.FROZEN.value
    with create_app().test_request_context():
        _tidy()
        contest, now = get_contest(SLUG), clock.now()
        round_ = get_round(contest, 1)
        found["report as PDF"] = _timed(lambda: paper_pdf(report_paper(contest, round_, Asked(), now)))
        found["report as docx"] = _timed(lambda: paper_docx(report_paper(contest, round_, Asked(), now)))
        found["all people as xlsx"] = _timed(
            lambda: workbook(
                (
                    *report_paper(contest, round_, Asked(), now).tables,
                    people_table(contest, round_, now),
                    *key_paper(contest, round_, now).tables,
                )
            )
        )
        with transaction() as session:
            session.get_one(Round, (contest.id, 1)).state = RoundState.PUBLISHED.value
    for what, seconds in found.items():
        _say(what, seconds)
    return found


def official(people: int) -> dict[str, Any]:
    """Read pages once places are fixed and published."""
    app = create_app()
    app.config["KEEPS_PAGES"] = False
    found = {}
    for name, page in board_pages.published_pages(people, UNITS).items():
        found[f"published: {name}"] = board_pages.measured(app, page)
        _say(f"published: {name}", found[f"published: {name}"]["p99"])
    return {"pages": found}


def _timed(act: Callable[[], object]) -> float:
    began = time.monotonic()
    act()
    return time.monotonic() - began


def _say(what: str, figure: float) -> None:
    print(f"    {what} {figure:.1f}", file=sys.stderr, flush=True)


def _tidy() -> None:
    """What the database does by itself in the hours of a round."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        connection.execute(text("ANALYZE" if is_sqlite else "VACUUM ANALYZE"))


def main() -> int:
    """The bench by itself, or one of its parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parts: dict[str, Callable[[int], dict[str, Any]]] = {
        "load": load,
        "finish": finish,
        "official": official,
    }
    for part in parts:
        parser.add_argument(f"--{part}", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    chosen: Iterable[str] = [part for part in parts if getattr(asked, part)]
    for part in chosen:
        print(json.dumps(parts[part](asked.people)))
        return 0
    return 0 if print_table(rows(asked.people)) else 1


if __name__ == "__main__":
    sys.exit(main())
