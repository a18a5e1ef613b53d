"""Grids to questions: the header, the rows below it, and what only shows when all rows are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from question_bank import limits, places, values
from question_bank.answer_keys import LETTERS
from question_bank.formats.tables.broken import as_draft
from question_bank.formats.tables.drafts import TRUE_AND_FALSE, Draft, check, filled_choices
from question_bank.formats.tables.grid import Grid
from question_bank.formats.tables.header import Header, NoHeader, find_header, missing_key
from question_bank.formats.tables.rows import RowReader, count_by_kind
from question_bank.numbering import Numbers
from question_bank.problems import problem
from question_bank.refusals import Refused
from question_bank.source import Progress, part, silent
from question_bank.values import Findings, Problem, Question

# A sheet with so few recognised names holds no questions (a help sheet, a list of members).
_SIGNS_OF_A_TABLE = 3
# An empty last choice is taken for an oversight when nearly all other questions have one more choice.
_ENOUGH_TO_COMPARE = 5
_FEW = 0.1


def read_grids(grids: Sequence[Grid], progress: Progress = silent) -> Findings:
    """All questions of all tables. Tables that hold none are passed over, unless all are like that."""
    headers = [find_header(grid) for grid in grids]
    found = [
        (grid, header) for grid, header in zip(grids, headers, strict=True) if isinstance(header, Header)
    ]
    unreadable = [header for header in headers if isinstance(header, NoHeader)]
    problems = [found_problem for grid in grids for found_problem in grid.problems]
    if found:
        problems += [header.problem for header in unreadable if header.signs >= _SIGNS_OF_A_TABLE]
    elif unreadable:
        problems.append(max(unreadable, key=lambda header: header.signs).problem)
    questions: list[Question] = []
    broken: list[values.Draft] = []
    readers: list[RowReader] = []
    numbers = Numbers()
    for place, (grid, header) in enumerate(found):
        told = part(progress, place / len(found), (place + 1) / len(found))
        reader = RowReader(grid, header, numbers, told)
        questions += _read_table(reader, problems, broken)
        readers.append(reader)
    progress(1, 1)
    return Findings(tuple(questions), tuple(problems), count_by_kind(readers), tuple(broken))


def _read_table(reader: RowReader, problems: list[Problem], broken: list[values.Draft]) -> list[Question]:
    header = reader.header
    problems += header.problems
    if any(found.severity == "error" for found in header.problems):
        return []
    drafts = list(reader.drafts())
    problems += reader.problems
    if len(drafts) > limits.MAX_QUESTIONS:
        raise Refused(problem("too-many-questions", places.FILE, limit=limits.MAX_QUESTIONS))
    _mark_overlooked_choices(drafts)
    checked = [(draft, check(draft)) for draft in drafts]
    questions = [question for _, question in checked if question]
    if not header.keys and not questions and drafts and all(_lacks_key(draft) for draft in drafts):
        problems.append(missing_key(header))
        return []
    problems += [found for draft in drafts for found in draft.problems]
    broken += [as_draft(draft) for draft, question in checked if question is None]
    return questions


def _lacks_key(draft: Draft) -> bool:
    return any(found.code == "no-key" for found in draft.problems)


def _mark_overlooked_choices(drafts: Sequence[Draft]) -> None:
    """In a table where all questions have four choices, one without D is probably a mistake."""
    counts = Counter(filled_choices(draft) for draft in drafts)
    usual = max((count for count in counts if counts[count] >= _ENOUGH_TO_COMPARE), default=0)
    shorter = sum(counts[count] for count in counts if count < usual)
    if shorter > max(1, _FEW * len(drafts)):
        return
    for draft in drafts:
        count = filled_choices(draft)
        # Right/wrong statements need two choices only.
        deliberate = draft.ends_early or draft.choices[:count] == list(TRUE_AND_FALSE)
        if 2 <= count < usual and not deliberate:
            draft.note("empty-choice", draft.choice_place(count), letter=LETTERS[count])
