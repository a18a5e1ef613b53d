"""Finding the same question twice without comparing every pair.

Wording alone gives false alarms ("Đại hội II họp ở đâu?", "Đại hội III họp ở đâu?"), so a duplicate is:
the same set of choices, the same key and at least 40 % shared words; or the same wording and the same key.
Numbers are no words like others: "Chủ tịch Đảng tại Đại hội II" and "… III" may well be the same person.
The same wording whose keys contradict each other is a conflict: `same_key` is false.

Questions are only compared inside a block (equal choices and key, or equal wording); in a large block
only those that share a rare word or pair of words. Each question is reported against its first twin and
its nearest relatives, never against all of them: a thousand copies give a thousand lines, not a million.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter

from question_bank.answer_keys import is_true
from question_bank.fingerprints import choice_keys, picture_keys
from question_bank.folding import loose_words
from question_bank.memory import Memory
from question_bank.numerals import numerals
from question_bank.source import silent
from question_bank.values import Likeness, Question

SHARED_WORDS = 0.4
# One question has a number that the other does not mention.
SHARED_WORDS_BESIDE_A_NUMBER = 0.7
# Right/wrong statements have no choices to tell them apart; their words have to do it alone.
SHARED_WORDS_OF_STATEMENTS = 0.85

_ALL_PAIRS_UP_TO = 48
_RARE_TOKENS = 8
_COMMON = 64
_RELATIVES = 5
_STEP = 500


@dataclass(frozen=True, slots=True, eq=False)
class _Entry:
    """One question, taken apart for comparing."""

    number: str
    wording: tuple[str, ...]
    words: frozenset[str]
    numerals: frozenset[str]
    choices: frozenset[str]
    key: frozenset[str]
    is_statement: bool
    is_new: bool
    substance: tuple[frozenset[str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The questions of the bank, and the places where each block stands."""

    entries: list[_Entry]
    by_substance: dict[Hashable, list[int]]
    by_wording: dict[Hashable, list[int]]


# Questions that are worth comparing, in their order; pairs are named by two places in their block.
_Block = tuple[_Entry, ...]
_Pairs = dict[tuple[int, int], Likeness]


def find_duplicates(
    questions: Sequence[Question],
    against: Iterable[Question] = (),
    progress: Callable[[int, int], None] = silent,
    memory: Memory | None = None,
) -> tuple[Likeness, ...]:
    """Pairs within `questions`, and between them and `against` (the bank); the later one is `b`.

    Pairs inside `against` are not looked for. The order is that of `b` in the file. With the `memory` of an
    earlier run only those blocks are compared in which something has changed.
    """
    memory = memory or Memory()
    shelf = memory.of_whole("bank", tuple(against), _shelf)
    new = memory.of_questions("new", questions, partial(_entry, is_new=True))
    entries = [*shelf.entries, *new]
    by_substance = _blocks(new, shelf, shelf.by_substance, attrgetter("substance"))
    by_wording = _blocks(new, shelf, shelf.by_wording, attrgetter("wording"))
    total, done = len(by_substance) + len(by_wording), 0
    found: _Pairs = {}
    # What equal choices and keys say of a pair stands before what its wording says.
    for what, compare, blocks in (
        ("substance", _compare_same_substance, by_substance),
        ("wording", _compare_same_wording, by_wording),
    ):
        groups = (tuple(entries[place] for place in places) for places in blocks)
        for places, pairs in zip(blocks, memory.of_groups(what, groups, compare), strict=True):
            for (first, second), likeness in pairs.items():
                found.setdefault((places[first], places[second]), likeness)
            if done % _STEP == 0:
                progress(done, total)
            done += 1
    progress(total, total)
    return tuple(found[pair] for pair in sorted(found, key=lambda pair: (pair[1], pair[0])))


def shared_words(a: frozenset[str], b: frozenset[str]) -> float:
    """Words in both, as a share of the words in either."""
    either = len(a | b)
    return len(a & b) / either if either else 1.0


def _entry(question: Question, *, is_new: bool) -> _Entry:
    words = tuple(loose_words(question.text)) or (question.text.strip(),)
    wording = words + picture_keys(question)
    choices = choice_keys(question)
    offered, key = frozenset(choices), frozenset(choices[index] for index in question.correct)
    truths = [is_true(choice.text) for choice in question.choices]
    return _Entry(
        number=question.number,
        wording=wording,
        words=frozenset(wording),
        numerals=numerals(words),
        choices=offered,
        key=key,
        is_statement=len(truths) == 2 and None not in truths,
        is_new=is_new,
        substance=(offered, key),
    )


def _shelf(bank: Sequence[Question]) -> _Shelf:
    shelf = _Shelf([_entry(question, is_new=False) for question in bank], {}, {})
    for place, entry in enumerate(shelf.entries):
        shelf.by_substance.setdefault(entry.substance, []).append(place)
        shelf.by_wording.setdefault(entry.wording, []).append(place)
    return shelf


def _blocks(
    new: Sequence[_Entry],
    shelf: _Shelf,
    there: Mapping[Hashable, list[int]],
    key: Callable[[_Entry], Hashable],
) -> list[list[int]]:
    """The places of entries that are worth comparing: two at least, and a new one among them."""
    blocks: dict[Hashable, list[int]] = {}
    for place, entry in enumerate(new, start=len(shelf.entries)):
        blocks.setdefault(key(entry), []).append(place)
    joined = ([*there.get(name, ()), *places] for name, places in blocks.items())
    return [block for block in joined if len(block) > 1]


