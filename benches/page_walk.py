"""`make walk`: a browser at a page of every address, as every kind of visitor, in every look.

python -m benches.page_walk                all of it
python -m benches.page_walk --who owner    one visitor only
python -m benches.page_walk --ways         the ways of the personas instead, step by step (persona_ways.py)
python -m benches.page_walk --no-axe       widths, complaints of the browser and pictures alone

Widths at 320 pixels; axe on a phone in light, dark, with more contrast and forced colours, and at a desk.
Pictures go to var/pictures/pages, by visitor. Ends with 1 where something is found.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from benches.frame import Row, print_table
from benches.persona_ways import walk_ways
from quiz.core.settings import ROOT
from tests.support.browser import DESK, LEAST, PHONE, Trouble, chromium, context, violations
from tests.support.databases import Databases
from tests.support.deep_pages import deep_pages
from tests.support.demo import demo
from tests.support.live import Live, serve
from tests.support.page_walk import Seen, Visitor, endpoints, faults, forget_expected, sit_in, visitors, walk
from tests.support.run import make_folder

_PICTURES = ROOT / "var" / "pictures" / "pages"
_PEOPLE = 300
# What each look is called, the window, and how the browser is told of it.
_LOOKS: tuple[tuple[str, dict[str, int], dict[str, Any]], ...] = (
    ("phone", PHONE, {}),
    ("phone-dark", PHONE, {"color_scheme": "dark"}),
    ("phone-contrast", PHONE, {"contrast": "more"}),
    ("phone-forced", PHONE, {"forced_colors": "active"}),
    ("desk", DESK, {}),
)
_PLAIN: dict[str, Any] = {"color_scheme": "light", "contrast": "no-preference", "forced_colors": "none"}
_KEPT = ("phone", "phone-dark", "desk")


def main() -> int:
    """Walk, print what was found, and the table."""
    parser = argparse.ArgumentParser(prog="make walk", description=__doc__)
    parser.add_argument("--who", nargs="*", help="only these visitors")
    parser.add_argument("--no-axe", action="store_true", help="without the automatic check of accessibility")
    parser.add_argument("--ways", action="store_true", help="the personas' ways instead of every page")
    asked = parser.parse_args()
    if asked.ways:
        with _served() as live, chromium(live.log.parent) as browser:
            return 0 if walk_ways(browser, live) else 1
    found: list[str] = []
    with _served() as live, chromium(live.log.parent) as browser:
        known, read = set[str](), list[Seen]()
        for who, visitor in visitors(live.app).items():
            if asked.who and who not in asked.who:
                continue
            found += _walked(browser, live, who, visitor, known, read, with_axe=not asked.no_axe)
        unread = endpoints(live.app) - {one.endpoint for one in read}
    print("\n".join(found))
    print("Not read, or no pages:", " ".join(sorted(unread)))
    print(f"Pictures: {_PICTURES}\n")
    return 0 if print_table(_rows(read, found)) else 1


def _rows(read: list[Seen], found: list[str]) -> Iterator[Row]:
    yield Row("pages walked", len(read), "")
    yield Row("addresses among them", len({one.endpoint for one in read}), "")
    yield Row("pages wider than 320 pixels", sum(one.over > 0 for one in read), "", 0)
    yield Row("complaints: width, axe, console", len(found), "", 0)


@contextmanager
def _served() -> Iterator[Live]:
    folder = make_folder()
    databases = Databases(folder, "walk")
    address = databases.migrated("sqlite")
    print("Loading the demo ...", flush=True)
    with demo(databases, _PEOPLE, address) as app, serve(app, databases.environment(address), folder) as live:
        yield live


def _walked(
    browser: Browser,
    live: Live,
    who: str,
    visitor: Visitor,
    known: set[str],
    read: list[Seen],
    *,
    with_axe: bool,
) -> list[str]:
    """What one visitor found; its pages are added to what was `read`."""
    found: list[str] = []
    trouble = Trouble()
    with context(browser, live.url, LEAST) as made:
        sit_in(made, live.url, visitor)
        page = made.new_page()
        trouble.watch(page)
        begin = [*visitor.begin, *deep_pages(live.app, who)]
        for one in walk(page, live.app, begin, known):
            read.append(one)
            found += faults(who, [one])
            forget_expected(trouble, one)
            found += _in_each_look(page, who, one, with_axe=with_axe)
            print(f"  {who} {one.path}", flush=True)
    return found + [f"{who}: {line}" for line in trouble.lines]


def _in_each_look(page: Page, who: str, one: Seen, *, with_axe: bool) -> list[str]:
    """Show the page in all looks, keep pictures of some, and bring it back to what it was."""
    found: list[str] = []
    for look, size, media in _LOOKS:
        page.set_viewport_size(size)  # type: ignore[arg-type]  # Playwright's own name for this dict is private
        page.emulate_media(**(_PLAIN | media))
        if with_axe:
            # Forced colours are the system's own; axe compares those that the page had asked for.
            seen = [line for line in violations(page) if not ("forced" in look and "color-contrast" in line)]
            found += [f"{who}: {one.path}: {look}: {line}" for line in seen]
        if look in _KEPT:
            page.screenshot(path=_picture(who, one, look), full_page=True, type="jpeg", quality=60)
    page.set_viewport_size(LEAST)  # type: ignore[arg-type]  # the same
    page.emulate_media(**_PLAIN)
    return found


def _picture(who: str, one: Seen, look: str) -> Path:
    name = re.sub(r"[^a-z0-9]+", "-", one.path.lower()).strip("-") or "home"
    return _PICTURES / who / f"{name[:80]}-{look}.jpg"


if __name__ == "__main__":
    sys.exit(main())
