"""Requests a second and processor time of every hot request, as shares of bare Flask in the same run.

python -m benches.load --short          one turn, one database, a small ladder: two minutes
python -m benches.load --check          exit 1 where a share fell behind benches/baseline.json
python -m benches.load --baseline       write that file from this run

Each figure is the median of turns in which the bare program and the product follow each other (A B A B), so
that what others do on the machine touches both. The table goes into docs/performance.md.
"""

import argparse
import json
import os
import statistics
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import chain

from benches import load_people as people
from benches.frame import Row, print_table
from benches.load_cases import CROWD, Case, cases
from benches.load_driver import Driver, Person, Seen
from benches.load_report import Share, write_table
from benches.load_stage import Ground, ground
from quiz.core.settings import ROOT
from tests.support.run import Unavailable

BASELINE = ROOT / "benches" / "baseline.json"
KINDS = ("postgresql", "sqlite")
_TOLERANCE = 0.25  # of a share, when rate and processor time both say so
_RUNGS = (1_000, 10_000, 100_000, 1_000_000)
_BARE = {"hello": ("/hello", "GET"), "page": ("/page", "GET"), "row": ("/row", "POST")}


@dataclass(frozen=True, slots=True)
class Spent:
    """One turn: how many a second, and processor milliseconds of workers and database for each."""

    rate: float
    cpu: float
    bad: int


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured."""

    turns: int = 3
    seconds: float = 2.0
    kinds: tuple[str, ...] = KINDS
    rungs: tuple[int, ...] = _RUNGS


SHORT = Plan(turns=1, seconds=1.5, kinds=("postgresql",), rungs=(1_000, 100_000))


def rows(plan: Plan = Plan()) -> Iterator[Row]:
    """The bounds of `make bench`; the table is written when all is measured."""
    shares: list[Share] = []
    for kind in plan.kinds:
        try:
            for share in chain(_against_bare(kind, plan), _ladder(kind, plan)):
                shares.append(share)
                yield _row(share)
        except Unavailable as error:
            yield Row(f"{kind}: not here ({str(error)[:60]})", 0, "")
    write_table(shares, plan.turns)
    _keep(shares)


def _row(share: Share) -> Row:
    note = f"{share.rate:,.0f}/s, {share.cpu:.2f} ms, by processor {share.cpu_share:.3g}"
    note += f", {share.bad} refused" if share.bad else ""
    return Row(
        f"{share.kind}: {share.what}, of bare {share.against}", round(share.share, 4), "",
        share.target or None, at_least=True, note=note,
    )  # fmt: skip


def _against_bare(kind: str, plan: Plan) -> Iterator[Share]:
    with ground(kind, _RUNGS[0], ("product", "bare", "anew")) as here:
        hellos = [measure(here, "bare", partial(_bare, "hello"), plan.seconds) for _ in range(plan.turns)]
        yield _share(kind, "hello", "hello", 0.0, hellos, hellos)
        for name in ("page", "row"):
            yield _case(here, Case(f"bare {name}", "hello", 0.0, partial(_bare, name), "bare"), plan)
        for case in cases():
            yield _case(here, case, plan)


def _case(here: Ground, case: Case, plan: Plan) -> Share:
    """The bare program and the case, in turns."""
    bares, ours = [], []
    case.prepare(here)
    measure(here, case.server, case.act, plan.seconds / 2)  # templates are compiled, caches are filled
    for _ in range(plan.turns):
        case.prepare(here)
        bares.append(measure(here, "bare", partial(_bare, case.against), plan.seconds / 2))
        seconds = plan.seconds * (3 if case.ways else 1)
        ours.append(measure(here, case.server, case.act, seconds, ways=case.ways))
    return _share(here.stage.kind, case.what, case.against, case.target, ours, bares)


def _bare(name: str, _here: Ground) -> Iterator[Person]:
    return people.bare(*_BARE[name])


def _share(
    kind: str, what: str, against: str, target: float, ours: list[Spent], others: list[Spent]
) -> Share:
    pairs = list(zip(ours, others, strict=True))
    return Share(
        kind, what, against, target,
        rate=statistics.median(one.rate for one in ours),
        cpu=statistics.median(one.cpu for one in ours),
        share=statistics.median(one.rate / other.rate for one, other in pairs),
        cpu_share=statistics.median(other.cpu / one.cpu for one, other in pairs),
        bad=sum(one.bad for one in ours),
    )  # fmt: skip


def measure(
    here: Ground,
    server: str,
    act: Callable[[Ground], Iterator[Person]],
    seconds: float,
    *,
    ways: int = 0,
) -> Spent:
    """One turn."""
    waiting = act(here)
    before = here.cpu(server) + here.database_cpu()
    seen: Seen = Driver(here.ports[server], waiting).run(seconds)
    cpu = here.cpu(server) + here.database_cpu() - before
    # Who was still on the way when the time was over counts by the part of the requests that they had sent.
    done = seen.requests / (ways or 1)
    return Spent(done / seen.seconds, 1000 * cpu / max(done, 1e-9), sum(seen.bad.values()))


def _ladder(kind: str, plan: Plan) -> Iterator[Share]:
    """The seven steps with more and more attempts stored, all databases at once and in turns."""
    with ExitStack() as stack:
        rungs = [stack.enter_context(ground(kind, attempts)) for attempts in plan.rungs]
        turns: list[list[Spent]] = [[] for _ in rungs]
        act = partial(_sit)
        for turn in range(plan.turns + 1):  # the first one warms up
            for number, here in enumerate(rungs):
                spent = measure(here, "product", act, 2 * plan.seconds, ways=people.SITTING)
                if turn:
                    turns[number].append(spent)
        for number, here in enumerate(rungs):
            what = f"seven steps, {here.attempts:,} attempts stored"
            target = 0.8 if number else 0.0
            yield _share(kind, what, f"{rungs[0].attempts:,} stored", target, turns[number], turns[0])


def _sit(here: Ground) -> Iterator[Person]:
    return people.sittings(here, here.take(CROWD))


def _keep(shares: list[Share]) -> None:
    """The shares of this run, for `--baseline` and `--check`."""
    _newest.clear()
    _newest.update(
        {f"{one.kind}: {one.what}": [round(one.share, 5), round(one.cpu_share, 5)] for one in shares}
    )


_newest: dict[str, list[float]] = {}


def fallen() -> list[str]:
    """What fell behind the baseline, by the clock and by processor time both."""
    known: dict[str, list[float]] = json.loads(BASELINE.read_text())["shares"]
    least = 1 - _TOLERANCE
    return [
        f"{what}: {found[0]:.3g} ({found[1]:.3g} by processor), "
        f"it was {known[what][0]:.3g} ({known[what][1]:.3g})"
        for what, found in _newest.items()
        if what in known and all(now < least * then for now, then in zip(found, known[what], strict=True))
    ]


def main() -> int:
    """The bench by itself."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for word in ("short", "check", "baseline"):
        parser.add_argument(f"--{word}", action="store_true")
    asked = parser.parse_args()
    kept = print_table(rows(SHORT if asked.short else Plan()))
    if asked.baseline:
        BASELINE.write_text(json.dumps({"cores": os.cpu_count(), "shares": _newest}, indent=1) + "\n")
    if asked.check:
        behind = fallen()
        print("\n".join(["Fallen behind:", *behind] if behind else ["Nothing fell behind the baseline."]))
        return 1 if behind else 0
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
