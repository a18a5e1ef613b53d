"""Cases and what was looked at, between values and stored JSON. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quiz.vetting.integrity import Finding, Found, Looked, Signal
from quiz.vetting.integrity_boards import Move, Moves
from quiz.vetting.integrity_pairs import Circle


@dataclass(frozen=True, slots=True)
class LookFigures:
    """How much was looked at."""

    looked: Mapping[Signal, Looked]
    pairs: Mapping[Circle, int]
    left_out: Mapping[Circle, int]


def stored_figures(found: Found) -> dict[str, Any]:
    """How much was looked at, for JSON."""
    return {
        "looked": {kind.value: [one.comparisons, one.accidents] for kind, one in found.looked.items()},
        "pairs": {kind.value: count for kind, count in found.pairs.items()},
        "left_out": {kind.value: count for kind, count in found.left_out.items()},
    }


def loaded_figures(stored: Mapping[str, Any]) -> LookFigures:
    """The other way."""
    return LookFigures(
        {Signal(kind): Looked(*one) for kind, one in stored["looked"].items()},
        {Circle(kind): count for kind, count in stored["pairs"].items()},
        {Circle(kind): count for kind, count in stored["left_out"].items()},
    )


def stored_findings(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Findings for JSON."""
    return [
        {
            "signal": one.signal.value,
            "people": list(one.people),
            "attempts": list(one.attempts),
            "p": one.p,
            "corrected": one.corrected,
            "evidence": dict(one.evidence),
        }
        for one in findings
    ]


def loaded_findings(stored: Sequence[Mapping[str, Any]]) -> tuple[Finding, ...]:
    """The other way."""
    return tuple(
        Finding(
            Signal(one["signal"]),
            tuple(one["people"]),
            tuple(one["attempts"]),
            one["p"],
            one["corrected"],
            one["evidence"],
        )
        for one in stored
    )


def stored_moves(found: Moves) -> dict[str, Any]:
    """The effect on the board for JSON."""
    return {"people": [[one.person, one.before, one.after] for one in found.people], "risen": found.risen}


def loaded_moves(stored: Mapping[str, Any]) -> Moves:
    """The other way."""
    return Moves(tuple(Move(*one) for one in stored["people"]), stored["risen"])
