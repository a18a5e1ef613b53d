"""Collective prizes: which units compete, by which formula, past which gates. Pure."""

from dataclasses import dataclass

from quiz.contests.definition_json import Piece
from quiz.contests.definition_rounds import Prize
from quiz.scoring.collective import Formula, Gate


@dataclass(frozen=True, slots=True)
class CollectiveDefinition(Piece):
    """One ranking of units. `level` names kinds of units, apart by commas; empty: all with none below."""

    name: str
    formula: Formula = Formula.PARTICIPATION_RATE
    level: str = ""
    gates: tuple[Gate, ...] = ()
    prizes: tuple[Prize, ...] = ()

    def includes(self, kind: str, *, is_leaf: bool) -> bool:
        """Whether a unit of a kind competes.

        A kind may hold a comma itself ("ban, ngành"): it is in if all its parts are named by the level.
        """
        named = _parts(self.level)
        return _parts(kind) <= named and bool(_parts(kind)) if named else is_leaf


def _parts(text: str) -> frozenset[str]:
    return frozenset(
        part for part in (" ".join(piece.split()).casefold() for piece in text.split(",")) if part
    )
