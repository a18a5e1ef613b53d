"""What the rules are made of: articles, their parts, and rounds that say the same taken together. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from quiz.contests.definition import RoundDefinition


@dataclass(frozen=True, slots=True)
class Grid:
    """A table in the rules: a caption, a row of headings, rows as long as it."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of an article: paragraphs, a list in order, tables, more paragraphs. `title` may be empty."""

    title: str = ""
    clauses: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    grids: tuple[Grid, ...] = ()
    after: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read in it."""
        return not (self.clauses or self.steps or self.grids or self.after)


@dataclass(frozen=True, slots=True)
class Article:
    """One numbered article of the rules; `anchor` is its address on the page."""

    number: int
    anchor: str
    title: str
    parts: tuple[Part, ...]


def numbered(drafts: Iterable[tuple[str, str, Sequence[Part]]]) -> tuple[Article, ...]:
    """Articles from (anchor, title, parts), numbered from 1; empty parts and articles are left out."""
    kept = [
        (anchor, title, full)
        for anchor, title, parts in drafts
        if (full := tuple(part for part in parts if not part.is_empty))
    ]
    return tuple(Article(number, *draft) for number, draft in enumerate(kept, start=1))


def alike(rounds: Sequence[RoundDefinition], part_of: Callable[[RoundDefinition], Part]) -> tuple[Part, ...]:
    """A part for each set of rounds that say the same, titled with their names if there are several sets."""
    names: dict[Part, list[str]] = {}
    for definition in rounds:
        names.setdefault(part_of(definition), []).append(definition.name)
    if len(names) == 1:
        return tuple(names)
    return tuple(replace(part, title=", ".join(of_part)) for part, of_part in names.items())


def paragraphs(prose: str) -> tuple[str, ...]:
    """The organisers' own words, apart at empty lines."""
    return tuple(part.strip() for part in prose.split("\n\n") if part.strip())
