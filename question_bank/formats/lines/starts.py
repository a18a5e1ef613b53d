"""Where each question begins.

"Câu 5." always begins one. A bare number ("5.", "1930.", "1)") begins one only when the numbers before it
and the choice letters behind it agree, because wordings and wrapped choices begin with numbers too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from question_bank.formats.lines import answer_lists, headings, lookahead
from question_bank.formats.lines.key_tables import Entry, grid_entries
from question_bank.formats.lines.lone_cells import Stacked
from question_bank.formats.lines.markers import Numbered, lettered, numbered
from question_bank.formats.lines.model import Block, Grid, Line, Piece, whole
from question_bank.formats.lines.tails import Part, tail

# Numbers may be missing in a row of questions, but "1930." is a year and not question 1930.
_LARGEST_GAP = 20
# Each is compared with all questions before it.
_MOST_TITLED = 200
_NO_HEADING = headings.Heading("", None)


@dataclass(slots=True)
class Draft:
    """The lines of one question, not yet understood. `part` counts how often the numbering restarted."""

    number: int | None
    place: str
    strong: bool
    part: int
    heading: str
    topic: str | None
    level: str | None
    pieces: list[Piece]
    list_in_stem: bool = False
    major: int = 0
    essay: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Answers listed together: how many questions stood before them, and under which heading."""

    entries: tuple[Entry, ...]
    after: int
    heading: str


@dataclass(slots=True)
class Outline:
    """A file cut into questions, answer lists, sources and what belongs to none of them."""

    drafts: list[Draft] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    references: list[tuple[int, str]] = field(default_factory=list)
    strays: list[Line] = field(default_factory=list)


def outline(blocks: Sequence[Block]) -> Outline:
    """Cut a file into its questions and what stands between them."""
    return _Outliner(blocks).run()


