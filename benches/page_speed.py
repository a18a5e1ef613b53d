"""`make lighthouse`: the pages of somebody who takes part, under Lighthouse and on weak networks.

python -m benches.page_speed                        all of it, the median of five runs
python -m benches.page_speed --runs 1 home attempt  less; "entry" is typed by hand besides, "screen" the LED

Prints a table, keeps the reports in .lighthouse/reports, and ends with 1 where a bound is missed.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benches.by_the_clock import entry_rows, screen_rows
from benches.demo_server import DemoServer, demo_server
from benches.frame import Row, print_table
from benches.lighthouse_runs import Lighthouse, Visited, middle
from benches.weak_networks import BARELY, SLOW, Visit, attempt_rows, paint_row
from quiz.core.settings import ROOT
from quiz.demo.service import SLUG
from tests.support.browser import chromium, chromium_path
from tests.support.run import make_folder

_REPORTS = ROOT / ".lighthouse" / "reports"
_LEAST = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
_MOST_SECONDS, _MOST_SHIFT, _MOST_BLOCKED, _MOST_KILOBYTES, _MOST_REQUESTS = 2.5, 0.05, 100, 60, 6


@dataclass(frozen=True, slots=True)
class PageOfTheWay:
    """One page. A page of one person asks search engines to leave it out, which is right and not a fault."""

    path: str
    is_personal: bool = False


PAGES = {
    "home": PageOfTheWay("/"),
    "contest": PageOfTheWay(f"/c/{SLUG}"),
    "entry": PageOfTheWay(f"/c/{SLUG}/enter"),
    "attempt": PageOfTheWay("/attempts/{code}", is_personal=True),
    "leaderboard": PageOfTheWay(f"/c/{SLUG}/standings?round=1"),
}

_SCREEN = "screen"


def main() -> int:
    """Serve the demo, measure, print."""
    parser = argparse.ArgumentParser(prog="make lighthouse", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*PAGES, _SCREEN, []], help="only these pages")
    parser.add_argument("--runs", type=int, default=5, help="runs of each page; the median counts")
    asked = parser.parse_args()
    names = asked.names or [*PAGES, _SCREEN]
    folder = make_folder()
    lighthouse = Lighthouse(chromium_path(folder), _REPORTS)
    print("Loading the demo ...", flush=True)
    with demo_server(folder / "var") as server:
        rows: list[Row] = []
        kept = print_table(_noted(_lighthouse_rows(lighthouse, server, names, asked.runs), rows))
        kept &= print_table(_noted(_network_rows(folder, server, names, asked.runs), rows))
    told = [asdict(row) | {"is_kept": row.is_kept} for row in rows]
    (_REPORTS / "summary.json").write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    print("\nAll bounds are kept." if kept else "\nA bound is missed.", f"Reports: {_REPORTS}")
    return 0 if kept else 1


def _noted(rows: Iterator[Row], into: list[Row]) -> Iterator[Row]:
    for row in rows:
        into.append(row)
        yield row


def _lighthouse_rows(
    lighthouse: Lighthouse, server: DemoServer, names: Sequence[str], runs: int
) -> Iterator[Row]:
    print(f"\nLighthouse, mobile profile, median of {runs}", flush=True)
    for name in (one for one in names if one in PAGES):
        page = PAGES[name]
        seat = server.sit_down() if page.is_personal else None
        url = server.url + page.path.format(code=seat.code if seat else "")
        cookie = f"{seat.cookie_name}={seat.cookie_value}" if seat else ""
        skipped = ("is-crawlable",) if page.is_personal else ()
        found = [
            lighthouse.visit(url, f"{name}-{turn}", cookie=cookie, skipped=skipped)
            for turn in range(1, runs + 1)
        ]
        yield from _rows_of(name, middle(found))


def _rows_of(name: str, found: Visited) -> Iterator[Row]:
    for category, least in _LEAST.items():
        note = " ".join(found.faults) if found.scores[category] < least else ""
        yield Row(f"{name}: {category}", found.scores[category], "", least, at_least=True, note=note)
    yield Row(f"{name}: largest paint", found.times["lcp"] / 1000, "s", _MOST_SECONDS)
    yield Row(f"{name}: layout shift", found.times["shift"], "", _MOST_SHIFT)
    yield Row(f"{name}: main thread blocked", found.times["blocked"], "ms", _MOST_BLOCKED)
    yield Row(f"{name}: first view as sent", found.kilobytes, "KB", _MOST_KILOBYTES)
    yield Row(f"{name}: requests", found.requests, "", _MOST_REQUESTS)


def _network_rows(folder: Path, server: DemoServer, names: Sequence[str], runs: int) -> Iterator[Row]:
    print(f"\nWeak networks, 360×740, CPU 4 times slower, nothing kept, median of {min(runs, 3)}", flush=True)
    with chromium(folder) as browser:
        for name in (one for one in names if one in PAGES):
            page = PAGES[name]
            visit = Visit(server.url, page.path, server.sit_down() if page.is_personal else None)
            for network, most in ((SLOW, 4.0), (BARELY, 6.0)):
                yield paint_row(browser, name, visit, network, min(runs, 3), most)
        if "attempt" in names:
            yield from attempt_rows(browser, server, min(runs, 3))
        if "entry" in names:
            yield from entry_rows(browser, server)
        if _SCREEN in names:
            yield from screen_rows(browser, server)


if __name__ == "__main__":
    sys.exit(main())
