"""A question as the editor's rows hold it, and the question that comes out of them. Pure.

Every row has a slot: the place that its choice had when the page was made, or a new number. Translations and
pictures belong to slots, so that moving or removing a choice takes them along.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from question_bank.values import MAX_CHOICES, Choice, Image, Question, Translation


@dataclass(frozen=True, slots=True)
class Row:
    """One choice in the editor. `weight` is typed as a percentage."""

    slot: int
    text: str = ""
    is_right: bool = False
    is_pinned: bool = False
    feedback: str = ""
    weight: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was entered: such rows are spare ones."""
        return not (self.text or self.is_right or self.is_pinned or self.feedback or self.weight)


def rows_of(question: Question) -> list[Row]:
    """The choices of a question as rows."""
    return [
        Row(
            place,
            choice.text,
            place in question.correct,
            choice.pinned,
            choice.feedback or "",
            "" if choice.weight is None else shown_weight(choice.weight),
        )
        for place, choice in enumerate(question.choices)
    ]


def with_spare(rows: Sequence[Row], least: int) -> list[Row]:
    """The rows and empty ones behind them, `least` in all and at most as many as a question may have."""
    found = list(rows)
    while len(found) < min(least, MAX_CHOICES):
        found.append(Row(_free_slot(found)))
    return found


def add_row(rows: Sequence[Row]) -> list[Row]:
    """One more empty row, if a question may have it."""
    return with_spare(rows, len(rows) + 1)


def remove_row(rows: Sequence[Row], place: int) -> list[Row]:
    """The rows without the one at `place`."""
    return [row for at, row in enumerate(rows) if at != place]


def move_row(rows: Sequence[Row], place: int, by: int) -> list[Row]:
    """The rows with the one at `place` changed with its neighbour; nothing beyond the ends."""
    moved, other = list(rows), place + by
    if 0 <= place < len(moved) and 0 <= other < len(moved):
        moved[place], moved[other] = moved[other], moved[place]
    return moved


def shown_weight(weight: float) -> str:
    """A share of the mark as people write it: 0.333… is "33,3333"."""
    return f"{weight * 100:.6g}".replace(".", ",")


def parse_weight(typed: str) -> float | None:
    """What was typed as a share of the mark; None for what is no percentage."""
    try:
        value = float(typed.replace("%", "").replace(",", ".").strip()) / 100
    except ValueError:
        return None
    return value if -1 <= value <= 1 else None


def apply_rows(question: Question, before: Question, rows: Iterable[Row]) -> Question:
    """`question` with the choices of `rows`; translations and pictures of `before`'s choices follow them.

    Spare rows fall out. A choice that is new has no translation yet: that language is not whole until
    somebody adds it, and readers see the question's own words meanwhile.
    """
    used = [row for row in rows if not row.is_empty]
    places = {row.slot: place for place, row in enumerate(used)}
    exact = {shown_weight(one.weight): one.weight for one in before.choices if one.weight is not None}
    return replace(
        question,
        choices=tuple(
            Choice(
                row.text,
                row.is_pinned,
                row.feedback or None,
                exact.get(row.weight, parse_weight(row.weight)) if row.weight else None,
            )
            for row in used
        ),
        correct=tuple(place for place, row in enumerate(used) if row.is_right),
        translations=tuple(_follow(one, used) for one in before.translations),
        images=tuple(image for one in question.images if (image := _placed(one, places)) is not None),
    )


def split_tags(typed: str) -> tuple[str, ...]:
    """Tags as they were typed, one on a line; each once."""
    parts = (part.strip() for part in typed.split("\n"))
    return tuple(dict.fromkeys(part for part in parts if part))


def _follow(translation: Translation, rows: Sequence[Row]) -> Translation:
    old = translation.choices
    return replace(translation, choices=tuple(old[row.slot] if row.slot < len(old) else "" for row in rows))


def _placed(image: Image, places: dict[int, int]) -> Image | None:
    """The picture at its choice's new place; none where the choice was removed."""
    if image.choice is None:
        return image
    return replace(image, choice=places[image.choice]) if image.choice in places else None


def _free_slot(rows: Sequence[Row]) -> int:
    """A slot that no choice had: those that were removed keep theirs, so that nothing of them comes back."""
    return max((MAX_CHOICES - 1, *(row.slot for row in rows))) + 1
