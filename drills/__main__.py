"""`python -m drills`: every drill on every database it is for, then against the broken server."""

import argparse
import random
import sys
import time
import traceback
from collections.abc import Iterator

from playwright.sync_api import Error as BrowserError

from drills.outcome import Drill, Outcome, Run
from drills.people import GaveUp
from drills.table import DRILLS
from tests.support.run import Unavailable

# What a person, or a browser that stands for one, does in the end before a product that does not answer.
_GIVES_UP = (GaveUp, BrowserError)


def main() -> int:
    """Print the table; 1 where a drill failed or did not notice the broken server.

    A drill whose programs are not installed is named as skipped.
    """
    asked = _asked()
    seed = asked.seed if asked.seed is not None else random.SystemRandom().randrange(10**6)
    print(f"seed {seed}, scale {asked.scale}\n", flush=True)
    failed = 0
    for drill, run, wanted in _runs(asked, seed):
        began = time.monotonic()
        try:
            outcome = _play(drill, run)
        except Unavailable as error:
            print(f"{drill.code}  {drill.title:<36} {run.kind:<36} SKIPPED  {error}", flush=True)
            continue
        good = outcome.passed is wanted
        failed += not good
        name = f"{run.kind}, broken: {run.broken}" if run.broken else run.kind
        verdict = ("passed" if wanted else "noticed") if good else "FAILED"
        seconds = time.monotonic() - began
        print(
            f"{drill.code}  {drill.title:<36} {name:<36} {verdict:<8} {seconds:5.0f} s  {outcome.seen}",
            flush=True,
        )
    print(f"\n{'all as it should be' if not failed else f'{failed} not as it should be'}")
    return 1 if failed else 0


def _runs(asked: argparse.Namespace, seed: int) -> Iterator[tuple[Drill, Run, bool]]:
    for drill in DRILLS:
        if asked.only and drill.code not in asked.only:
            continue
        for kind in drill.kinds:
            if kind in asked.on:
                yield drill, Run(kind, seed, scale=asked.scale), True
        for kind in drill.control_kinds:
            if kind in asked.on and asked.controls:
                yield drill, Run(kind, seed, drill.control, asked.scale), False


def _play(drill: Drill, run: Run) -> Outcome:
    try:
        return drill.play(run)
    except Unavailable:
        raise
    except _GIVES_UP as error:
        return Outcome(False, f"{type(error).__name__}: {str(error)[:80]}")
    except Exception as error:
        traceback.print_exc()
        return Outcome(
            bool(run.broken), f"{type(error).__name__}: {str(error)[:80]}"
        )  # never what was wanted


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m drills", description=__doc__)
    parser.add_argument("only", nargs="*", metavar="R01", help="these drills only")
    parser.add_argument("--on", nargs="+", choices=("sqlite", "postgresql"), default=("sqlite", "postgresql"))
    parser.add_argument("--seed", type=int)
    parser.add_argument("--scale", type=float, default=1.0, help="a share of the rounds, e.g. 0.2")
    parser.add_argument("--no-controls", dest="controls", action="store_false")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
