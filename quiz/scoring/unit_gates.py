"""What a unit must have reached to be ranked at all: gates by its size. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from quiz.scoring.unit_values import Trouble, UnitFigures, participation


@dataclass(frozen=True, slots=True)
class Gate:
    """The least that units of less than so many people must have reached; None: of any size.

    One of: a participation rate (of all people, or of one category of them), winners, participants.
    """

    headcount_below: int | None
    rate: Decimal | None = None
    category: str = ""
    winners: int | None = None
    participants: int | None = None

    @property
    def kind(self) -> str:
        """What it asks for; of several gates of a kind the one for the unit's size counts."""
        if self.rate is not None:
            return f"rate {self.category}"
        return "winners" if self.winners is not None else "participants"


def gate_for(gates: Sequence[Gate], headcount: int) -> Gate | None:
    """The gate of the smallest size band that the unit falls into, if there is one. Gates of one kind."""
    bounded = [
        gate for gate in gates if gate.headcount_below is not None and headcount < gate.headcount_below
    ]
    if bounded:
        return min(bounded, key=lambda gate: gate.headcount_below or 0)
    return next((gate for gate in gates if gate.headcount_below is None), None)


def gate_trouble(gates: Sequence[Gate], *rounds: UnitFigures) -> Trouble | None:
    """Why the gates keep a unit out, or None if they let it in. Without gates all are in.

    Over several rounds a rate and a number of participants are the mean of the rounds, winners their sum.
    """
    for kind in dict.fromkeys(gate.kind for gate in gates):
        of_kind = [gate for gate in gates if gate.kind == kind]
        if trouble := _trouble(of_kind, rounds):
            return trouble
    return None


def _trouble(gates: Sequence[Gate], rounds: Sequence[UnitFigures]) -> Trouble | None:
    """Gates of one kind."""
    headcount = rounds[0].headcount
    by_size = any(gate.headcount_below is not None for gate in gates)
    if (by_size or gates[0].kind == "rate ") and isinstance(
        told := _mean([participation(one) for one in rounds]), Trouble
    ):
        return told
    gate = gate_for(gates, headcount or 0)
    if gate is None:
        return None
    if gate.rate is not None:
        return _rate_trouble(gate, rounds)
    if gate.winners is not None:
        return Trouble.TOO_FEW_WINNERS if sum(one.winners for one in rounds) < gate.winners else None
    people = Fraction(sum(one.participants for one in rounds), len(rounds))
    return Trouble.TOO_FEW_PEOPLE if people < (gate.participants or 0) else None


def _rate_trouble(gate: Gate, rounds: Sequence[UnitFigures]) -> Trouble | None:
    shares = [_group_rate(one, gate.category) if gate.category else participation(one) for one in rounds]
    rate = _mean(shares)
    if isinstance(rate, Trouble):
        return rate
    return Trouble.BELOW_GATE if rate < Fraction(gate.rate or 0) else None


def _group_rate(figures: UnitFigures, category: str) -> Fraction | Trouble:
    """The share of one category's people. A unit that has nobody of the category owes nothing."""
    group = next((group for group in figures.groups if group.category == category), None)
    if group is None or group.headcount is None:
        return Trouble.HEADCOUNT_MISSING
    if group.participants > group.headcount:
        return Trouble.OVER_100_PERCENT
    return Fraction(group.participants, group.headcount) if group.headcount else Fraction(1)


def _mean(values: Sequence[Fraction | Trouble]) -> Fraction | Trouble:
    if len(values) == 1:
        return values[0]
    told = [value for value in values if not isinstance(value, Trouble)]
    troubles = [value for value in values if isinstance(value, Trouble)]
    return troubles[0] if troubles else sum(told, Fraction(0)) / len(told)
