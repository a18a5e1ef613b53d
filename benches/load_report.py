"""The one table in docs/performance.md, between its markers."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass

from quiz.core import clock
from quiz.core.settings import ROOT

PAGE = ROOT / "docs" / "performance.md"
_KINDS = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}


@dataclass(frozen=True, slots=True)
class Share:
    """A case on a database: its medians, and its share of what it is compared with."""

    kind: str
    what: str
    against: str
    target: float
    rate: float
    cpu: float
    share: float
    cpu_share: float
    bad: int

    @property
    def is_reached(self) -> bool:
        """Whether the target is reached by the clock."""
        return self.share >= self.target


def write_table(lines: Sequence[Share], turns: int) -> None:
    """Put the table of this run in the place of the former one."""
    made = clock.now().strftime("%d %B %Y").lstrip("0")
    load = os.getloadavg()[2]
    text = [
        f"{made}, Python {platform.python_version()}, {os.cpu_count()} cores, medians of {turns}, "
        f"load average of the last quarter of an hour {load:.1f} (the bench itself makes about 3).",
        "",
        "| What | Database | /s | Share | Target | | ms of processor | Share by processor |",
        "| --- | --- | ---: | ---: | ---: | --- | ---: | ---: |",
        *(_line(one) for one in lines),
    ]
    put_between("load", text)


def _line(one: Share) -> str:
    verdict = "" if not one.target else "met" if one.share >= one.target else "missed"
    target = f"{one.target:g} × {one.against}" if one.target else ""
    share = "" if one.share == 1 and not one.target else f"{one.share:.3g}"
    cpu_share = f"{one.cpu_share:.3g}" if share else ""
    what = one.what + (f" ({one.bad} refused)" if one.bad else "")
    rate = f"{one.rate:,.0f}" if one.rate >= 100 else f"{one.rate:.1f}"
    cells = (what, _KINDS[one.kind], rate, share, target, verdict, f"{one.cpu:.2f}", cpu_share)
    return f"| {' | '.join(cells)} |"


def put_between(name: str, lines: Sequence[str]) -> None:
    """Replace what stands between the markers of this name."""
    first, last = f"<!-- {name}: written by make bench -->", f"<!-- {name}: end -->"
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(first)
    _, _, after = rest.partition(last)
    PAGE.write_text("\n".join([f"{before}{first}", *lines, f"{last}{after}"]), encoding="utf-8")
