"""A Word document from beginning to end, as lines and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE

from question_bank import legacy, places
from question_bank.formats.lines.model import Block
from question_bank.formats.word import tables
from question_bank.formats.word.names import ALTERNATE, CHOICE, Node, value, w, whole_number
from question_bank.formats.word.numbering import Label, Numbering
from question_bank.formats.word.paragraphs import Paragraph, lines_of
from question_bank.formats.word.pictures import Pictures
from question_bank.formats.word.runs import RunReader
from question_bank.formats.word.styles import Styles

_PARAGRAPH, _TABLE, _ROW, _CELL = w("p"), w("tbl"), w("tr"), w("tc")
_WRAPPERS = frozenset(map(w, ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")))
# Tables inside tables inside tables: people go two deep.
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a table, each with what stands in it."""

    place: str
    rows: tuple[tuple[tuple[Content, ...], ...], ...]


Content = Paragraph | Table


@dataclass(slots=True)
class WordDocument:
    """A document that has been opened: its content in order, before the lines are made."""

    content: list[Content]
    formulas: list[str]
    survey: legacy.Survey

    @classmethod
    def of(cls, document: Any) -> WordDocument:
        """The content of a document opened by python-docx."""
        walker = _Walker(document.part)
        content = list(walker.contents(document.element.body, 0))
        survey = legacy.Survey.of(list(_texts(content)))
        return cls(content, walker.formulas, survey)

    @property
    def text(self) -> str:
        """All text, for judging whether it can be read at all."""
        return "\n".join(_texts(self.content))

    def blocks(self) -> list[Block]:
        """The lines and tables of answers in reading order."""
        return list(self._blocks(self.content))

    def _blocks(self, content: Sequence[Content]) -> Iterator[Block]:
        gap = False
        for item in content:
            if isinstance(item, Table):
                rows = [[tuple(self._blocks(cell)) for cell in row] for row in item.rows]
                yield from tables.blocks_of(rows, item.place)
                gap = False
            elif item.is_empty:
                gap = True
            else:
                yield from lines_of(item, self.survey, gap=gap)
                gap = False


def _texts(content: Iterable[Content]) -> Iterator[str]:
    for item in content:
        if isinstance(item, Paragraph):
            yield item.text
        else:
            for row in item.rows:
                for cell in row:
                    yield from _texts(cell)


@dataclass(slots=True)
class _Walker:
    part: Any
    formulas: list[str] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0
    pictures: Pictures = field(init=False)
    styles: Styles = field(init=False)
    numbering: Numbering = field(init=False)
    runs: RunReader = field(init=False)

    def __post_init__(self) -> None:
        self.pictures = Pictures(self.part)
        self.styles = Styles.of(self._root(RELATIONSHIP_TYPE.STYLES))
        self.numbering = Numbering.of(self._root(RELATIONSHIP_TYPE.NUMBERING))
        self.runs = RunReader(self.styles, self.pictures)

    def _root(self, kind: str) -> Node:
        """The root of a part that belongs to the document; None if there is none."""
        for relation in self.part.rels.values():
            if relation.reltype == kind and not relation.is_external:
                return getattr(relation.target_part, "element", None)
        return None

    def contents(self, node: Node, depth: int, place: str = "") -> Iterator[Content]:
        """Paragraphs and tables below a node, in order; those in a cell have the place of their row."""
        if depth > _DEEPEST:
            return
        for child in node:
            if child.tag == _PARAGRAPH:
                yield from self._paragraph(child, place)
            elif child.tag == _TABLE:
                yield self._table(child, depth, place)
            elif child.tag in _WRAPPERS:
                yield from self.contents(child, depth + 1, place)
            elif child.tag == ALTERNATE:
                choice = child.find(CHOICE)
                if choice is not None:
                    yield from self.contents(choice, depth + 1, place)

    def _paragraph(self, node: Node, place: str) -> Iterator[Paragraph]:
        if not place:
            self.paragraphs += 1
            place = places.paragraph(self.paragraphs)
        properties = node.find(w("pPr"))
        style = (value(properties, "pStyle") or "") if properties is not None else ""
        segments = self.runs.read(node, style)
        label = (
            self._label(properties, style) if "".join(text for text, _ in segments.texts).strip() else None
        )
        mark = properties.find(w("rPr")) if properties is not None else None
        paragraph = Paragraph(
            place=place,
            texts=tuple(segments.texts),
            label=label.text if label else "",
            label_look=self.styles.label_emphasis(label.properties if label else None, mark, style),
            sequence=label.sequence if label else "",
            heading=bool(style) and self.styles.is_heading(style),
            outline=self.styles.outline_of(style, properties),
            images=tuple(segments.images),
        )
        if segments.has_formula:
            self.formulas.append(place)
        yield paragraph
        for box in segments.boxes:
            yield from self._paragraph(box, place)

    def _label(self, properties: Node, style: str) -> Label | None:
        """The automatic number of a paragraph, by its own properties or its style's."""
        own = properties.find(w("numPr")) if properties is not None else None
        inherited = self.styles.numbering_of(style)
        identity = (value(own, "numId") if own is not None else None) or (
            value(inherited, "numId") if inherited is not None else None
        )
        if not identity or identity == "0":
            return None
        depth = value(own, "ilvl") if own is not None else value(inherited, "ilvl")
        return self.numbering.next(identity, whole_number(depth))

    def _table(self, node: Node, depth: int, place: str) -> Table:
        self.tables += 1
        own = place or f"table {self.tables}"
        rows: list[tuple[tuple[Content, ...], ...]] = []
        for number, row in enumerate(node.iterfind(_ROW), start=1):
            cells: list[tuple[Content, ...]] = []
            for cell in row.iterfind(_CELL):
                cells.extend(self._cell(cell, depth, place or f"{own}, row {number}"))
            rows.append(tuple(cells))
        return Table(own, tuple(rows))

    def _cell(self, node: Node, depth: int, place: str) -> list[tuple[Content, ...]]:
        """A cell, and empty ones for the further columns that it covers."""
        properties = node.find(w("tcPr"))
        span = whole_number(value(properties, "gridSpan"), 1) if properties is not None else 1
        merged = properties.find(w("vMerge")) if properties is not None else None
        covered = merged is not None and merged.get(w("val")) != "restart"
        content = () if covered else tuple(self.contents(node, depth + 1, place))
        return [content, *[()] * (min(span, 60) - 1)]
