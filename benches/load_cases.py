"""What is measured, in the order of the targets."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from benches import load_people as people
from benches.load_driver import Driver, Person, request
from benches.load_stage import Ground, Seat

CROWD = 240


@dataclass(frozen=True)
class Case:
    """People on a server, against a bare program. `ways`: so many requests count as one."""

    what: str
    against: str
    target: float
    act: Callable[[Ground], Iterator[Person]]
    server: str = "product"
    ways: int = 0
    prepare: Callable[[Ground], None] = lambda _here: None


class _Attempts:
    """Attempts that are under way: started by one case, used by those after it."""

    def __init__(self) -> None:
        self.codes: dict[str, Seat] = {}

    def start(self, here: Ground) -> Iterator[Person]:
        """As many newcomers press start, for the first time."""
        self.codes = {}
        return people.starts(here, here.take(CROWD), self.codes)

    def fresh(self, here: Ground) -> None:
        """Attempts that nobody has handed in."""
        Driver(here.ports["product"], self.start(here)).run(60)

    def some(self, here: Ground) -> None:
        """Attempts, whichever."""
        if not self.codes:
            self.fresh(here)

    def few(self) -> dict[str, Seat]:
        """One for each connection."""
        return dict(list(self.codes.items())[:16])


def cases() -> list[Case]:
    """The rows of the table, in the order of the targets."""
    under_way = _Attempts()
    kept = [
        ("home", "/"), ("contest page", "{}"), ("rules", "{}/rules"), ("board", "{}/standings"),
        ("board of units", "{}/standings/units"),
    ]  # fmt: skip
    found = []
    for name, path in kept:
        found.append(Case(f"{name}, from the short cache", "hello", 0.5, partial(_visit, path)))
        found.append(Case(f"{name}, unchanged (304)", "hello", 0.5, partial(_visit, path, known=True)))
    return [
        *found,
        Case("board page of 50 rows, made anew", "page", 0.7, partial(_visit, "{}/standings"), "anew"),
        Case(
            "attempt page, 20 questions", "page", 0.6, lambda _here: people.papers(under_way.codes),
            prepare=under_way.some,
        ),
        Case(
            "save, durable", "row", 0.6, lambda _here: people.saves(under_way.few()), prepare=under_way.some
        ),
        Case("start", "row", 0.35, under_way.start),
        Case(
            "submit", "row", 0.35, lambda _here: people.submits(under_way.codes), prepare=under_way.fresh
        ),
        Case(
            "Moodle's seven steps", "hello", 0.022,
            lambda here: people.sittings(here, here.take(2 * CROWD)), ways=people.SITTING,
        ),
        Case("a real attempt of 17 requests", "hello", 0.008, people.newcomers, ways=people.ATTEMPT),
    ]  # fmt: skip


def _visit(path: str, here: Ground, *, known: bool = False) -> Iterator[Person]:
    address = path.format(here.path)
    return people.visits(address, _etag(here, address) if known else "")


def _etag(here: Ground, address: str) -> str:
    found = []

    def once() -> Person:
        found.append((yield request("GET", address)).header(b"ETag"))

    Driver(here.ports["product"], iter([once()]), connections=1).run(10)
    return found[0]
