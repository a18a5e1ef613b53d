"""Suspected twins among 100,000 honest entrants and 1,000 cheats of six kinds.

python -m benches.vetting 100000 1000    prints the figures as JSON
"""

import json
import sys
from collections.abc import Iterator, Mapping
from time import process_time
from typing import Any

from benches.entrants import KINDS, World, world
from benches.frame import Row, run
from quiz.contests.definition_entry import Unique
from quiz.entries.identity import identity_text
from quiz.vetting.duplicates import clusters, find_pairs
from quiz.vetting.values import Pair

HONEST, CHEATS = 100_000, 1_000
_SECONDS, _MEGABYTES = 60, 500


def rows() -> Iterator[Row]:
    """Found, missed, wrongly listed, wrongly blocked; time and memory."""
    used = run(["-m", "benches.vetting", str(HONEST), str(CHEATS)])
    told = json.loads(used.output.splitlines()[-1])
    crowd = f"{HONEST:,} honest entrants, {CHEATS:,} second entries"
    yield Row(f"{crowd}: processor time of the pass", told["seconds"], "s", _SECONDS)
    yield Row("  peak of memory, the entrants themselves included", used.megabytes, "MB", _MEGABYTES)
    yield Row("  second entries found (recall)", told["recall"], "%", 85, at_least=True)
    for kind in KINDS:
        yield Row(f"    {kind}", told["kinds"][kind], "%")
    yield Row("  listed pairs that are one person (precision)", told["precision"], "%", 85, at_least=True)
    yield Row("  listed cases with such a pair", told["cases"], "%", 85, at_least=True)
    yield Row("  honest entrants in the list", told["listed"], "%", 1)
    yield Row("  honest entrants blocked at the door under the default policy", told["blocked"], "", 0)


def measure(honest: int, cheats: int, seed: int = 5) -> dict[str, Any]:
    """Make the crowd, look for twins, and compare with who is who."""
    crowd = world(honest, cheats, seed)
    began = process_time()
    pairs = find_pairs(crowd.entrants, crowd.sheets)
    return {"seconds": process_time() - began, **figures(crowd, pairs)}


def figures(crowd: World, pairs: list[Pair]) -> dict[str, Any]:
    """Percentages of a list of pairs against the truth."""
    true = [pair for pair in pairs if crowd.person[pair.first] == crowd.person[pair.second]]
    found = {entry for pair in true for entry in (pair.first, pair.second)} & crowd.kinds.keys()
    cheating = {crowd.person[entry] for entry in crowd.kinds}
    honest = {entry for pair in pairs for entry in (pair.first, pair.second)}
    honest = {entry for entry in honest if crowd.person[entry] not in cheating}
    return {
        "recall": percent(len(found), len(crowd.kinds)),
        "precision": percent(len(true), len(pairs)),
        "pairs": len(pairs),
        "cases": percent(*_cases(pairs, true)),
        "listed": percent(len(honest), len(crowd.entrants) - len(crowd.kinds)),
        "kinds": {kind: _found_of(crowd.kinds, found, kind) for kind in KINDS},
        "blocked": blocked(crowd),
    }


def _cases(pairs: list[Pair], true: list[Pair]) -> tuple[int, int]:
    """Clusters that hold a true pair, and clusters."""
    of_true = {entry for pair in true for entry in (pair.first, pair.second)}
    groups = clusters((pair.first, pair.second) for pair in pairs)
    return sum(not of_true.isdisjoint(group) for group in groups), len(groups)


def blocked(crowd: World) -> int:
    """Honest entrants whose identity under the default policy somebody else holds."""
    held: dict[str | None, int] = {}
    wrongly = 0
    for one in crowd.entrants:
        text = identity_text(
            Unique.PHONE_NAME_BIRTH_DATE, name=one.name, birth_date=one.birth, phone=one.phone
        )
        person = crowd.person[one.id]
        wrongly += one.id not in crowd.kinds and held.setdefault(text, person) != person
    return wrongly


def percent(part: int, whole: int) -> float:
    """So many of a hundred."""
    return round(100 * part / whole, 2) if whole else 0.0


def _found_of(kinds: Mapping[int, str], found: set[int], kind: str) -> float:
    of_kind = [entry for entry, one in kinds.items() if one == kind]
    return percent(sum(entry in found for entry in of_kind), len(of_kind))


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]), int(sys.argv[2]))))
