"""Giving listed answers and sources to the questions they are about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from question_bank.formats.lines.key_tables import Entry
from question_bank.formats.lines.starts import Draft, Group
from question_bank.problems import problem
from question_bank.values import Problem


@dataclass(slots=True)
class Assigned:
    """Entries by index of their draft; `unclear` drafts have an answer that may be another part's."""

    entries: dict[int, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    unclear: dict[int, Entry] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Run:
    """Answers with ascending numbers: what belongs to one part."""

    entries: tuple[Entry, ...]
    after: int
    heading: str

    @property
    def numbers(self) -> frozenset[int]:
        return frozenset(entry.number for entry in self.entries)


def assign(drafts: Sequence[Draft], groups: Sequence[Group], keyed: frozenset[int]) -> Assigned:
    """Find the question of each listed answer; `keyed` are the drafts that show their key themselves."""
    result = Assigned()
    by_part: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for index, draft in enumerate(drafts):
        if draft.number is not None:
            by_part[draft.part][draft.number].append(index)
    runs = _runs(groups, parts=len(by_part))
    owners = _in_order(runs, by_part)
    served: set[int] = set()
    for run, owner in zip(runs, owners, strict=True):
        parts = [owner] if owner is not None else _owners(run, drafts, by_part, keyed, served)
        served.update(parts if len(parts) == 1 else ())
        for entry in run.entries:
            _give(entry, [index for part in parts for index in by_part[part].get(entry.number, ())], result)
    return result


def _give(entry: Entry, owners: Sequence[int], result: Assigned) -> None:
    if len(owners) == 1:
        result.entries[owners[0]].append(entry)
    elif owners:
        result.unclear.update(dict.fromkeys(owners, entry))
    elif entry.letters:
        result.problems.append(problem("key-without-question", entry.place, listed=entry.number))


def _runs(groups: Sequence[Group], *, parts: int) -> list[_Run]:
    """Lists that stand together are one, cut again where their numbers restart (if those of questions do)."""
    runs: list[tuple[list[Entry], Group]] = []
    for group in groups:
        for entry in group.entries:
            entries, first = runs[-1] if runs else ([], group)
            joins = bool(entries) and (first.after, first.heading) == (group.after, group.heading)
            if joins and (parts < 2 or entry.number > entries[-1].number):
                entries.append(entry)
            else:
                runs.append(([entry], group))
    return [_Run(tuple(entries), group.after, group.heading) for entries, group in runs]


def _in_order(runs: Sequence[_Run], by_part: dict[int, dict[int, list[int]]]) -> list[int | None]:
    """Untitled lists, as many as parts and each with just the numbers of its part, are in the same order."""
    parts = list(by_part)
    fits = (
        not any(run.heading for run in runs)
        and len(runs) == len(parts)
        and all(run.numbers == frozenset(by_part[part]) for run, part in zip(runs, parts, strict=True))
    )
    return list(parts) if fits else [None] * len(runs)


def _owners(
    run: _Run,
    drafts: Sequence[Draft],
    by_part: dict[int, dict[int, list[int]]],
    keyed: frozenset[int],
    served: set[int],
) -> list[int]:
    """The parts that a list may be about: one if anything tells, otherwise all that have such numbers."""
    possible = [part for part, numbers in by_part.items() if run.numbers & numbers.keys()]
    if len(possible) < 2:
        return possible
    titled = [part for part in possible if run.heading and run.heading == _heading_of(part, drafts)]
    if len(titled) == 1:
        return titled
    if run.after < len(drafts):
        before = drafts[run.after - 1].part if run.after else possible[0]
        if before in possible and run.numbers <= by_part[before].keys():
            return [before]
    still_open = [
        part
        for part in possible
        if part not in served and any(
            index not in keyed for number in run.numbers for index in by_part[part].get(number, ())
        )
    ]  # fmt: skip
    return still_open if len(still_open) == 1 else possible


def _heading_of(part: int, drafts: Sequence[Draft]) -> str:
    return next((draft.heading for draft in drafts if draft.part == part), "")


def assign_references(
    drafts: Sequence[Draft], references: Sequence[tuple[int, str]]
) -> dict[int, str] | None:
    """Sources by index of their draft; None if the numbers of the list are not those of the questions."""
    numbers = Counter(draft.number for draft in drafts)
    listed = Counter(number for number, _ in references)
    if set(numbers) != set(listed) or max(numbers.values()) > 1 or max(listed.values()) > 1:
        return None
    sources = dict(references)
    return {index: sources[draft.number] for index, draft in enumerate(drafts) if draft.number is not None}
