"""Lines in, questions and problems out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from question_bank import limits, places
from question_bank.formats.lines import assign, broken, old_fonts
from question_bank.formats.lines.headings import is_end
from question_bank.formats.lines.markers import lettered, numbered
from question_bank.formats.lines.model import Block, Line, cut
from question_bank.formats.lines.questions import Parsed, make, parse
from question_bank.formats.lines.starts import Draft, Outline, outline
from question_bank.formats.lines.tails import inline_answer, tail
from question_bank.formats.lines.unnumbered import outline_without_numbers
from question_bank.formats.lines.wording_checks import folded_titles
from question_bank.numbering import Numbers
from question_bank.problems import problem
from question_bank.refusals import Refused
from question_bank.source import Progress, silent
from question_bank.values import Draft as Broken
from question_bank.values import Findings, Problem, Question

_MAX_STRAYS = 20
_JOINED = re.compile(r"(?<=\s)(?=Câu(?:\s+hỏi)?\s*\d{1,5}\s*[.:)]\s*\S)")


def read_lines(blocks: Sequence[Block], progress: Progress = silent) -> Findings:
    """The questions that lines and tables make up."""
    parts = list(_apart(blocks))
    found = _outline(parts)
    if len(found.drafts) > limits.MAX_QUESTIONS:
        raise Refused(problem("too-many-questions", places.FILE, limit=limits.MAX_QUESTIONS))
    parsed = [parse(draft) for draft in found.drafts]
    keyed = frozenset(index for index, entry in enumerate(parsed) if entry.shows_key)
    assigned = assign.assign(found.drafts, found.groups, keyed)
    sources = assign.assign_references(found.drafts, found.references) if found.references else {}
    titles = folded_titles([line.text for line in found.strays])
    numbers = _numbers(found.drafts)
    problems = _about_numbers(found.drafts, numbers) + _about_strays(found, parsed) + assigned.problems
    if sources is None:
        problems.append(problem("references-unused", found.drafts[-1].place))
        sources = {}
    questions: list[Question] = []
    drafts: list[Broken] = []
    typed: dict[str, Question] = {}
    skipped: Counter[str] = Counter()
    for index, entry in enumerate(parsed):
        unclear = index in assigned.unclear and index not in keyed and not assigned.entries.get(index)
        if unclear:
            problems.append(problem("key-part-unclear", entry.draft.place, numbers[index]))
            drafts.append(broken.as_draft(entry, numbers[index]))
            continue
        if converted := old_fonts.converted_problem(entry, numbers[index]):
            problems.append(converted)
        made = make(entry, numbers[index], assigned.entries.get(index, ()), titles)
        problems += made.problems
        if made.skipped:
            skipped[made.skipped] += 1
        if made.question is not None:
            questions.append(_with_source(made.question, sources.get(index)))
            if before := old_fonts.as_typed(entry, questions[-1]):
                typed[before.number] = before
        elif not made.skipped:
            drafts.append(broken.as_draft(entry, numbers[index]))
        progress(index + 1, len(parsed))
    return Findings(tuple(questions), tuple(problems), dict(skipped), tuple(drafts), typed)


def _outline(blocks: Sequence[Block]) -> Outline:
    if len(blocks) > limits.MAX_LINES:
        raise Refused(problem("too-many-questions", places.FILE, limit=limits.MAX_QUESTIONS))
    found = outline(blocks)
    return found if found.drafts else outline_without_numbers(blocks)


def _with_source(question: Question, source: str | None) -> Question:
    if source is None:
        return question
    return replace(question, source="\n".join(filter(None, (question.source, source))))


def _apart(blocks: Iterable[Block]) -> Iterable[Block]:
    """Lines that hold two things become two: an answer behind a choice, a question behind another."""
    ended = False
    for block in blocks:
        if not isinstance(block, Line):
            yield block
            continue
        if ended:
            block = replace(block, gap=True)
        ended = is_end(block.text)
        for line in _questions_apart(block):
            at = inline_answer(line.text) if tail(line.text) is None else None
            if at is None:
                yield line
            else:
                yield cut(line, 0, at)
                yield replace(cut(line, at, len(line.text)), gap=False, images=())


def _questions_apart(line: Line) -> Iterable[Line]:
    """`D. 1945 Câu 2: …`: only behind a choice or another question, where a sentence would not say it."""
    begin = 0
    for found in _JOINED.finditer(line.text):
        head = line.text[begin : found.start()]
        if lettered(head) or numbered(head):
            yield cut(line, begin, found.start())
            begin = found.start()
    yield cut(line, begin, len(line.text)) if begin else line


def _numbers(drafts: Sequence[Draft]) -> list[str]:
    """Where numbering restarts, the number of the part stands in front: 1, 2, 2.1, 2.2."""
    own = Numbers()
    return [own.own(_number(draft)) for draft in drafts]


def _number(draft: Draft) -> str:
    in_parts = draft.major or draft.part
    return f"{draft.major or draft.part + 1}.{draft.number}" if in_parts else str(draft.number)


def _about_numbers(drafts: Sequence[Draft], numbers: Sequence[str]) -> list[Problem]:
    problems: list[Problem] = []
    seen: set[str] = set()
    last: Draft | None = None
    for draft, number in zip(drafts, numbers, strict=True):
        typed = _number(draft)
        if typed in seen:
            problems.append(replace(problem("number-twice", draft.place, typed), number=number))
        seen.add(typed)
        if (
            last
            and last.part == draft.part
            and draft.number
            and last.number
            and draft.number > last.number + 1
        ):
            problems.append(problem("number-gap", draft.place, number, before=last.number))
        last = draft
    return problems


def _about_strays(found: Outline, parsed: Sequence[Parsed]) -> list[Problem]:
    """Text that belongs to no question: titles are expected, choices are not."""
    problems: list[Problem] = []
    letters = [lettered(line.text) for line in found.strays]
    for line, mark, following in zip(found.strays, letters, letters[1:], strict=False):
        if mark and following and (mark.letter, following.letter) == ("A", "B"):
            problems.append(problem("letters-without-question", line.place))
    lost = [line for entry in parsed for line in entry.ending.strays if line.text.strip()]
    problems += [
        problem("stray-text", line.place, text=line.text.strip()[:80]) for line in lost[:_MAX_STRAYS]
    ]
    return problems
