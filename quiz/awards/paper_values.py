"""An official paper as values: what is said in which order, whatever kind of file it becomes. Pure."""

from dataclasses import dataclass
from datetime import date

from quiz.awards.heading import Heading

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table with its caption. `align` has a letter for each column: l, c or r; `widths` are shares."""

    caption: str
    heads: Row
    align: str
    widths: tuple[float, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class PaperSection:
    """A numbered part: paragraphs, then tables."""

    title: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[PaperTable, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper. Annexes begin on a page of their own; without a `kind` there is no head and no foot."""

    heading: Heading
    number: str
    mark: str
    day: date
    kind: str
    about: str
    opening: tuple[str, ...]
    sections: tuple[PaperSection, ...]
    closing: str
    signer: str
    annexes: tuple[PaperSection, ...] = ()

    @property
    def tables(self) -> tuple[PaperTable, ...]:
        """All tables, those of annexes last."""
        return tuple(table for part in (*self.sections, *self.annexes) for table in part.tables)
