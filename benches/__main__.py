"""`make bench`: every measurement with a stated bound. Exit code 1 where one is missed.

python -m benches            all of them
python -m benches banks      only some
"""

import argparse
import os
import platform
import sys
from collections.abc import Callable, Iterable

from benches import (
    attempts,
    banks,
    boards,
    certificates,
    draws,
    floods,
    herds,
    integrity,
    load,
    load_burst,
    regrading,
    vetting,
)
from benches.frame import Row, print_table

BENCHES: dict[str, tuple[str, Callable[[], Iterable[Row]]]] = {
    "banks": ("Reading, importing and comparing questions", banks.rows),
    "boards": ("Boards of 200,000 people, 1,000,000 attempts, 5,000 units", boards.rows),
    "certificates": ("10,000 certificates as PDF", certificates.rows),
    "draws": ("100,000 papers from the demo's questions", draws.rows),
    "herds": ("A crowd starts, a crowd hands in", herds.rows),
    "floods": ("Saving beside cheap floods", floods.rows),
    "load": ("Hot requests as shares of bare Flask", load.rows),
    "burst": ("The opening: 150 requests a second, statistics beside", load_burst.rows),
    "attempts": ("Item statistics of a round", attempts.rows),
    "integrity": ("Papers compared: false alarms and planted copiers", integrity.rows),
    "regrading": ("A key corrected after attempts exist", regrading.rows),
    "vetting": ("Suspected twins among honest entrants", vetting.rows),
}


def main() -> int:
    """Run the benches that are asked for, in the order of the table."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*BENCHES, []], help="only these")
    names = parser.parse_args().names or list(BENCHES)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}", flush=True)
    kept = True
    for name in names:
        title, rows = BENCHES[name]
        print(f"\n{title}", flush=True)
        kept &= print_table(rows())
    print("\nAll bounds are kept." if kept else "\nA bound is missed.")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