@dataclass(slots=True)
class _Outliner:
    blocks: Sequence[Block]
    found: Outline = field(default_factory=Outline)
    marks: list[Numbered | None] = field(default_factory=list)
    follows: list[str] = field(default_factory=list)
    current: Draft | None = None
    complete: bool = False
    letters: int = 0
    listed: int = 0
    previous: int = 0
    part: int = 0
    heading: headings.Heading = _NO_HEADING
    heading_since: bool = False
    topics_head: bool = False
    zone: str = ""
    sequence: str = ""
    numbers: set[int | None] = field(default_factory=set)
    titled: int = 0
    below: answer_lists.Below = field(init=False)

    def run(self) -> Outline:
        self.marks = [numbered(block.text) if isinstance(block, Line) else None for block in self.blocks]
        self.follows = lookahead.follows(self.blocks, self.marks)
        self.below = answer_lists.Below(self.blocks, self.follows, Stacked(self.blocks))
        index = 0
        while index < len(self.blocks):
            index += self._take(index)
        return self.found

    def _take(self, index: int) -> int:
        """Understand the block at `index`; says how many blocks that used up."""
        block = self.blocks[index]
        if isinstance(block, Grid):
            self._add_group(block.entries or grid_entries(block.rows, block.place))
            return 1
        if headings.is_furniture(block.text):
            return 1
        if used := self._take_answers(index):
            return used
        if self._take_zone(index, block):
            return 1
        mark = self.marks[index]
        if mark and self._begins(index, mark, block):
            self._start(mark, block)
        elif not self._take_heading(index, block):
            self._continue(block)
        return 1

    def _take_answers(self, index: int) -> int:
        """Rows and lists of answers, wherever no question waits for its choices."""
        if self.current is not None and not self.complete:
            return 0
        entries, used = answer_lists.entries_at(
            self.blocks, index, self.follows[index], self.below.stacked, zone=self.zone == "answers"
        )
        if not used:
            entries, used = self._titled_list(index)
        if entries:
            self._add_group(entries)
            self.current = None
        return used

    def _titled_list(self, index: int) -> tuple[tuple[Entry, ...], int]:
        """`ĐÁP ÁN: 1A, 2B` answers questions that do not answer themselves, up to the last of a part.

        Below a question that asks for pairs the same words are that question's own answer.
        """
        entries, used = answer_lists.titled_list(self.blocks, index)
        if not entries:
            return (), 0
        listed = {entry.number for entry in entries}
        self.titled += 1
        if self.titled > _MOST_TITLED or not listed <= self.numbers:
            return (), 0
        drafts = [draft for draft in self.found.drafts if draft.number in listed]
        ends = {draft.part: draft.number for draft in self.found.drafts}.values()
        if max(listed) not in ends or any(map(_answers_itself, drafts)):
            return (), 0
        line = self.blocks[index]
        if isinstance(line, Line):
            self._take_title(line)
        return entries, used

    def _take_zone(self, index: int, line: Line) -> bool:
        """Titles that say what follows, and the lines below a list of sources."""
        if self.current is not None and not self.complete:
            return False
        if headings.is_references_heading(line.text):
            self.zone, self.current = "references", None
            return True
        if headings.is_answers_heading(line.text) and self.below.starts_zone(index, self.numbers):
            self.zone, self.current = "answers", None
            self._take_title(line)
            return True
        if self.zone == "references":
            return self._take_reference(index, line)
        return False

    def _take_title(self, line: Line) -> None:
        """`BẢNG ĐÁP ÁN PHẦN III` names the part that it is about."""
        if part := headings.part_named(line.text):
            self.heading, self.heading_since = headings.Heading(part, None), True

    def _take_reference(self, index: int, line: Line) -> bool:
        if entry := headings.reference(line.text):
            self.found.references.append(entry)
            return True
        mark = self.marks[index]
        if (mark and mark.strong) or headings.heading(line.text, stands_out=lookahead.stands_out(line)):
            self.zone = ""
            return False
        if self.found.references and not line.gap:
            number, text = self.found.references[-1]
            self.found.references[-1] = (number, f"{text} {line.text.strip()}")
        return True

    def _begins(self, index: int, mark: Numbered, line: Line) -> bool:
        if mark.strong:
            return True
        if line.sequence and line.sequence == self.sequence:
            return True
        follow = self._follow(index, mark, line)
        if self.current is None:
            return follow == "A" or mark.number in (1, self.previous + 1)
        if not self.complete:
            return self._begins_after_open(mark, line)
        if follow not in ("A", "?", ""):
            return False
        if self.current.strong:
            return follow == "A" and mark.number == self.previous + 1
        if mark.number == self.previous + 1:
            return True
        return follow == "A" and self._plausible(mark.number) and not self._better(index)

    def _begins_after_open(self, mark: Numbered, line: Line) -> bool:
        """The question before has no choices yet: it may be an essay, or hold a numbered list itself."""
        assert self.current is not None
        if self.current.strong or self.letters or (line.sequence and self.sequence):
            return False
        if mark.number == 1 or (self.listed and mark.number == self.listed + 1):
            self.listed = mark.number
            self.current.list_in_stem = True
            return False
        return mark.number == self.previous + 1

    def _plausible(self, number: int) -> bool:
        return number == 1 or number <= self.previous + _LARGEST_GAP

    def _better(self, index: int) -> bool:
        """Whether the number that is due stands between here and the next choice A."""
        for later in range(index + 1, len(self.blocks)):
            block, mark = self.blocks[later], self.marks[later]
            if isinstance(block, Grid) or lettered(block.text):
                return False
            if mark and mark.number == self.previous + 1:
                return True
        return False

    def _follow(self, index: int, mark: Numbered, line: Line) -> str:
        """The first choice letter behind a number; "?" for another question, "" for the end."""
        return "A" if lookahead.has_inline_choices(line.text, mark.end) else self.follows[index]

    def _start(self, mark: Numbered, line: Line) -> None:
        restarts = mark.number <= self.previous and (mark.number == 1 or self.heading_since)
        last = self.found.drafts[-1] if self.found.drafts else None
        if last and (restarts or mark.major != last.major):
            self.part += 1
        self.current = Draft(
            mark.number, line.place, mark.strong, self.part, self.heading.key, self.heading.topic, mark.level,
            [whole(line, mark.end)], major=mark.major, essay=self.heading.essays,
        )  # fmt: skip
        self.found.drafts.append(self.current)
        self.numbers.add(mark.number)
        self.previous = mark.number
        self.sequence = line.sequence or self.sequence
        self.complete = self.heading.essays or lookahead.has_inline_choices(line.text, mark.end)
        self.letters, self.listed, self.heading_since, self.zone = 0, 0, False, ""

    def _take_heading(self, index: int, line: Line) -> bool:
        if self.current is not None and not self.complete:
            return False
        ending = tail(line.text)
        if ending and ending.part is Part.TOPIC and self.found.drafts and not self.topics_head:
            return False
        found = self._section(index, line) or headings.heading(
            line.text, stands_out=lookahead.stands_out(line)
        )
        if found is None and line.heading and lettered(line.text) is None and ending is None:
            found = headings.Heading(line.text.strip(), headings.topic_named(line.text))
        if found is None:
            return False
        self.topics_head = self.topics_head or not self.found.drafts
        self.heading, self.heading_since, self.current = found, True, None
        return True

    def _section(self, index: int, line: Line) -> headings.Heading | None:
        """`B. TỰ LUẬN` behind the choices of a question, or above the first: no choices go with it."""
        mark = lettered(line.text)
        if mark is None or (self.current is not None and (self.letters < 2 or mark.letter not in "AB")):
            return None
        goes_on = self.follows[index] == chr(ord(mark.letter) + 1)
        return None if goes_on else headings.section(line.text)

    def _continue(self, line: Line) -> None:
        if self.current is None:
            self.found.strays.append(line)
            return
        self.current.pieces.append(whole(line))
        letter = lettered(line.text)
        ending = tail(line.text)
        self.letters += 1 if letter else 0
        answered = ending is not None and ending.part is Part.ANSWER and bool(ending.rest)
        if self.letters >= 2 or answered or lookahead.has_inline_choices(line.text, 0):
            self.complete = True

    def _add_group(self, entries: Sequence[Entry]) -> None:
        if entries:
            title = self.heading.key if self.heading_since else ""
            self.found.groups.append(Group(tuple(entries), len(self.found.drafts), title))


def _answers_itself(draft: Draft) -> bool:
    return any((ending := tail(piece.text)) and ending.part is Part.ANSWER for piece in draft.pieces[1:])
