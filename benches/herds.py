"""The opening and the closing herd against the real server: 2,000 starts, 1,000 submits, ten seconds each.

Client and server share the machine, so where a bound is missed the largest crowd that keeps it is looked for.
"""

from collections.abc import Iterable

from benches.frame import Row
from drills import herds
from drills.load import share
from drills.stage import Stage
from tests.support.run import Unavailable

_KINDS = ("sqlite", "postgresql")
_NEWCOMERS, _SUBMITS = 2_000, 1_000
_SMALLEST = 60
_SEED = 1


def rows(newcomers: int = _NEWCOMERS, submits: int = _SUBMITS) -> Iterable[Row]:
    """The bounds of ASSURANCE's R20 and R21 on both databases."""
    for kind in _KINDS:
        try:
            yield from _opening(kind, newcomers)
            yield from _closing(kind, submits)
        except Unavailable as error:
            yield Row(f"{kind}: not here ({str(error)[:60]})", 0, "")


def _opening(kind: str, newcomers: int) -> Iterable[Row]:
    seen = _opened(kind, newcomers)
    load = seen.load
    what = f"{kind}: {newcomers:,} people start within 10 s"
    yield Row(f"{what}, not let in or let in twice", _wrong(seen), "", 0)
    yield Row("error pages and cut connections", sum(load.bad().values()), "", 0, note=_named(load.bad()))
    yield Row("p95 of a save before", round(seen.calm * 1000), "ms")
    yield Row("p95 of a save of 100 people who are inside", round(load.p95("save") * 1000), "ms", 300)
    yield Row("stood in line", len(load.let_in), "")
    yield Row("most places by which a turn differed from the ticket's", seen.passed_by(), "", herds.IN_ORDER)
    yield Row(
        "p95 of pressing start, answered by the paper or the waiting page", round(load.p95("start"), 2), "s"
    )
    yield Row("p95 of asking for the place in line", round(load.p95("place in line"), 2), "s")
    yield Row("p95 from the button to the paper", round(share(load.ready, 0.95), 2), "s")
    yield Row("all are in after", round(seen.seconds, 1), "s")
    while not _keeps(seen) and newcomers > _SMALLEST:
        newcomers //= 2
        seen = _opened(kind, newcomers)
    yield Row(
        "largest crowd in 10 s, found by halving, that keeps all of it", newcomers if _keeps(seen) else 0, ""
    )


def _closing(kind: str, submits: int) -> Iterable[Row]:
    with Stage(kind, _SEED) as stage:
        seen = herds.closing(stage, submits)
    bad = seen.load.bad()
    lost = submits - min(seen.acknowledged, seen.kept, seen.scored)
    yield Row(
        f"{kind}: {submits:,} people hand in within 10 s, not acknowledged, kept and scored", lost, "", 0
    )
    yield Row("error pages and cut connections", sum(bad.values()), "", 0, note=_named(bad))
    yield Row("p95 of handing in", round(seen.load.p95("submit"), 2), "s")
    yield Row("all scored, from the first on", round(seen.seconds, 1), "s", 10 + herds.SCORED_SECONDS)


def _opened(kind: str, newcomers: int) -> herds.Opening:
    with Stage(kind, _SEED, server=herds.WITH_LINE) as stage:
        return herds.opening(stage, newcomers)


def _keeps(seen: herds.Opening) -> bool:
    load = seen.load
    in_order = seen.passed_by() <= herds.IN_ORDER
    return not _wrong(seen) and not load.bad() and in_order and load.p95("save") <= herds.SAVES_P95


def _wrong(seen: herds.Opening) -> int:
    return abs(seen.newcomers - seen.started) + abs(seen.attempts - seen.started)


def _named(bad: dict[str, int]) -> str:
    return ", ".join(f"{count} x {what}" for what, count in bad.items())
