"""What screens show: values that are the same for everybody, without any link to a person or a reader."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One line of a board: a person or a unit. `share` draws a bar; `detail` is the smaller figure."""

    rank: int | None
    name: str
    under: str
    value: str
    detail: str
    share: float | None


@dataclass(frozen=True, slots=True)
class BoardScene:
    """A part of a board that fits on a screen."""

    kind: str  # "people" or "units"
    title: str
    note: str
    rows: tuple[BoardLine, ...]


@dataclass(frozen=True, slots=True)
class Countdown:
    """Until when, and what happens then."""

    at: datetime
    words: str
    moment: str


@dataclass(frozen=True, slots=True)
class CountScene:
    """Large figures. `counts` and `strip` are (figure, words) and hold only what may be seen now."""

    kind: str  # "counts"
    title: str
    counts: tuple[tuple[str, str], ...]
    strip: tuple[tuple[str, str], ...]
    countdown: Countdown | None


@dataclass(frozen=True, slots=True)
class EnterScene:
    """The QR code and what to do with it."""

    kind: str  # "enter"
    title: str
    steps: tuple[str, ...]
    address: str
    qr: str


AnyScene = BoardScene | CountScene | EnterScene


@dataclass(frozen=True, slots=True)
class Display:
    """The large screen. `title` is the contest's, `place` the unit that the screen is set to, if any."""

    slug: str
    title: str
    place: str
    address: str
    scenes: tuple[AnyScene, ...]
    seconds: int
    now: datetime
    offset_minutes: int


@dataclass(frozen=True, slots=True)
class Embedded:
    """The small page inside another site: a unit with its place, or the first units."""

    slug: str
    title: str
    round_name: str
    is_official: bool
    heading: str
    formula: str
    is_own: bool
    rows: tuple[BoardLine, ...]
    note: str
    contest_url: str
    board_url: str
    as_of: datetime
