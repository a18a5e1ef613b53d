"""An official paper as values: what is said in which order, whatever kind of file it becomes. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from quiz.awards.heading import Heading, day_in_words

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
    def numbered(self) -> "Paper":
        """The same with "Bảng 1." in front of the tables' captions, if it is an official paper."""
        if not self.kind:
            return self
        numbers = count(1)
        return replace(
            self,
            sections=tuple(_numbered(part, numbers) for part in self.sections),
            annexes=tuple(_numbered(part, numbers) for part in self.annexes),
        )

    @property
    def annexed(self) -> str:
        """What stands under the title of an annex; "" for what is no official paper."""
        if not self.kind:
            return ""
        number = self.heading.number(self.number or "…", self.mark).replace("Số", "số").replace(":", "")
        return f"(Kèm theo {self.kind.capitalize()} {number} {day_in_words(self.day)})"

    @property
    def tables(self) -> tuple[PaperTable, ...]:
        """All tables, those of annexes last."""
        return tuple(table for part in (*self.sections, *self.annexes) for table in part.tables)


def _numbered(part: PaperSection, numbers: Iterator[int]) -> PaperSection:
    tables = (replace(one, caption=f"Bảng {next(numbers)}. {one.caption}") for one in part.tables)
    return replace(part, tables=tuple(tables))
