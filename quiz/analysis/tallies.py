"""What was counted of a question: kept as JSON, and added up over wordings and rounds. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from question_bank.statistics import Tally


@dataclass(frozen=True, slots=True)
class Part:
    """A tally of one wording in one round of papers with so many questions.

    `choices[i]` is the place among the summed choices of the wording's choice i.
    """

    tally: Tally
    questions: int
    choices: Mapping[int, int]


def stored_tally(tally: Tally) -> dict[str, Any]:
    """The tally as lists, in a fixed order."""
    return {
        "pairs": [[mark, rest, times] for (mark, rest), times in sorted(tally.pairs.items())],
        "picks": {
            str(choice): [[rest, times] for rest, times in sorted(picks.items())]
            for choice, picks in sorted(tally.picks.items())
        },
        "unanswered": tally.unanswered,
    }


def loaded_tally(stored: Mapping[str, Any]) -> Tally:
    """What `stored_tally` kept."""
    return Tally(
        pairs=Counter({(mark, rest): times for mark, rest, times in stored["pairs"]}),
        picks={int(choice): Counter(dict(picks)) for choice, picks in stored["picks"].items()},
        unanswered=stored["unanswered"],
    )


def summed(parts: Iterable[Part]) -> Tally:
    """Tallies added up. R becomes a share of the largest that the paper allows, so that rounds compare."""
    whole = Tally()
    for part in parts:
        most = max(1, part.questions - 1)
        for (mark, rest), times in part.tally.pairs.items():
            whole.pairs[mark, round(rest / most, 9)] += times
        for choice, picks in part.tally.picks.items():
            place = part.choices.get(choice)
            if place is None:
                continue
            into = whole.picks.setdefault(place, Counter())
            for rest, times in picks.items():
                into[round(rest / most, 9)] += times
        whole.unanswered += part.tally.unanswered
    return whole


def places_of(choices: Sequence[str], wanted: Sequence[str]) -> dict[int, int] | None:
    """Where each choice of one wording stands in another; None when they are not the same choices."""
    if sorted(choices) != sorted(wanted) or len(set(choices)) != len(choices):
        return None
    return {index: wanted.index(text) for index, text in enumerate(choices)}
