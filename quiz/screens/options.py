"""How a screen is set, from its address: `?show=people,units&seconds=15&unit=CODE&round=2`. Pure.

What cannot be meant is left at its usual value: nobody stands beside a screen on a pole to read an error.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Scene(StrEnum):
    """What a screen can show, in the order in which it does."""

    UNITS = "units"
    PEOPLE = "people"
    LISTS = "lists"
    COUNTS = "counts"
    ENTER = "enter"


SECONDS = 12
_LEAST_SECONDS, _MOST_SECONDS = 4, 120
_MOST_CODE = 40


@dataclass(frozen=True, slots=True)
class ScreenOptions:
    """The settings of one screen. `round_number` None: the round that matters now."""

    scenes: tuple[Scene, ...] = tuple(Scene)
    seconds: int = SECONDS
    unit: str = ""
    round_number: int | None = None


def read_options(query: Mapping[str, str]) -> ScreenOptions:
    """The options of an address; scenes in the order in which they were named, each once."""
    named = [part.strip() for part in query.get("show", "").split(",")]
    scenes = tuple(dict.fromkeys(Scene(part) for part in named if part in set(Scene)))
    seconds = _whole(query.get("seconds", ""))
    return ScreenOptions(
        scenes=scenes or tuple(Scene),
        seconds=SECONDS if seconds is None else min(max(seconds, _LEAST_SECONDS), _MOST_SECONDS),
        unit=query.get("unit", "").strip()[:_MOST_CODE],
        round_number=_whole(query.get("round", "")),
    )


def query_of(options: ScreenOptions) -> dict[str, str | int]:
    """The shortest address with these options."""
    query: dict[str, str | int] = {}
    if options.scenes != tuple(Scene):
        query["show"] = ",".join(options.scenes)
    if options.seconds != SECONDS:
        query["seconds"] = options.seconds
    if options.unit:
        query["unit"] = options.unit
    if options.round_number is not None:
        query["round"] = options.round_number
    return query


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else None