def _compare_same_substance(block: _Block) -> _Pairs:
    """Each entry with its first twin, or else with its nearest relatives."""
    first_of: dict[tuple[str, ...], int] = {}
    different: list[int] = []
    found: _Pairs = {}
    for place, entry in enumerate(block):
        twin = first_of.setdefault(entry.wording, place)
        if twin == place:
            different.append(place)
        elif entry.is_new:
            found[twin, place] = Likeness(block[twin].number, entry.number, 1.0, same_key=True)
    for place, earlier in _candidates(block, different):
        if not block[place].is_new:
            continue
        verdicts = [(_same_substance(block[other], block[place]), other) for other in earlier]
        close = [(verdict, other) for verdict, other in verdicts if verdict is not None]
        close.sort(key=lambda pair: (-pair[0].likeness, pair[1]))
        for verdict, other in close[:_RELATIVES]:
            found.setdefault((other, place), verdict)
    return found


def _same_substance(a: _Entry, b: _Entry) -> Likeness | None:
    """Equal choices and key: enough shared words make it the same question."""
    likeness = shared_words(a.words, b.words)
    wanted = SHARED_WORDS_OF_STATEMENTS if a.is_statement else SHARED_WORDS
    if a.numerals != b.numerals:
        if a.is_statement or not (a.numerals <= b.numerals or b.numerals <= a.numerals):
            return None
        wanted = SHARED_WORDS_BESIDE_A_NUMBER
    # Words may be equal in another order; only equal wordings are 1.
    figure = min(round(likeness, 2), 0.99)
    return Likeness(a.number, b.number, figure, same_key=True) if likeness >= wanted else None


def _compare_same_wording(block: _Block) -> _Pairs:
    """Equal wording: the same key again, or keys that contradict each other."""
    offering: dict[str | frozenset[str], list[int]] = defaultdict(list)
    seen: set[tuple[frozenset[str], frozenset[str]]] = set()
    found: _Pairs = {}
    for place, entry in enumerate(block):
        if (entry.choices, entry.key) in seen:
            continue  # reported as the twin of the first
        seen.add((entry.choices, entry.key))
        # Equal choices have a list of their own: such a conflict must not be lost in a crowd.
        handles: tuple[str | frozenset[str], ...] = (entry.choices, *sorted(entry.choices))
        if entry.is_new:
            others = {other: block[other] for handle in handles for other in offering[handle]}
            found |= {(other, place): verdict for other, verdict in _nearest(entry, others)}
        for handle in handles:
            if len(offering[handle]) < _COMMON:
                offering[handle].append(place)
    return found


def _nearest(entry: _Entry, others: Mapping[int, _Entry]) -> list[tuple[int, Likeness]]:
    """Conflicts first, then the nearest."""
    judged = ((place, _same_wording(other, entry)) for place, other in others.items())
    pairs = [(place, verdict) for place, verdict in judged if verdict is not None]
    pairs.sort(key=lambda pair: (pair[1].same_key, -pair[1].likeness, pair[0]))
    return pairs[:_RELATIVES]


def _same_wording(a: _Entry, b: _Entry) -> Likeness | None:
    """Other choices with another key are another question; a key that the other calls wrong is a conflict."""
    overlap = shared_words(a.choices, b.choices)
    likeness = round((1 + overlap) / 2, 2)
    if a.key == b.key:
        return Likeness(a.number, b.number, likeness, same_key=True)
    contradicts = bool((a.key - b.key) & b.choices or (b.key - a.key) & a.choices)
    return Likeness(a.number, b.number, likeness, same_key=False) if contradicts else None


def _candidates(block: _Block, places: Sequence[int]) -> Iterable[tuple[int, Sequence[int]]]:
    """Each of these places of a block with the earlier ones worth comparing."""
    if len(places) <= _ALL_PAIRS_UP_TO:
        for count, place in enumerate(places):
            yield place, places[:count]
        return
    tokens = {place: _tokens(block[place]) for place in places}
    frequency: dict[str, int] = defaultdict(int)
    for one in tokens.values():
        for token in one:
            frequency[token] += 1
    having: dict[str, list[int]] = defaultdict(list)
    for place in places:
        rare = sorted(tokens[place], key=lambda token: (frequency[token], token))[:_RARE_TOKENS]
        yield place, sorted({other for token in rare for other in having[token]})
        for token in rare:
            if len(having[token]) < _COMMON:
                having[token].append(place)


def _tokens(entry: _Entry) -> frozenset[str]:
    """Words and neighbouring pairs of words."""
    pairs = (f"{first} {second}" for first, second in zip(entry.wording, entry.wording[1:], strict=False))
    return entry.words | frozenset(pairs)


def group(numbers: Iterable[str], pairs: Iterable[Likeness]) -> dict[str, int]:
    """A group number for each question that has relatives, so that one paper takes only one of them."""
    leader = {number: number for number in numbers}

    def find(number: str) -> str:
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    for pair in pairs:
        if pair.a in leader and pair.b in leader:
            leader[find(pair.b)] = find(pair.a)
    members: dict[str, list[str]] = defaultdict(list)
    for number in leader:
        members[find(number)].append(number)
    related = [names for names in members.values() if len(names) > 1]
    return {number: place for place, names in enumerate(related) for number in names}
