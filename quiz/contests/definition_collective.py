"""Collective prizes: which units compete, by which formula, past which gates, on which boards. Pure."""

from dataclasses import dataclass

from quiz.contests.definition_json import Piece
from quiz.contests.definition_rounds import Prize
from quiz.scoring.collective import Component, Formula, Gate, Measure, Over, Rule, components_of


@dataclass(frozen=True, slots=True)
class CollectiveDefinition(Piece):
    """One ranking of units. `level` names kinds of units, apart by commas; empty: all with none below.

    `components` make the formula a sum. `bands` are headcounts at which another board begins, `divisions`
    gives each division a board of its own. `rounds` are those that count, empty for all; `over` says how;
    with `of_list` a combined list counts instead of rounds. `merit_list` names the list of merit that counts,
    rules with the same name share it; empty is the contest's own.
    """

    name: str
    formula: Formula = Formula.PARTICIPATION_RATE
    level: str = ""
    gates: tuple[Gate, ...] = ()
    prizes: tuple[Prize, ...] = ()
    components: tuple[Component, ...] = ()
    tie: tuple[Measure, ...] = (Measure.PARTICIPANTS,)
    bands: tuple[int, ...] = ()
    divisions: bool = False
    rounds: tuple[int, ...] = ()
    over: Over = Over.EACH
    of_list: int | None = None
    merit_list: str = ""

    @property
    def rule(self) -> Rule:
        """What ranks the units."""
        return Rule(components_of(self.formula, self.components), self.gates, self.tie)

    @property
    def most_best(self) -> int:
        """Of how many best people of a unit the scores are needed."""
        return max((component.best or 0 for component in self.rule.components), default=0)

    @property
    def component_lists(self) -> tuple[int, ...]:
        """The combined lists on which single components are counted."""
        numbers = (component.of_list for component in self.components)
        return tuple(dict.fromkeys(number for number in numbers if number is not None))

    @property
    def lists(self) -> tuple[int, ...]:
        """All combined lists that the rule looks at."""
        whole = () if self.of_list is None else (self.of_list,)
        return tuple(dict.fromkeys((*whole, *self.component_lists)))

    @property
    def needs_merit(self) -> bool:
        """Whether the organisers' own list counts."""
        return Measure.MERIT in {*self.tie, *(component.measure for component in self.rule.components)}

    @property
    def needs_winners(self) -> bool:
        """Whether prizes of individuals count."""
        measures = {component.measure for component in self.rule.components} | set(self.tie)
        return bool(measures & {Measure.WINNERS, Measure.PRIZE_POINTS}) or any(
            gate.winners is not None for gate in self.gates
        )

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories of people that gates ask for."""
        return tuple(dict.fromkeys(gate.category for gate in self.gates if gate.category))

    def includes(self, kind: str, *, is_leaf: bool) -> bool:
        """Whether a unit of a kind competes.

        A kind may hold a comma itself ("ban, ngành"): it is in if all its parts are named by the level.
        """
        named = _parts(self.level)
        return _parts(kind) <= named and bool(_parts(kind)) if named else is_leaf

    def board_of(self, division: str | None, headcount: int | None) -> "BoardKey":
        """The board on which a unit of a division and a size stands."""
        return BoardKey(
            division=(division or "") if self.divisions else None,
            band=self._band(headcount) if self.bands else None,
        )

    def _band(self, headcount: int | None) -> "Band":
        if not headcount:
            return Band(None, None)
        edges = sorted(self.bands)
        low = max((edge for edge in edges if edge <= headcount), default=0)
        return Band(low, min((edge for edge in edges if edge > headcount), default=None))


@dataclass(frozen=True, slots=True)
class Band:
    """Units of at least `low` and less than `below` people; `low` None: the headcount is not known."""

    low: int | None
    below: int | None


@dataclass(frozen=True, slots=True)
class BoardKey:
    """One board of a collective ranking. None: not split in this way; "" a unit without division."""

    division: str | None = None
    band: Band | None = None


def _parts(text: str) -> frozenset[str]:
    return frozenset(
        part for part in (" ".join(piece.split()).casefold() for piece in text.split(",")) if part
    )
